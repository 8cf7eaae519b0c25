import { GIVERS, z, type AdminRoutes } from 'guanxi/plugin';
import type { Ladder } from '../services/ladder.service.js';
import { localised } from './reward-shape.js';

const money = z.number().int().min(0).max(100_000_000);
const minor = z.string().regex(/^\d{1,12}$/).transform(Number);
const rung = z.strictObject({ discount: money.min(1), minimum: money, cost: z.number().int().min(1).max(1_000_000), validDays: z.number().int().min(1).max(730) })
  .refine(({ discount, minimum }) => minimum === 0 || discount < minimum, { path: ['discount'], message: 'must be less than the minimum', params: { 'zh-CN': '应低于门槛' } });

/** Coupons that fit what the shop's customers spend. */
export function ladderRoutes(routes: AdminRoutes, ladder: Ladder): void {
  routes.route('get', '/ladder', {
    summary: 'A ladder of coupons proposed from the orders of a year', query: z.strictObject({ /** Basis points of the price that are left to the shop. */ margin: z.string().regex(/^[1-9]\d{0,3}$/).transform(Number).default(4_000) }),
    reply: z.object({
      orders: z.number(), median: z.number(), middle: z.number(), high: z.number(), bars: z.array(z.object({ from: z.number(), to: z.number().nullable(), count: z.number() })),
      rungs: z.array(z.object({ step: z.enum(['small', 'middle', 'large']), discount: z.number(), minimum: z.number(), cost: z.number(), validDays: z.number() })),
      fit: z.array(z.object({ id: z.string(), title: localised, minimum: z.number(), discount: z.number(), reach: z.number(), near: z.number(), reaching: z.number(), nearly: z.number(), nearFrom: z.number() })),
    }),
  }, async (ctx, { query, signal }) => {
    const { bars, rungs, fit, ...rest } = await ladder.propose(ctx, query.margin, signal);
    return { ...rest, bars: bars.map((each) => ({ ...each })), rungs: rungs.map((each) => ({ ...each })), fit: fit.map((each) => ({ ...each, title: { ...each.title } })) };
  });
  routes.route('get', '/ladder/orders', {
    summary: 'The orders behind a number of the ladder, newest first', query: z.strictObject({ /** Worth at least this, in minor units. */ from: minor.default(0), /** Worth less than this. */ to: minor.optional(), cursor: z.string().regex(/^\d{1,6}$/).transform(Number).default(0) }),
    reply: z.object({ items: z.array(z.object({ id: z.string(), number: z.string().nullable(), personId: z.string(), person: z.string().nullable(), paidAt: z.number(), worth: z.number() })), next: z.string().optional() }),
  }, async (ctx, { query, signal }) => {
    const page = await ladder.rows(ctx, { from: query.from, to: query.to ?? null }, query.cursor, signal);
    return { items: page.items.map((each) => ({ ...each })), ...(page.next ? { next: page.next } : {}) };
  });
  routes.route('post', '/ladder', { summary: 'Publish a ladder: all of its coupons or none', status: 201, body: z.strictObject({ rungs: z.array(rung).min(1).max(5) }), reply: z.object({ ids: z.array(z.string()) }), roles: GIVERS }, async (ctx, { body }) => ({ ids: await ladder.publish(ctx, body.rungs) }));
}
