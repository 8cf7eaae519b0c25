import { statement } from '../../plugin-api/index.js';
import { jsonStatement } from '../json-statement.js';

export interface FloorRow { readonly sku: string; readonly kind: 'amount' | 'percent'; readonly value: number }
export const RULES = statement<{ version: number; document: string }>('SELECT version, document FROM stacking_rules WHERE shop_id = :shop ORDER BY version DESC LIMIT 1');
export const INSERT_RULES = statement('INSERT INTO stacking_rules (shop_id, version, document, at, actor) VALUES (:shop, :version, :document, :now, :actor) ON CONFLICT DO NOTHING');
export const FLOORS = statement<FloorRow & { title: string; price: number }>(`
  SELECT f.sku, f.kind, f.value, COALESCE(p.title, f.sku) AS title, COALESCE(v.price, 0) AS price FROM price_floor f
  LEFT JOIN variant v ON v.shop_id = f.shop_id AND v.sku = f.sku LEFT JOIN product p ON p.shop_id = v.shop_id AND p.id = v.product_id WHERE f.shop_id = :shop ORDER BY f.sku LIMIT 500`);
export const FLOORS_OF = jsonStatement<FloorRow>('SELECT sku, kind, value FROM price_floor WHERE shop_id = :shop AND sku IN @ids');
export const SET_FLOOR = statement('INSERT INTO price_floor (shop_id, sku, kind, value) VALUES (:shop, :sku, :kind, :value) ON CONFLICT (shop_id, sku) DO UPDATE SET kind = excluded.kind, value = excluded.value');
export const DROP_FLOOR = statement('DELETE FROM price_floor WHERE shop_id = :shop AND sku = :sku');
