import { expect } from 'chai';
import { statement } from '../../../server/plugin-api/index.js';
import { onEachServer } from '../../kit/index.js';

interface Integrity { readonly ok: boolean; readonly shops: readonly { readonly shop: string; readonly violations: readonly { readonly check: string; readonly rule: string; readonly rows: readonly string[] }[]; readonly checks: number; readonly seals: { readonly count: number; readonly entries: number; readonly since: string | null; readonly until: string | null } }[] }
const G = 'plg_interaction_games', C = 'plg_coupon_exchange';

onEachServer('invariants of modules', {}, (server) => {
  before(async () => { for (const plugin of ['interaction-games', 'coupon-exchange']) await server().install(plugin); });

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
});
