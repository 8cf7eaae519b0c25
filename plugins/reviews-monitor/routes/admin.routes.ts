import { z, type AdminRoutes, type ShopContext } from 'guanxi/plugin';
import type { Review } from '../entities/review.entity.js';
import type { ReviewDesk } from '../services/review-desk.service.js';

const filter = {
  stars: z.coerce.number().int().min(1).max(5).optional(), sku: z.string().trim().min(1).max(200).optional(), language: z.enum(['en', 'zh', 'other']).optional(),
  queue: z.enum(['all', 'waiting', 'unanswered', 'hidden']).optional(), search: z.string().max(100).optional(),
};
const review = z.object({
  id: z.string(), source: z.string(), sku: z.string().nullable(), productTitle: z.string().nullable(), personId: z.string().nullable(), authorName: z.string().nullable(),
  stars: z.number().nullable(), positive: z.boolean().nullable(), title: z.string().nullable(), body: z.string(), language: z.string(), verified: z.boolean(), state: z.enum(['visible', 'hidden']),
  writtenAt: z.number(), reply: z.string().nullable(), repliedAt: z.number().nullable(), repliedBy: z.string().nullable(), handledAt: z.number().nullable(), handledBy: z.string().nullable(), hiddenAt: z.number().nullable(), hiddenBy: z.string().nullable(),
});
const period = z.object({ total: z.number(), average: z.number().nullable(), good: z.number(), bad: z.number(), replied: z.number() });
export const shown = (each: Review): z.infer<typeof review> => ({
  id: each.id, source: each.source, sku: each.sku, productTitle: each.productTitle, personId: each.personId, authorName: each.authorName, stars: each.stars, positive: each.positive,
  title: each.title, body: each.body, language: each.language, verified: each.orderId !== null, state: each.state, writtenAt: each.writtenAt,
  reply: each.reply, repliedAt: each.repliedAt, repliedBy: each.repliedBy, handledAt: each.handledAt, handledBy: each.handledBy, hiddenAt: each.hiddenAt, hiddenBy: each.hiddenBy,
});
const one = z.object({ id: z.string().max(200) });

export function adminRoutes(routes: AdminRoutes, desk: ReviewDesk, waitingStars: (ctx: ShopContext) => Promise<number>): void {
  routes.route('get', '/reviews', {
    summary: 'Reviews, newest first', query: z.strictObject({ ...filter, limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(300).optional() }),
    reply: z.object({ items: z.array(review), next: z.string().optional() }),
  }, async (ctx, { query }) => {
    const page = await desk.list(ctx, query, await waitingStars(ctx), query);
    return { items: page.items.map(shown), ...(page.next ? { next: page.next } : {}) };
  });

  routes.route('get', '/overview', {
    summary: 'Average, distribution and trend of stars', query: z.strictObject({ days: z.coerce.number().int().min(0).max(3650).default(90) }),
    reply: z.object({
      total: z.number(), good: z.number(), bad: z.number(), replied: z.number(), from: z.string().nullable(), to: z.string().nullable(), waiting: z.number(), before: period.nullable(),
      distribution: z.object({ count: z.number(), average: z.number().nullable(), stars: z.array(z.number()).length(5) }),
      queues: z.object({ waiting: z.number(), unanswered: z.number(), all: z.number(), hidden: z.number() }),
      trend: z.array(z.object({ date: z.string(), reviews: z.number(), starred: z.number(), average: z.number().nullable(), good: z.number(), bad: z.number() })),
      products: z.array(z.object({ sku: z.string(), title: z.string().nullable(), reviews: z.number(), average: z.number().nullable(), bad: z.number() })),
    }),
  }, async (ctx, { query }) => {
    const overview = await desk.overview(ctx, query.days, await waitingStars(ctx));
    return { ...overview, distribution: { ...overview.distribution, stars: [...overview.distribution.stars] }, trend: [...overview.trend], products: [...overview.products] };
  });

  routes.route('put', '/reviews/:id/reply', { summary: 'Reply publicly; null takes the reply back', params: one, body: z.strictObject({ reply: z.string().trim().min(1).max(4000).nullable() }), reply: review },
    async (ctx, { params, body }) => shown(await desk.reply(ctx, params.id, body.reply)));
  routes.route('put', '/reviews/:id/handled', { summary: 'Mark as handled, or open again', params: one, body: z.strictObject({ handled: z.boolean() }), reply: review },
    async (ctx, { params, body }) => shown(await desk.handled(ctx, params.id, body.handled)));
  routes.route('put', '/reviews/:id/visible', { summary: 'Show to shoppers, or hide', params: one, body: z.strictObject({ visible: z.boolean() }), reply: review },
    async (ctx, { params, body }) => shown(await desk.visible(ctx, params.id, body.visible)));

  routes.csv('/reviews.csv', { summary: 'Reviews as CSV', query: z.strictObject(filter), name: 'reviews.csv', columns: ['id', 'written_at', 'product', 'sku', 'stars', 'title', 'review', 'author', 'verified', 'state', 'reply', 'replied_by', 'handled_by', 'handled_at'] },
    async function* (ctx, { query }) {
      for await (const each of desk.all(ctx, query, await waitingStars(ctx))) {
        yield [each.id, new Date(each.writtenAt).toISOString(), each.productTitle, each.sku, each.stars, each.title, each.body, each.authorName, each.orderId !== null, each.state, each.reply, each.repliedBy, each.handledBy, each.handledAt === null ? null : new Date(each.handledAt).toISOString()];
      }
    });
}
