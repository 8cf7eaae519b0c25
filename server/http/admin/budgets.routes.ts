import { isOver, notFound, refused, z, type AdminRoutes, type ShopContext } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { idParams } from './page-query.js';

/** Far above what a shop gives, and far below where whole numbers end. */
const MOST = 1_000_000_000_000;
const rules = {
  ceiling: z.number().int().min(1).max(MOST), softPercent: z.number().int().min(1).max(100), startsAt: z.number().int().min(0).max(8_640_000_000_000_000), paced: z.boolean().default(false),
  useRate: z.number().int().min(0).max(10_000), unitCost: z.number().int().min(0).max(1_000_000_000),
};
const unit = z.enum(['points', 'money', 'units']), period = z.enum(['total', 'day', 'week', 'month']);
const budget = z.object({
  id: z.string(), scope: z.string(), title: z.string(), unit, period, state: z.enum(['active', 'paused']), ceiling: z.number(), spent: z.number(), softPercent: z.number(), paced: z.boolean(), room: z.number(), startsAt: z.number(), useRate: z.number(), unitCost: z.number(),
  level: z.enum(['fine', 'near', 'reached']), worst30: z.number(), over: z.boolean(),
});
const scopeOption = z.object({ scope: z.string(), title: z.string(), kind: z.enum(['shop', 'activity', 'reward']) });
const say = (ctx: ShopContext, en: string, zh: string): string => (ctx.locale === 'zh-CN' ? zh : en);

/** What a budget can be for: the shop, an activity that has not ended, a kind of reward, one reward. `titles` knows ended activities too. */
async function scopesOf(ctx: ShopContext, services: CoreServices): Promise<{ readonly scopes: z.infer<typeof scopeOption>[]; readonly titleOf: (scope: string) => string; readonly over: (scope: string) => boolean }> {
  const [activities, kinds] = await Promise.all([services.activities.list(ctx, {}), services.grants.kinds(ctx)]);
  const scopes: z.infer<typeof scopeOption>[] = [
    { scope: 'shop', title: say(ctx, 'Whole shop', '整个店铺'), kind: 'shop' }, ...activities.filter(({ state, endsAt }) => !isOver(state) && (endsAt === null || endsAt > ctx.now)).map(({ id, title }) => ({ scope: id, title, kind: 'activity' as const })),
    ...kinds.flatMap(({ kind, title, options }) => [
      { scope: `kind:${kind}`, title: options.length ? say(ctx, `${title}: all`, `${title}：全部`) : title, kind: 'reward' as const }, ...options.map((option) => ({ scope: `kind:${kind}:${option.ref}`, title: say(ctx, `${title}: ${option.title}`, `${title}：${option.title}`), kind: 'reward' as const })),
    ]),
  ];
  const titles = new Map([...activities.map(({ id, title }): [string, string] => [id, title]), ...scopes.map(({ scope, title }): [string, string] => [scope, title])]);
  const closed = new Set(activities.filter(({ state }) => isOver(state)).map(({ id }) => id));
  return { scopes, over: (scope) => closed.has(scope), titleOf: (scope) => titles.get(scope) ?? (scope.startsWith('kind:') ? say(ctx, 'A reward that is not offered now', '目前不可用的奖励') : say(ctx, 'An activity that is gone', '已不存在的活动')) };
}

export function budgetRoutes(routes: AdminRoutes, services: CoreServices): void {
  routes.route('get', '/budgets', {
    summary: 'Limits on what may be given, how much of each is spent, and what a limit can be set for', reply: z.object({ currency: z.string(), items: z.array(budget), scopes: z.array(scopeOption) }),
  }, async (ctx) => {
    const [items, { scopes, titleOf, over }] = await Promise.all([services.budgets.list(ctx), scopesOf(ctx, services)]);
    return { currency: ctx.shop.currency, scopes, items: items.map((each) => ({ ...each, title: titleOf(each.scope), over: over(each.scope) })) };
  });
  routes.route('post', '/budgets', {
    summary: 'Set a limit', body: z.strictObject({ scope: z.string().min(1).max(200), unit, period, ...rules }), reply: z.object({ id: z.string() }), status: 201, roles: ['operator'],
  }, async (ctx, { body }) => {
    if (!(await scopesOf(ctx, services)).scopes.some(({ scope }) => scope === body.scope)) throw refused('GX_BUDGET_SCOPE', 'There is no such activity or reward in this shop, or it has ended. Reload the page and choose another.', { scope: body.scope });
    if (body.unit === 'points' && body.scope.startsWith('kind:') && body.scope !== 'kind:points') throw refused('GX_BUDGET_UNIT', 'Only points cost points. Limit this reward by number or by money.', { unit: body.unit });
    return { id: await services.budgets.create(ctx, body) };
  });
  routes.route('put', '/budgets/:id', { summary: 'Change a limit', params: idParams, body: z.strictObject(rules), reply: z.object({}), roles: ['operator'] }, async (ctx, { params, body }) => { await services.budgets.update(ctx, params.id, body); return {}; });
  routes.route('post', '/budgets/:id/state', {
    summary: 'Pause a limit, so that it neither counts nor limits, or let it hold again', params: idParams, body: z.strictObject({ state: z.enum(['active', 'paused']) }), reply: z.object({}), roles: ['operator'],
  }, async (ctx, { params, body }) => { await services.budgets.setState(ctx, params.id, body.state); return {}; });
  routes.route('get', '/budgets/:id/days', {
    summary: 'What a limit counted day by day', params: idParams, reply: z.object({ items: z.array(z.object({ date: z.string(), grants: z.number(), charged: z.number(), returned: z.number() })) }),
  }, async (ctx, { params }) => ({ items: [...await services.budgets.days(ctx, params.id)] }));
  routes.route('get', '/budgets/:id/days/:date', {
    summary: 'The rewards behind a day of a limit', params: z.object({ id: z.string().min(1).max(200), date: z.iso.date() }),
    reply: z.object({ items: z.array(z.object({ grantId: z.string(), personId: z.string(), name: z.string().nullable(), kind: z.string(), amount: z.number(), source: z.string(), at: z.number(), charged: z.number(), returned: z.boolean() })) }),
  }, async (ctx, { params }) => {
    const items = await services.budgets.grants(ctx, params.id, params.date);
    if (items.length === 0) throw notFound('day of this budget', params.date);
    return { items: [...items] };
  });
}
