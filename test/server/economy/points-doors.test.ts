import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { createSignInToken } from '../../../server/http/admin/session.routes.js';
import { HttpClient, onEachServer, type Shopper } from '../../kit/index.js';

interface Me { readonly person: { readonly kind: string }; readonly points: { readonly available: number; readonly held: number; readonly debt: number } }
interface Explained {
  readonly available: number; readonly replay: { readonly agrees: boolean; readonly entries: number };
  readonly lots: readonly { readonly left: number; readonly got: number; readonly source: string; readonly order: { readonly title: string; readonly rule: number | null } | null; readonly uses: readonly { readonly kind: string; readonly amount: number; readonly goods: readonly unknown[] }[] }[];
}
const BAD = [-1, 0, 0.1, '1e3', '１００', null, [5], 2 ** 53, '1e309'];

onEachServer('doors of points', {}, (server) => {
  const give = (person: string, amount: number, key: string, once?: string) =>
    server().services.grants.grant(server().context(), { personId: person, reward: { kind: 'points', amount }, source: 'test.gift', causeRef: key, key, ...(once ? { once } : {}) });
  const points = async (shopper: HttpClient): Promise<Me['points']> => (await shopper.must<Me>('GET', '/api/storefront/me')).points;
  const staff = async (name: string, role = 'operator'): Promise<HttpClient> => {
    const token = await createSignInToken(server().services, server().context().shop, name, role);
    return new HttpClient(server().url, (await server().visitor().must<{ bearer: string }>('POST', '/api/admin/sign-in', { token })).bearer);
  };
  let member: Shopper;
  before(async () => { member = await server().shopper(); await give(member.personId!, 100, 'start'); });

  it('hold points for a checkout, show them in the balance, and give them back to their owner only', async () => {
    const { id } = await member.must<{ ok: boolean; id: string }>('POST', '/api/storefront/points/holds', { amount: 60 });
    expect(await points(member)).to.deep.include({ available: 40, held: 60 });
    expect(await member.must('POST', '/api/storefront/points/holds', { amount: 41 })).to.deep.include({ ok: false, reason: 'too-few-points' });
    expect((await (await server().shopper()).post(`/api/storefront/points/holds/${id}/release`)).status).to.equal(404);
    expect((await server().guest().then((guest) => guest.post('/api/storefront/points/holds', { amount: 1 }))).status).to.equal(403);
    const key = 'release-key-1';
    for (let twice = 0; twice < 2; twice++) expect((await member.post(`/api/storefront/points/holds/${id}/release`, {}, { key })).status).to.equal(200);
    expect(await points(member)).to.deep.include({ available: 100, held: 0 });
    for (const amount of BAD) expect((await member.post('/api/storefront/points/holds', { amount })).status, JSON.stringify(amount)).to.equal(422);
    for (const minutes of [...BAD, 1441]) expect((await member.post('/api/storefront/points/holds', { amount: 1, minutes })).status, JSON.stringify(minutes)).to.equal(422);
    expect((await member.post('/api/storefront/points/holds', { amount: 2 }, { key: 'same-key-1' })).status).to.equal(201);
    expect((await member.post('/api/storefront/points/holds', { amount: 3 }, { key: 'same-key-1' })).status, 'a key with another body').to.equal(422);
    await server().integrity();
  });

  it('tell why somebody has their points, goods given back included, and count the same anew', async () => {
    const shopper = await server().shopper();
    await give(shopper.personId!, 30, 'why');
    const order = await server().order(shopper, [{ sku: 'TEA-LJ01', quantity: 2 }]);
    await server().refund(order.id, [{ sku: 'TEA-LJ01', quantity: 1 }]);
    for (const told of [await shopper.must<Explained>('GET', '/api/storefront/points/explanation'), await (await server().admin()).must<Explained>('GET', `/api/admin/customers/${shopper.personId!}/points`)]) {
      expect(told.available).to.equal(30);
      expect(told.replay.agrees).to.equal(true);
      expect(told.lots.map((lot) => [lot.source, lot.left, lot.got])).to.deep.include(['test.gift', 30, 30]);
      const tea = told.lots.find((lot) => lot.order !== null)!;
      expect(tea.left * 2).to.equal(tea.got);
      expect(tea.uses).to.have.length(1);
      expect(tea.uses[0]).to.deep.include({ kind: 'reversal', amount: tea.left - tea.got });
      expect(tea.uses[0]!.goods).to.have.length(1);
      expect(tea.uses[0]!.goods[0]).to.deep.include({ refunded: 1, of: 2 });
    }
    const { items } = await shopper.must<{ items: readonly { kind: string; goods?: readonly unknown[] }[] }>('GET', '/api/storefront/me/points');
    expect(items.find((line) => line.kind === 'reversal')?.goods).to.have.length(1);
  });

  it('take along what a guest had when they sign in, once, and show the member to nobody else', async () => {
    const guest = await server().guest(), shopper = await server().shopper();
    await give(guest.personId!, 40, 'as-guest');
    await give(guest.personId!, 25, 'follow-guest', 'follow-shop');
    await give(shopper.personId!, 25, 'follow-member', 'follow-shop');
    for (const bearer of ['nonsense-nonsense', member.bearer!]) expect((await shopper.post('/api/storefront/me/guest', { bearer })).status).to.equal(422);
    expect(await shopper.must('POST', '/api/storefront/me/guest', { bearer: guest.bearer })).to.deep.equal({ merged: true, points: 40, dropped: 25 });
    expect(await shopper.must('POST', '/api/storefront/me/guest', { bearer: guest.bearer })).to.deep.equal({ merged: false, points: 0, dropped: 0 });
    expect((await points(shopper)).available).to.equal(65);
    expect((await guest.get('/api/storefront/me')).status).to.equal(401);
    const admin = await server().admin();
    const { items: [merge] } = await admin.must<{ items: readonly { id: string; points: number }[] }>('GET', `/api/admin/customers/${shopper.personId!}/merges`);
    expect(merge!.points).to.equal(40);
    await admin.must('POST', `/api/admin/points/merges/${merge!.id}/split`, {});
    expect((await points(shopper)).available).to.equal(25);
    expect((await points(guest)).available).to.equal(65);
    expect((await admin.post(`/api/admin/points/merges/${merge!.id}/split`)).status).to.equal(409);
    await server().integrity();
  });

  it('let one member of staff adjust up to the limit, and ask a second one beyond it', async () => {
    const [lin, wang, agent, auditor] = [await staff('Lin'), await staff('Wang'), await staff('Zhao', 'agent'), await staff('Qian', 'auditor')];
    const path = `/api/admin/customers/${member.personId!}/adjustments`;
    const { available } = await points(member);
    expect(await lin.must<{ waiting: boolean }>('POST', path, { amount: 10_000, reason: 'A small sorry' })).to.deep.include({ waiting: false });
    expect(await lin.must<{ waiting: boolean }>('POST', path, { amount: 10_001, reason: 'A large sorry' })).to.deep.include({ waiting: true });
    expect((await points(member)).available).to.equal(available + 10_000);
    expect(await lin.must<{ waiting: boolean }>('POST', path, { amount: 1, reason: 'A little more today' }), 'in slices').to.deep.include({ waiting: true });
    expect(await wang.must<{ waiting: boolean }>('POST', path, { amount: 1, reason: 'Somebody else may' })).to.deep.include({ waiting: false });
    expect(await wang.must<{ waiting: boolean }>('POST', path, { amount: -1, reason: 'and takes it back' })).to.deep.include({ waiting: false });
    const wish = (await wang.must<{ items: readonly { id: string; amount: number; own: boolean }[] }>('GET', '/api/admin/points/adjustments?state=pending')).items.find(({ amount }) => amount > 1);
    expect(wish).to.deep.include({ amount: 10_001, own: false });
    const decide = (who: HttpClient, approve: boolean) => who.post<{ code?: string }>(`/api/admin/points/adjustments/${wish!.id}/decision`, { approve });
    expect((await decide(lin, true)).body.code, 'not one\'s own').to.equal('GX_ADJUSTMENT_OWN');
    for (const who of [agent, auditor]) expect((await decide(who, true)).status).to.equal(403);
    expect((await decide(wang, true)).status).to.equal(200);
    expect((await decide(wang, true)).body.code).to.equal('GX_ADJUSTMENT_DECIDED');
    expect((await points(member)).available).to.equal(available + 20_001);
    expect(await lin.must<{ waiting: boolean }>('POST', path, { amount: -500_000, reason: 'Far too much' })).to.deep.include({ waiting: true });
    const { items: [taking] } = await wang.must<{ items: readonly { id: string }[] }>('GET', '/api/admin/points/adjustments?state=pending');
    expect((await wang.post<{ code?: string }>(`/api/admin/points/adjustments/${taking!.id}/decision`, { approve: true })).body.code).to.equal('GX_POINTS_TOO_FEW');
    expect((await lin.post(`/api/admin/points/adjustments/${taking!.id}/decision`, { approve: false })).status, 'taking one\'s own wish back').to.equal(200);
    for (const amount of BAD) expect((await lin.post(path, { amount, reason: 'bad input' })).status, JSON.stringify(amount)).to.equal(amount === -1 ? 200 : 422);
    const { items: audit } = await auditor.must<{ items: readonly { action: string }[] }>('GET', '/api/admin/audit');
    for (const action of ['points.adjusted', 'points.adjustment-requested', 'points.adjustment-approved', 'points.adjustment-rejected']) expect(audit.map((each) => each.action)).to.include(action);
    await server().integrity();
  });

  it('do once what is asked for twice under one key, and refuse the key for anything else', async () => {
    const [lin, wang] = [await staff('Lin'), await staff('Wang')], shopper = await server().shopper();
    const path = `/api/admin/customers/${shopper.personId!}/adjustments`, wish = { amount: 70, reason: 'A lost answer' };
    for (let n = 0; n < 3; n++) expect(await lin.must<{ waiting: boolean; balance: { available: number } }>('POST', path, wish, { key: 'adjust-once-1' })).to.deep.nested.include({ waiting: false, 'balance.available': 70 });
    expect((await lin.post<{ code?: string }>(path, { ...wish, amount: 71 }, { key: 'adjust-once-1' })).body.code).to.equal('GX_IDEMPOTENCY_MISMATCH');
    expect(await wang.must('POST', path, wish, { key: 'adjust-once-1' }), 'somebody else\'s key').to.deep.nested.include({ 'balance.available': 140 });
    expect((await lin.post(path, wish, { key: 'short' })).status).to.equal(400);
    const other = await server().guest();
    const doors: readonly (readonly [HttpClient, string, unknown, unknown])[] = [
      [shopper, '/api/storefront/points/holds', { amount: 20 }, { amount: 21 }], [shopper, '/api/storefront/points/debt', {}, undefined], [shopper, '/api/storefront/me/guest', { bearer: other.bearer! }, { bearer: (await server().guest()).bearer! }],
      [lin, `/api/admin/customers/${shopper.personId!}/merges`, { from: (await server().guest()).personId! }, { from: (await server().guest()).personId! }],
    ];
    for (const [who, door, one, another] of doors) {
      const first = await who.send<object>('POST', door, one, { key: 'one-wish-only' }), again = await who.send<object>('POST', door, one, { key: 'one-wish-only' });
      expect([first.status < 300, again.status, again.body], door).to.deep.equal([true, first.status, first.body]);
      const changed = await who.send<{ code?: string }>('POST', door, another, { key: 'one-wish-only' });
      expect([changed.status, changed.body.code], `${door} with another body`).to.deep.equal([422, 'GX_IDEMPOTENCY_MISMATCH']);
    }
    expect(await points(shopper)).to.deep.include({ available: 120, held: 20 });
    await server().integrity();
  });

  it('say on the statement what is owed, to both sides', async () => {
    const shopper = await server().shopper(), admin = await server().admin();
    const given = await give(shopper.personId!, 50, 'owed');
    await server().services.ledger.spend(server().context(), { personId: shopper.personId!, amount: 40, source: 'test.purchase', causeRef: 'c', key: 'owed-spent' });
    if (given.ok) await server().services.grants.reverse(server().context(), given.grantId, 'a mistake');
    await give(shopper.personId!, 15, 'owed-later');
    type Lines = { items: readonly { kind: string; available: number; debt?: number }[] };
    for (const lines of [await shopper.must<Lines>('GET', '/api/storefront/me/points'), await admin.must<Lines>('GET', `/api/admin/customers/${shopper.personId!}/ledger`)]) {
      expect(lines.items.map(({ kind, available, debt }) => [kind, available, debt])).to.deep.equal([['debt', -15, -15], ['grant', 15, undefined], ['reversal', -10, 40], ['spend', -40, undefined], ['grant', 50, undefined]]);
    }
    const file = parse((await admin.get<string>('/api/admin/economy/ledger.csv')).body, { bom: true, columns: true }) as { person_id: string; kind: string; debt: string }[];
    expect(file.filter((row) => row.person_id === shopper.personId).map(({ kind, debt }) => [kind, debt])).to.have.deep.members([['debt', '-15'], ['grant', '0'], ['reversal', '40'], ['spend', '0'], ['grant', '0']]);
  });

  it('let a shopper settle a debt before spending again, where the shop asks for that', async () => {
    const admin = await server().admin();
    const { programme: { version, ...programme } } = await admin.must<{ programme: { version: number; debtPolicy: string } }>('GET', '/api/admin/points/programme');
    await admin.must('PUT', '/api/admin/points/programme', { basedOn: version, programme: { ...programme, debtPolicy: 'ask_at_next_redemption' } });
    const shopper = await server().shopper();
    const given = await give(shopper.personId!, 50, 'mistake');
    await server().services.ledger.spend(server().context(), { personId: shopper.personId!, amount: 40, source: 'test.purchase', causeRef: 'c', key: 'spent' });
    if (given.ok) await server().services.grants.reverse(server().context(), given.grantId, 'a mistake');
    await give(shopper.personId!, 60, 'again');
    expect(await points(shopper)).to.deep.include({ available: 60, debt: 40 });
    expect(await shopper.must('POST', '/api/storefront/points/holds', { amount: 5 })).to.deep.include({ ok: false, reason: 'debt' });
    await server().integrity();
    expect(await shopper.must('POST', '/api/storefront/points/debt', {})).to.deep.equal({ paid: 40 });
    expect(await points(shopper)).to.deep.include({ available: 20, debt: 0 });
    expect(await shopper.must('POST', '/api/storefront/points/holds', { amount: 5 })).to.deep.include({ ok: true });
    await admin.must('PUT', '/api/admin/points/programme', { basedOn: version + 1, programme });
    await server().integrity();
  });

  it('warn 30 and 7 days before points expire, once each, and show the shopper a calendar', async () => {
    const { services } = server();
    const shopper = await server().shopper();
    await give(shopper.personId!, 12, 'expiring');
    const { items: [day] } = await shopper.must<{ items: readonly { at: number; amount: number }[] }>('GET', '/api/storefront/points/calendar');
    expect(day!.amount).to.equal(12);
    const told = async (before: number): Promise<number> => services.expiryNotices.notify({ ...server().context(), now: day!.at - before * 86_400_000 });
    expect(await told(31)).to.equal(0);
    expect(await told(29)).to.be.greaterThan(0);
    expect(await told(29), 'again').to.equal(0);
    expect(await told(6)).to.be.greaterThan(0);
    expect(await told(5), 'again').to.equal(0);
    const { items } = await (await server().admin()).must<{ items: readonly { personId: string; days: number; amount: number }[] }>('GET', '/api/admin/points/expiry-notices');
    expect(items.filter((each) => each.personId === shopper.personId).map(({ days, amount }) => [days, amount])).to.have.deep.members([[30, 12], [7, 12]]);
  });
});
