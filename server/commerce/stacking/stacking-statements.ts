import { statement } from '../../plugin-api/index.js';
import { jsonStatement } from '../json-statement.js';

export interface FloorRow { readonly sku: string; readonly kind: 'amount' | 'percent'; readonly value: number }
export const RULES = statement<{ version: number; document: string }>('SELECT version, document FROM stacking_rules WHERE shop_id = :shop ORDER BY version DESC LIMIT 1');
export const INSERT_RULES = statement('INSERT INTO stacking_rules (shop_id, version, document, at, actor) VALUES (:shop, :version, :document, :now, :actor) ON CONFLICT DO NOTHING');
export const FLOORS = statement<FloorRow & { title: string; price: number }>(`
  SELECT f.sku, f.kind, f.value, COALESCE(p.title, f.sku) AS title, COALESCE(v.price, 0) AS price FROM price_floor f
  LEFT JOIN variant v ON v.shop_id = f.shop_id AND v.sku = f.sku LEFT JOIN product p ON p.shop_id = v.shop_id AND p.id = v.product_id WHERE f.shop_id = :shop ORDER BY f.sku LIMIT 500`);
/** The narrowest floor of each product: its own, else its category's, else that of all. */
export const FLOORS_OF = jsonStatement<FloorRow>(`
  SELECT v.sku, COALESCE(f.kind, c.kind, a.kind) AS kind, COALESCE(f.value, c.value, a.value) AS value FROM variant v JOIN product p ON p.shop_id = v.shop_id AND p.id = v.product_id
  LEFT JOIN price_floor f ON f.shop_id = v.shop_id AND f.sku = v.sku LEFT JOIN group_floor c ON c.shop_id = v.shop_id AND c.category = p.category AND c.category <> ''
  LEFT JOIN group_floor a ON a.shop_id = v.shop_id AND a.category = '' WHERE v.shop_id = :shop AND v.sku IN @ids AND COALESCE(f.kind, c.kind, a.kind) IS NOT NULL`);
export const GROUP_FLOORS = statement<{ category: string; kind: 'amount' | 'percent'; value: number; products: number }>(`
  SELECT g.category, g.kind, g.value, CAST((SELECT COUNT(*) FROM product p WHERE p.shop_id = g.shop_id AND p.status = 'active' AND (g.category = '' OR p.category = g.category)) AS BIGINT) AS products
  FROM group_floor g WHERE g.shop_id = :shop ORDER BY g.category LIMIT 500`);
export const SET_GROUP_FLOOR = statement('INSERT INTO group_floor (shop_id, category, kind, value) VALUES (:shop, :category, :kind, :value) ON CONFLICT (shop_id, category) DO UPDATE SET kind = excluded.kind, value = excluded.value');
export const DROP_GROUP_FLOOR = statement('DELETE FROM group_floor WHERE shop_id = :shop AND category = :category');
export const SET_FLOOR = statement('INSERT INTO price_floor (shop_id, sku, kind, value) VALUES (:shop, :sku, :kind, :value) ON CONFLICT (shop_id, sku) DO UPDATE SET kind = excluded.kind, value = excluded.value');
export const DROP_FLOOR = statement('DELETE FROM price_floor WHERE shop_id = :shop AND sku = :sku');
