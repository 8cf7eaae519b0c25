import { statement, type Instant } from '../plugin-api/index.js';

/** Proof that a plugin's rows of a shop are gone: how many of which table, when and by whom. Names no customer. */
export interface PurgeReceipt {
  readonly id: string;
  readonly plugin: string;
  /** The version that was installed last. */
  readonly version: string | null;
  readonly startedAt: Instant;
  /** Null while a purge is under way or was interrupted. */
  readonly finishedAt: Instant | null;
  readonly by: string;
  /** Rows deleted by table; 0 says that the table was looked at and empty. */
  readonly rows: Readonly<Record<string, number>>;
}

interface Row { readonly id: string; readonly plugin: string; readonly version: string | null; readonly started_at: number; readonly finished_at: number | null; readonly actor: string }
interface Count { readonly receipt_id: string; readonly table_name: string; readonly rows: number }

const COLUMNS = 'id, plugin, version, started_at, finished_at, actor';
export const BEGIN = statement(`INSERT INTO purge_receipt (shop_id, id, plugin, version, started_at, actor)
  VALUES (:shop, :id, :plugin, (SELECT i.version FROM plugin_install i WHERE i.shop_id = :shop AND i.id = :plugin), :now, :actor) ON CONFLICT DO NOTHING`);
export const UNFINISHED = statement<Row>(`SELECT ${COLUMNS} FROM purge_receipt WHERE shop_id = :shop AND plugin = :plugin AND finished_at IS NULL`);
export const COUNT = statement(`INSERT INTO purge_count AS c (shop_id, receipt_id, table_name, rows) VALUES (:shop, :receipt, :table, :rows)
  ON CONFLICT (shop_id, receipt_id, table_name) DO UPDATE SET rows = c.rows + excluded.rows`);
export const FINISH = statement('UPDATE purge_receipt SET finished_at = :now WHERE shop_id = :shop AND id = :receipt AND finished_at IS NULL');
export const BY_ID = statement<Row>(`SELECT ${COLUMNS} FROM purge_receipt WHERE shop_id = :shop AND id = :receipt`);
export const COUNTS_OF = statement<Count>('SELECT receipt_id, table_name, rows FROM purge_count WHERE shop_id = :shop AND receipt_id = :receipt ORDER BY table_name');
export const LIST = statement<Row>(`SELECT ${COLUMNS} FROM purge_receipt WHERE shop_id = :shop ORDER BY started_at DESC, id DESC LIMIT 200`);
export const ALL_COUNTS = statement<Count>(`SELECT receipt_id, table_name, rows FROM purge_count WHERE shop_id = :shop ORDER BY receipt_id, table_name`);

export const receiptOf = (row: Row, counts: readonly Count[]): PurgeReceipt => ({
  id: row.id, plugin: row.plugin, version: row.version, startedAt: row.started_at, finishedAt: row.finished_at, by: row.actor,
  rows: Object.fromEntries(counts.filter((count) => count.receipt_id === row.id).map((count) => [count.table_name, count.rows])),
});
