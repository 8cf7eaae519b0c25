import { columnName, personPath, sql, statement, type Scalar, type Unit } from 'guanxi/plugin';

const TABLE = 'plg_reviews_monitor_review';
const count = (condition: string): string => `CAST(COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0) AS BIGINT)`;

export interface SummaryRow { readonly total: number; readonly starred: number; readonly stars: number | null; readonly one: number; readonly two: number; readonly three: number; readonly four: number; readonly five: number }
const COUNTS = `CAST(COUNT(*) AS BIGINT) AS total, CAST(COUNT(stars) AS BIGINT) AS starred, CAST(SUM(stars) AS BIGINT) AS stars,
  ${count('stars = 1')} AS one, ${count('stars = 2')} AS two, ${count('stars = 3')} AS three, ${count('stars = 4')} AS four, ${count('stars = 5')} AS five`;

/** What shoppers see of a product. */
export const PRODUCT_SUMMARY = statement<SummaryRow>(`SELECT ${COUNTS} FROM ${TABLE} WHERE shop_id = :shop AND sku = :sku AND state = 'visible'`);

export interface ShopRow extends SummaryRow { readonly replied: number; readonly good: number; readonly bad: number }
/** What the merchant sees of the shop between two business dates, both included. */
export const SHOP_SUMMARY = statement<ShopRow>(`SELECT ${COUNTS}, CAST(COUNT(replied_at) AS BIGINT) AS replied, ${count('positive = 1')} AS good, ${count('positive = 0')} AS bad
  FROM ${TABLE} WHERE shop_id = :shop AND business_date >= :from AND business_date <= :to`);

export interface QueueRow { readonly total: number; readonly waiting: number; readonly unanswered: number; readonly hidden: number }
/** How long each queue is, whenever its reviews were written. */
export const QUEUES = statement<QueueRow>(`SELECT CAST(COUNT(*) AS BIGINT) AS total, ${count("state = 'visible' AND replied_at IS NULL AND handled_at IS NULL AND mood <= :waiting")} AS waiting,
  ${count("state = 'visible' AND replied_at IS NULL")} AS unanswered, ${count("state = 'hidden'")} AS hidden FROM ${TABLE} WHERE shop_id = :shop`);

export interface DayRow { readonly date: string; readonly reviews: number; readonly starred: number; readonly stars: number; readonly good: number; readonly bad: number }
/** Per business date: how many, how many good and bad, and the sum of stars. */
export const TREND = statement<DayRow>(`SELECT business_date AS date, CAST(COUNT(*) AS BIGINT) AS reviews, CAST(COUNT(stars) AS BIGINT) AS starred, CAST(COALESCE(SUM(stars), 0) AS BIGINT) AS stars,
  ${count('positive = 1')} AS good, ${count('positive = 0')} AS bad
  FROM ${TABLE} WHERE shop_id = :shop AND business_date >= :from AND business_date <= :to GROUP BY business_date ORDER BY business_date`);

export interface ProductRow { readonly sku: string; readonly title: string | null; readonly reviews: number; readonly starred: number; readonly stars: number; readonly bad: number }
/** The products with the most unhappy reviews. */
export const WORST_PRODUCTS = statement<ProductRow>(`SELECT sku, MAX(product_title) AS title, CAST(COUNT(*) AS BIGINT) AS reviews, CAST(COUNT(stars) AS BIGINT) AS starred, CAST(COALESCE(SUM(stars), 0) AS BIGINT) AS stars, ${count('positive = 0')} AS bad
  FROM ${TABLE} WHERE shop_id = :shop AND business_date >= :from AND business_date <= :to AND sku IS NOT NULL GROUP BY sku HAVING SUM(CASE WHEN positive = 0 THEN 1 ELSE 0 END) > 0 ORDER BY bad DESC, sku LIMIT 5`);

