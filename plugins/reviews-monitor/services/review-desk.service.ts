import { actorName, addDays, below, businessDate, contains, GxError, notFound, type Audit, type Database, type Page, type ShopContext, type Where } from 'guanxi/plugin';
import { Review } from '../entities/review.entity.js';
import { distribution, type Distribution } from './review-book.service.js';
import { SHOP_SUMMARY, TREND } from './review.statements.js';

export interface ReviewFilter {
  readonly stars?: number | undefined;
  readonly sku?: string | undefined;
  readonly language?: 'en' | 'zh' | 'other' | undefined;
  /** `waiting`: unhappy, unanswered and not handled. */
  readonly queue?: 'all' | 'waiting' | 'unanswered' | 'hidden' | undefined;
  readonly search?: string | undefined;
}
export interface Overview {
  readonly distribution: Distribution;
  readonly total: number; readonly waiting: number; readonly replied: number; readonly bad: number; readonly good: number;
  readonly trend: readonly { readonly date: string; readonly reviews: number; readonly average: number | null; readonly bad: number }[];
}
const FIRST_DATE = '0001-01-01';
const LAST_DATE = '9999-12-31';

/** What staff do: look at reviews, answer, handle and hide them. */
export class ReviewDesk {
  constructor(private readonly db: Database, private readonly audit: Audit) {}

  #where(filter: ReviewFilter, waitingStars: number): Where<Review> {
    const where: { -readonly [K in keyof Where<Review>]: Where<Review>[K] } = {};
    if (filter.sku !== undefined) where.sku = filter.sku;
    if (filter.language !== undefined) where.language = filter.language;
    if (filter.search) where.body = contains(filter.search);
    if (filter.queue === 'hidden') where.state = 'hidden';
    if (filter.queue === 'unanswered' || filter.queue === 'waiting') where.reply = null;
    if (filter.queue === 'waiting') { where.handledAt = null; where.positive = false; where.state = 'visible'; where.stars = below(waitingStars + 1); }
    if (filter.stars !== undefined) where.stars = filter.stars;
    return where;
  }

  list(ctx: ShopContext, filter: ReviewFilter, waitingStars: number, page: { limit?: number | undefined; cursor?: string | undefined }): Promise<Page<Review>> {
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

  /** Numbers of the last `days` business dates; 0 for all time. */
  async overview(ctx: ShopContext, days: number, waitingStars: number): Promise<Overview> {
    const to = businessDate(ctx.shop, ctx.now);
    const range = { from: days ? addDays(to, 1 - days) : FIRST_DATE, to: days ? to : LAST_DATE };
    return this.db.read(ctx, async (q) => {
      const [summary] = await q.scan(SHOP_SUMMARY, { ...range, waiting: waitingStars });
      const trend = await q.scan(TREND, range);
      return {
        distribution: distribution(summary), total: summary?.total ?? 0, waiting: summary?.waiting ?? 0, replied: summary?.replied ?? 0, bad: summary?.bad ?? 0, good: summary?.good ?? 0,
        trend: trend.map((day) => ({ date: day.date, reviews: day.reviews, average: day.starred ? Math.round(day.stars / day.starred * 100) / 100 : null, bad: day.bad })),
      };
    });
  }

  ofPerson(ctx: ShopContext, personId: string, range: { before: number; limit: number }): Promise<Review[]> {
    return this.db.read(ctx, (q) => q.find(Review, { personId, writtenAt: below(range.before) }, { order: { writtenAt: 'desc' }, limit: range.limit }));
  }

  /** A reply of its own; null takes it back. */
  reply(ctx: ShopContext, id: string, body: string | null): Promise<Review> {
    return this.#change(ctx, id, 'review.replied', { reply: body, repliedAt: body === null ? null : ctx.now, repliedBy: body === null ? null : actorName(ctx.actor) });
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
      const changed = await unit.update(Review, { id }, set);
      if (!changed) throw notFound('review', id);
      await this.audit.record(inner, action, id);
      const review = await unit.findOne(Review, { id });
      if (!review) throw new GxError('GX_NOT_FOUND', 404, 'There is no such review.');
      return review;
    });
  }
}

