import { GxError } from './errors.js';

/** What a statement may be given. Arrays and objects are refused: drivers flatten them and so shift the shop's parameter. */
export type Scalar = string | number | boolean | null;
export type Params = Readonly<Record<string, Scalar | undefined>>;

/**
 * A prepared statement with named parameters (`:name`). `:shop` must appear and is bound from the context, never by the caller.
 * Both engines run the same text; `postgres` replaces it where they truly differ.
 * Integers come back as numbers on both engines; wrap sums in `CAST(… AS BIGINT)` so that they stay integers.
 */
export class Statement<Row = Record<string, Scalar>> {
  declare readonly row: Row;
  /** Tables named after FROM, JOIN, INTO and UPDATE, lower case. */
  readonly tables: ReadonlySet<string>;
  readonly writes: boolean;

  constructor(readonly text: string, readonly postgres: string = text) {
    for (const side of [text, postgres]) {
      if (!/:shop\b/.test(side)) throw new GxError('GX_STATEMENT_UNSCOPED', 500, `A statement does not name :shop, so it could touch other shops' rows. Add "shop_id = :shop". Statement: ${side.trim().slice(0, 160)}`);
    }
    const names = new Set<string>();
    const ctes = new Set([...text.matchAll(/(?:\bWITH|,)\s+(?:RECURSIVE\s+)?([a-z_][a-z0-9_]*)\s+AS\s*(?:MATERIALIZED\s*)?\(/gi)].map((m) => m[1]!.toLowerCase()));
    for (const match of text.matchAll(/(?<![:\w])(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_][a-z0-9_]*)/gi)) {
      const name = match[1]!.toLowerCase();
      if (!ctes.has(name) && name !== 'set') names.add(name);
    }
    this.tables = names;
    this.writes = /\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b/i.test(text);
  }
}

/** Declares a statement; `Row` is the shape of one result row, with column names as the SQL writes them. */
export const statement = <Row = Record<string, Scalar>>(text: string, options: { readonly postgres?: string } = {}): Statement<Row> =>
  new Statement<Row>(text, options.postgres);

/**
 * What `LOWER(column) LIKE :like ESCAPE '!'` finds `text` anywhere with, its wildcards taken literally. Only A to Z are lowered, as both engines'
 * LOWER does: a lowered É would no longer find the É that stands in the row.
 */
export const likeAnywhere = (text: string): string => `%${text.replace(/[!%_]/g, '!$&').replace(/[A-Z]/g, (letter) => letter.toLowerCase())}%`;

/** One request to the database inside a hot unit. Made by `sql`, answered by the data layer. */
export interface Step {
  readonly want: 'one' | 'many' | 'run';
  readonly statement: Statement<unknown>;
  readonly params: Params;
}

/** A short unit of work written as a generator: it runs at once on SQLite and by round trip on PostgreSQL. Only `yield*` inside. */
export type Unit<T> = Generator<Step, T, unknown>;

export const sql = {
  /** The first row, or undefined. */
  *one<Row>(text: Statement<Row>, params: Params = {}): Unit<Row | undefined> {
    return (yield { want: 'one', statement: text as Statement<unknown>, params }) as Row | undefined;
  },
  /** All rows. */
  *many<Row>(text: Statement<Row>, params: Params = {}): Unit<Row[]> {
    return (yield { want: 'many', statement: text as Statement<unknown>, params }) as Row[];
  },
  /** The number of rows changed. */
  *run(text: Statement<unknown>, params: Params = {}): Unit<number> {
    return (yield { want: 'run', statement: text, params }) as number;
  },
};
