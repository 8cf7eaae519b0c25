import type { ProductSnapshot } from '../../commerce/snapshots.js';
import type { Fields } from './payload-fields.js';

/** A product as webhooks describe it. `currency` is the shop's: product payloads carry bare prices. */
export function productSnapshot(payload: Fields, currency: string, shopDomain: string, fallbackUpdatedAt: number): ProductSnapshot | undefined {
  const externalId = payload.gid('Product');
  const title = payload.text('title');
  if (!externalId || title === undefined) return undefined;
  const handle = payload.text('handle');
  const image = payload.object('image')?.text('src') ?? payload.list('images')[0]?.text('src');
  return {
    externalId, title, category: payload.text('product_type') ?? null, imageUrl: image ?? null,
    url: handle === undefined ? null : `https://${shopDomain}/products/${encodeURIComponent(handle)}`,
    status: payload.text('status') === 'active' ? 'active' : 'archived', updatedAt: payload.instant('updated_at') ?? fallbackUpdatedAt,
    variants: payload.list('variants').flatMap((variant) => {
      const id = variant.gid('ProductVariant');
      const price = variant.money('price', currency);
      if (!id || price === undefined) return [];
      const name = variant.text('title');
      // A variant without a SKU is still sold: its id stands in, so that order lines and reviews can name it.
      return [{ externalId: id, sku: variant.text('sku') ?? skuOfVariant(id), title: name === 'Default Title' ? null : name ?? null, price, currency }];
    }),
  };
}

/** Stand-in SKU of a variant that has none. */
export const skuOfVariant = (gid: string): string => `variant-${gid.slice(gid.lastIndexOf('/') + 1)}`;
