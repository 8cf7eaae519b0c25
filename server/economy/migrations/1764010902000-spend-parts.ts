import { id, integer, migration, points, text } from '../../plugin-api/index.js';

/** Spends that go back in parts, e.g. with the pieces of an order. */
export const SpendParts = migration('SpendParts', 1764010902000, {
  up: (m) => m.createTable('spend_part', {
    columns: { spendId: id(), seq: integer({ check: '$ > 0' }), cause: text({ max: 200 }), amount: points({ check: '$ > 0' }), transactionId: id() },
    key: ['spendId', 'seq'], bare: true, unique: [['spendId', 'cause']], references: { spendId: 'ledger_transaction', transactionId: 'ledger_transaction' },
  }),
  down: (m) => m.dropTable('spend_part'),
});
