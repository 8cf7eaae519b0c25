import type { ImportField, ShopContext } from '../../plugin-api/index.js';
import type { CommerceIntake, ProductSnapshot } from '../snapshots.js';
import type { ReportBuilder } from './import-report.js';
import { parseMoney } from './import-values.js';
import type { MappedRow } from './row-source.js';

const field = (name: string, en: string, zh: string, aliases: readonly string[], required = false): ImportField => ({ name, label: { en, 'zh-CN': zh }, required, aliases });

/** Columns of product files: one row per variant, the product's own values on its first row. Aliases of Shopify's product file stand first. */
export const PRODUCT_FIELDS: readonly ImportField[] = [
  field('product', 'Product\'s handle or id', '商品标识', ['handle', 'slug', 'product_id', 'product id', 'stock_code', 'id', '商品编号']),
  field('title', 'Title', '商品名称', ['title', 'name', 'product name', 'description', '品名'], true),
  field('category', 'Category', '分类', ['type', 'product_type', 'category', 'category1', 'department', 'product category', '类目']),
  field('sku', 'SKU', 'SKU', ['variant sku', 'sku', 'stock_code', 'item number', '货号']),
  field('price', 'Price', '价格', ['variant price', 'price', 'unit_price', 'sale price', '单价']),
  field('currency', 'Currency', '币种', ['currency', 'currency code']),
  field('option1', 'First option', '规格一', ['option1 value', 'option1_value']),
  field('option2', 'Second option', '规格二', ['option2 value', 'option2_value']),
  field('option3', 'Third option', '规格三', ['option3 value', 'option3_value']),
  field('image', 'Picture', '图片', ['image src', 'variant image', 'image1_src', 'image', 'image url', 'picture', '图片地址']),
  field('status', 'Status', '状态', ['status', 'published']),
];

const ARCHIVED = new Set(['archived', 'draft', 'false', 'inactive', '下架']);
const plainSku = (parts: readonly string[]): string => parts.join('-').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 180);

/** Puts consecutive rows of one handle together to a product with variants. */
export class ProductAssembly {
  #open: MappedRow[] = [];
  #key: string | undefined;
  readonly #finished = new Set<string>();

  constructor(private readonly options: { readonly currency: string; readonly source: string; readonly now: number }, private readonly report: ReportBuilder) {}

  push(row: MappedRow): ProductSnapshot | undefined {
    const key = row.values['product'] ?? row.values['sku'] ?? row.values['title'];
    if (key === undefined) { this.report.skip(row.row, 'missing', 'The row names no product.'); return undefined; }
    if (key === this.#key) { this.#open.push(row); return undefined; }
    const done = this.finish();
    this.#key = key;
    this.#open = [row];
    return done;
  }

  finish(): ProductSnapshot | undefined {
    const rows = this.#open, key = this.#key;
    this.#open = [];
    if (rows.length === 0 || key === undefined) return undefined;
    const head = rows[0]!;
    if (this.#finished.has(key)) { for (const { row } of rows) this.report.skip(row, 'duplicate', `The product ${key} stands further up already; these rows (other prices or currencies of it) are left out.`); return undefined; }
    const title = rows.map(({ values }) => values['title']).find((text) => text !== undefined);
    if (title === undefined) { for (const { row } of rows) this.report.skip(row, 'missing', 'The product has no title.'); return undefined; }
    this.#finished.add(key);
    const first = (name: string): string | null => rows.map(({ values }) => values[name]).find((text) => text !== undefined) ?? null;
    return {
      externalId: `${this.options.source}:${key}`, title, category: first('category')?.split(/\s*->\s*|\s*>\s*/).at(-1) ?? null, imageUrl: first('image'), url: null,
      status: ARCHIVED.has((head.values['status'] ?? 'active').toLowerCase()) ? 'archived' : 'active', updatedAt: 0, variants: this.#variants(key, rows),
    };
  }

  /** Rows without a price only carry more pictures; of several currencies the shop's counts. */
  #variants(key: string, rows: readonly MappedRow[]): ProductSnapshot['variants'] {
    const variants = new Map<string, ProductSnapshot['variants'][number]>();
    const priced = rows.filter(({ values }) => values['price'] !== undefined);
    for (const { row, values } of priced) {
      const currency = (values['currency'] ?? this.options.currency).toUpperCase();
      const options = [values['option1'], values['option2'], values['option3']].filter((text): text is string => text !== undefined && text !== 'Default Title');
      const sku = values['sku'] ?? plainSku([key, ...options]);
      const price = parseMoney(values['price']!, currency);
      if (!price.ok) { this.report.skip(row, 'amount', price.reason); continue; }
      if (price.value < 0) { this.report.skip(row, 'negative', 'The price is negative.'); continue; }
      const known = variants.get(sku);
      if (known && (known.currency === this.options.currency || currency !== this.options.currency)) {
        if (known.currency === currency) this.report.skip(row, 'duplicate', `The SKU ${sku} stands in the product more than once; the first is taken.`);
        continue;
      }
      variants.set(sku, { externalId: `${this.options.source}:${sku}`, sku, title: options.length > 0 ? options.join(' / ') : null, price: price.value, currency });
    }
    const all = [...variants.values()];
    // A parent row that only heads its variants has a price of 0 and no options of its own.
    const sellable = all.filter((variant) => variant.title !== null || variant.price > 0);
    return sellable.length > 0 ? sellable : all;
  }
}

export async function takeProducts(ctx: ShopContext, intake: CommerceIntake, products: readonly { readonly row: number; readonly snapshot: ProductSnapshot }[], report: ReportBuilder): Promise<void> {
  await Promise.all(products.map(async ({ row, snapshot }) => {
    try { if ((await intake.product(ctx, snapshot)).changed) report.taken += 1; else report.unchanged += 1; } catch (error) { report.skipRefused(row, error); }
  }));
}
