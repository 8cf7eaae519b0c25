import { integer, migration, text, type EntityClass, type MigrationClass } from '../plugin-api/index.js';

export const entities: readonly EntityClass[] = [];

export const migrations: readonly MigrationClass[] = [
  migration('CreatePluginJobTime', 1764001000000, {
    async up(m) { await m.createTable('plugin_job_time', { key: ['plugin'], bare: true, columns: { plugin: text({ max: 40 }), day: text({ max: 10 }), ms: integer() } }); },
    async down(m) { await m.dropTable('plugin_job_time'); },
  }),
];
