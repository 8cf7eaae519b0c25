import { likeAnywhere, statement, type Database, type Page, type PageRequest, type Product, type Products, type ShopContext, type Statement } from '../plugin-api/index.js';
import { jsonStatement } from './json-statement.js';
import { pageOf, pageSize, positionOf } from './list-page.js';

interface ProductRow { readonly id: string; readonly sku: string; readonly title: string; readonly variant: string | null; readonly category: string | null; readonly price: number; readonly currency: string; readonly image_url: string | null; readonly url: string | null; readonly status: ProductStatus }
export type ProductStatus = 'active' | 'archived' | 'deleted';
/** A row of the products' list: one for each variant. */
export interface ProductSummary extends Product { readonly status: ProductStatus }
export interface ProductFilter { readonly search?: string | undefined; readonly status?: ProductStatus | undefined; readonly category?: string | undefined }

const PRODUCT = `SELECT v.id, v.sku, p.title, v.title AS variant, p.category, v.price, v.currency, p.image_url, p.url, p.status
  FROM variant v JOIN product p ON p.shop_id = v.shop_id AND p.id = v.product_id WHERE v.shop_id = :shop`;
const BY_SKUS = jsonStatement<ProductRow>(`${PRODUCT} AND v.sku IN @ids`);
const ORDER = 'products.sku';
const lists = new Map<string, Statement<ProductRow>>();

/** The list in the order of SKUs; conditions stand in it only when they are asked for. */
function listStatement(filter: ProductFilter, from: boolean): Statement<ProductRow> {
  const conditions = [...(filter.search ? [" AND (LOWER(p.title) LIKE :search ESCAPE '!' OR LOWER(v.sku) LIKE :search ESCAPE '!')"] : []), ...(filter.status ? [' AND p.status = :status'] : []),
    ...(filter.category ? [' AND p.category = :category'] : []), ...(from ? [' AND v.sku > :after'] : [])];
  const text = `${PRODUCT}${conditions.join('')} ORDER BY v.sku LIMIT :limit`;
  let made = lists.get(text);
  if (!made) lists.set(text, made = statement<ProductRow>(text));
  return made;
}
const CATEGORIES = statement<{ category: string; products: number }>(`
  SELECT category, CAST(COUNT(*) AS BIGINT) AS products FROM product WHERE shop_id = :shop AND status = 'active' AND category IS NOT NULL GROUP BY category ORDER BY category`);

/** A product as it is sold. A variant that is only called "Default Title" adds nothing to the name. */
const productOf = (row: ProductRow): ProductSummary => ({
  id: row.id, sku: row.sku, title: row.variant === null || row.variant === 'Default Title' || row.variant === row.title ? row.title : `${row.title} · ${row.variant}`,
  category: row.category, price: row.price, currency: row.currency, imageUrl: row.image_url, url: row.url, status: row.status,
});

/** What the shop sells, by SKU. Products that are no longer on sale can still be named. */
export class ProductsService implements Products {
  constructor(private readonly db: Database) {}

  async bySku(ctx: ShopContext, sku: string): Promise<ProductSummary | undefined> {
    return (await this.bySkus(ctx, [sku])).get(sku);
  }

  bySkus(ctx: ShopContext, skus: readonly string[]): Promise<ReadonlyMap<string, ProductSummary>> {
    if (skus.length === 0) return Promise.resolve(new Map());
    return this.db.read(ctx, async (q) => new Map((await q.many(BY_SKUS, { ids: JSON.stringify([...new Set(skus)]) })).map((row) => [row.sku, productOf(row)])));
  }

  /** Products on sale whose title or SKU contains the text. */
  search(ctx: ShopContext, text: string, page: PageRequest): Promise<Page<ProductSummary>> {
    return this.list(ctx, { search: text, status: 'active' }, page);
  }

  /** All variants in the order of their SKUs. */
  async list(ctx: ShopContext, filter: ProductFilter, page: PageRequest): Promise<Page<ProductSummary>> {
    const limit = pageSize(page);
    const from = positionOf(ORDER, page, 'string');
    const search = filter.search?.trim() ?? '';
    return this.db.read(ctx, async (q) => {
      const rows = await q.many(listStatement({ ...filter, search }, from !== undefined), {
        limit: limit + 1, search: likeAnywhere(search), status: filter.status ?? null, category: filter.category ?? null, after: from?.at ?? null,
      });
      return pageOf(ORDER, rows, limit, (row) => ({ at: row.sku, id: row.id }), productOf);
    });
  }

  categories(ctx: ShopContext): Promise<readonly { readonly category: string; readonly products: number }[]> {
    return this.db.read(ctx, (q) => q.many(CATEGORIES));
  }
}
