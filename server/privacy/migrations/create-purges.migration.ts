import { id, instant, integer, migration, text } from '../../plugin-api/index.js';

/** Receipts of purges, and the declarations of personal data that every plugin once made, so that a plugin whose code is gone can still be answered for. */
export const CreatePurges = migration('CreatePurges', 1764000010000, {
  async up(m) {
    await m.createTable('purge_receipt', {
      bare: true,
      columns: { plugin: text({ max: 60 }), version: text({ max: 40, nullable: true }), started_at: instant(), finished_at: instant({ nullable: true }), actor: text({ max: 200 }) },
      indexes: [['plugin', 'started_at']],
    });
    // A purge that a crash stopped goes on under its own receipt.
    await m.createIndex('purge_receipt', ['plugin'], { unique: true, where: 'finished_at IS NULL' });
    await m.createTable('purge_count', {
      bare: true, key: ['receipt_id', 'table_name'], columns: { receipt_id: id(), table_name: text({ max: 63 }), rows: integer({ check: '$ >= 0' }) }, references: { receipt_id: 'purge_receipt' },
    });
    const words = m.engine === 'postgres' ? 'TEXT COLLATE "C"' : 'TEXT';
    await m.run(`CREATE TABLE plugin_personal_data (plugin ${words} NOT NULL, entity ${words} NOT NULL, subject ${words} NOT NULL, on_erase ${words} NOT NULL CHECK (on_erase IN ('delete', 'anonymise')),
      fields ${words} NOT NULL, version ${words} NOT NULL, PRIMARY KEY (plugin, entity))`);
  },
  async down(m) { for (const table of ['plugin_personal_data', 'purge_count', 'purge_receipt']) await m.dropTable(table); },
});
