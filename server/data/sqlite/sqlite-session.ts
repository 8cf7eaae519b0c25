import type Database from 'better-sqlite3';
import type { Bound, CompiledStatement } from '../compiled-statement.js';
import type { Session, Want } from '../session.js';
import type { StatementCache } from '../statement-cache.js';

type Prepare = (text: string) => Database.Statement<unknown[]>;
interface Prepared { readonly statement: Database.Statement<unknown[]>; readonly returns: boolean; readonly writes: boolean }

/** Prepared statements of one connection; answers at once. */
export class SqliteSession implements Session {
  readonly #prepared = new WeakMap<CompiledStatement, Prepared>();

  constructor(readonly database: Database.Database, readonly statements: StatementCache, private readonly prepare: Prepare = (text) => database.prepare(text)) {}

  #of(compiled: CompiledStatement): Prepared {
    let prepared = this.#prepared.get(compiled);
    if (prepared === undefined) {
      const statement = this.prepare(compiled.text);
      prepared = { statement, returns: statement.reader, writes: !statement.readonly };
      this.#prepared.set(compiled, prepared);
    }
    return prepared;
  }

  writes(compiled: CompiledStatement): boolean { return this.#of(compiled).writes; }

  execute(want: Want, compiled: CompiledStatement, values: Bound[]): unknown {
    const { statement, returns } = this.#of(compiled);
    if (!returns) {
      const { changes } = statement.run(...values);
      return want === 'run' ? changes : want === 'one' ? undefined : [];
    }
    if (want === 'one') return statement.get(...values);
    const rows = statement.all(...values);
    return want === 'many' ? rows : rows.length;
  }
}
