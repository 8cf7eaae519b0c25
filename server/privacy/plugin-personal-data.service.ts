import { SystemStatement, type DataStore } from '../data/data-store.js';
import { columnsOf, tableOf } from '../plugin-api/entity-columns.js';
import type { EntityClass, Manifest } from '../plugin-api/index.js';
import { declaredSource, type Reachable } from './declared-source.js';
import type { PersonalDataSource } from './personal-data-source.js';
import { checkPersonalData, type ColumnKinds, type Declaration } from './personal-data-rules.js';
import { assertTableName, migratedPlugins, pluginColumns, type TableFacts } from './plugin-tables.js';
import { shopTables } from './shop-tables.js';

interface Row { readonly plugin: string; readonly entity: string; readonly subject: string; readonly on_erase: Declaration['onErase']; readonly fields: string; readonly version: string }
const ALL = new SystemStatement<Row>('SELECT plugin, entity, subject, on_erase, fields, version FROM plugin_personal_data ORDER BY plugin, entity');
const KEEP = new SystemStatement(`INSERT INTO plugin_personal_data (plugin, entity, subject, on_erase, fields, version) VALUES (:plugin, :entity, :subject, :onErase, :fields, :version)
  ON CONFLICT (plugin, entity) DO UPDATE SET subject = excluded.subject, on_erase = excluded.on_erase, fields = excluded.fields, version = excluded.version`);
const FORGET = new SystemStatement('DELETE FROM plugin_personal_data WHERE plugin = :plugin');

/**
 * Where plugins keep personal data, from their manifests. Kept in the database, because a customer must also be answered for what a plugin
 * left behind that is uninstalled, failed to start, or is no longer on this host.
 */
export class PluginPersonalData {
  /** What the tables look like, read once for all plugins that come up together. */
  #facts: Promise<{ readonly tables: TableFacts; readonly ids: ReadonlySet<string>; readonly kept: ReadonlyMap<string, string> }> | undefined;

  constructor(private readonly store: DataStore) {}

  /**
   * Checks a plugin's declaration against its tables and keeps it; what an earlier version declared of other tables stays, as long as those
   * tables do. Errors: 500 `GX_PERSONAL_DATA`.
   */
  async declare(manifest: Manifest, entities: readonly EntityClass[]): Promise<void> {
    if (!manifest.personalData?.length) return;
    this.#facts ??= this.#read();
    const { tables, ids, kept } = await this.#facts;
    const kinds: ColumnKinds = new Map(entities.map((entity) => [tableOf(entity) ?? '', columnsOf(entity)]));
    for (const each of checkPersonalData(manifest, ids, tables, kinds)) {
      const { plugin, version, entity, subject, onErase } = each;
      const values = { plugin, entity, subject, onErase, fields: JSON.stringify(each.fields), version };
      if (kept.get(`${plugin}/${entity}`) !== JSON.stringify(values)) await this.store.system.run(KEEP, values);
    }
  }

  /** One source for each plugin that ever declared anything and still has the table; the tables are looked at anew. */
  async sources(): Promise<readonly PersonalDataSource[]> {
    const [rows, tables] = await Promise.all([this.store.system.many(ALL), pluginColumns(this.store)]);
    if (!rows.length) return [];
    const order = (await shopTables(this.store)).map(({ name }) => name);
    const byPlugin = new Map<string, Reachable[]>();
    for (const { plugin, entity, subject, on_erase: onErase, fields, version } of rows) {
      const columns = tables.get(entity);
      if (!columns?.has(subject) || !columns.has('shop_id')) continue;
      assertTableName(entity);
      const declared = { plugin, version, entity, subject, onErase, fields: JSON.parse(fields) as Declaration['fields'], columns: new Set(columns.keys()) };
      byPlugin.set(plugin, [...(byPlugin.get(plugin) ?? []), declared]);
    }
    return [...byPlugin].map(([plugin, list]) => declaredSource(this.store, plugin, list.toSorted((a, b) => order.indexOf(a.entity) - order.indexOf(b.entity))));
  }

  /** After a plugin's tables were dropped. */
  async forget(pluginId: string): Promise<void> { await this.store.system.run(FORGET, { plugin: pluginId }); }

  async #read() {
    const [tables, ids, rows] = await Promise.all([pluginColumns(this.store), migratedPlugins(this.store), this.store.system.many(ALL)]);
    const kept = new Map(rows.map(({ plugin, entity, subject, on_erase: onErase, fields, version }) => [`${plugin}/${entity}`, JSON.stringify({ plugin, entity, subject, onErase, fields, version })]));
    return { tables, ids, kept };
  }
}
