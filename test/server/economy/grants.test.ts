import { expect } from 'chai';
import { BudgetEntity } from '../../../server/economy/entities/budget.entity.js';
import { DAY, newId, statement, type GrantRequest, type RewardKind } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, START, type Economy } from './economy-fixture.js';

const TITLE = { en: 'Gift', 'zh-CN': '礼物' };
/** A stock of one of each, kept where rows may be: three mugs, whoever comes. */
const STOCK = statement('UPDATE budget SET hit_key = hit_key || :one WHERE shop_id = :shop AND scope = :scope AND length(hit_key) < ceiling');

forEachEngine('grants', (open) => {
  let make: (more?: object) => Economy;
  let e: Economy;
  before(async () => { make = (await openEconomy(open)).shop; });
  beforeEach(() => { e = make(); });
  afterEach(() => e.expectSound());

  const request = (personId: string, more: Partial<GrantRequest> = {}): GrantRequest => ({ personId, reward: { kind: 'points', amount: 10 }, source: 'test.gift', causeRef: 'cause', key: newId(), ...more });
  const budget = (scope: string, ceiling: number): Promise<string> => e.budgets.create(e.at(), { scope, unit: 'points', ceiling, softPercent: 80, period: 'total', startsAt: 0, useRate: 10_000, unitCost: 0 });
  const spentOf = async (scope: string): Promise<number | undefined> => (await e.db.read(e.at(), (q) => q.findOne(BudgetEntity, { scope })))?.spent;
  /** A kind with a stock of its own, as a plugin would write it. */
  const gift = (scope: string): RewardKind & { revoked: string[] } => {
    const revoked: string[] = [];
    return {
      revoked,
      *issue(_ctx, { reward }, grantId) { const left = (yield { want: 'run', statement: STOCK, params: { scope, one: 'x' } }) as number; return left === 0 ? undefined : { gift: reward.ref, grantId }; },
      // eslint-disable-next-line require-yield
      *revoke(_ctx, grantId) { revoked.push(grantId); },
      options: async () => [{ ref: 'mug', title: 'Mug' }],
    };
  };

  it('makes one grant of 200 at once with one key', async () => {
    const person = await e.member();
    const results = await Promise.all(Array.from({ length: 200 }, () => e.grants.grant(e.at(), request(person, { key: 'slot-1' }))));
    expect(new Set(results.map((result) => (result.ok ? result.grantId : result.reason))).size).to.equal(1);
    expect(results.filter((result) => result.ok && !result.replayed)).to.have.length(1);
    expect(await e.balance(person)).to.deep.equal([10, 0, 0]);
    expect((await e.events()).filter(({ name }) => name === 'grant.made')).to.have.length(1);
  });

  it('keeps 20 guests at once under 300 points each', async () => {
    const guest = await e.guest();
    const results = await Promise.all(Array.from({ length: 20 }, () => e.grants.grant(e.at(), request(guest, { reward: { kind: 'points', amount: 40 } }))));
    expect(results.filter((result) => result.ok)).to.have.length(7);
    expect(await e.balance(guest)).to.deep.equal([280, 0, 0]);
  });

  it('refuses a key that means something else', async () => {
    const person = await e.member();
    await e.grants.grant(e.at(), request(person, { key: 'k' }));
    await e.grants.grant(e.at(), request(person, { key: 'k', reward: { kind: 'points', amount: 11 } })).then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_LEDGER_KEY_REUSED'));
  });

  it('takes a grant back from its own lot, then from others, then as debt; new points pay the debt first', async () => {
    const person = await e.member();
    const first = await e.granted(person, 30);
    await e.granted(person, 10, START + DAY);
    await e.spent(person, 35, START + 2 * DAY);
    await e.grants.reverse(e.at(START + 3 * DAY), first, 'Won by mistake');
    await e.grants.reverse(e.at(START + 3 * DAY), first, 'Won by mistake');
    expect(await e.balance(person)).to.deep.equal([0, 0, 25]);
    await e.granted(person, 40, START + 4 * DAY);
    expect(await e.balance(person)).to.deep.equal([15, 0, 0]);
  });

  it('pays debt from a refunded spend too', async () => {
    const person = await e.member();
    const grant = await e.granted(person, 30);
    const spend = await e.spent(person, 30);
    await e.grants.reverse(e.at(), grant, 'x');
    expect(await e.balance(person)).to.deep.equal([0, 0, 30]);
    await e.points.refund(e.at(), spend, 'x');
    expect(await e.balance(person)).to.deep.equal([0, 0, 0]);
  });

  it('stops at the budgets of the shop and of the activity, and charges neither when one is full', async () => {
    const person = await e.member();
    await budget('shop', 100);
    await budget('activity-1', 25);
    const give = (): ReturnType<Economy['grants']['grant']> => e.grants.grant(e.at(), request(person, { budgetRef: 'activity-1' }));
    const results = await Promise.all([give(), give(), give()]);
    expect(results.filter((result) => !result.ok)).to.deep.equal([{ ok: false, reason: 'budget' }]);
    expect(await spentOf('shop')).to.equal(20);
    expect(await spentOf('activity-1')).to.equal(20);
    const done = results.find((result) => result.ok);
    if (done?.ok) await e.grants.reverse(e.at(), done.grantId, 'x');
    expect(await spentOf('activity-1')).to.equal(10);
  });

  it('issues a plugin\'s own kind while stock lasts, stores what it was, and revokes it once', async () => {
    const person = await e.member();
    await budget('stock', 3);
    const kind = gift('stock');
    e.grants.registerKind('gifts', 'mug', kind, TITLE);
    const give = (key: string): ReturnType<Economy['grants']['grant']> => e.grants.grant(e.at(), request(person, { reward: { kind: 'gifts.mug', amount: 1, ref: 'mug' }, key }));
    const results = await Promise.all(Array.from({ length: 10 }, (_, n) => give(`mug-${n}`)));
    expect(results.filter((result) => result.ok)).to.have.length(3);
    expect(results.find((result) => !result.ok)).to.deep.equal({ ok: false, reason: 'out-of-stock' });
    const first = results.findIndex((result) => result.ok);
    const again = await give(`mug-${first}`);
    if (!again.ok) return expect.fail('replay refused');
    expect(again).to.deep.include({ replayed: true, outcome: { gift: 'mug', grantId: again.grantId } });
    await e.grants.reverse(e.at(), again.grantId, 'broken');
    await e.grants.reverse(e.at(), again.grantId, 'broken');
    expect(kind.revoked).to.deep.equal([again.grantId]);
    const mine = await e.grants.ofPerson(e.at(), person, { limit: 2 });
    expect(mine.items).to.have.length(2);
    expect((await e.grants.ofPerson(e.at(), person, { limit: 2, cursor: mine.next })).items).to.have.length(1);
  });

  it('lists what a merchant can choose, in the merchant\'s language, and nothing of disabled plugins', async () => {
    e.grants.registerKind('gifts', 'mug', gift('stock'), TITLE);
    expect(await e.grants.kinds({ ...e.at(), locale: 'zh-CN' })).to.deep.equal([{ kind: 'points', title: '积分', options: [] }, { kind: 'gifts.mug', title: '礼物', options: [{ ref: 'mug', title: 'Mug' }] }]);
    e.pluginsOn = false;
    expect(await e.grants.kinds(e.at())).to.have.length(1);
    expect(await e.grants.grant(e.at(), request(await e.member(), { reward: { kind: 'gifts.mug', amount: 1 } }))).to.deep.equal({ ok: false, reason: 'unavailable' });
    e.grants.unregister('gifts');
    e.pluginsOn = true;
    expect(await e.grants.kinds(e.at())).to.have.length(1);
  });

  it('records an honest nothing', async () => {
    const person = await e.member();
    expect(await e.grants.grant(e.at(), request(person, { reward: { kind: 'none', amount: 0 } }))).to.deep.include({ ok: true, outcome: {} });
    expect(await e.balance(person)).to.deep.equal([0, 0, 0]);
  });

  it('joins the caller\'s unit: when it fails, nothing was given or taken', async () => {
    const person = await e.member();
    await e.granted(person, 20);
    await e.db.hot(e.at(), person, function* (ctx) {
      yield* e.points.steps.spend(ctx, { personId: person, amount: 5, source: 'test.play', causeRef: 'play', key: 'play' });
      yield* e.grants.steps.grant(ctx, request(person, { key: 'prize' }));
      throw new Error('the plugin broke');
    }).then(() => expect.fail('committed'), (error: Error) => expect(error.message).to.equal('the plugin broke'));
    expect(await e.balance(person)).to.deep.equal([20, 0, 0]);
  });

  it('refuses amounts, sources and keys that cannot be stored whole', async () => {
    const person = await e.member();
    const bad: Partial<GrantRequest>[] = [{ reward: { kind: 'points', amount: 0 } }, { reward: { kind: 'points', amount: -1 } }, { reward: { kind: 'points', amount: 0.5 } }, { reward: { kind: 'points', amount: Number.NaN } }, { source: 'no dot' }, { key: '' }, { key: 'x'.repeat(301) }];
    for (const more of bad) await e.grants.grant(e.at(), request(person, more)).then(() => expect.fail(JSON.stringify(more)), (error: { status: number }) => expect(error.status).to.equal(422));
    expect(await e.balance(person)).to.deep.equal([0, 0, 0]);
  });
});
