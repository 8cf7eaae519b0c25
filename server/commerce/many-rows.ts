import { RowParams } from '../data/row-params.js';
import { sql, statement, type Scalar, type Statement, type Unit } from '../plugin-api/index.js';

type Row = Readonly<Record<string, Scalar>>;

/** Chunks of these sizes cover any number with few statements; more parameters than this no longer help. */
const SIZES = [32, 16, 8, 4, 2, 1] as const;

/**
 * Inserts any number of rows with few statements: `columns` maps each column to the row's field. Quicker on SQLite than one JSON text
 * (10 against 34 µs for an order), and 32 rows go in one round trip to PostgreSQL. `tail` is what follows the values, e.g. ON CONFLICT.
 */
export function manyRows(table: string, columns: Readonly<Record<string, string>>, tail = ''): (rows: readonly Row[]) => Unit<void> {
  const fields = Object.values(columns);
  const made = new Map<number, Statement>();
  const sized = (size: number): Statement => {
    let found = made.get(size);
    if (!found) {
      const values = Array.from({ length: size }, (_, n) => `(:shop, ${fields.map((_, column) => `:c${column}_${n}`).join(', ')})`).join(', ');
      found = statement(`INSERT INTO ${table} (shop_id, ${Object.keys(columns).join(', ')}) VALUES ${values} ${tail}`);
      made.set(size, found);
    }
    return found;
  };
  return function* insert(rows) {
    let from = 0;
    for (const size of SIZES) for (; rows.length - from >= size; from += size) yield* sql.run(sized(size), new RowParams(fields, rows, from, size).asParams());
  };
}
