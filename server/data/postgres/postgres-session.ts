import type { QueryConfig, QueryResult } from 'pg';
import type { Bound, CompiledStatement } from '../compiled-statement.js';
import type { Row, Session, Want } from '../session.js';
import type { StatementCache } from '../statement-cache.js';

interface Queryable { query(config: QueryConfig): Promise<QueryResult<Row>> }

/** Statements keep their plan under a name on each connection; after so many, further ones are planned each time. */
const NAMED = 1_000;

/** Names of prepared statements, the same on every connection. */
export class StatementNames {
  readonly #names = new Map<string, string>();
  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= NAMED) return known;
    const name = `gx${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

/** Statements by round trip, on the pool or on one connection. */
export class PostgresSession implements Session {
  constructor(private readonly queryable: Queryable, readonly statements: StatementCache, private readonly names: StatementNames) {}

  on(queryable: Queryable): PostgresSession { return new PostgresSession(queryable, this.statements, this.names); }

  async execute(want: Want, compiled: CompiledStatement, values: Bound[]): Promise<unknown> {
    const name = this.names.of(compiled.text);
    const { rows, rowCount } = await this.queryable.query({ text: compiled.text, values, ...(name === undefined ? {} : { name }) });
    return want === 'one' ? rows[0] : want === 'many' ? rows : rowCount ?? 0;
  }
}
