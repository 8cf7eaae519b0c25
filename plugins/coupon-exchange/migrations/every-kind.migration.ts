import { choice, flag, id, instant, integer, json, migration, text } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';
const REWARD_KINDS = ['amount', 'percent', 'free-shipping', 'product', 'next-order', 'right', 'code', 'draw', 'credit', 'donation'];
const PARTIAL_RULES = ['keep', 'prorate', 'deduct'];
const REDEMPTION_STATES = ['requested', 'issued', 'used', 'expired', 'returned', 'revoked', 'cancelled'];
const STEPS = ['used', 'restored', 'returned', 'expired', 'revoked', 'cancelled', 'attached', 'detached', 'handled'];

/** Rewards of every kind, what staff hand over, codes of others, and what became of a redemption. Lists of words are conditions of their columns, so those are made anew. */
export const EveryKind = migration('EveryKind', 1763840001000, {
  async up(m) {
    await m.addColumn(`${P}_reward`, 'sort', choice(REWARD_KINDS, { default: 'amount' }));
    await m.run(`UPDATE ${P}_reward SET sort = kind`);
    await m.dropColumn(`${P}_reward`, 'kind');
    await m.run(`ALTER TABLE ${P}_reward RENAME COLUMN sort TO kind`);
    await m.addColumn(`${P}_reward`, 'sku', text({ nullable: true, max: 200 }));
    await m.addColumn(`${P}_reward`, 'activityId', id({ nullable: true }));
    await m.addColumn(`${P}_reward`, 'note', json({ nullable: true }));
    await m.addColumn(`${P}_reward`, 'partialReturn', choice(PARTIAL_RULES, { default: 'prorate' }));

    await m.run(`DROP INDEX ix_${P}_redemption_state_expires_at`);
    await m.addColumn(`${P}_redemption`, 'stage', choice(REDEMPTION_STATES, { default: 'issued' }));
    await m.run(`UPDATE ${P}_redemption SET stage = state`);
    await m.dropColumn(`${P}_redemption`, 'state');
    await m.run(`ALTER TABLE ${P}_redemption RENAME COLUMN stage TO state`);
    await m.addColumn(`${P}_redemption`, 'kind', choice(REWARD_KINDS, { default: 'amount' }));
    await m.run(`UPDATE ${P}_redemption SET kind = (SELECT r.kind FROM ${P}_reward r WHERE r.shop_id = ${P}_redemption.shop_id AND r.id = ${P}_redemption.reward_id)`);
    await m.addColumn(`${P}_redemption`, 'holdId', id({ nullable: true }));
    await m.addColumn(`${P}_redemption`, 'handledBy', text({ nullable: true, max: 200 }));
    await m.addColumn(`${P}_redemption`, 'reminded', flag({ default: 0 }));
    await m.createIndex(`${P}_redemption`, ['state', 'expiresAt']);
    await m.createIndex(`${P}_redemption`, ['personId', 'kind', 'state']);
    await m.createIndex(`${P}_redemption`, ['kind', 'state', 'issuedAt']);

    await m.addColumn(`${P}_quota`, 'week', integer({ default: 0 }));
    await m.addColumn(`${P}_quota`, 'weekUsed', integer({ default: 0 }));

    await m.createTable(`${P}_pool_code`, {
      columns: { rewardId: id(), sealed: text({ max: 2000 }), mark: text({ max: 100 }), redemptionId: id({ nullable: true }), givenAt: instant({ nullable: true }) },
      unique: [['rewardId', 'mark'], ['redemptionId']], indexes: [['rewardId', 'givenAt']], references: { rewardId: `${P}_reward` },
    });
    await m.createTable(`${P}_step`, {
      columns: { redemptionId: id(), step: choice(STEPS), at: instant(), ref: text({ nullable: true, max: 200 }) },
      indexes: [['redemptionId', 'at']], references: { redemptionId: `${P}_redemption` },
    });
  },
  async down(m) {
    for (const table of ['step', 'pool_code']) await m.dropTable(`${P}_${table}`);
    for (const column of ['weekUsed', 'week']) await m.dropColumn(`${P}_quota`, column);
  },
});
