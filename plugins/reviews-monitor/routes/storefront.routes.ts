import { shopperOf, z, type ShopContext, type StorefrontRoutes } from 'guanxi/plugin';
import type { ReviewBook } from '../services/review-book.service.js';

const sku = z.object({ sku: z.string().min(1).max(200) });
const item = z.object({ id: z.string(), stars: z.number().nullable(), title: z.string().nullable(), body: z.string(), author: z.string().nullable(), verified: z.boolean(), writtenAt: z.number(), language: z.string(), reply: z.string().nullable(), repliedAt: z.number().nullable() });

/** Only for members, only with the first page. */
const you = z.object({ mayWrite: z.boolean(), review: z.object({ stars: z.number().nullable(), visible: z.boolean(), writtenAt: z.number() }).nullable() });

/** A first name and an initial: enough for readers, not enough to find somebody. */
export function publicName(name: string | null): string | null {
  if (!name) return null;
  if (/\p{Script=Han}/u.test(name)) return `${[...name][0] ?? ''}**`;
  const [first, ...rest] = name.trim().split(/\s+/);
  const last = rest.at(-1);
  return last && first ? `${first} ${[...last][0] ?? ''}.` : first ?? null;
}

export function storefrontRoutes(routes: StorefrontRoutes, book: ReviewBook, rules: (ctx: ShopContext) => Promise<{ buyersOnly: boolean; publishAtOnce: boolean }>): void {
  routes.route('get', '/products/:sku/reviews', {
    summary: 'A product\'s reviews with average and distribution', audience: 'visitor', params: sku,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(50).optional(), cursor: z.string().max(300).optional() }),
    reply: z.object({ summary: z.object({ count: z.number(), average: z.number().nullable(), stars: z.array(z.number()).length(5) }), items: z.array(item), next: z.string().optional(), you: you.optional() }),
  }, async (ctx, { params, query }) => {
    const page = await book.ofProduct(ctx, params.sku, query);
    const standing = !query.cursor && ctx.actor.kind === 'shopper' && !ctx.actor.guest ? await book.standing(ctx, ctx.actor.personId, params.sku, (await rules(ctx)).buyersOnly) : undefined;
    return {
      summary: { ...page.summary, stars: [...page.summary.stars] },
      items: page.items.map((each) => ({ id: each.id, stars: each.stars, title: each.title, body: each.body, author: publicName(each.authorName), verified: each.orderId !== null, writtenAt: each.writtenAt, language: each.language, reply: each.reply, repliedAt: each.repliedAt })),
      ...(page.next ? { next: page.next } : {}),
      ...(standing ? { you: { mayWrite: standing.mayWrite, review: standing.review && { stars: standing.review.stars, visible: standing.review.state === 'visible', writtenAt: standing.review.writtenAt } } } : {}),
    };
  });

  routes.route('post', '/products/:sku/reviews', {
    summary: 'Write a review', audience: 'member', params: sku, status: 201, perMinute: 10,
    body: z.strictObject({ stars: z.number().int().min(1).max(5), title: z.string().trim().max(300).optional(), body: z.string().trim().min(1).max(5000) }),
    reply: z.object({ id: z.string(), verified: z.boolean(), visible: z.boolean() }),
  }, async (ctx, { params, body }) => book.write(ctx, shopperOf(ctx) ?? '', { sku: params.sku, ...body }, await rules(ctx)));
}
