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
  const made = new Map<number, { readonly text: Statement; readonly names: readonly (readonly string[])[] }>();
  const sized = (size: number): { readonly text: Statement; readonly names: readonly (readonly string[])[] } => {
    let found = made.get(size);
    if (!found) {
      const names = Array.from({ length: size }, (_, n) => fields.map((field) => `${field}_${n}`));
      const values = names.map((row) => `(:shop, ${row.map((name) => `:${name}`).join(', ')})`).join(', ');
      found = { text: statement(`INSERT INTO ${table} (shop_id, ${Object.keys(columns).join(', ')}) VALUES ${values} ${tail}`), names };
      made.set(size, found);
    }
    return found;
  };
  return function* insert(rows) {
    let from = 0;
    for (const size of SIZES) {
      for (; rows.length - from >= size; from += size) {
        const { text, names } = sized(size);
        const params: Record<string, Scalar | undefined> = {};
        for (let n = 0; n < size; n++) {
          const row = rows[from + n]!;
          const own = names[n]!;
          for (let f = 0; f < fields.length; f++) params[own[f]!] = row[fields[f]!];
        }
        yield* sql.run(text, params);
      }
    }
  };
}
