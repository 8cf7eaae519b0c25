import type { DataStore } from '../data/data-store.js';
import { actorName, conflict, GxError, newId, statement, type Params, type ShopContext, type WriteUnit } from '../plugin-api/index.js';
import type { AuditService } from './audit.service.js';
import { emptyTable } from './empty-table.js';
import { FORGET_SETTINGS, HOST_ROWS } from './plugin-host-rows.js';
import { pluginTables } from './plugin-tables.js';
import { ALL_COUNTS, BEGIN, BY_ID, COUNT, COUNTS_OF, FINISH, LIST, receiptOf, UNFINISHED, type PurgeReceipt } from './purge-receipt.js';
import type { ShopTable } from './shop-tables.js';

/** A late writer may leave rows behind; then everything is gone through once more. */
const PASSES = 3;
const STATE = statement<{ state: string }>('SELECT state FROM plugin_install WHERE shop_id = :shop AND id = :plugin');
/** Whoever is in another state may still want the data. */
const GONE: ReadonlySet<string> = new Set(['available', 'uninstalled', 'purging', 'purged']);

/** Removes what a plugin kept of a shop, proves that it is gone, and leaves a receipt. */
export class PluginPurgeService {
  constructor(private readonly store: DataStore, private readonly audit: AuditService) {}

  /**
   * Deletes the plugin's rows of this shop in dependency order and in short units, then counts. Repeating a purge that was interrupted
   * completes it under the same receipt; repeating a completed one writes a new receipt.
   * Errors: 409 `GX_PURGE_IN_USE` while the plugin is installed, 500 `GX_PURGE_INCOMPLETE` when something keeps writing.
   */
  async purge(ctx: ShopContext, pluginId: string): Promise<PurgeReceipt> {
    const state = (await this.store.read(ctx, (q) => q.one(STATE, { plugin: pluginId })))?.state;
    if (state !== undefined && !GONE.has(state)) throw conflict('GX_PURGE_IN_USE', `The plugin "${pluginId}" is ${state} in the shop "${ctx.shop.key}", so its data cannot be purged. Uninstall it first.`, { state });
    const receipt = await this.#begin(ctx, pluginId);
    const { rows: tables } = await pluginTables(this.store, pluginId);
    const own: Params = { plugin: pluginId, own: `${pluginId}.%`, path: `%/plugins/${pluginId}/%` };
    for (let pass = 1; ; pass++) {
      for (const table of tables) await emptyTable(table, (text) => this.#counted(ctx, receipt, table.name, (unit) => unit.run(text)));
      for (const { table, remove } of HOST_ROWS) await this.#counted(ctx, receipt, table, (unit) => unit.run(remove, own));
      await this.#counted(ctx, receipt, 'plugin_install.settings', (unit) => unit.run(FORGET_SETTINGS, { plugin: pluginId, now: ctx.now }));
      const left = await this.#left(ctx, tables, own);
      if (left === undefined) break;
      if (pass === PASSES) throw new GxError('GX_PURGE_INCOMPLETE', 500, `Data of the plugin "${pluginId}" in the shop "${ctx.shop.key}" could not be purged: rows keep appearing in ${left}. Stop what writes them and purge again.`, { plugin: pluginId, shop: ctx.shop.key });
    }
    return this.#finish(ctx, receipt, pluginId);
  }

  /** Receipts of this shop, newest first, at most 200. */
  async receipts(ctx: ShopContext): Promise<readonly PurgeReceipt[]> {
    return this.store.read(ctx, async (q) => {
      const counts = await q.many(ALL_COUNTS);
      return (await q.many(LIST)).map((row) => receiptOf(row, counts));
    });
  }

  #begin(ctx: ShopContext, pluginId: string): Promise<string> {
    return this.store.write(ctx, async (unit) => {
      await unit.run(BEGIN, { id: newId(), plugin: pluginId, now: ctx.now, actor: actorName(ctx.actor) });
      const open = await unit.one(UNFINISHED, { plugin: pluginId });
      if (!open) throw conflict('GX_PURGE_RACE', `Another purge of "${pluginId}" has just ended. Ask for its receipt.`);
      return open.id;
    });
  }

  /** What was deleted and its place in the receipt are one unit, so that a crash leaves an honest count. */
  #counted(ctx: ShopContext, receipt: string, table: string, remove: (unit: WriteUnit) => Promise<number>): Promise<number> {
    return this.store.write(ctx, async (unit) => {
      const rows = await remove(unit);
      await unit.run(COUNT, { receipt, table, rows });
      return rows;
    });
  }

  /** The first table that still has rows. */
  #left(ctx: ShopContext, tables: readonly ShopTable[], own: Params): Promise<string | undefined> {
    return this.store.read(ctx, async (q) => {
      for (const { name } of tables) if (((await q.one(statement<{ n: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ${name} WHERE shop_id = :shop`)))?.n ?? 0) > 0) return name;
      for (const { table, left } of HOST_ROWS) if (((await q.one(left, own))?.n ?? 0) > 0) return table;
      return undefined;
    });
  }

  #finish(ctx: ShopContext, receiptId: string, pluginId: string): Promise<PurgeReceipt> {
    return this.store.write(ctx, async (unit, inner) => {
      const first = await unit.run(FINISH, { receipt: receiptId, now: inner.now }) > 0;
      const row = await unit.one(BY_ID, { receipt: receiptId });
      if (!row) throw new GxError('GX_PURGE_RECEIPT', 500, `The receipt ${receiptId} of a purge has vanished. Restore the table purge_receipt from a backup.`);
      const receipt = receiptOf(row, await unit.many(COUNTS_OF, { receipt: receiptId }));
      if (first) await unit.steps(this.audit.steps.record(inner, 'plugin.purge', pluginId, { receipt: receiptId, version: receipt.version, rows: receipt.rows }));
      return receipt;
    });
  }
}
