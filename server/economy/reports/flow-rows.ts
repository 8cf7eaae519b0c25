import { refused, statement, type BusinessDate, type Database, type Instant, type Page, type PageRequest, type ShopContext } from '../../plugin-api/index.js';
import { pageSize } from '../../commerce/list-page.js';

/** The programme accounts by which points come and go; `issued` and `redeemed` stand for all sources together. */
export const FLOWS = ['issued', 'redeemed', 'expired', 'reversed', 'adjusted', 'written_off', 'forfeited', 'merged'] as const;
export type Flow = (typeof FLOWS)[number];
/** `all` flows together come to what was outstanding at the end of `to`, when there is no `from`. */
export interface FlowFilter { readonly flow: Flow | 'all'; readonly from?: BusinessDate | undefined; readonly to: BusinessDate; readonly source?: string | undefined }
export interface FlowRow {
  readonly id: string; readonly personId: string; readonly name: string | null; readonly kind: string; readonly source: string; readonly causeRef: string | null; readonly note: string | null;
  readonly businessDate: BusinessDate; readonly at: Instant; readonly amount: number;
}
interface Row { readonly id: string; readonly person_id: string; readonly name: string | null; readonly kind: string; readonly source: string; readonly cause_ref: string | null; readonly note: string | null; readonly business_date: string; readonly at: number; readonly amount: number }

/** `issued:core.order` belongs to `issued`. */
const OF_FLOW = "(p.account = CAST(:flow AS TEXT) OR p.account LIKE CAST(:flow AS TEXT) || ':%' OR (CAST(:flow AS TEXT) = 'all' AND p.account NOT IN ('available', 'pending', 'held', 'debt')))";
const WHERE = `t.shop_id = :shop AND t.business_date BETWEEN :from AND :to AND ${OF_FLOW} AND (CAST(:source AS TEXT) IS NULL OR t.source = CAST(:source AS TEXT))`;
const JOIN = 'FROM ledger_transaction t JOIN posting p ON p.shop_id = t.shop_id AND p.transaction_id = t.id';
const PAGE = statement<Row>(`
  SELECT t.id, t.person_id, n.name, t.kind, t.source, t.cause_ref, t.note, t.business_date, t.at, -p.amount AS amount ${JOIN} JOIN person n ON n.shop_id = t.shop_id AND n.id = t.person_id
  WHERE ${WHERE} AND t.id < :before ORDER BY t.id DESC LIMIT :limit`);
const TOTAL = statement<{ entries: number; amount: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS entries, CAST(COALESCE(SUM(-p.amount), 0) AS BIGINT) AS amount ${JOIN} WHERE ${WHERE}`);
/** Sorts after every UUID. */
const LAST = 'g';

/** The entries behind a number of the economy page: what people gained (positive) or lost through one programme account. */
export class FlowRowsService {
  constructor(private readonly db: Database) {}

  /** How many entries there are and what they come to: exactly the number they were opened from. */
  total(ctx: ShopContext, filter: FlowFilter): Promise<{ readonly entries: number; readonly amount: number }> {
    return this.db.read(ctx, async (q) => (await q.scan(TOTAL, this.#params(filter)))[0]!);
  }

  /** Newest written first. Errors: 422 `GX_INVALID` for a cursor that is not one. */
  async page(ctx: ShopContext, filter: FlowFilter, page: PageRequest): Promise<Page<FlowRow>> {
    const limit = pageSize(page);
    if (page.cursor !== undefined && !/^[0-9a-f-]{36}$/.test(page.cursor)) throw refused('GX_INVALID', 'The cursor is not one of this list. Begin again without it.', { fields: { cursor: 'not a cursor of this list' } });
    const rows = await this.db.read(ctx, (q) => q.many(PAGE, { ...this.#params(filter), before: page.cursor ?? LAST, limit: limit + 1 }));
    const items = rows.slice(0, limit).map((row): FlowRow => ({
      id: row.id, personId: row.person_id, name: row.name, kind: row.kind, source: row.source, causeRef: row.cause_ref, note: row.note, businessDate: row.business_date, at: row.at, amount: row.amount,
    }));
    const last = items.at(-1);
    return rows.length > limit && last ? { items, next: last.id } : { items };
  }

  async *all(ctx: ShopContext, filter: FlowFilter): AsyncGenerator<FlowRow> {
    let cursor: string | undefined;
    do {
      const page: Page<FlowRow> = await this.page(ctx, filter, { limit: 200, cursor });
      yield* page.items;
      cursor = page.next;
    } while (cursor);
  }

  #params({ flow, from, to, source }: FlowFilter): Record<string, string | null> { return { flow, from: from ?? '0001-01-01', to, source: source ?? null }; }
}
