import { choice, date, id, instant, integer, migration, points, text } from '../../plugin-api/index.js';

/** What staff ask of each other, what shoppers were warned of, and what proves that the ledger was not touched. */
export const CreatePointsDesk = migration('CreatePointsDesk', 1764010105000, {
  async up(m) {
    await m.createTable('points_adjustment', {
      columns: {
        personId: id(), amount: points({ check: '$ <> 0' }), reason: text({ max: 500 }), state: choice(['pending', 'approved', 'rejected']), requestedBy: text({ max: 300 }), requestedById: text({ max: 200 }), requestedAt: instant(),
        decidedBy: text({ nullable: true, max: 300 }), decidedAt: instant({ nullable: true }), transactionId: id({ nullable: true }),
      },
      bare: true, indexes: [['state', 'requestedAt', 'id'], ['personId']], references: { personId: 'person', transactionId: 'ledger_transaction' },
    });
    await m.createTable('expiry_notice', {
      columns: { personId: id(), expiresAt: instant(), days: integer({ check: '$ > 0' }), amount: points({ check: '$ > 0' }), at: instant() },
      key: ['personId', 'expiresAt', 'days'], bare: true, references: { personId: 'person' }, indexes: [['at']],
    });
    await m.createTable('ledger_seal', {
      columns: { seq: integer({ check: '$ > 0' }), sealedOn: date(), lastId: id(), entries: integer({ check: '$ >= 0' }), prevHash: text({ max: 64 }), hash: text({ max: 64 }), at: instant() },
      key: ['seq'], bare: true,
    });
  },
  async down(m) { for (const table of ['ledger_seal', 'expiry_notice', 'points_adjustment']) await m.dropTable(table); },
});
