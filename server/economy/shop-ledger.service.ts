import { refused, statement, type Database, type LedgerLine, type Page, type PageRequest, type ShopContext } from '../plugin-api/index.js';
import type { TransactionRow } from './ledger-statements.js';

/** A line of the whole shop's ledger: whose points moved. */
export interface ShopLedgerLine extends LedgerLine { readonly personId: string; readonly name: string | null }

/** By id, which is the order in which the lines were written: it needs no index of its own. */
const PAGE = statement<TransactionRow & { readonly name: string | null }>(`
  SELECT t.id, t.person_id, t.kind, t.source, t.cause_ref, t.at, t.business_date, t.available, t.pending, t.debt, t.available_after, t.note, t.actor, t.detail, p.name
  FROM ledger_transaction t JOIN person p ON p.shop_id = t.shop_id AND p.id = t.person_id WHERE t.shop_id = :shop AND t.id < :before ORDER BY t.id DESC LIMIT :limit`);
/** Sorts after every UUID. */
const LAST = 'g';

/** Every movement of points in the shop, for the merchant's eye and for the auditor's file. */
export class ShopLedgerService {
  constructor(private readonly db: Database) {}

  /** Newest written first. Errors: 422 `GX_INVALID` for a cursor that is not one. */
  async lines(ctx: ShopContext, page: PageRequest): Promise<Page<ShopLedgerLine>> {
    const limit = Math.min(200, Math.max(1, page.limit ?? 50));
    if (page.cursor !== undefined && !/^[0-9a-f-]{36}$/.test(page.cursor)) throw refused('GX_INVALID', 'The cursor is not one of this list. Begin again without it.', { fields: { cursor: 'not a cursor of this list' } });
    const rows = await this.db.read(ctx, (q) => q.many(PAGE, { before: page.cursor ?? LAST, limit: limit + 1 }));
    const items = rows.slice(0, limit).map((row) => ({
      id: row.id, at: row.at, businessDate: row.business_date, kind: row.kind, available: row.available, pending: row.pending, source: row.source, causeRef: row.cause_ref, note: row.note, actor: row.actor, ...(row.debt === 0 ? {} : { debt: row.debt }), personId: row.person_id, name: row.name,
    }));
    const last = items.at(-1);
    return rows.length > limit && last ? { items, next: last.id } : { items };
  }

  async *all(ctx: ShopContext): AsyncGenerator<ShopLedgerLine> {
    let cursor: string | undefined;
    do {
      const page: Page<ShopLedgerLine> = await this.lines(ctx, { limit: 200, cursor });
      yield* page.items;
      cursor = page.next;
    } while (cursor);
  }
}
