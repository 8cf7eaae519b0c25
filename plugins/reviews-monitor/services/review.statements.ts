import { statement } from 'guanxi/plugin';

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

export const INSERT_ONCE = statement(`INSERT INTO ${TABLE}
  (shop_id, id, source, external_id, sku, product_title, person_id, author_name, stars, positive, mood, title, body, language, order_id, state, written_at, business_date, reply, replied_at, created_at, updated_at)
  VALUES (:shop, :id, :source, :externalId, :sku, :productTitle, :personId, :authorName, :stars, :positive, :mood, :title, :body, :language, :orderId, :state, :writtenAt, :businessDate, :reply, :repliedAt, :now, :now)
  ON CONFLICT (shop_id, source, external_id) DO NOTHING`);

/** The stars stay in the shop's numbers; nothing in the row leads to the person any more. */
export const ANONYMISE = statement(`UPDATE ${TABLE} SET author_name = NULL, person_id = NULL, order_id = NULL, external_id = id, title = NULL, body = '', state = 'hidden', updated_at = :now WHERE shop_id = :shop AND person_id = :person`);
/** A merged person still has one review per product: the review takes the new owner's place unless that is taken. */
export const REASSIGN = statement(`UPDATE ${TABLE} SET person_id = :into, updated_at = :now,
  external_id = CASE WHEN source = 'shop' AND NOT EXISTS (SELECT 1 FROM ${TABLE} o WHERE o.shop_id = :shop AND o.source = 'shop' AND o.external_id = SUBSTR(:into || '/' || ${TABLE}.sku, 1, 200)) THEN SUBSTR(:into || '/' || sku, 1, 200) ELSE external_id END
  WHERE shop_id = :shop AND person_id = :person`);

export const reviewStatements = [PRODUCT_SUMMARY, SHOP_SUMMARY, QUEUES, TREND, WORST_PRODUCTS, SEARCH, INSERT_ONCE, ANONYMISE, REASSIGN];
