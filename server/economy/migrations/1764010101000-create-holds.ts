import { choice, id, instant, migration, points, text } from '../../plugin-api/index.js';

export const CreateHolds = migration('CreateHolds', 1764010101000, {
  async up(m) {
    await m.createTable('points_hold', {
      columns: {
        personId: id(), amount: points({ check: '$ > 0' }), source: text({ max: 100 }), causeRef: text({ max: 200 }), holdKey: text({ max: 300 }),
        state: choice(['held', 'captured', 'released', 'expired']), at: instant(), until: instant(), latest: instant(),
        transactionId: id(), settledId: id({ nullable: true }), settledAt: instant({ nullable: true }),
      },
      bare: true, unique: [['holdKey']], references: { personId: 'person', transactionId: 'ledger_transaction', settledId: 'ledger_transaction' },
    });
    await m.createIndex('points_hold', ['until'], { where: "state = 'held'" });
    await m.createIndex('points_hold', ['personId'], { where: "state = 'held'" });
  },
  async down(m) { await m.dropTable('points_hold'); },
});
