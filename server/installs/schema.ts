import { choice, instant, integer, json, migration, text, type EntityClass, type MigrationClass } from '../plugin-api/index.js';
import { PluginConsent } from './plugin-consent.entity.js';
import { PluginInstall } from './plugin-install.entity.js';

export const entities: readonly EntityClass[] = [PluginInstall, PluginConsent];

const FIRST_STATES = ['installing', 'enabled', 'disabled', 'suspended', 'failed', 'uninstalled'];
const STATES = [...FIRST_STATES, 'needs-consent', 'purging', 'purged'];
const columns = {
  version: text({ max: 40 }), granted: json(), settings: json(), settingsVersion: integer(),
  installedAt: instant(), purgeAfter: instant({ nullable: true }), lastError: text({ nullable: true }), revision: integer(),
};
const KEPT = 'shop_id, id, state, version, granted, settings, settings_version, installed_at, purge_after, last_error, revision, created_at, updated_at';

export const migrations: readonly MigrationClass[] = [
  migration('CreatePluginInstalls', 1763800800000, {
    async up(m) { await m.createTable('plugin_install', { columns: { state: choice(FIRST_STATES), ...columns } }); },
    async down(m) { await m.dropTable('plugin_install'); },
  }),
  migration('WidenPluginInstalls', 1764000800000, {
    // A CHECK cannot be changed on SQLite, so the table is made anew on both engines.
    async up(m) {
      await m.createTable('plugin_install_wide', { columns: {
        state: choice(STATES), ...columns, reason: text({ max: 500, nullable: true }), cause: text({ max: 40, nullable: true }),
        move: text({ max: 60, nullable: true }), pending: json({ default: '[]' }), attempts: integer({ default: 0 }),
      } });
      await m.run(`INSERT INTO plugin_install_wide (${KEPT}) SELECT ${KEPT} FROM plugin_install`);
      await m.dropTable('plugin_install');
      await m.run('ALTER TABLE plugin_install_wide RENAME TO plugin_install');
    },
    async down(m) {
      await m.createTable('plugin_install_narrow', { columns: { state: choice(FIRST_STATES), ...columns } });
      await m.run(`INSERT INTO plugin_install_narrow (${KEPT}) SELECT ${KEPT} FROM plugin_install WHERE state IN (${FIRST_STATES.map((state) => `'${state}'`).join(', ')})`);
      await m.dropTable('plugin_install');
      await m.run('ALTER TABLE plugin_install_narrow RENAME TO plugin_install');
    },
  }),
  migration('CreatePluginConsents', 1764000800001, {
    async up(m) {
      await m.createTable('plugin_consent', {
        columns: { plugin: text({ max: 40 }), version: text({ max: 40 }), hash: text({ max: 64 }), granted: json(), declined: json(), shown: json(), actor: text({ max: 300 }), at: instant() },
        indexes: [['plugin', 'id']],
      });
    },
    async down(m) { await m.dropTable('plugin_consent'); },
  }),
];
