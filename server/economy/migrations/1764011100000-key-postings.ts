import { id, migration, points, tableDdl, text, type Migrator, type TableShape } from '../../plugin-api/index.js';

const SHAPES: Readonly<Record<'posting' | 'allocation', TableShape>> = {
  posting: {
    columns: { transactionId: id(), account: text({ max: 120 }), amount: points({ check: '$ <> 0' }) },
    key: ['transactionId', 'account'], bare: true, references: { transactionId: 'ledger_transaction' },
  },
  allocation: {
    columns: { transactionId: id(), lotId: id(), amount: points({ check: '$ <> 0' }) },
    key: ['transactionId', 'lotId'], bare: true, references: { transactionId: 'ledger_transaction', lotId: 'lot' },
  },
};

async function rebuild(m: Migrator, layout: '' | ' WITHOUT ROWID'): Promise<void> {
  if (m.engine !== 'sqlite') return;
  for (const [table, shape] of Object.entries(SHAPES)) {
    for (const ddl of tableDdl(`${table}_new`, shape, m.engine)) await m.run(`${ddl}${layout}`);
    await m.run(`INSERT INTO ${table}_new SELECT * FROM ${table} ORDER BY 1, 2, 3`);
    await m.run(`DROP TABLE ${table}`);
    await m.run(`ALTER TABLE ${table}_new RENAME TO ${table}`);
  }
}

/** On SQLite these rows are little more than their key: kept in the key's own tree they are written once, not twice, and summed without a look-up each. */
export const KeyPostings = migration('KeyPostings', 1764011100000, { up: (m) => rebuild(m, ' WITHOUT ROWID'), down: (m) => rebuild(m, '') });
