import { statement, type Statement } from '../plugin-api/index.js';
import type { ShopTable } from './shop-tables.js';
import { assertTableName } from './plugin-tables.js';

/** Rows of one unit: few enough that other shops go on meanwhile. */
const CHUNK = 5_000;

/**
 * Deletes a shop's rows of one table in short units, each run by `remove`, which answers how many rows went; may be repeated after a crash.
 * Answers how many went in all.
 */
export async function emptyTable(table: ShopTable, remove: (text: Statement) => Promise<number>): Promise<number> {
  assertTableName(table.name);
  const where = 'WHERE shop_id = :shop';
  const key = table.key.join(', ');
  // Rows that refer to rows of the same table must go at once, or a chunk would leave a reference to nothing.
  const whole = table.refersToItself || key === '';
  const text = statement(`DELETE FROM ${table.name} ${where}${whole ? '' : ` AND (${key}) IN (SELECT ${key} FROM ${table.name} ${where} LIMIT ${CHUNK})`}`);
  let total = 0;
  for (;;) {
    const count = await remove(text);
    total += count;
    if (whole || count < CHUNK) return total;
  }
}
