import { expect } from 'chai';
import { statement } from '../../../server/plugin-api/index.js';
import { onEachServer } from '../../kit/index.js';

interface Integrity { readonly ok: boolean; readonly shops: readonly { readonly shop: string; readonly violations: readonly { readonly check: string; readonly rule: string; readonly rows: readonly string[] }[]; readonly checks: number; readonly seals: { readonly count: number; readonly entries: number; readonly since: string | null; readonly until: string | null } }[] }
const G = 'plg_interaction_games', C = 'plg_coupon_exchange', S = 'plg_store_credit';

onEachServer('invariants of modules', {}, (server) => {
  before(async () => { for (const plugin of ['interaction-games', 'coupon-exchange', 'store-credit']) await server().install(plugin); });

  const proof = async () => (await server().visitor().must<Integrity>('GET', '/internal/integrity')).shops.find(({ shop }) => shop === 'demo')!;
  const broken = async (): Promise<string[]> => (await proof()).violations.map(({ check }) => check);
  /** What operators are told while something is wrong, which is mended again. */
  async function told(sabotage: string, mend: string): Promise<string[]> {
    const run = (text: string): Promise<unknown> => server().services.store.write(server().context(), (unit) => unit.run(statement(text)));
    await run(sabotage);
    try { return await broken(); } finally { await run(mend); }
  }

  it('are told to operators with the core\'s: prizes that do not add up, tickets passed over, what was won and not given, what was not paid', async () => {
    const admin = await server().admin(), games = '/api/admin/plugins/interaction-games/games';
    const prizes = [{ title: { en: 'Ten', 'zh-CN': '十' }, kind: 'points', amount: 10, quantity: 20 }];
    const { id } = await admin.must<{ id: string }>('POST', games, { type: 'wheel', title: 'Wheel', config: { prizes, blanks: 0, freePerDay: 1, costPerTry: 5, paidPerDay: 3, guarantee: null, fallbackPoints: 0 } });
    await admin.must('POST', `${games}/${id}/publish`, {});
    const shopper = await server().shopper();
    for (let n = 0; n < 2; n++) await shopper.must('POST', `/api/storefront/plugins/interaction-games/activities/${id}/plays`, {});
    const { violations, checks, seals } = await proof();
    expect(violations).to.deep.equal([]);
    expect(checks).to.be.above(60);
    expect(seals).to.have.all.keys('count', 'entries', 'since', 'until');
    expect(await told(`UPDATE ${G}_prize SET remaining = remaining - 1 WHERE shop_id = :shop`, `UPDATE ${G}_prize SET remaining = remaining + 1 WHERE shop_id = :shop`)).to.deep.equal(['interaction-games.prize-stock']);
    expect(await told(`UPDATE ${G}_deck SET drawn = drawn + 1 WHERE shop_id = :shop`, `UPDATE ${G}_deck SET drawn = drawn - 1 WHERE shop_id = :shop`)).to.deep.equal(['interaction-games.deck-drawn']);
    expect(await told(`UPDATE ${G}_play SET points_won = 11 WHERE shop_id = :shop AND cost = 0`, `UPDATE ${G}_play SET points_won = 10 WHERE shop_id = :shop AND cost = 0`)).to.deep.equal(['interaction-games.play-grant']);
    expect(await told(`UPDATE ${G}_play SET cost = 6 WHERE shop_id = :shop AND cost = 5`, `UPDATE ${G}_play SET cost = 5 WHERE shop_id = :shop AND cost = 6`)).to.deep.equal(['interaction-games.play-paid']);
    expect(await broken()).to.deep.equal([]);
  });

  it('find a reward given out beyond its stock, and a redemption whose points are not what it cost or never came back', async () => {
    const admin = await server().admin(), rewards = '/api/admin/plugins/coupon-exchange/rewards';
    const { id } = await admin.must<{ id: string }>('POST', rewards, { title: { en: 'Five off', 'zh-CN': '减五元' }, kind: 'amount', discount: 500, minimum: 0, cost: 30, stock: 3, perPerson: 3, validDays: 30 });
    await admin.must('POST', `${rewards}/${id}/publish`, {});
    const shopper = await server().shopper();
    await admin.must('POST', `/api/admin/customers/${shopper.personId!}/adjustments`, { amount: 100, reason: 'for the test' });
    await shopper.must('POST', '/api/storefront/plugins/coupon-exchange/redemptions', { rewardId: id });
    expect(await broken()).to.deep.equal([]);
    expect(await told(`UPDATE ${C}_reward SET remaining = 3 WHERE shop_id = :shop`, `UPDATE ${C}_reward SET remaining = 2 WHERE shop_id = :shop`)).to.deep.equal(['coupon-exchange.stock']);
    expect(await told(`UPDATE ${C}_redemption SET cost = 31 WHERE shop_id = :shop`, `UPDATE ${C}_redemption SET cost = 30 WHERE shop_id = :shop`)).to.deep.equal(['coupon-exchange.paid']);
    expect(await told(`UPDATE ${C}_redemption SET state = 'cancelled' WHERE shop_id = :shop`, `UPDATE ${C}_redemption SET state = 'issued' WHERE shop_id = :shop`)).to.deep.equal(['coupon-exchange.given-back']);
  });

  it('find an account that is not the sum of its entries, a code of another amount or of nothing, and money that went back more often than it says', async () => {
    const admin = await server().admin(), shopper = await server().shopper();
    await admin.must('POST', '/api/admin/plugins/store-credit/adjustments', { personId: shopper.personId, amount: 700, reason: 'for the test' });
    const { code } = await shopper.must<{ code: string }>('POST', '/api/storefront/plugins/store-credit/uses', { amount: 300 });
    await server().order(shopper, [{ sku: 'BEA-LB04', quantity: 1 }], [code]);
    expect(await broken()).to.deep.equal([]);
    expect(await told(`UPDATE ${S}_account SET balance = 401 WHERE shop_id = :shop`, `UPDATE ${S}_account SET balance = 400 WHERE shop_id = :shop`)).to.deep.equal(['store-credit.balance']);
    expect(await told("UPDATE discount_code SET worth = 301 WHERE shop_id = :shop AND owner = 'store-credit'", "UPDATE discount_code SET worth = 300 WHERE shop_id = :shop AND owner = 'store-credit'")).to.deep.equal(['store-credit.use-code']);
    expect(await told("UPDATE discount_code SET owner_ref = 'x' WHERE shop_id = :shop AND owner = 'store-credit'", `UPDATE discount_code SET owner_ref = (SELECT id FROM ${S}_use WHERE ${S}_use.shop_id = :shop) WHERE shop_id = :shop AND owner = 'store-credit'`)).to.deep.equal(['store-credit.use-code']);
    expect(await told(`UPDATE ${S}_use SET back = 1 WHERE shop_id = :shop`, `UPDATE ${S}_use SET back = 0 WHERE shop_id = :shop`)).to.deep.equal(['store-credit.use-paid']);
    expect(await broken()).to.deep.equal([]);
  });
});
