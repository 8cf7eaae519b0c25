import type { DataStore } from '../data/data-store.js';
import type { ShopContext } from '../plugin-api/index.js';
import type { AuditService } from './audit.service.js';
import { emptyTable } from './empty-table.js';
import { FORGET_ALL_PACKAGES } from './person.statements.js';
import { shopTables } from './shop-tables.js';

export interface ShopReceipt { readonly redactedAt: number; readonly rows: Readonly<Record<string, number>> }

/** Removes everything of a shop that has left. */
export class ShopRedactionService {
  /** `gone` is told when the rows are, so that nobody goes on with what they remember of them. */
  constructor(private readonly store: DataStore, private readonly audit: AuditService, private readonly gone: (shopId: number) => Promise<void> = () => Promise.resolve()) {}

  /**
   * Deletes the shop's rows table by table, in short units so that other shops go on; may be repeated after a crash. The shop's own row,
   * the audit and the requests stay, and the audit gets the receipt.
   */
  async redactShop(ctx: ShopContext): Promise<ShopReceipt> {
    const rows: Record<string, number> = {};
    for (const table of await shopTables(this.store)) {
      const count = await emptyTable(table, (text) => this.store.write(ctx, (unit) => unit.run(text)));
      if (count > 0) rows[table.name] = count;
    }
    await this.gone(ctx.shop.id);
    await this.store.write(ctx, (unit) => unit.run(FORGET_ALL_PACKAGES, { now: ctx.now }));
    await this.audit.record(ctx, 'shop.redact', `shop:${ctx.shop.id}`, { rows });
    return { redactedAt: ctx.now, rows };
  }
}
