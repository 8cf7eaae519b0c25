import { choice, date, flag, id, instant, migration, money, text } from 'guanxi/plugin';

const P = 'plg_store_credit';

export const CreateStoreCredit = migration('CreateStoreCredit', 1764011500000, {
  async up(m) {
    // `intoId`: who this person is since a merge; `away`: what moved there, so that it can come back.
    await m.createTable(`${P}_account`, {
      bare: true, key: ['personId'], columns: { personId: id(), balance: money({ check: '$ >= 0' }), intoId: id({ nullable: true }), away: money({ default: 0, check: '$ >= 0' }), closed: flag({ default: 0 }), changedAt: instant() },
      indexes: [['balance', 'personId'], ['intoId']],
    });
    await m.createTable(`${P}_entry`, {
      columns: {
        personId: id(), kind: choice(['credit', 'use', 'return', 'adjustment', 'reversal', 'merge', 'forfeit']), amount: money(), key: text({ max: 200 }), ref: text({ nullable: true, max: 200 }), reason: text({ nullable: true, max: 300 }),
        handledBy: text({ nullable: true, max: 200 }), line: text({ nullable: true, max: 120 }), at: instant(), businessDate: date(),
      },
      unique: [['key']], indexes: [['personId', 'at'], ['at'], ['businessDate', 'kind']],
    });
    await m.createTable(`${P}_use`, {
      columns: { personId: id(), code: text({ max: 60 }), amount: money({ check: '$ >= 1' }), back: money({ default: 0, check: '$ >= 0 AND back <= amount' }), state: choice(['open', 'used', 'returned']), at: instant(), expiresAt: instant(), orderId: id({ nullable: true }) },
      unique: [['code']], indexes: [['personId', 'state'], ['state', 'expiresAt'], ['orderId']],
    });
  },
  async down(m) { for (const table of ['use', 'entry', 'account']) await m.dropTable(`${P}_${table}`); },
});
