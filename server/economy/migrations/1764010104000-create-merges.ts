import { flag, id, instant, json, migration, text } from '../../plugin-api/index.js';

export const CreateMerges = migration('CreateMerges', 1764010104000, {
  async up(m) {
    await m.createTable('person_merge', {
      columns: { fromId: id(), intoId: id(), at: instant(), until: instant(), actor: text({ max: 300 }), undoneAt: instant({ nullable: true }), undoneBy: text({ nullable: true, max: 300 }), moved: json() },
      bare: true, indexes: [['intoId', 'at'], ['fromId']], references: { fromId: 'person', intoId: 'person' },
    });
    // Says in the account's own row that nobody holds it any more: who waited for that row reads a person as it was before the wait.
    await m.addColumn('person_account', 'closed', flag({ default: 0 }));
    await m.run('DROP INDEX ix_value_grant_person_id_once_key');
    await m.createIndex('value_grant', ['personId', 'onceKey'], { unique: true, where: 'once_key IS NOT NULL AND reversed_at IS NULL' });
  },
  async down(m) {
    await m.run('DROP INDEX ux_value_grant_person_id_once_key');
    await m.createIndex('value_grant', ['personId', 'onceKey'], { where: 'once_key IS NOT NULL' });
    await m.dropColumn('person_account', 'closed');
    await m.dropTable('person_merge');
  },
});
