import { statement, type BusinessDate, type Database, type Page, type PageRequest, type ShopContext } from '../../plugin-api/index.js';
import { pageOf, pageSize, positionOf } from '../../commerce/list-page.js';

/** Entries by which points come to an end, or come back from one; holds and moves between people are on the way only. */
export const PATH_KINDS: readonly string[] = ['spend', 'spend-refund', 'expire', 'reversal', 'adjust', 'debt', 'forfeit'];

export interface UseFilter {
  /** Where the points came from. */
  readonly source?: string | undefined;
  /** What became of them: a spending source, `core.spend` for any of those, `core.expire`, `core.reversal` … */
  readonly use?: string | undefined;
  /** Business dates on which they were issued, and on which they were taken, both included. */
  readonly issuedFrom?: BusinessDate | undefined; readonly issuedTo?: BusinessDate | undefined; readonly from?: BusinessDate | undefined; readonly to?: BusinessDate | undefined;
}
export interface UseRow { readonly id: string; readonly personId: string; readonly name: string | null; readonly source: string; readonly kind: string; readonly used: string; readonly issuedOn: BusinessDate; readonly businessDate: BusinessDate; /** Positive when taken, negative when it came back. */ readonly amount: number }
interface Row { readonly id: string; readonly lot_id: string; readonly person_id: string; readonly name: string | null; readonly source: string; readonly kind: string; readonly used: string; readonly issued_on: string; readonly business_date: string; readonly amount: number }

const ORDER = 'economy.uses';
// CROSS JOIN: SQLite keeps to the order of the tables, from the days to what was taken on them.
const FROM = 'FROM ledger_transaction t CROSS JOIN allocation a CROSS JOIN lot l CROSS JOIN ledger_transaction m';
const WHERE = `t.shop_id = :shop AND a.shop_id = t.shop_id AND a.transaction_id = t.id AND l.shop_id = a.shop_id AND l.id = a.lot_id AND m.shop_id = l.shop_id AND m.id = l.transaction_id AND t.kind IN (${PATH_KINDS.map((kind) => `'${kind}'`).join(', ')}) AND (CAST(:source AS TEXT) IS NULL OR l.source = CAST(:source AS TEXT)) AND m.business_date BETWEEN :issued_from AND :issued_to AND t.business_date BETWEEN :from AND :to
  AND (CAST(:use AS TEXT) IS NULL OR (CASE WHEN t.kind NOT IN ('spend', 'spend-refund') THEN 'core.' || t.kind WHEN CAST(:use AS TEXT) = 'core.spend' THEN 'core.spend' ELSE t.source END) = CAST(:use AS TEXT))`;
const SELECT = `SELECT t.id, a.lot_id, t.person_id, n.name, l.source, t.kind, t.source AS used, m.business_date AS issued_on, t.business_date, a.amount ${FROM} CROSS JOIN person n WHERE ${WHERE} AND n.shop_id = t.shop_id AND n.id = t.person_id`;
const FIRST = statement<Row>(`${SELECT} ORDER BY t.id DESC, a.lot_id DESC LIMIT :limit`);
const NEXT = statement<Row>(`${SELECT} AND (t.id < :at OR (t.id = :at AND a.lot_id < :lot)) ORDER BY t.id DESC, a.lot_id DESC LIMIT :limit`);
const TOTAL = statement<{ entries: number; amount: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS entries, CAST(COALESCE(SUM(a.amount), 0) AS BIGINT) AS amount ${FROM} WHERE ${WHERE}`);

/** What was taken from lots and put back: the rows behind a stream from a source to a use, and behind a month's spending. */
export class UseRowsService {
  constructor(private readonly db: Database) {}

  total(ctx: ShopContext, filter: UseFilter): Promise<{ readonly entries: number; readonly amount: number }> {
    return this.db.read(ctx, async (q) => (await q.scan(TOTAL, this.#params(filter)))[0]!);
  }

  /** Newest written first. */
  page(ctx: ShopContext, filter: UseFilter, page: PageRequest): Promise<Page<UseRow>> {
    const limit = pageSize(page), from = positionOf(ORDER, page, 'string'), params = { ...this.#params(filter), limit: limit + 1 };
    return this.db.read(ctx, async (q) => {
      const rows = from === undefined ? await q.many(FIRST, params) : await q.many(NEXT, { ...params, at: from.at, lot: from.id });
      return pageOf(ORDER, rows, limit, (row) => ({ at: row.id, id: row.lot_id }), (row): UseRow => ({
        id: `${row.id}/${row.lot_id}`, personId: row.person_id, name: row.name, source: row.source, kind: row.kind, used: row.used, issuedOn: row.issued_on, businessDate: row.business_date, amount: row.amount,
      }));
    });
  }

  async *all(ctx: ShopContext, filter: UseFilter): AsyncGenerator<UseRow> {
    let cursor: string | undefined;
    do {
      const page: Page<UseRow> = await this.page(ctx, filter, { limit: 200, cursor });
      yield* page.items;
      cursor = page.next;
    } while (cursor);
  }

  #params({ source, use, issuedFrom, issuedTo, from, to }: UseFilter): Record<string, string | null> {
    return { source: source ?? null, use: use ?? null, issued_from: issuedFrom ?? '0001-01-01', issued_to: issuedTo ?? '9999-12-31', from: from ?? '0001-01-01', to: to ?? '9999-12-31' };
  }
}
