import type { Step } from '../plugin-api/index.js';
import type { Bound, CompiledStatement } from './compiled-statement.js';
import type { StatementCache } from './statement-cache.js';

export type Want = Step['want'];
export type Row = Record<string, unknown>;

/** One connection (or a pool) that runs compiled statements: one row, all rows, or the number of rows changed. SQLite answers at once. */
export interface Session {
  readonly statements: StatementCache;
  execute(want: Want, compiled: CompiledStatement, values: Bound[]): unknown;
}
