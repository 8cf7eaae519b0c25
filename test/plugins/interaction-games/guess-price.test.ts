import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { HOUR, statement } from '../../../server/plugin-api/index.js';
import { HttpClient, onEachServer, type Shopper } from '../../kit/index.js';

interface Problem { readonly code: string; readonly fields?: Readonly<Record<string, string>> }
interface Guess extends Problem { readonly no: number; readonly hint: string | null; readonly left: number }
interface Round {
  readonly id: string; readonly state: string; readonly commitment: string; readonly product: { readonly sku: string }; readonly currency: string; readonly mine: { readonly left: number; readonly guesses: readonly { readonly amount: number }[] } | null;
  readonly result: { readonly price: number; readonly realPrice: number | null; readonly nonce: string; readonly winners: number; readonly won: { readonly state: string; readonly under: string; readonly notice: string | null; readonly code: string | null; readonly expiresAt: number | null } | null } | null;
}
interface Winner { readonly personId: string; readonly amount: number; readonly under: string; readonly state: string; readonly note: string | null }

const GAMES = '/api/admin/plugins/interaction-games/games', ROUNDS = '/api/admin/plugins/interaction-games/rounds', SHOP = '/api/storefront/plugins/interaction-games/rounds';
const ROUND_NONCE = statement<{ nonce: string }>('SELECT nonce FROM plg_interaction_games_round WHERE shop_id = :shop AND activity_id = :activity');
const SET_PRICE = statement('UPDATE variant SET price = :price WHERE shop_id = :shop AND sku = :sku');
/** A number that nothing else on a page is likely to be. */
const PRICE = 58_713;
const points = { title: { en: '100 points', 'zh-CN': '100 积分' }, kind: 'points', amount: 100 };
const coupon = { title: { en: 'Coupon', 'zh-CN': '优惠券' }, kind: 'interaction-games.sale-coupon', amount: 1 };

