import type { DataStore } from '../data/data-store.js';
import { statement, type ShopContext, type Statement } from '../plugin-api/index.js';
import { assertTableName, pluginColumns, pluginTables } from '../privacy/plugin-tables.js';

/** Rows of each table whose length is looked at. */
const SAMPLE = 1_000;

interface TableCount { readonly rows: Statement<{ n: number }>; readonly width: Statement<{ bytes: number }> }

function countOf(table: string, columns: Iterable<string>): TableCount {
  assertTableName(table);
  const length = [...columns].filter((name) => /^[a-z][a-z0-9_]*$/.test(name)).map((name) => `COALESCE(LENGTH(CAST(${name} AS BLOB)), 0)`).join(' + ') || '0';
  const some = `(SELECT * FROM ${table} WHERE shop_id = :shop LIMIT ${SAMPLE}) t`;
  return {
    rows: statement(`SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ${table} WHERE shop_id = :shop`),
    width: statement(`SELECT CAST(COALESCE(AVG(${length}), 0) AS BIGINT) AS bytes FROM ${some}`, { postgres: `SELECT CAST(COALESCE(AVG(pg_column_size(t.*)), 0) AS BIGINT) AS bytes FROM ${some}` }),
  };
}

/** Counts what a plugin keeps of a shop: rows exactly; bytes from the mean length of up to 1,000 rows of each table, without indexes. */
export class RowCounts {
  readonly #tables = new Map<string, Promise<readonly TableCount[]>>();
  constructor(private readonly store: DataStore) {}

  async count(ctx: ShopContext, plugin: string): Promise<{ readonly rows: number; readonly bytes: number }> {
    let rows = 0, bytes = 0;
    for (const table of await this.#of(plugin)) {
      await this.store.read(ctx, async (q) => {
        const [counted] = await q.scan(table.rows);
        const n = counted?.n ?? 0;
        if (n === 0) return;
        rows += n;
        bytes += n * ((await q.one(table.width))?.bytes ?? 0);
      });
    }
    return { rows, bytes };
  }

  /** Tables come and go with migrations only, so never while the process runs. */
  #of(plugin: string): Promise<readonly TableCount[]> {
    let found = this.#tables.get(plugin);
    if (!found) {
      found = (async () => {
        const columns = await pluginColumns(this.store);
        return (await pluginTables(this.store, plugin)).rows.map(({ name }) => countOf(name, columns.get(name)?.keys() ?? []));
      })();
      found.catch(() => { this.#tables.delete(plugin); });
      this.#tables.set(plugin, found);
    }
    return found;
  }
}
