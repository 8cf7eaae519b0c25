import { businessDate, conflict, GxError, newId, notFound, sql, type Customers, type Database, type Events, type Orders, type Products, type ShopContext } from 'guanxi/plugin';
import { Review } from '../entities/review.entity.js';
import { languageOf } from './language.js';
import { INSERT_ONCE, PRODUCT_SUMMARY, type SummaryRow } from './review.statements.js';

export interface Distribution { readonly count: number; /** One decimal; null without reviews. */ readonly average: number | null; readonly stars: readonly [number, number, number, number, number] }
export interface NewReview { readonly sku: string; readonly stars: number; readonly title?: string | undefined; readonly body: string }

export const distribution = (row: SummaryRow | undefined): Distribution => ({
  count: row?.starred ?? 0, average: row?.starred ? Math.round((row.stars ?? 0) / row.starred * 10) / 10 : null,
  stars: [row?.one ?? 0, row?.two ?? 0, row?.three ?? 0, row?.four ?? 0, row?.five ?? 0],
});

const SHOP = 'shop';
/** One review per person and product: the key that the unique index keeps. */
const keyOf = (personId: string, sku: string): string => `${personId}/${sku}`.slice(0, 200);

/** What shoppers do: read a product's reviews and write one. */
export class ReviewBook {
  constructor(private readonly db: Database, private readonly products: Products, private readonly customers: Customers, private readonly orders: Orders, private readonly events: Events) {}

  async ofProduct(ctx: ShopContext, sku: string, page: { limit?: number | undefined; cursor?: string | undefined }): Promise<{ summary: Distribution; items: Review[]; next?: string }> {
    return this.db.read(ctx, async (q) => {
      const [row, reviews] = [await q.one(PRODUCT_SUMMARY, { sku }), await q.page(Review, { sku, state: 'visible' }, { by: 'writtenAt', direction: 'desc' }, { limit: page.limit ?? 10, cursor: page.cursor })];
      return { summary: distribution(row), ...reviews };
    });
  }

  /** What somebody has said about a product, and whether they may. */
  async standing(ctx: ShopContext, personId: string, sku: string, buyersOnly: boolean): Promise<{ review: Review | null; mayWrite: boolean }> {
    const review = await this.db.read(ctx, (q) => q.findOne(Review, { source: SHOP, externalId: keyOf(personId, sku) })) ?? null;
    return { review, mayWrite: !review && (!buyersOnly || await this.orders.boughtBy(ctx, personId, sku) !== undefined) };
  }

  /** One review per person and product; writing again is refused. A purchase is looked up, never claimed. */
  async write(ctx: ShopContext, personId: string, review: NewReview, rules: { readonly buyersOnly: boolean; readonly publishAtOnce: boolean }): Promise<{ id: string; verified: boolean; visible: boolean }> {
    const product = await this.products.bySku(ctx, review.sku);
    if (!product) throw notFound('product', review.sku);
    const [person, orderId] = await Promise.all([this.customers.byId(ctx, personId), this.orders.boughtBy(ctx, personId, review.sku)]);
    if (rules.buyersOnly && !orderId) throw new GxError('GX_REVIEW_BUYERS_ONLY', 403, 'Only people who bought this product can review it.');
    const id = newId();
    const events = this.events;
    return this.db.hot(ctx, `review:${personId}`, function* (inner) {
      const added = yield* sql.run(INSERT_ONCE, {
        id, source: SHOP, externalId: keyOf(personId, review.sku), sku: review.sku, productTitle: product.title, personId, authorName: person?.name ?? null,
        stars: review.stars, positive: review.stars >= 4, mood: review.stars, title: review.title ?? null, body: review.body, language: languageOf(`${review.title ?? ''} ${review.body}`),
        orderId: orderId ?? null, state: rules.publishAtOnce ? 'visible' : 'hidden', writtenAt: ctx.now, businessDate: businessDate(ctx.shop, ctx.now), reply: null, repliedAt: null, now: ctx.now,
      });
      if (!added) throw conflict('GX_REVIEW_EXISTS', 'You have reviewed this product already.');
      yield* events.steps.emit(inner, 'reviews-monitor.review-written', { reviewId: id, personId, sku: review.sku, stars: review.stars, verified: orderId !== undefined });
      return { id, verified: orderId !== undefined, visible: rules.publishAtOnce };
    });
  }
}
