import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnName, sqlType, type ColumnSpec } from './columns.js';
import { GxError } from './errors.js';

export interface TableShape {
  /** Columns by property or column name. `shop_id`, `id`, `created_at` and `updated_at` are added. */
  readonly columns: Readonly<Record<string, ColumnSpec>>;
  /** Each entry is a list of columns; `shop_id` is put in front. */
  readonly unique?: readonly (readonly string[])[];
  readonly indexes?: readonly (readonly string[])[];
  /** Foreign keys inside the same owner: column → table; made composite with `shop_id`. */
  readonly references?: Readonly<Record<string, string>>;
  /** Extra table-wide conditions. */
  readonly checks?: readonly string[];
  /** For tables with a natural key instead of an id: the key after `shop_id`. */
  readonly key?: readonly string[];
  /** Leaves out `created_at` and `updated_at`. */
  readonly bare?: boolean;
}

/** What a migration may do. One text serves both engines; `engine` tells them apart where they truly differ. */
export interface Migrator {
  readonly engine: 'sqlite' | 'postgres';
  createTable(name: string, shape: TableShape): Promise<void>;
  addColumn(table: string, name: string, column: ColumnSpec): Promise<void>;
  createIndex(table: string, columns: readonly string[], options?: { readonly unique?: boolean; readonly where?: string }): Promise<void>;
  dropTable(name: string): Promise<void>;
  dropColumn(table: string, name: string): Promise<void>;
  /** Free SQL for moving data. */
  run(sql: string): Promise<void>;
}

const literal = (value: string | number): string => (typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`);

/** One column as DDL. Kinds carry their own CHECKs, so that a wrong value is refused by the database as well. */
export function columnDdl(name: string, column: ColumnSpec, engine: 'sqlite' | 'postgres'): string {
  const parts = [name, sqlType(column, engine)];
  if (!column.nullable) parts.push('NOT NULL');
  if (column.default !== undefined) parts.push(`DEFAULT ${literal(column.default)}`);
  const checks: string[] = [];
  if (column.kind === 'flag') checks.push(`${name} IN (0, 1)`);
  if (column.kind === 'id') checks.push(`length(${name}) BETWEEN 1 AND 200`);
  if (column.kind === 'date') checks.push(`length(${name}) = 10`);
  if (['integer', 'instant', 'points', 'money'].includes(column.kind)) {
    checks.push(`${name} BETWEEN -9007199254740991 AND 9007199254740991`);
    if (engine === 'sqlite') checks.push(`typeof(${name}) IN ('integer', 'null')`);
  }
  if (column.max !== undefined) checks.push(`length(${name}) <= ${column.max}`);
  if (column.values) checks.push(`${name} IN (${column.values.map(literal).join(', ')})`);
  if (column.check) checks.push(column.check.replaceAll('$', name));
  if (checks.length) parts.push(`CHECK (${checks.join(' AND ')})`);
  return parts.join(' ');
}

/** Identifiers stay under PostgreSQL's 63 bytes; longer ones would be cut and collide. */
function indexName(prefix: string, table: string, columns: readonly string[]): string {
  const full = `${prefix}_${table}_${columns.join('_')}`;
  if (full.length <= 60) return full;
  let hash = 5381;
  for (const char of full) hash = (hash * 33 + char.charCodeAt(0)) >>> 0;
  return `${full.slice(0, 51)}_${hash.toString(36)}`;
}

/** DDL of a table and its indexes, statement by statement. */
export function tableDdl(table: string, shape: TableShape, engine: 'sqlite' | 'postgres'): string[] {
  const key = shape.key ?? ['id'];
  const text = engine === 'postgres' ? 'TEXT COLLATE "C"' : 'TEXT';
  const columns = Object.entries(shape.columns).map(([name, column]) => columnDdl(columnName(name), column, engine));
  const lines = ['shop_id INTEGER NOT NULL', ...(shape.key ? [] : [`id ${text} NOT NULL CHECK (length(id) BETWEEN 1 AND 200)`]), ...columns];
  if (!shape.bare) lines.push('created_at BIGINT NOT NULL', 'updated_at BIGINT NOT NULL');
  lines.push(`PRIMARY KEY (shop_id, ${key.map(columnName).join(', ')})`);
  for (const unique of shape.unique ?? []) lines.push(`UNIQUE (shop_id, ${unique.map(columnName).join(', ')})`);
  for (const [column, target] of Object.entries(shape.references ?? {})) lines.push(`FOREIGN KEY (shop_id, ${columnName(column)}) REFERENCES ${target} (shop_id, id)`);
  for (const check of shape.checks ?? []) lines.push(`CHECK (${check})`);
  const ddl = [`CREATE TABLE ${table} (\n  ${lines.join(',\n  ')}\n)`];
  for (const index of shape.indexes ?? []) ddl.push(`CREATE INDEX ${indexName('ix', table, index.map(columnName))} ON ${table} (shop_id, ${index.map(columnName).join(', ')})`);
  return ddl;
}

function migrator(runner: QueryRunner): Migrator {
  const engine = runner.connection.options.type === 'postgres' ? 'postgres' : 'sqlite';
  const run = async (text: string): Promise<void> => { await runner.query(text); };
  return {
    engine, run,
    async createTable(name, shape) { for (const text of tableDdl(name, shape, engine)) await run(text); },
    addColumn: (table, name, column) => run(`ALTER TABLE ${table} ADD COLUMN ${columnDdl(columnName(name), column, engine)}`),
    createIndex: (table, columns, options = {}) => run(
      `CREATE ${options.unique ? 'UNIQUE ' : ''}INDEX ${indexName(options.unique ? 'ux' : 'ix', table, columns.map(columnName))} ON ${table} (shop_id, ${columns.map(columnName).join(', ')})${options.where ? ` WHERE ${options.where}` : ''}`),
    dropTable: (name) => run(`DROP TABLE ${name}`),
    dropColumn: (table, name) => run(`ALTER TABLE ${table} DROP COLUMN ${columnName(name)}`),
  };
}

export type MigrationClass = new () => MigrationInterface;

/**
 * Declares a migration. `at` is a 13-digit UTC millisecond time stamp that orders it; `name` is a PascalCase word.
 * Migrations are forward-only in production; `down` exists so that a plugin's tables can be dropped and is required.
 */
export function migration(name: string, at: number, steps: { readonly up: (m: Migrator) => Promise<void>; readonly down: (m: Migrator) => Promise<void> }): MigrationClass {
  if (!/^[A-Z][A-Za-z0-9]+$/.test(name) || String(at).length !== 13) {
    throw new GxError('GX_MIGRATION_NAME', 500, `Migration "${name}" at ${at}: the name must be PascalCase and the time stamp 13 digits.`);
  }
  if (typeof steps.down !== 'function') throw new GxError('GX_MIGRATION_DOWN', 500, `Migration "${name}" at ${at} has no down(). Write one that takes back what up() does; without it the plugin's tables could never be dropped.`);
  return class implements MigrationInterface {
    name = `${name}${at}`;
    async up(runner: QueryRunner): Promise<void> { await steps.up(migrator(runner)); }
    async down(runner: QueryRunner): Promise<void> { await steps.down(migrator(runner)); }
  };
}
