import { ACTIVITY_STATES, GIVERS, shopperOf, z, type AdminRoutes, type Products, type ShopContext, type StorefrontRoutes } from 'guanxi/plugin';
import { GUESS_MODES, price } from '../activities/guess-rules.js';
import { HINTS } from '../entities/guess.entity.js';
import { WINNER_STATES } from '../services/guess.statements.js';
import type { Guessing } from '../services/guessing.service.js';
import type { RoundReports } from '../services/round-report.service.js';
import type { RoundSettling } from '../services/round-settling.service.js';
import type { RoundViews } from '../services/round-view.service.js';

const one = z.object({ id: z.string().min(1).max(200) });
const text = z.object({ en: z.string(), 'zh-CN': z.string() });
const hint = z.enum(HINTS).nullable();
const maybe = z.number().nullable();
const pages = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(500).optional() });
const winnerState = z.enum(WINNER_STATES), under = z.enum(['sealed', 'real']);
const winner = z.object({ personId: z.string(), person: z.string().nullable(), amount: z.number(), under, state: winnerState, note: z.string().nullable(), at: z.number() });
const guess = z.object({ id: z.string(), at: z.number(), personId: z.string(), person: z.string().nullable(), no: z.number(), amount: z.number() });
const round = z.object({
  id: z.string(), title: z.string(), state: z.enum(['open', 'closed', 'revealed']), endsAt: maybe, currency: z.string(), mode: z.enum(GUESS_MODES), tolerance: z.number(), hints: z.boolean(), prize: text, commitment: z.string().nullable(),
  product: z.object({ sku: z.string(), title: z.string(), imageUrl: z.string().nullable(), url: z.string().nullable() }),
  mine: z.object({ left: z.number(), guesses: z.array(z.object({ no: z.number(), amount: z.number(), hint })) }).nullable(),
  result: z.object({
    price: z.number(), realPrice: maybe, nonce: z.string(), winners: z.number(),
    won: z.object({ amount: z.number(), under, state: winnerState, notice: z.string().nullable(), code: z.string().nullable(), expiresAt: maybe }).nullable(),
  }).nullable(),
});

/** Only members guess, so a guest is shown the way to sign in. */
const memberOf = (ctx: ShopContext): string | undefined => (ctx.actor.kind === 'shopper' && !ctx.actor.guest ? ctx.actor.personId : undefined);

/** Rounds of guessing a price, for shoppers. */
export function roundStorefrontRoutes(routes: StorefrontRoutes, { guessing, views }: { readonly guessing: Guessing; readonly views: RoundViews }): void {
  routes.route('get', '/rounds', { summary: 'Prices that can be guessed now, and what came of those that closed', audience: 'visitor', reply: z.object({ items: z.array(round) }) }, async (ctx) => ({
    items: (await views.shown(ctx, memberOf(ctx))).map((view) => ({ ...view, product: { ...view.product }, prize: { ...view.prize }, mine: view.mine && { left: view.mine.left, guesses: [...view.mine.guesses] }, result: view.result && { ...view.result, won: view.result.won && { ...view.result.won } } })),
  }));
  routes.route('post', '/rounds/:id/guesses', {
    summary: 'Guess a price', audience: 'member', params: one, body: z.strictObject({ amount: price }), perMinute: 30, reply: z.object({ no: z.number(), amount: z.number(), hint, left: z.number() }),
  }, (ctx, { params, body }) => guessing.guess(ctx, shopperOf(ctx) ?? '', params.id, body.amount));
}

/** The same, for the merchant. */
export function roundAdminRoutes(routes: AdminRoutes, { reports, settling, products }: { readonly reports: RoundReports; readonly settling: RoundSettling; readonly products: Products }): void {
  routes.route('get', '/products', {
    summary: 'Products whose price can be guessed', query: z.strictObject({ search: z.string().max(100).optional(), sku: z.string().max(200).optional() }),
    reply: z.object({ items: z.array(z.object({ sku: z.string(), title: z.string(), price: z.number(), imageUrl: z.string().nullable() })) }),
  }, async (ctx, { query }) => {
    const found = query.sku === undefined ? (await products.search(ctx, query.search ?? '', { limit: 20 })).items : [await products.bySku(ctx, query.sku)];
    return { items: found.flatMap((each) => (each ? [{ sku: each.sku, title: each.title, price: each.price, imageUrl: each.imageUrl }] : [])) };
  });
  routes.route('get', '/rounds/:id', {
    summary: 'One round: its price, guesses by day, winners', params: one,
    reply: z.object({
      state: z.enum(ACTIVITY_STATES), price: maybe, realPrice: maybe, decidedAt: maybe, nonce: z.string().nullable(), byDay: z.array(z.object({ date: z.string(), plays: z.number(), won: z.number() })),
      totals: z.object({ guesses: z.number(), players: z.number(), lowest: maybe, highest: maybe, mean: maybe, winners: z.number(), given: z.number(), underRealPrice: z.number() }),
    }),
  }, async (ctx, { params }) => {
    const { game, totals, byDay, ...rest } = await reports.report(ctx, params.id);
    return { ...rest, state: game.state, totals: { ...totals }, byDay: [...byDay] };
  });
  routes.route('put', '/rounds/:id/real-price', { summary: 'Say what the product really costs in the sale; who was right about it wins too', params: one, body: z.strictObject({ price }), reply: z.object({}), roles: GIVERS },
    async (ctx, { params, body }) => { await settling.setRealPrice(ctx, params.id, body.price); return {}; });
  routes.route('get', '/rounds/:id/guesses', { summary: 'Guesses, newest first', params: one, query: pages, reply: z.object({ items: z.array(guess), next: z.string().optional() }) }, (ctx, { params, query }) => reports.guesses(ctx, params.id, query));
  routes.route('get', '/rounds/:id/winners', { summary: 'Who was right, and how their prize stands', params: one, query: pages, reply: z.object({ items: z.array(winner), next: z.string().optional() }) }, (ctx, { params, query }) => reports.winners(ctx, params.id, query));
  routes.csv('/winners.csv', { summary: 'Winners of one round as CSV', query: z.strictObject({ game: z.string().max(200) }), name: 'winners.csv', columns: ['person_id', 'person', 'amount', 'under', 'state', 'note', 'at'] },
    async function* (ctx, { query }) {
      let cursor: string | undefined;
      do {
        const page = await reports.winners(ctx, query.game, { limit: 200, cursor });
        for (const each of page.items) yield [each.personId, each.person, each.amount, each.under, each.state, each.note, new Date(each.at).toISOString()];
        cursor = page.next;
      } while (cursor);
    });
}
