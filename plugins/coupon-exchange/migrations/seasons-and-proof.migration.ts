import { choice, flag, id, instant, integer, json, migration, money, text } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';
const LOSS_REASONS = ['stacking', 'better', 'floor', 'no-effect', 'too-many'];

/** Rewards for a season, for chosen products, as a prize or a welcome; and what proves that they pay: who was not shown one, what lost at a checkout, how soon each was used. */
export const SeasonsAndProof = migration('SeasonsAndProof', 1763840002000, {
  async up(m) {
    await m.addColumn(`${P}_reward`, 'skus', json({ nullable: true }));
    for (const name of ['startsAt', 'endsAt', 'usableUntil']) await m.addColumn(`${P}_reward`, name, instant({ nullable: true }));
    for (const name of ['prizeOnly', 'welcome']) await m.addColumn(`${P}_reward`, name, flag({ default: 0 }));
    await m.addColumn(`${P}_reward`, 'holdout', integer({ default: 0, check: '$ BETWEEN 0 AND 5000' }));

    await m.addColumn(`${P}_redemption`, 'useDays', integer({ nullable: true }));
    await m.run(`UPDATE ${P}_redemption SET use_days = (used_at - issued_at) / 86400000 WHERE used_at IS NOT NULL AND kind NOT IN ('code', 'draw', 'credit', 'donation')`);
    await m.createIndex(`${P}_redemption`, ['useDays', 'issuedAt']);

    // Numbers of redemptions go on where the last one was given, also after one was taken back.
    await m.addColumn(`${P}_quota`, 'lastNo', integer({ default: 0 }));
    await m.run(`UPDATE ${P}_quota SET last_no = COALESCE((SELECT MAX(r.use_no) FROM ${P}_redemption r WHERE r.shop_id = ${P}_quota.shop_id AND r.reward_id = ${P}_quota.reward_id AND r.person_id = ${P}_quota.person_id), used)`);

    await m.createTable(`${P}_viewer`, { bare: true, key: ['rewardId', 'personId'], columns: { rewardId: id(), personId: id(), at: instant(), heldOut: flag() }, references: { rewardId: `${P}_reward` } });
    await m.createTable(`${P}_loss`, {
      columns: { redemptionId: id(), rewardId: id(), orderId: id(), reason: choice(LOSS_REASONS), difference: money(), beside: text({ max: 500 }), at: instant() },
      unique: [['redemptionId', 'orderId']], indexes: [['at'], ['rewardId', 'at']], references: { redemptionId: `${P}_redemption`, rewardId: `${P}_reward` },
    });
  },
  async down(m) {
    for (const table of ['loss', 'viewer']) await m.dropTable(`${P}_${table}`);
    await m.dropColumn(`${P}_quota`, 'lastNo');
  },
});
