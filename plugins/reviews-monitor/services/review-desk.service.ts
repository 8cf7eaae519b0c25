import { actorName, addDays, below, businessDate, notFound, type Audit, type Database, type Page, type ShopContext, type Where } from 'guanxi/plugin';
import { Review } from '../entities/review.entity.js';
import { distribution, type Distribution } from './review-book.service.js';
import { searchReviews } from './review-search.js';
import { QUEUES, SHOP_SUMMARY, TREND, WORST_PRODUCTS, type ShopRow } from './review.statements.js';

export interface ReviewFilter {
  readonly stars?: number | undefined;
  readonly sku?: string | undefined;
  readonly language?: 'en' | 'zh' | 'other' | undefined;
  /** `unanswered`: shown and without a reply. `waiting`: of those the unhappy ones that nobody has handled. */
  readonly queue?: 'all' | 'waiting' | 'unanswered' | 'hidden' | undefined;
  /** Occurs in text, title, author or product title. */
  readonly search?: string | undefined;
}
export interface Period { readonly total: number; readonly average: number | null; readonly good: number; readonly bad: number; readonly replied: number }
export interface Overview extends Omit<Period, 'average'> {
  /** Business dates, both included; null when there are no reviews at all. */
  readonly from: string | null; readonly to: string | null;
  readonly distribution: Distribution;
  /** Whenever written: what waits does not stop waiting because a month is over. */
  readonly waiting: number;
  readonly queues: { readonly waiting: number; readonly unanswered: number; readonly all: number; readonly hidden: number };
  /** The same number of days before; null for all time. */
  readonly before: Period | null;
  readonly trend: readonly { readonly date: string; readonly reviews: number; /** Reviews with stars, over which the average is taken. */ readonly starred: number; readonly average: number | null; readonly good: number; readonly bad: number }[];
  readonly products: readonly { readonly sku: string; readonly title: string | null; readonly reviews: number; readonly average: number | null; readonly bad: number }[];
}
const FIRST_DATE = '0001-01-01';
const LAST_DATE = '9999-12-31';
const mean = (stars: number | null, starred: number): number | null => (starred ? Math.round((stars ?? 0) / starred * 100) / 100 : null);
const period = (row: ShopRow | undefined): Period => ({ total: row?.total ?? 0, average: mean(row?.stars ?? 0, row?.starred ?? 0), good: row?.good ?? 0, bad: row?.bad ?? 0, replied: row?.replied ?? 0 });

/** What staff do: look at reviews, answer, handle and hide them. */
export class ReviewDesk {
  constructor(private readonly db: Database, private readonly audit: Audit) {}

  #where(filter: ReviewFilter, waitingStars: number): Where<Review> {
    const where: { -readonly [K in keyof Where<Review>]: Where<Review>[K] } = {};
    if (filter.sku) where.sku = filter.sku;
    if (filter.language !== undefined) where.language = filter.language;
    if (filter.stars !== undefined) where.stars = filter.stars;
    if (filter.queue === 'hidden') where.state = 'hidden';
    if (filter.queue === 'unanswered' || filter.queue === 'waiting') { where.state = 'visible'; where.repliedAt = null; }
    if (filter.queue === 'waiting') { where.handledAt = null; where.mood = below(waitingStars + 1); }
    return where;
  }

  list(ctx: ShopContext, filter: ReviewFilter, waitingStars: number, page: { limit?: number | undefined; cursor?: string | undefined }): Promise<Page<Review>> {
    if (filter.search?.trim()) return searchReviews(this.db, ctx, { ...filter, search: filter.search.trim() }, waitingStars, page);
    return this.db.read(ctx, (q) => q.page(Review, this.#where(filter, waitingStars), { by: 'writtenAt', direction: 'desc' }, page));
  }

  async *all(ctx: ShopContext, filter: ReviewFilter, waitingStars: number): AsyncGenerator<Review> {
    let cursor: string | undefined;
    do {
      const page: Page<Review> = await this.list(ctx, filter, waitingStars, { limit: 200, cursor });
      yield* page.items;
      cursor = page.next;
    } while (cursor);
  }

  /** Numbers of the last `days` business dates beside those of as many days before; 0 for all time. Hidden reviews count: they were written. */
  async overview(ctx: ShopContext, days: number, waitingStars: number): Promise<Overview> {
    const to = businessDate(ctx.shop, ctx.now);
    const from = addDays(to, 1 - days);
    const range = days ? { from, to } : { from: FIRST_DATE, to: LAST_DATE };
    return this.db.read(ctx, async (q) => {
      const [row] = await q.scan(SHOP_SUMMARY, range);
      const [before] = days ? await q.scan(SHOP_SUMMARY, { from: addDays(from, -days), to: addDays(from, -1) }) : [];
      const [queues] = await q.scan(QUEUES, { waiting: waitingStars });
      const trend = await q.scan(TREND, range);
      const products = await q.scan(WORST_PRODUCTS, range);
      const { average: _, ...numbers } = period(row);
      return {
        ...numbers, distribution: distribution(row), waiting: queues?.waiting ?? 0, before: days ? period(before) : null,
        queues: { waiting: queues?.waiting ?? 0, unanswered: queues?.unanswered ?? 0, all: queues?.total ?? 0, hidden: queues?.hidden ?? 0 },
        from: days ? from : trend[0]?.date ?? null, to: days ? to : trend.at(-1)?.date ?? null,
        trend: trend.map((day) => ({ date: day.date, reviews: day.reviews, starred: day.starred, average: mean(day.stars, day.starred), good: day.good, bad: day.bad })),
        products: products.map((each) => ({ sku: each.sku, title: each.title, reviews: each.reviews, average: mean(each.stars, each.starred), bad: each.bad })),
      };
    });
  }

  ofPerson(ctx: ShopContext, personId: string, range: { before: number; limit: number }): Promise<Review[]> {
    return this.db.read(ctx, (q) => q.find(Review, { personId, writtenAt: below(range.before) }, { order: { writtenAt: 'desc' }, limit: range.limit }));
  }

  /** A reply of its own; null takes it back. */
  reply(ctx: ShopContext, id: string, body: string | null): Promise<Review> {
    return this.#change(ctx, id, body === null ? 'review.reply-taken-back' : 'review.replied', { reply: body, repliedAt: body === null ? null : ctx.now, repliedBy: body === null ? null : actorName(ctx.actor) });
  }
  handled(ctx: ShopContext, id: string, handled: boolean): Promise<Review> {
    return this.#change(ctx, id, handled ? 'review.handled' : 'review.reopened', { handledAt: handled ? ctx.now : null, handledBy: handled ? actorName(ctx.actor) : null });
  }
  /** Hidden from shoppers, never deleted. */
  visible(ctx: ShopContext, id: string, visible: boolean): Promise<Review> {
    return this.#change(ctx, id, visible ? 'review.shown' : 'review.hidden', { state: visible ? 'visible' : 'hidden', hiddenAt: visible ? null : ctx.now, hiddenBy: visible ? null : actorName(ctx.actor) });
  }

  async #change(ctx: ShopContext, id: string, action: string, set: Partial<Review>): Promise<Review> {
    return this.db.write(ctx, async (unit, inner) => {
      await unit.update(Review, { id }, set);
      const review = await unit.findOne(Review, { id });
      if (!review) throw notFound('review', id);
      await this.audit.record(inner, action, id);
      return review;
    });
  }
}
