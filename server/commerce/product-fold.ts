import { newId, sql, statement, type ShopContext, type Unit } from '../plugin-api/index.js';
import { jsonStatement } from './json-statement.js';
import { passGates } from './row-gate.js';
import { checkCurrency, checkDistinct, checkId, checkInstant, checkWhole, clip } from './snapshot-input.js';
import type { ProductSnapshot } from './snapshots.js';

interface StoredProduct { readonly id: string; readonly title: string; readonly category: string | null; readonly image_url: string | null; readonly url: string | null; readonly status: string; readonly snapshot_at: number }
const EXISTING = statement<StoredProduct>('SELECT id, title, category, image_url, url, status, snapshot_at FROM product WHERE shop_id = :shop AND external_id = :external');
const INSERT = statement(`
  INSERT INTO product (shop_id, id, external_id, title, category, image_url, url, status, snapshot_at, created_at, updated_at)
  VALUES (:shop, :id, :external, :title, :category, :imageUrl, :url, :status, :version, :now, :now)`);
const UPDATE = statement(`
  UPDATE product SET title = :title, category = :category, image_url = :imageUrl, url = :url, status = :status, snapshot_at = :version, updated_at = :now WHERE shop_id = :shop AND id = :id`);
const VARIANTS = statement<{ id: string; external_id: string; sku: string; title: string | null; price: number; currency: string }>(
  'SELECT id, external_id, sku, title, price, currency FROM variant WHERE shop_id = :shop AND product_id = :product ORDER BY id');
const DROP_OTHERS = jsonStatement('DELETE FROM variant WHERE shop_id = :shop AND product_id = :product AND external_id NOT IN @ids');
/** The SKU of a deleted product's variant is free for a new one; the old variant keeps a name of its own. */
const FREE_SKU = statement(`
  UPDATE variant SET sku = SUBSTR(sku, 1, 100) || '~' || SUBSTR(external_id, 1, 90) WHERE shop_id = :shop AND sku = :sku AND external_id <> :external
    AND EXISTS (SELECT 1 FROM product p WHERE p.shop_id = variant.shop_id AND p.id = variant.product_id AND p.status = 'deleted')`);
const SKU_OWNER = statement<{ external_id: string }>('SELECT external_id FROM variant WHERE shop_id = :shop AND sku = :sku');
const UPSERT_VARIANT = statement(`
  INSERT INTO variant (shop_id, id, product_id, external_id, sku, title, price, currency, created_at, updated_at)
  VALUES (:shop, :id, :product, :external, :sku, :title, :price, :currency, :now, :now)
  ON CONFLICT (shop_id, external_id) DO UPDATE SET product_id = excluded.product_id, sku = excluded.sku, title = excluded.title, price = excluded.price, currency = excluded.currency, updated_at = excluded.updated_at`);
const DELETE = statement("UPDATE product SET status = 'deleted', snapshot_at = CASE WHEN snapshot_at < :now THEN :now ELSE snapshot_at END, updated_at = :now WHERE shop_id = :shop AND external_id = :external AND status <> 'deleted'");

/** A free SKU: the platform's own, or one made unmistakable by the variant's id when it is missing or taken by another variant on sale. */
function* freeSku(sku: string | null, external: string): Unit<string> {
  if (sku === null) return `v-${external}`.slice(0, 200);
  yield* sql.run(FREE_SKU, { sku, external });
  const owner = yield* sql.one(SKU_OWNER, { sku });
  return owner === undefined || owner.external_id === external ? sku : `${sku.slice(0, 100)}~${external.slice(0, 90)}`;
}

/** Folds a product with its variants; an older snapshot than the stored one changes nothing. */
export function* foldProduct(ctx: ShopContext, snapshot: ProductSnapshot): Unit<{ readonly productId: string; readonly changed: boolean }> {
  const external = checkId('externalId', snapshot.externalId);
  const version = checkInstant('updatedAt', snapshot.updatedAt);
  const variants = snapshot.variants.map((variant) => ({
    external: checkId('variants.externalId', variant.externalId), sku: clip(variant.sku, 200), title: clip(variant.title, 500),
    price: checkWhole('variants.price', variant.price), currency: checkCurrency('variants.currency', variant.currency),
  }));
  checkDistinct('variants', variants.map((variant) => variant.external));
  yield* passGates('product', [external]);
  const stored = yield* sql.one(EXISTING, { external });
  if (stored && stored.snapshot_at > version) return { productId: stored.id, changed: false };
  const id = stored?.id ?? newId();
  const content = {
    title: clip(snapshot.title, 500) ?? external, category: clip(snapshot.category, 200), imageUrl: clip(snapshot.imageUrl, 2000), url: clip(snapshot.url, 2000), status: snapshot.status ?? 'active',
  };
  let changed = !stored || stored.title !== content.title || stored.category !== content.category || stored.image_url !== content.imageUrl || stored.url !== content.url || stored.status !== content.status;
  if (stored) yield* sql.run(UPDATE, { id, ...content, version, now: ctx.now });
  else yield* sql.run(INSERT, { id, external, ...content, version, now: ctx.now });
  const known = new Map((yield* sql.many(VARIANTS, { product: id })).map((row) => [row.external_id, row]));
  const dropped = yield* sql.run(DROP_OTHERS, { product: id, ids: JSON.stringify(variants.map((variant) => variant.external)) });
  changed ||= dropped > 0;
  for (const variant of variants) {
    const sku = yield* freeSku(variant.sku, variant.external);
    const old = known.get(variant.external);
    if (old && old.sku === sku && old.title === variant.title && old.price === variant.price && old.currency === variant.currency) continue;
    changed = true;
    yield* sql.run(UPSERT_VARIANT, { id: newId(), product: id, external: variant.external, sku, title: variant.title, price: variant.price, currency: variant.currency, now: ctx.now });
  }
  return { productId: id, changed };
}

/** Takes a product off sale; its variants stay, because orders and reviews name their SKUs. */
export function* deleteProduct(ctx: ShopContext, external: string): Unit<void> {
  yield* passGates('product', [checkId('externalId', external)]);
  yield* sql.run(DELETE, { external, now: ctx.now });
}
