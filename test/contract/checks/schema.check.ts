import { columnsOf, tableOf } from '../../../server/plugin-api/entity-columns.js';
import { sqlType, type ColumnSpec, type EntityClass } from '../../../server/plugin-api/index.js';
import { prefixOf } from '../../../server/privacy/plugin-tables.js';
import type { Finding } from '../../../server/packages/finding.js';
import { createLocation } from '../../kit/databases.js';
import { finding, said, type ContractCheck } from '../contract-check.js';
import { migratedShape, type DatabaseShape, type TableShape } from '../database-shape.js';

/** What every entity has from `ShopEntity`. */
const OWN = ['shop_id', 'id', 'created_at', 'updated_at'];

function* tableRules(id: string, { tables }: DatabaseShape): Generator<Finding> {
  const prefix = prefixOf(id);
  for (const [name, { columns, key, parents }] of tables) {
    if (!name.startsWith(prefix)) yield finding('GX_SCHEMA_PREFIX', `a migration makes the table "${name}". Call it "${prefix}…"; without the prefix nobody knows whose it is, and it is neither purged nor dropped.`);
    if (!columns.has('shop_id')) yield finding('GX_SCHEMA_SHOP', `the table "${name}" has no column shop_id, so its rows belong to no shop and are never purged. Make it with m.createTable.`);
    else if (key !== 'shop_id') yield finding('GX_SCHEMA_SHOP', `the primary key of "${name}" does not begin with shop_id, so a shop's rows cannot be found without reading everybody's. Make the table with m.createTable.`);
    for (const parent of parents) if (!tables.has(parent) || !parent.startsWith(prefix)) yield finding('GX_SCHEMA_RELATION', `"${name}" refers to the table "${parent}", which is not the plugin's. Keep the id in a plain column instead.`);
  }
}

function* differences(table: string, declared: ReadonlyMap<string, ColumnSpec>, { columns }: TableShape, engine: 'sqlite' | 'postgres'): Generator<Finding> {
  const differs = (what: string): Finding => finding('GX_SCHEMA_DIFFERS', `the entity of "${table}" and its table differ: ${what}. Write a migration, or mend the entity.`);
  for (const [name, spec] of declared) {
    const column = columns.get(name);
    if (!column) { yield differs(`there is no column "${name}"`); continue; }
    const type = sqlType(spec, engine).split(' COLLATE')[0]!;
    if (column.type !== type) yield differs(`"${name}" is ${column.type}, the entity says ${type}`);
    if (column.required === spec.nullable) yield differs(`"${name}" ${column.required ? 'may not be null' : 'may be null'}, the entity says the opposite`);
  }
  for (const name of [...OWN, ...columns.keys()]) {
    if (!columns.has(name)) yield differs(`there is no column "${name}", which every entity has`);
    else if (!OWN.includes(name) && !declared.has(name)) yield differs(`the column "${name}" is not in the entity`);
  }
}

function entityRules(entity: EntityClass, shape: DatabaseShape, engine: 'sqlite' | 'postgres'): readonly Finding[] {
  const table = tableOf(entity) ?? entity.name, there = shape.tables.get(table);
  return there ? [...differences(table, columnsOf(entity), there, engine)] : [finding('GX_SCHEMA_DIFFERS', `no migration makes the table "${table}" of the entity ${entity.name}. Write one.`)];
}

export const schemaIsItsEntities: ContractCheck = {
  name: 'schema', title: 'has tables under its prefix, each keyed by the shop, and they are what its entities say', stage: 'host', everyEngine: true,
  async run(lab) {
    const definition = await lab.definition();
    const { location, drop } = await createLocation(lab.engine);
    try {
      const shape = await migratedShape(location, `${prefixOf(lab.id)}migrations`, definition.migrations?.() ?? []);
      return [...tableRules(lab.id, shape), ...(definition.entities?.() ?? []).flatMap((entity) => entityRules(entity, shape, lab.engine))];
    } catch (error) { return [finding('GX_MIGRATION_ALONE', `its migrations do not run in a database of their own: ${said(error)}.`)]; }
    finally { await drop(); }
  },
};
