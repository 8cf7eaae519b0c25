import type { DataStore } from '../data/data-store.js';
import { GxError, statement, type ShopContext } from '../plugin-api/index.js';
import type { AuditService } from './audit.service.js';
import { FORGET_ALL_PACKAGES } from './person.statements.js';
import { shopTables, type ShopTable } from './shop-tables.js';

const CHUNK = 5_000;

export interface ShopReceipt { readonly redactedAt: number; readonly rows: Readonly<Record<string, number>> }

/** Removes everything of a shop that has left. */
export class ShopRedactionService {
  constructor(private readonly store: DataStore, private readonly audit: AuditService) {}

  /**
   * Deletes the shop's rows table by table, in short units so that other shops go on; may be repeated after a crash. The shop's own row,
   * the audit and the requests stay, and the audit gets the receipt.
   */
  async redactShop(ctx: ShopContext): Promise<ShopReceipt> {
    const rows: Record<string, number> = {};
    for (const table of await shopTables(this.store)) {
      const count = await this.#empty(ctx, table);
      if (count > 0) rows[table.name] = count;
    }
    await this.store.write(ctx, (unit) => unit.run(FORGET_ALL_PACKAGES, { now: ctx.now }));
    await this.audit.record(ctx, 'shop.redact', `shop:${ctx.shop.id}`, { rows });
    return { redactedAt: ctx.now, rows };
  }

  async #empty(ctx: ShopContext, table: ShopTable): Promise<number> {
    if (!/^[a-z][a-z0-9_]*$/.test(table.name)) throw new GxError('GX_TABLE_NAME', 500, `The table "${table.name}" has a name that this product never gives. Remove it or rename it.`);
    const where = 'WHERE shop_id = :shop';
    const key = table.key.join(', ');
    // Rows that refer to rows of the same table must go at once, or a chunk would leave a reference to nothing.
    const whole = table.refersToItself || key === '';
    const remove = statement(`DELETE FROM ${table.name} ${where}${whole ? '' : ` AND (${key}) IN (SELECT ${key} FROM ${table.name} ${where} LIMIT ${CHUNK})`}`);
    let total = 0;
    for (;;) {
      const count = await this.store.write(ctx, (unit) => unit.run(remove));
      total += count;
      if (whole || count < CHUNK) return total;
    }
  }
}
