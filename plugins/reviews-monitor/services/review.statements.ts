import { statement } from 'guanxi/plugin';

export interface SummaryRow { readonly total: number; readonly starred: number; readonly stars: number | null; readonly one: number; readonly two: number; readonly three: number; readonly four: number; readonly five: number }
const COUNTS = `CAST(COUNT(*) AS BIGINT) AS total, CAST(COUNT(stars) AS BIGINT) AS starred, CAST(SUM(stars) AS BIGINT) AS stars,
  CAST(COALESCE(SUM(CASE WHEN stars = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS one, CAST(COALESCE(SUM(CASE WHEN stars = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS two,
  CAST(COALESCE(SUM(CASE WHEN stars = 3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS three, CAST(COALESCE(SUM(CASE WHEN stars = 4 THEN 1 ELSE 0 END), 0) AS BIGINT) AS four,
  CAST(COALESCE(SUM(CASE WHEN stars = 5 THEN 1 ELSE 0 END), 0) AS BIGINT) AS five`;

/** What shoppers see of a product. */
export const PRODUCT_SUMMARY = statement<SummaryRow>(`SELECT ${COUNTS} FROM plg_reviews_monitor_review WHERE shop_id = :shop AND sku = :sku AND state = 'visible'`);

/** What the merchant sees of the shop between two business dates, both included. */
export const SHOP_SUMMARY = statement<SummaryRow & { waiting: number; replied: number; good: number; bad: number }>(`SELECT ${COUNTS},
  CAST(COALESCE(SUM(CASE WHEN reply IS NULL AND handled_at IS NULL AND (stars <= :waiting OR (stars IS NULL AND positive = 0)) THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting,
  CAST(COUNT(reply) AS BIGINT) AS replied, CAST(COALESCE(SUM(CASE WHEN positive = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS good,
  CAST(COALESCE(SUM(CASE WHEN positive = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS bad
  FROM plg_reviews_monitor_review WHERE shop_id = :shop AND business_date >= :from AND business_date <= :to`);

/** Per business date: how many, how many bad, and the sum of stars. */
export const TREND = statement<{ date: string; reviews: number; starred: number; stars: number; bad: number }>(`SELECT business_date AS date, CAST(COUNT(*) AS BIGINT) AS reviews,
  CAST(COUNT(stars) AS BIGINT) AS starred, CAST(COALESCE(SUM(stars), 0) AS BIGINT) AS stars, CAST(COALESCE(SUM(CASE WHEN positive = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS bad
  FROM plg_reviews_monitor_review WHERE shop_id = :shop AND business_date >= :from AND business_date <= :to GROUP BY business_date ORDER BY business_date`);

export const INSERT_ONCE = statement(`INSERT INTO plg_reviews_monitor_review
  (shop_id, id, source, external_id, sku, product_title, person_id, author_name, stars, positive, title, body, language, order_id, state, written_at, business_date, created_at, updated_at)
  VALUES (:shop, :id, :source, :externalId, :sku, :productTitle, :personId, :authorName, :stars, :positive, :title, :body, :language, :orderId, :state, :writtenAt, :businessDate, :now, :now)
  ON CONFLICT (shop_id, source, external_id) DO NOTHING`);

export const ANONYMISE = statement(`UPDATE plg_reviews_monitor_review SET author_name = NULL, person_id = NULL, title = NULL, body = '', state = 'hidden', updated_at = :now WHERE shop_id = :shop AND person_id = :person`);
export const REASSIGN = statement('UPDATE plg_reviews_monitor_review SET person_id = :into, updated_at = :now WHERE shop_id = :shop AND person_id = :person');

export const reviewStatements = [PRODUCT_SUMMARY, SHOP_SUMMARY, TREND, INSERT_ONCE, ANONYMISE, REASSIGN];
