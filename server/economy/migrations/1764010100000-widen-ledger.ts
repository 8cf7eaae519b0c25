import { id, json, migration, text } from '../../plugin-api/index.js';

/**
 * A new word for a movement must not need another copy of the ledger, so the database no longer lists them. `detail` says which goods a
 * claw-back was for; `origin_id` is the lot that moved here when two people became one; `once_key` names what a person gets only once.
 */
export const WidenLedger = migration('WidenLedger', 1764010100000, {
  async up(m) {
    await m.addColumn('ledger_transaction', 'word', text({ max: 20, default: 'adjust' }));
    await m.run('UPDATE ledger_transaction SET word = kind');
    await m.dropColumn('ledger_transaction', 'kind');
    await m.run('ALTER TABLE ledger_transaction RENAME COLUMN word TO kind');
    await m.addColumn('ledger_transaction', 'detail', json({ nullable: true }));
    await m.addColumn('lot', 'originId', id({ nullable: true }));
    await m.createIndex('lot', ['originId'], { where: 'origin_id IS NOT NULL' });
    await m.addColumn('value_grant', 'onceKey', text({ nullable: true, max: 200 }));
    await m.createIndex('value_grant', ['personId', 'onceKey'], { where: 'once_key IS NOT NULL' });
  },
  async down(m) {
    await m.dropColumn('ledger_transaction', 'detail');
    await m.run('DROP INDEX ix_lot_origin_id');
    await m.dropColumn('lot', 'originId');
    await m.run('DROP INDEX ix_value_grant_person_id_once_key');
    await m.dropColumn('value_grant', 'onceKey');
  },
});
