import { expect } from 'chai';
import { onEachServer, HttpClient } from '../../kit/index.js';
import { account, accounts, ADMIN, balance, give, rich, SHOP, spend } from './credit-fixture.js';

interface Entry { readonly kind: string; readonly amount: number; readonly reason: string | null; readonly handledBy: string | null; readonly personId: string }
const BALM = 'BEA-LB04';

onEachServer('accounts of store credit', {}, (server) => {
  before(() => server().install('store-credit'));
  afterEach(() => server().integrity());
  const entries = async (personId: string | undefined): Promise<readonly Entry[]> => (await (await server().admin()).must<{ items: Entry[] }>('GET', `${ADMIN}/entries?personId=${personId ?? ''}&limit=200`)).items;
  const add = (key: string, personId: string | undefined, amount: number) => accounts(server()).add(server().context(), { key, personId: personId ?? '', amount });
  const undo = (key: string) => accounts(server()).undo(server().context(), key);

  it('books each key once, also at the same moment, and refuses another amount under it', async () => {
    const who = await server().shopper();
    const answers = await Promise.all(Array.from({ length: 5 }, () => add('gift-1', who.personId, 500)));
    expect(answers[0]).to.include({ ok: true });
    for (const answer of answers) expect(answer).to.deep.equal(answers[0]);
    expect(await balance(who)).to.equal(500);
    const failed = await add('gift-1', who.personId, 501).catch((error: unknown) => error);
    expect(failed).to.include({ code: 'GX_CREDIT_KEY', status: 409 });
    await undo('gift-1');
    await undo('gift-1');
    await undo('never-booked');
    expect(await balance(who)).to.equal(0);
    expect(await add('gift-1', who.personId, 500), 'what was taken back stays so').to.include({ ok: false });
    expect((await entries(who.personId)).map(({ kind, amount }) => [kind, amount])).to.deep.equal([['reversal', -500], ['credit', 500]]);
  });

  it('has none for guests, for nobody and for whoever was erased, and holds no more than the shop allows', async () => {
    const [guest, gone, who] = [await server().guest(), await server().shopper(), await server().shopper()];
    await server().services.privacy.erasePerson(server().context(), gone.personId ?? '');
    await server().drain();
    for (const person of [guest.personId, gone.personId, '018f0000-0000-7000-8000-000000000000']) expect(await add(`for-${person ?? ''}`, person, 100)).to.have.property('ok', false);
    expect(await add('nothing', who.personId, 0)).to.have.property('ok', false);
    expect(await add('much', who.personId, 100_000)).to.have.property('ok', true);
    expect(await add('more', who.personId, 1)).to.have.property('ok', false);
    expect(await balance(who)).to.equal(100_000);
    expect(await account(guest)).to.deep.include({ member: false, balance: 0 });
    expect((await guest.post(`${SHOP}/uses`, { amount: 1 })).status).to.equal(403);
    expect(await account(server().visitor() as never)).to.deep.include({ member: false });
  });

  it('takes back what is left of what was spent before, and says how much is not', async () => {
    const who = await server().shopper();
    await add('spent-later', who.personId, 500);
    await spend(who, 300);
    await undo('spent-later');
    await undo('spent-later');
    expect(await balance(who)).to.equal(0);
    const [last] = await entries(who.personId);
    expect(last).to.include({ kind: 'reversal', amount: -200, reason: '300 of 500 was spent before' });
  });

  it('lets givers correct an account with a reason, nobody else, and never below zero', async () => {
    const admin = await server().admin(), who = await rich(server(), 700, '=1+1');
    const wish = (amount: number, more: object = {}) => ({ personId: who.personId, amount, reason: 'A broken cup', ...more });
    expect(await admin.must('POST', `${ADMIN}/adjustments`, wish(-200))).to.deep.equal({ balance: 500 });
    expect((await admin.post<{ code: string }>(`${ADMIN}/adjustments`, wish(-501))).body.code).to.equal('GX_CREDIT_TOO_LITTLE');
    expect((await admin.post<{ code: string }>(`${ADMIN}/adjustments`, wish(100_000))).body.code).to.equal('GX_CREDIT_TOO_MUCH');
    const twice = await Promise.all([1, 2].map(() => admin.post(`${ADMIN}/adjustments`, wish(100), { key: 'one-press' })));
    expect(twice.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(await balance(who)).to.equal(600);
    const race = await Promise.all(Array.from({ length: 5 }, () => admin.post(`${ADMIN}/adjustments`, wish(-250))));
    expect(race.map(({ status }) => status).toSorted(), 'at the same moment').to.deep.equal([201, 201, 409, 409, 409]);
    expect(await balance(who)).to.equal(100);
    for (const bad of [wish(0), wish(1.5), wish(1, { reason: ' ' }), wish(1, { more: 1 }), { personId: '', amount: 1, reason: 'x' }]) expect((await admin.post(`${ADMIN}/adjustments`, bad)).status, JSON.stringify(bad)).to.equal(422);
    expect((await admin.post(`${ADMIN}/adjustments`, { ...wish(1), personId: (await server().guest()).personId })).status).to.equal(404);
    const { token } = await admin.must<{ token: string }>('POST', '/api/admin/colleagues', { name: 'An agent', role: 'agent' });
    const agent = new HttpClient(server().url, (await server().visitor().must<{ bearer: string }>('POST', '/api/admin/sign-in', { token })).bearer);
    expect((await agent.post(`${ADMIN}/adjustments`, wish(1))).status).to.equal(403);
    expect((await account(who)).entries.find(({ amount }) => amount === -200)).to.include({ kind: 'adjustment', reason: 'A broken cup' });
    const { items } = await admin.must<{ items: { action: string }[] }>('GET', '/api/admin/audit?limit=50');
    expect(items.map(({ action }) => action)).to.include('store-credit.credit.adjusted');
    for (const file of ['accounts', 'entries']) expect((await admin.get<string>(`${ADMIN}/${file}.csv`)).body, file).to.contain("'=1+1");
    expect(JSON.stringify(await admin.must('GET', `/api/admin/customers/${who.personId ?? ''}/timeline`))).to.contain('Store credit adjusted: ¥7.00');
  });

  it('lists accounts page by page, those of chosen customers, and what is owed in all', async () => {
    const admin = await server().admin();
    const [one, two, none] = [await rich(server(), 90_000, 'One'), await rich(server(), 89_999, 'Two'), await server().shopper({ name: 'None yet' })];
    await spend(two, 50_000);
    const sums = await admin.must<Record<string, number>>('GET', `${ADMIN}/overview`);
    const all: { personId: string; balance: number; name: string | null }[] = [];
    let next: string | undefined;
    do {
      const page = await admin.must<{ items: typeof all; next?: string }>('GET', `${ADMIN}/accounts?limit=2${next ? `&cursor=${encodeURIComponent(next)}` : ''}`);
      all.push(...page.items);
      next = page.next;
    } while (next);
    expect(all.map((each) => each.balance)).to.deep.equal(all.map((each) => each.balance).toSorted((a, b) => b - a));
    expect(new Set(all.map((each) => each.personId)).size).to.equal(all.length);
    expect(all.reduce((sum, each) => sum + each.balance, 0)).to.equal(sums['outstanding']);
    expect(sums['held']).to.be.at.least(50_000);
    const chosen = await admin.must<{ items: typeof all }>('GET', `${ADMIN}/accounts?people=${[one, two, none].map(({ personId }) => personId).join(',')}`);
    expect(chosen.items.map(({ name, balance: held }) => [name, held])).to.deep.equal([['One', 90_000], ['Two', 39_999], ['None yet', 0]]);
    for (const bad of ['limit=0', 'cursor=x', `people=${Array.from({ length: 51 }, (_, n) => n).join(',')}`, 'strange=1']) expect((await admin.get(`${ADMIN}/accounts?${bad}`)).status, bad).to.equal(422);
  });

  it('moves with people who become one and comes back when they part, as far as it was not spent; codes go along', async () => {
    const [one, other] = [await rich(server(), 500), await rich(server(), 300)];
    await spend(other, 100);
    await add('others', other.personId, 50);
    const { merging } = server().services;
    const merged = await merging.merge(server().context(), other.personId ?? '', one.personId ?? '');
    await server().drain();
    expect(await account(one)).to.deep.include({ balance: 750 });
    expect((await account(one)).open, 'the other\'s code').to.include({ amount: 100 });
    await one.must('POST', `${SHOP}/uses/${(await account(one)).open!.id}/put-back`, {});
    expect(await balance(one)).to.equal(850);
    await undo('others');
    expect(await balance(one), 'what the other was given').to.equal(800);
    await spend(one, 700);
    await merging.split(server().context(), merged!.mergeId);
    await server().drain();
    expect([await balance(one), await balance(other)], 'what is left goes to whom it was').to.deep.equal([0, 100]);
    const again = await merging.merge(server().context(), other.personId ?? '', one.personId ?? '');
    await server().drain();
    await merging.split(server().context(), again!.mergeId);
    await server().drain();
    expect([await balance(one), await balance(other)]).to.deep.equal([0, 100]);
  });

  it('is handed over and forgotten with a person: what they had ends, the sums stay, and a late refund gives nobody anything', async () => {
    const who = await rich(server(), 2_000, 'Gone');
    const { code } = await spend(who, 1_000);
    const order = await server().order(who, [{ sku: BALM, quantity: 1 }], [code]);
    const admin = await server().admin();
    const given = JSON.stringify((await server().services.privacy.exportPerson(server().context(), who.personId ?? '')).data['store-credit']);
    for (const known of ['adjustment 2000 CNY, balance 2000', 'use -1000 CNY, balance 1000', code, 'for the test']) expect(given).to.contain(known);
    const before = await admin.must<{ outstanding: number }>('GET', `${ADMIN}/overview`);
    await server().services.privacy.erasePerson(server().context(), who.personId ?? '');
    await server().drain();
    await server().refund(order.id);
    expect((await admin.must<{ outstanding: number }>('GET', `${ADMIN}/overview`)).outstanding).to.equal(before.outstanding - 1_000);
    const left = await entries(who.personId);
    expect(left.map(({ kind, amount, reason }) => [kind, amount, reason])).to.deep.equal([['forfeit', -1_000, null], ['use', -1_000, null], ['adjustment', 2_000, null]]);
    expect(JSON.stringify(left)).to.not.contain('for the test');
    expect((await admin.post(`${ADMIN}/adjustments`, { personId: who.personId, amount: 1, reason: 'x' })).status).to.equal(404);
  });

  it('stays while the module is switched off and on again', async () => {
    const admin = await server().admin(), who = await server().shopper();
    await give(server(), who, 100);
    await admin.must('POST', '/api/admin/installs/store-credit/disable', {});
    expect((await who.get(`${SHOP}/account`)).status).to.be.oneOf([404, 409]);
    await admin.must('POST', '/api/admin/installs/store-credit/enable', {});
    expect(await balance(who)).to.equal(100);
  });
});
