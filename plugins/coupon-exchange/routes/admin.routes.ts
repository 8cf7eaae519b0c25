import { z, type AdminRoutes } from 'guanxi/plugin';
import { DISCOUNT_KINDS, REWARD_STATES, type Reward } from '../entities/reward.entity.js';
import { REDEMPTION_STATES } from '../entities/redemption.entity.js';
import type { Catalogue, RewardTotals } from '../services/catalogue.service.js';

const title = z.strictObject({ en: z.string().trim().min(1).max(80), 'zh-CN': z.string().trim().min(1).max(40) });
const totals = z.object({ issued: z.number(), used: z.number(), expired: z.number(), cost: z.number() });
const reward = z.object({
  id: z.string(), title: z.object({ en: z.string(), 'zh-CN': z.string() }), kind: z.enum(DISCOUNT_KINDS), discount: z.number(), minimum: z.number(), cost: z.number(), stock: z.number().nullable(), remaining: z.number().nullable(),
  perPerson: z.number(), validDays: z.number(), state: z.enum(REWARD_STATES), createdAt: z.number(), totals: totals.optional(),
});
const draft = z.strictObject({
  title, kind: z.enum(DISCOUNT_KINDS),
  /** Minor units for an amount, basis points (1–10,000) for a percentage. */
  discount: z.number().int().min(0).max(100_000_000), minimum: z.number().int().min(0).max(100_000_000), cost: z.number().int().min(1).max(1_000_000), stock: z.number().int().min(0).max(1_000_000).nullable(),
  perPerson: z.number().int().min(1).max(1_000), validDays: z.number().int().min(1).max(730),
}).superRefine((value, check) => {
  if (value.kind === 'percent' && (value.discount < 1 || value.discount > 10_000)) check.addIssue({ code: 'custom', path: ['discount'], message: 'a percentage is 1 to 10,000 basis points', params: { 'zh-CN': '折扣比例应为 1 至 10,000 基点' } });
  if (value.kind === 'amount' && value.discount < 1) check.addIssue({ code: 'custom', path: ['discount'], message: 'must be more than 0', params: { 'zh-CN': '应大于 0' } });
  if (value.kind === 'free-shipping' && value.discount !== 0) check.addIssue({ code: 'custom', path: ['discount'], message: 'is 0 for free shipping', params: { 'zh-CN': '免运费时应为 0' } });
});
const redemption = z.object({
  id: z.string(), rewardId: z.string(), personId: z.string(), person: z.string().nullable(), code: z.string(), cost: z.number(), state: z.enum(REDEMPTION_STATES), issuedAt: z.number(), expiresAt: z.number(), usedAt: z.number().nullable(), orderId: z.string().nullable(),
});
const one = z.object({ id: z.string().min(1).max(200) });
const nothing = z.strictObject({}).optional();
const shown = (each: Reward & { readonly totals?: RewardTotals }): z.infer<typeof reward> => ({
  id: each.id, title: { ...each.title }, kind: each.kind, discount: each.discount, minimum: each.minimum, cost: each.cost, stock: each.stock, remaining: each.remaining, perPerson: each.perPerson, validDays: each.validDays, state: each.state, createdAt: each.createdAt,
  ...(each.totals ? { totals: { ...each.totals } } : {}),
});
/** Codes are shown in part: whoever may look at the list need not be able to use them. */
export const maskCode = (code: string): string => `${code.slice(0, 7)}…${code.slice(-2)}`;

export function adminRoutes(routes: AdminRoutes, catalogue: Catalogue): void {
  routes.route('get', '/rewards', { summary: 'Rewards with what became of them', reply: z.object({ items: z.array(reward) }) }, async (ctx) => ({ items: (await catalogue.list(ctx)).map(shown) }));
  routes.route('post', '/rewards', { summary: 'A new draft', body: draft, reply: reward, status: 201 }, async (ctx, { body }) => shown(await catalogue.create(ctx, body)));
  routes.route('get', '/rewards/:id', { summary: 'One reward', params: one, reply: reward }, async (ctx, { params }) => shown(await catalogue.get(ctx, params.id)));
  routes.route('put', '/rewards/:id', { summary: 'Change a draft', params: one, body: draft, reply: reward }, async (ctx, { params, body }) => shown(await catalogue.update(ctx, params.id, body)));
  for (const action of ['publish', 'pause', 'resume', 'end'] as const) {
    routes.route('post', `/rewards/:id/${action}`, { summary: `${action} a reward`, params: one, body: nothing, reply: reward }, async (ctx, { params }) => shown(await catalogue.move(ctx, params.id, action)));
  }
  routes.route('post', '/rewards/:id/duplicate', { summary: 'A draft like this one', params: one, body: nothing, reply: reward, status: 201 }, async (ctx, { params }) => shown(await catalogue.duplicate(ctx, params.id)));
  routes.route('post', '/rewards/:id/stock', { summary: 'Put more up', params: one, body: z.strictObject({ amount: z.number().int().min(1).max(1_000_000) }), reply: reward }, async (ctx, { params, body }) => shown(await catalogue.addStock(ctx, params.id, body.amount)));
  const filter = { rewardId: z.string().max(200).optional(), state: z.enum(REDEMPTION_STATES).optional() };
  routes.route('get', '/redemptions', { summary: 'Coupons that were given out, newest first', query: z.strictObject({ ...filter, limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(500).optional() }), reply: z.object({ items: z.array(redemption), next: z.string().optional() }) },
    async (ctx, { query }) => {
      const page = await catalogue.redemptions(ctx, query, query);
      return { items: page.items.map((each) => ({ id: each.id, rewardId: each.rewardId, personId: each.personId, person: each.person, code: maskCode(each.code), cost: each.cost, state: each.state, issuedAt: each.issuedAt, expiresAt: each.expiresAt, usedAt: each.usedAt, orderId: each.orderId })), ...(page.next ? { next: page.next } : {}) };
    });
  routes.csv('/redemptions.csv', { summary: 'Coupons as CSV', query: z.strictObject(filter), name: 'redemptions.csv', columns: ['id', 'reward_id', 'person_id', 'person', 'code', 'cost', 'state', 'issued_at', 'expires_at', 'used_at', 'order_id'] }, async function* (ctx, { query }) {
    let cursor: string | undefined;
    do {
      const page = await catalogue.redemptions(ctx, query, { limit: 200, cursor });
      for (const each of page.items) yield [each.id, each.rewardId, each.personId, each.person, maskCode(each.code), each.cost, each.state, new Date(each.issuedAt).toISOString(), new Date(each.expiresAt).toISOString(), each.usedAt ? new Date(each.usedAt).toISOString() : null, each.orderId];
      cursor = page.next;
    } while (cursor);
  });
}