onEachServer('guess the price', {}, (server) => {
  let skus: string[];
  before(async () => {
    await server().install('interaction-games');
    skus = (await server().services.products.search(server().context(), '', { limit: 3 })).items.map(({ sku }) => sku);
  });
  afterEach(() => server().integrity());

  const now = (): number => server().services.clock.now();
  const rules = (more: object = {}) => ({ sku: skus[0], price: PRICE, mode: 'within', tolerance: 500, guesses: 3, hints: true, prize: points, coupon: null, fallbackPoints: 0, ...more });
  async function draft(more: object = {}, dates: object = {}): Promise<string> {
    return (await (await server().admin()).must<{ id: string }>('POST', GAMES, { type: 'guess-price', title: 'Guess', config: rules(more), endsAt: now() + 2 * HOUR, ...dates })).id;
  }
  async function publish(more: object = {}, dates: object = {}): Promise<string> {
    const id = await draft(more, dates);
    await (await server().admin()).must('POST', `${GAMES}/${id}/publish`, {});
    return id;
  }
  const guess = (who: Shopper, round: string, amount: unknown, key?: string) => who.post<Guess>(`${SHOP}/${round}/guesses`, { amount }, key ? { key } : {});
  const roundOf = async (who: HttpClient, id: string): Promise<Round> => (await who.must<{ items: Round[] }>('GET', SHOP)).items.find((each) => each.id === id)!;
  const close = (): Promise<void> => server().advance('PT3H');
  const winners = async (id: string): Promise<readonly Winner[]> => (await (await server().admin()).must<{ items: Winner[] }>('GET', `${ROUNDS}/${id}/winners`)).items;
  const available = async (who: Shopper): Promise<number> => (await who.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available;
  const members = (n: number): Promise<Shopper[]> => Promise.all(Array.from({ length: n }, () => server().shopper()));

  it('tells nobody the price before the close, whatever is asked, and proves afterwards that it was set before', async () => {
    const id = await publish({}, { startsAt: now() + HOUR });
    const [member, visitor] = [await server().shopper(), server().visitor()];
    const answers: string[] = [];
    const keep = async (path: string, as = visitor): Promise<void> => { answers.push(JSON.stringify((await as.get(path)).body ?? ''), await (await fetch(`${server().url}${path}`, { headers: { accept: '*/*' } })).text()); };
    const all = async (): Promise<void> => {
      for (const path of [SHOP, '/api/storefront/plugins/interaction-games/activities', '/api/storefront/me', '/api/storefront/listing', `/demo/activities/${id}/rules?lang=en`, `/demo/activities/${id}/rules?lang=zh-CN`, `/demo/activities/${id}/rules.json`, '/demo/club?lang=en', `/demo/products/${skus[0]}`]) {
        await keep(path);
        await keep(path, member);
      }
    };
    await all();
    expect((await guess(member, id, 100)).status, 'before the start').to.equal(404);
    await server().advance('PT61M');
    for (const amount of [PRICE - 1, PRICE + 1, PRICE + 700]) answers.push(JSON.stringify((await guess(member, id, amount)).body));
    await all();
    const { commitment } = await roundOf(visitor, id);
    const { nonce } = (await server().services.store.read(server().context(), (q) => q.many(ROUND_NONCE, { activity: id })))[0]!;
    const said = answers.join('\n');
    for (const secret of [String(PRICE), '587.13', nonce, 'nonce":"']) expect(said.includes(secret), secret).to.equal(false);
    expect(said).to.include(commitment);
    await close();
    const { result, product, currency } = await roundOf(member, id);
    expect(result).to.deep.include({ price: PRICE, nonce });
    expect(createHash('sha256').update(`guanxi-guess/1:${product.sku}:${PRICE}:${currency}:${nonce}`).digest('hex')).to.equal(commitment);
    const page = await (await fetch(`${server().url}/demo/activities/${id}/rules?lang=en`)).text();
    expect(page).to.include('How it ended').and.to.include('587.13').and.to.include(nonce);
  });

  it('takes three guesses and tells of each whether the price is higher, and never that it is right', async () => {
    const id = await publish();
    const member = await server().shopper();
    expect((await guess(member, id, PRICE - 5_000)).body).to.deep.equal({ no: 1, amount: PRICE - 5_000, hint: 'higher', left: 2 });
    expect((await guess(member, id, PRICE + 5_000)).body).to.deep.equal({ no: 2, amount: PRICE + 5_000, hint: 'not-higher', left: 1 });
    expect((await guess(member, id, PRICE + 5_000)).body.code).to.equal('GX_SAME_GUESS');
    expect((await guess(member, id, PRICE, 'the-last-guess-1')).body).to.deep.equal({ no: 3, amount: PRICE, hint: 'not-higher', left: 0 });
    expect((await guess(member, id, PRICE, 'the-last-guess-1')).status, 'repeated').to.equal(200);
    expect((await guess(member, id, 1)).body.code).to.equal('GX_NO_GUESSES');
    expect((await roundOf(member, id)).mine).to.deep.include({ left: 0 });
    expect((await roundOf(server().visitor(), id)).mine).to.equal(null);
    const guest = await server().guest();
    expect([(await guess(guest, id, 5)).status, (await roundOf(guest, id)).mine]).to.deep.equal([403, null]);
    const silent = await publish({ hints: false });
    expect((await guess(member, silent, 1)).body.hint).to.equal(null);
  });

  it('lets nobody guess more often, from however many devices at once', async () => {
    const id = await publish();
    const member = await server().shopper();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => guess(member, id, 1_000 + at)));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(3);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).to.deep.equal(new Set(['GX_NO_GUESSES']));
    expect((await roundOf(member, id)).mine?.guesses).to.have.length(3);
  });

  it('refuses what is no price and writes nothing', async () => {
    const id = await publish();
    const member = await server().shopper(), admin = await server().admin();
    for (const amount of [-1, 0, 0.1, 2 ** 53, '1e3', '１２', null, [], {}, true, 100_000_001]) {
      expect((await guess(member, id, amount)).status, String(amount)).to.equal(422);
      expect((await admin.send('PUT', `${ROUNDS}/${id}/real-price`, { price: amount })).status, String(amount)).to.equal(422);
      expect((await admin.post(GAMES, { type: 'guess-price', title: 'x', config: rules({ price: amount }) })).status, String(amount)).to.equal(422);
    }
    expect((await roundOf(member, id)).mine).to.deep.equal({ left: 3, guesses: [] });
    expect((await admin.post<Problem>(GAMES, { type: 'guess-price', title: 'x', config: rules({ sku: 'NO-SUCH' }) })).body.fields).to.have.property('config.sku');
  });

  it('gives everybody who was right a coupon for that product alone, good until the sale ends', async () => {
    const saleEndsAt = now() + 5 * HOUR;
    const id = await publish({ prize: coupon, coupon: { off: 'percent', value: 1_000, saleEndsAt } });
    const [near, edge, far] = await members(3) as [Shopper, Shopper, Shopper];
    const off = Math.floor(PRICE * 500 / 10_000);
    await guess(near, id, PRICE + 10);
    await guess(edge, id, PRICE - off);
    await guess(far, id, PRICE - off - 1);
    await close();
    expect((await roundOf(far, id)).result).to.deep.include({ winners: 2, won: null });
    const { won } = (await roundOf(near, id)).result!;
    expect(won).to.deep.include({ state: 'given', under: 'sealed', expiresAt: saleEndsAt });
    const listed = async (sku: string): Promise<number> => (await server().services.products.bySku(server().context(), sku))!.price;
    const order = (who: Shopper, sku: string, code: string) => server().order(who, [{ sku, quantity: 1 }], [code]);
    expect((await order(near, skus[0]!, won!.code!))['discount']).to.equal(Math.floor(await listed(skus[0]!) / 10));
    const other = (await roundOf(edge, id)).result!.won!.code!;
    const elsewhere = await server().visitor().post<{ code: string; discount?: number }>('/demo/api/orders', { customerId: edge.customerId, lines: [{ sku: skus[1], quantity: 1 }], codes: [other] });
    expect([elsewhere.status, elsewhere.body.code, elsewhere.body.discount], 'nothing off another product').to.deep.equal([422, 'GX_CODE_REFUSED', undefined]);
    await server().advance('PT3H');
    const late = await server().visitor().post<Problem>('/demo/api/orders', { customerId: edge.customerId, lines: [{ sku: skus[0], quantity: 1 }], codes: [other] });
    expect(late.status).to.be.within(400, 499);
  });

  it('gives the coupon when the check ends before the sale, and the points in its place when the sale ends first', async () => {
    const [short, long, bare] = [5, 500, 5].map((hours, n) => publish({ prize: coupon, coupon: { off: 'percent', value: 1_000, saleEndsAt: now() + hours * HOUR }, fallbackPoints: n === 2 ? 0 : 30 }));
    const [member, other] = await members(2) as [Shopper, Shopper];
    for (const { personId } of [member, other]) await server().services.risk.note(server().context(), personId ?? '', { device: 'a-shared-tablet', address: '9 Huaihai Road' });
    const rounds = [await short!, await long!, await bare!];
    for (const id of rounds) await guess(member, id, PRICE);
    await close();
    const won = (): Promise<readonly { state: string; notice: string | null; code: string | null }[]> => Promise.all(rounds.map(async (id) => (await roundOf(member, id)).result!.won!));
    const told = await won();
    expect(told.map(({ state, code }) => [state, code])).to.deep.equal([['held', null], ['held', null], ['held', null]]);
    await server().advance('P4D');
    const after = await won();
    expect(after.map(({ state, code, notice }) => [state, code !== null, notice])).to.deep.equal([['fallback', false, null], ['given', true, null], ['over', false, null]]);
    expect(told.every(({ notice }) => notice !== null)).to.equal(true);
    expect(await Promise.all(rounds.map(async (id) => (await (await server().admin()).must<{ totals: { winners: number; given: number } }>('GET', `${ROUNDS}/${id}`)).totals.given)), 'whoever got nothing has no prize').to.deep.equal([1, 1, 0]);
    expect([await available(member), (await server().services.held.counts(server().context())).held]).to.deep.equal([30, 0]);
    await server().advance('P1D');
    expect(await available(member), 'once').to.equal(30);
  });

  it('lets all win who tie nearest, and those not above it where the rules say so', async () => {
    const [nearest, below] = [await publish({ mode: 'nearest' }), await publish({ mode: 'nearest-below' })];
    const [a, b, c] = await members(3) as [Shopper, Shopper, Shopper];
    for (const id of [nearest, below]) {
      await guess(a, id, PRICE - 40);
      await guess(b, id, PRICE + 40);
      await guess(c, id, PRICE - 41);
      await guess(c, id, PRICE + 900);
    }
    const before = await Promise.all([a, b, c].map(available));
    await close();
    expect((await winners(nearest)).map(({ personId }) => personId).sort()).to.deep.equal([a.personId, b.personId].sort());
    expect((await winners(below)).map(({ personId, amount }) => [personId, amount])).to.deep.equal([[a.personId, PRICE - 40]]);
    expect(await Promise.all([a, b, c].map(available))).to.deep.equal([before[0]! + 200, before[1]! + 100, before[2]!]);
  });

  it('E31: the sale price changed after sealing, so both groups of guessers win', async () => {
    const admin = await server().admin(), real = PRICE - 20_000;
    const [early, late] = [await publish({ mode: 'exact' }), await publish({ mode: 'exact' })];
    const [sealed, changed, both, neither] = await members(4) as [Shopper, Shopper, Shopper, Shopper];
    for (const id of [early, late]) {
      await guess(sealed, id, PRICE);
      await guess(changed, id, real);
      await guess(both, id, PRICE);
      await guess(both, id, real);
      await guess(neither, id, real + 1);
    }
    await admin.must('PUT', `${ROUNDS}/${early}/real-price`, { price: real });
    expect(await winners(early), 'nobody before the close').to.deep.equal([]);
    expect((await roundOf(sealed, early)).result).to.equal(null);
    await close();
    expect(await winners(late)).to.have.length(2);
    await admin.must('PUT', `${ROUNDS}/${late}/real-price`, { price: real });
    for (const id of [early, late]) {
      const found = new Map((await winners(id)).map(({ personId, under, state }) => [personId, `${under} ${state}`]));
      expect(found, id).to.deep.equal(new Map([[sealed.personId, 'sealed given'], [changed.personId, 'real given'], [both.personId, 'sealed given']]));
      expect((await roundOf(changed, id)).result).to.deep.include({ price: PRICE, realPrice: real, winners: 3 });
    }
    expect(await Promise.all([sealed, changed, both, neither].map(available)), 'each prize once').to.deep.equal([200, 200, 200, 0]);
    await server().advance('PT2H');
    expect(await available(both), 'and never again').to.equal(200);
    expect((await admin.get<Problem>(`/api/admin/audit?target=activity:${late}`)).body).to.satisfy((body: unknown) => JSON.stringify(body).includes('guess.real-price'));
  });

  it('E31: reads the real price from the shop when it changed there', async () => {
    const id = await publish({ mode: 'exact' });
    const who = await server().shopper();
    const context = server().context(), product = (await server().services.products.bySku(context, skus[0]!))!;
    await guess(who, id, product.price - 300);
    await server().services.store.write(context, (unit) => unit.run(SET_PRICE, { sku: product.sku, price: product.price - 300 }));
    await close();
    await server().services.store.write(context, (unit) => unit.run(SET_PRICE, { sku: product.sku, price: product.price }));
    expect((await winners(id)).map(({ under }) => under)).to.deep.equal(['real']);
  });

  it('gives points instead when its budget is used up, and settles with its numbers', async () => {
    const id = await publish({ mode: 'exact', fallbackPoints: 7 });
    const admin = await server().admin();
    await admin.must('POST', '/api/admin/budgets', { scope: id, unit: 'points', period: 'total', ceiling: 107, softPercent: 80, startsAt: 0, useRate: 10_000, unitCost: 0 });
    const two = await members(2);
    for (const each of two) await guess(each, id, PRICE);
    await close();
    expect((await winners(id)).map(({ state }) => state).sort()).to.deep.equal(['fallback', 'given']);
    expect((await Promise.all(two.map(available))).sort()).to.deep.equal([100, 7]);
    const activity = await admin.must<{ state: string; settlement: { figures: { name: string; value: number; text?: { en: string } }[] } }>('GET', `/api/admin/activities/${id}`);
    expect(activity.state).to.equal('settled');
    expect(activity.settlement.figures.map(({ name, value }) => [name, value])).to.deep.include.members([['plays', 2], ['players', 2], ['winners', 2], ['price', PRICE]]);
  });

  it('cannot be published without an end, with a coupon that is over before it is given, or as a copy whose price nobody set', async () => {
    const admin = await server().admin();
    for (const [more, dates, code] of [[{}, { endsAt: null }, 'GX_GUESS_OPEN'], [{ prize: coupon, coupon: { off: 'amount', value: 100, saleEndsAt: now() + HOUR } }, {}, 'GX_GUESS_SALE']] as const) {
      const id = await draft(more, dates);
      expect((await admin.post<Problem>(`${GAMES}/${id}/publish`, {})).body.code).to.equal(code);
      expect((await admin.delete(`${GAMES}/${id}`)).status).to.equal(204);
    }
    const id = await publish();
    const bare = await admin.must<{ id: string }>('POST', `/api/admin/activities/${id}/duplicate`, {});
    await admin.must('PUT', `${GAMES}/${bare.id}`, { type: 'guess-price', title: 'Copy', config: rules(), endsAt: now() + HOUR });
    const other = await admin.must<{ id: string }>('POST', `/api/admin/activities/${id}/duplicate`, {});
    expect((await admin.post<Problem>(`/api/admin/activities/${other.id}/publish`, {})).body.code).to.equal('GX_GUESS_UNSEALED');
    const own = await admin.must<{ id: string; config: { commitment: string } }>('POST', `${GAMES}/${id}/duplicate`, {});
    expect(own.config.commitment).to.match(/^[0-9a-f]{64}$/).and.to.not.equal((await roundOf(server().visitor(), id)).commitment);
    expect((await admin.put<Problem>(`${GAMES}/${id}`, { type: 'guess-price', title: 'x', config: rules() })).body.code).to.equal('GX_ACTIVITY_FROZEN');
    expect((await admin.put<Problem>(`${GAMES}/${own.id}`, { type: 'check-in', title: 'x', config: { cycle: [1] } })).status).to.equal(404);
  });

  it('keeps to one person\'s guesses when two become one, and forgets whoever is erased', async () => {
    const id = await publish({ mode: 'exact' });
    const [one, two] = await members(2) as [Shopper, Shopper];
    for (const amount of [1, 2, PRICE]) await guess(one, id, amount);
    for (const amount of [4, 5]) await guess(two, id, amount);
    const { outbox, store, privacy } = server().services;
    const mine = async (who: Shopper): Promise<readonly number[] | undefined> => (await roundOf(who, id)).mine?.guesses.map(({ amount }) => amount);
    const tell = async (name: 'customer.merged' | 'customer.split'): Promise<void> => {
      await store.hot(server().context(), 'merge', (ctx) => outbox.steps.emit(ctx, name, { personId: one.personId, into: two.personId }));
      await server().drain();
    };
    await tell('customer.merged');
    expect(await mine(two)).to.deep.equal([4, 5, 1]);
    await tell('customer.split');
    expect([await mine(one), await mine(two)], 'two again').to.deep.equal([[1], [4, 5]]);
    await tell('customer.merged');
    expect(await mine(two)).to.deep.equal([4, 5, 1]);
    const report = await privacy.erasePerson(server().context(), two.personId ?? '');
    expect(report.erased['interaction-games']).to.include({ plg_interaction_games_guess: 3 });
    await close();
    expect(await winners(id)).to.deep.equal([]);
  });
});
