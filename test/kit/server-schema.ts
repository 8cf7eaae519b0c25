import type { Engine } from '../../server/data/data-store.js';
import { CORE_HISTORY, coreMigrations } from '../../server/compose.js';
import type { PluginDefinition } from '../../server/plugin-api/index.js';
import { bundledPlugins } from '../../plugins/index.js';
import { prefixOf } from '../../server/privacy/plugin-tables.js';
import type { Place } from './locations.js';
import { migratedLocation, type Schema } from './migrated-database.js';

const core: Schema = [[CORE_HISTORY, coreMigrations]];
let bundled: Promise<Schema> | undefined;

async function withBundled(): Promise<Schema> {
  const plugins = await Promise.all(bundledPlugins.map(async ({ id, root }) => {
    const { default: definition } = (await import(new URL('plugin.js', root).href)) as { readonly default: PluginDefinition };
    return [`${prefixOf(id)}migrations`, definition.migrations?.() ?? []] as const;
  }));
  return [...core, ...plugins.filter(([, migrations]) => migrations.length)];
}

/** A database as a server leaves it that was started once and did nothing: with the core's tables, and those of the bundled plugins if it runs them. */
export async function serverLocation(engine: Engine, plugins: 'bundled' | 'others'): Promise<Place> {
  return migratedLocation(engine, plugins === 'bundled' ? await (bundled ??= withBundled()) : core, plugins);
}
