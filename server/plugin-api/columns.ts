/**
 * The column kit: few kinds, each stored the same way on SQLite and PostgreSQL, so that one statement and one test serve both.
 * No STRICT tables, no timestamp and no binary type: none of them is common to both engines and the ORM.
 */
export type ColumnKind = 'id' | 'text' | 'integer' | 'instant' | 'date' | 'points' | 'money' | 'flag' | 'json' | 'real';

export interface ColumnSpec {
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  /** Longest text in characters. */
  readonly max?: number;
  readonly values?: readonly string[];
  readonly default?: string | number;
  readonly check?: string;
}

export interface ColumnOptions {
  readonly nullable?: boolean;
  readonly default?: string | number;
  /** Extra SQL condition on the column; `$` stands for its name. */
  readonly check?: string;
}

const spec = (kind: ColumnKind, options: ColumnOptions = {}, more: Partial<ColumnSpec> = {}): ColumnSpec => ({
  kind, nullable: options.nullable ?? false, ...more,
  ...(options.default === undefined ? {} : { default: options.default }), ...(options.check === undefined ? {} : { check: options.check }),
});

/** A UUIDv7 of ours, or a reference to one. */
export const id = (options?: ColumnOptions): ColumnSpec => spec('id', options);
/** Text, by default up to 4,000 characters. Sorts by code point on both engines. */
export const text = (options: ColumnOptions & { readonly max?: number } = {}): ColumnSpec => spec('text', options, { max: options.max ?? 4000 });
/** One of a fixed list of words; the database refuses others. */
export const choice = (values: readonly string[], options?: ColumnOptions): ColumnSpec => spec('text', options, { values });
/** A whole number that fits a JavaScript number exactly. */
export const integer = (options?: ColumnOptions): ColumnSpec => spec('integer', options);
/** UTC milliseconds. */
export const instant = (options?: ColumnOptions): ColumnSpec => spec('instant', options);
/** A business date, `YYYY-MM-DD`. */
export const date = (options?: ColumnOptions): ColumnSpec => spec('date', options);
/** Whole points. */
export const points = (options?: ColumnOptions): ColumnSpec => spec('points', options);
/** Minor units; the currency stands in a column of its own. */
export const money = (options?: ColumnOptions): ColumnSpec => spec('money', options);
/** True or false; 0 or 1 in statements. */
export const flag = (options?: ColumnOptions): ColumnSpec => spec('flag', options);
/** A JSON document, stored as text: parse it with `JSON.parse` when it comes from a statement. */
export const json = (options?: ColumnOptions): ColumnSpec => spec('json', options);
/** A floating-point number. Never for money or points. */
export const real = (options?: ColumnOptions): ColumnSpec => spec('real', options);

/** The SQL type of a kind; identical affinity on both engines. */
export function sqlType(column: ColumnSpec, engine: 'sqlite' | 'postgres'): string {
  switch (column.kind) {
    case 'id': case 'text': case 'date': case 'json': return engine === 'postgres' ? 'TEXT COLLATE "C"' : 'TEXT';
    case 'real': return engine === 'postgres' ? 'DOUBLE PRECISION' : 'REAL';
    case 'flag': return 'INTEGER';
    default: return 'BIGINT';
  }
}

/** Property name to column name: `businessDate` → `business_date`. */
export const columnName = (property: string): string => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
