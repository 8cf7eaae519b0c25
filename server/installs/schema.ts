import { choice, instant, integer, json, migration, text, type EntityClass, type MigrationClass } from '../plugin-api/index.js';
import { INSTALL_STATES, PluginInstall } from './plugin-install.entity.js';

export const entities: readonly EntityClass[] = [PluginInstall];

export const migrations: readonly MigrationClass[] = [
  migration('CreatePluginInstalls', 1763800800000, {
    async up(m) {
      await m.createTable('plugin_install', { columns: {
        state: choice(INSTALL_STATES), version: text({ max: 40 }), granted: json(), settings: json(), settingsVersion: integer(),
        installedAt: instant(), purgeAfter: instant({ nullable: true }), lastError: text({ nullable: true }), revision: integer(),
      } });
    },
    async down(m) { await m.dropTable('plugin_install'); },
  }),
];
