import { addDays, startOfBusinessDate, statement, type BusinessDate, type Database, type Instant, type Page, type PageRequest, type ShopContext } from '../../plugin-api/index.js';
import { pageOf, pageSize, positionOf } from '../../commerce/list-page.js';

export interface LotFilter {
  /** Lots whose last good day lies between these, both included. */
  readonly from?: BusinessDate | undefined; readonly to?: BusinessDate | undefined;
  readonly state?: 'active' | 'pending' | undefined;
  /** Where the points came from, and since which business date. */
  readonly source?: string | undefined; readonly issuedFrom?: BusinessDate | undefined;
}
export interface LotRowView { readonly id: string; readonly personId: string; readonly name: string | null; readonly source: string; readonly state: string; readonly quantity: number; readonly remaining: number; readonly activatesAt: Instant; readonly expiresAt: Instant }
interface Row { readonly id: string; readonly person_id: string; readonly name: string | null; readonly source: string; readonly state: string; readonly quantity: number; readonly remaining: number; readonly activates_at: number; readonly expires_at: number }

const ORDER = 'economy.lots';
const OPEN = `l.shop_id = :shop AND l.remaining > 0 AND l.state IN ('active', 'pending') AND (CAST(:state AS TEXT) IS NULL OR l.state = CAST(:state AS TEXT)) AND l.expires_at > :after AND l.expires_at <= :until
  AND (CAST(:source AS TEXT) IS NULL OR l.source = CAST(:source AS TEXT)) AND (CAST(:issued_from AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM ledger_transaction m WHERE m.shop_id = l.shop_id AND m.id = l.transaction_id AND m.business_date >= CAST(:issued_from AS TEXT)))`;
const PAGE = `SELECT l.id, l.person_id, n.name, l.source, l.state, l.quantity, l.remaining, l.activates_at, l.expires_at FROM lot l JOIN person n ON n.shop_id = l.shop_id AND n.id = l.person_id WHERE ${OPEN}`;
const FIRST = statement<Row>(`${PAGE} ORDER BY l.expires_at, l.id LIMIT :limit`);
const NEXT = statement<Row>(`${PAGE} AND (l.expires_at > :at OR (l.expires_at = :at AND l.id > :id)) ORDER BY l.expires_at, l.id LIMIT :limit`);
const TOTAL = statement<{ entries: number; amount: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS entries, CAST(COALESCE(SUM(l.remaining), 0) AS BIGINT) AS amount FROM lot l WHERE ${OPEN}`);

/** The lots behind what is outstanding and what expires: the soonest to expire first. */
export class LotRowsService {
  constructor(private readonly db: Database) {}

  total(ctx: ShopContext, filter: LotFilter): Promise<{ readonly entries: number; readonly amount: number }> {
    return this.db.read(ctx, async (q) => (await q.scan(TOTAL, this.#params(ctx, filter)))[0]!);
  }

  page(ctx: ShopContext, filter: LotFilter, page: PageRequest): Promise<Page<LotRowView>> {
    const limit = pageSize(page), from = positionOf(ORDER, page, 'number'), params = this.#params(ctx, filter);
    return this.db.read(ctx, async (q) => {
      const rows = from === undefined ? await q.many(FIRST, { ...params, limit: limit + 1 }) : await q.many(NEXT, { ...params, at: from.at, id: from.id, limit: limit + 1 });
      return pageOf(ORDER, rows, limit, (row) => ({ at: row.expires_at, id: row.id }), (row): LotRowView => ({
        id: row.id, personId: row.person_id, name: row.name, source: row.source, state: row.state, quantity: row.quantity, remaining: row.remaining, activatesAt: row.activates_at, expiresAt: row.expires_at,
      }));
    });
  }

  async *all(ctx: ShopContext, filter: LotFilter): AsyncGenerator<LotRowView> {
    let cursor: string | undefined;
    do {
      const page: Page<LotRowView> = await this.page(ctx, filter, { limit: 200, cursor });
      yield* page.items;
      cursor = page.next;
    } while (cursor);
  }

  /** Lots expire at the end of a business date, so the first instant of the next one still belongs to it. What is overdue counts for nothing. */
  #params(ctx: ShopContext, { from, to, state, source, issuedFrom }: LotFilter): Record<string, string | number | null> {
    const after = from === undefined ? ctx.now : Math.max(ctx.now, startOfBusinessDate(ctx.shop, from));
    return { state: state ?? null, source: source ?? null, issued_from: issuedFrom ?? null, after, until: to === undefined ? Number.MAX_SAFE_INTEGER : startOfBusinessDate(ctx.shop, addDays(to, 1)) };
  }
}