/** Ids of reviews in which a text occurs, newest first. Filters that are not wanted are 0 or ''; `:at` and `:after` name the last review seen. */
export const SEARCH = statement<{ id: string; written_at: number }>(`SELECT id, written_at FROM ${TABLE} WHERE shop_id = :shop
  AND (written_at < :at OR (written_at = :at AND id < :after))
  AND (LOWER(body) LIKE :like ESCAPE '!' OR LOWER(COALESCE(title, '')) LIKE :like ESCAPE '!' OR LOWER(COALESCE(author_name, '')) LIKE :like ESCAPE '!' OR LOWER(COALESCE(product_title, '')) LIKE :like ESCAPE '!')
  AND (:stars = 0 OR stars = :stars) AND (:sku = '' OR sku = :sku) AND (:language = '' OR language = :language)
  AND (:queue = 'all' OR (:queue = 'hidden' AND state = 'hidden')
    OR (:queue IN ('unanswered', 'waiting') AND state = 'visible' AND replied_at IS NULL AND (:queue = 'unanswered' OR (handled_at IS NULL AND mood <= :waiting))))
  ORDER BY written_at DESC, id DESC LIMIT :limit`);

const COLUMNS = ['id', 'source', 'externalId', 'sku', 'productTitle', 'personId', 'authorName', 'stars', 'positive', 'mood', 'title', 'body', 'language', 'orderId', 'state', 'writtenAt', 'businessDate', 'reply', 'repliedAt'] as const;
/** A review as it is put in. */
export type ReviewValues = Readonly<Record<(typeof COLUMNS)[number], Scalar>>;
const into = `INSERT INTO ${TABLE} (shop_id, ${COLUMNS.map(columnName).join(', ')}, created_at, updated_at) VALUES`;
const row = (suffix: string): string => `(:shop, ${COLUMNS.map((name) => `:${name}${suffix}`).join(', ')}, :now, :now)`;
const ONCE = 'ON CONFLICT (shop_id, source, external_id) DO NOTHING';

export const INSERT_ONCE = statement(`${into} ${row('')} ${ONCE}`);
/** Rows of one statement: a round trip for each would make an import on PostgreSQL twenty times slower. */
const BATCH = 25;
const INSERT_BATCH = statement(`${into} ${Array.from({ length: BATCH }, (_, n) => row(`_${n}`)).join(', ')} ${ONCE}`);

/** Puts in what is not there yet; answers how many were new. */
export function* insertOnce(reviews: readonly ReviewValues[], now: number): Unit<number> {
  let added = 0, at = 0;
  for (; at + BATCH <= reviews.length; at += BATCH) {
    const params: Record<string, Scalar> = { now };
    for (let n = 0; n < BATCH; n++) for (const [name, value] of Object.entries(reviews[at + n]!)) params[`${name}_${n}`] = value;
    added += yield* sql.run(INSERT_BATCH, params);
  }
  for (const review of reviews.slice(at)) added += yield* sql.run(INSERT_ONCE, { ...review, now });
  return added;
}

/** A review whose writer was erased keeps its stars in the shop's numbers; the host has emptied it, and shoppers shall not see an empty one. */
export const HIDE_EMPTIED = statement(`UPDATE ${TABLE} SET state = 'hidden', updated_at = :now WHERE shop_id = :shop AND state = 'visible' AND person_id IS NULL AND external_id = 'erased-' || id`);
const place = (person: string): string => `SUBSTR(:${person} || '/' || ${TABLE}.sku, 1, 200)`;
/** The place of one person's review of a product becomes the other's, unless that is taken. */
const placed = (from: string, to: string): string => `external_id = CASE WHEN source = 'shop' AND external_id = ${place(from)}
  AND NOT EXISTS (SELECT 1 FROM ${TABLE} o WHERE o.shop_id = :shop AND o.source = 'shop' AND o.external_id = ${place(to)}) THEN ${place(to)} ELSE external_id END, updated_at = :now`;
/** A merged person still has one review per product: whoever has none gets the other's. */
export const REASSIGN = statement(`UPDATE ${TABLE} SET ${personPath.leaves}, ${placed('person', 'into')} WHERE shop_id = :shop AND person_id = :person`);
/** And back, when they are two people again. */
export const HAND_BACK = statement(`UPDATE ${TABLE} SET ${personPath.returns}, ${placed('into', 'person')} WHERE shop_id = :shop AND ${personPath.theirs()}`);

export const reviewStatements = [PRODUCT_SUMMARY, SHOP_SUMMARY, QUEUES, TREND, WORST_PRODUCTS, SEARCH, INSERT_ONCE, INSERT_BATCH, HIDE_EMPTIED, REASSIGN, HAND_BACK];
