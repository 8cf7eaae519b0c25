import type Database from 'better-sqlite3';
import type { Bound, CompiledStatement } from '../compiled-statement.js';
import type { Session, Want } from '../session.js';
import type { StatementCache } from '../statement-cache.js';

type Prepare = (text: string) => Database.Statement<unknown[]>;
export interface Prepared { readonly statement: Database.Statement<unknown[]>; readonly returns: boolean; readonly writes: boolean }

/** Prepared statements of one connection; answers at once. */
export class SqliteSession implements Session {
  readonly #prepared = new WeakMap<CompiledStatement, Prepared>();

  constructor(readonly database: Database.Database, readonly statements: StatementCache, private readonly prepare: Prepare = (text) => database.prepare(text)) {}

  prepared(compiled: CompiledStatement): Prepared {
    let prepared = this.#prepared.get(compiled);
    if (prepared === undefined) {
      const statement = this.prepare(compiled.text);
      prepared = { statement, returns: statement.reader, writes: !statement.readonly };
      this.#prepared.set(compiled, prepared);
    }
    return prepared;
  }

  execute(want: Want, compiled: CompiledStatement, values: Bound[]): unknown { return this.answer(want, this.prepared(compiled), values); }

  answer(want: Want, { statement, returns }: Prepared, values: Bound[]): unknown {
    if (!returns) {
      const { changes } = statement.run(...values);
      return want === 'run' ? changes : want === 'one' ? undefined : [];
    }
    if (want === 'one') return statement.get(...values);
    const rows = statement.all(...values);
    return want === 'many' ? rows : rows.length;
  }
}
