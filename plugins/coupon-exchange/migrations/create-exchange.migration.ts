import { choice, id, instant, integer, json, migration, money, points, text } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';

export const CreateExchange = migration('CreateExchange', 1763840000000, {
  async up(m) {
    await m.createTable(`${P}_reward`, { columns: {
      title: json(), kind: choice(['amount', 'percent', 'free-shipping']), discount: integer({ check: '$ >= 0' }), minimum: money({ check: '$ >= 0' }), cost: points({ check: '$ >= 1' }),
      stock: integer({ nullable: true, check: '$ >= 0' }), remaining: integer({ nullable: true, check: '$ >= 0 AND remaining <= stock' }), perPerson: integer({ check: '$ >= 1' }), validDays: integer({ check: '$ >= 1' }),
      state: choice(['draft', 'active', 'paused', 'ended']),
    } });
    await m.createTable(`${P}_redemption`, {
      columns: {
        rewardId: id(), personId: id(), useNo: integer({ nullable: true }), code: text({ max: 60 }), cost: points(), spendId: id({ nullable: true }), grantId: id({ nullable: true }),
        state: choice(['issued', 'used', 'expired', 'returned', 'revoked']), issuedAt: instant(), expiresAt: instant(), usedAt: instant({ nullable: true }), orderId: id({ nullable: true }),
      },
      unique: [['code'], ['rewardId', 'personId', 'useNo'], ['grantId']], references: { rewardId: `${P}_reward` }, indexes: [['personId', 'issuedAt'], ['rewardId', 'issuedAt'], ['state', 'expiresAt'], ['issuedAt']],
    });
    await m.createTable(`${P}_quota`, { bare: true, key: ['rewardId', 'personId'], columns: { rewardId: id(), personId: id(), used: integer() } });
  },
  async down(m) { for (const table of ['quota', 'redemption', 'reward']) await m.dropTable(`${P}_${table}`); },
});
