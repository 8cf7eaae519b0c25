import { GIVERS, businessDate, daysBetween, refused, z, type AdminRoutes, type ShopContext } from '../../plugin-api/index.js';
import type { EarnCampaign } from '../../economy/earning/earn-campaign.js';
import type { EarnRule } from '../../economy/earning/earn-rule.js';
import type { SimulationPeriod } from '../../economy/earning/earning-simulation.service.js';
import { orderPoints } from '../../economy/earning/order-points.js';
import { programmeOf } from '../../economy/programme/programme.js';
import type { CoreServices } from '../core-services.js';
import { campaignDraft, campaignOf, campaignShape, exampleOrder, exampleReply, lastDay, ruleDraft, ruleOf, ruleText, ruleVersion, simulationReply } from './earning-shapes.js';
import { idParams } from './page-query.js';

const MOST_DAYS = 366;
const period = { from: z.iso.date(), to: z.iso.date() };
const COLUMNS = ['order', 'date', 'customer', 'sales', 'points_before', 'points_after', 'difference', 'points_booked'] as const;

/** What is tried stands in for a version; when it would hold does not matter. */
const triedRule = (draft: z.infer<typeof ruleDraft>): EarnRule => ({ ...draft, version: 0, startsAt: 0, endsAt: null });
const shown = ({ excluded, ...rule }: EarnRule): z.input<typeof ruleVersion>['rule'] => ({ ...rule, excluded: { skus: [...excluded.skus], types: [...excluded.types] } });
const shownCampaign = ({ shop }: ShopContext, { goods, title, ...campaign }: EarnCampaign): z.input<typeof campaignShape> => ({
  ...campaign, startsOn: businessDate(shop, campaign.startsAt), endsOn: lastDay(shop, campaign.endsAt), title: { ...title }, goods: { skus: [...goods.skus], types: [...goods.types] },
});

function periodOf({ from, to }: SimulationPeriod): SimulationPeriod {
  if (to < from || daysBetween(from, to) >= MOST_DAYS) throw refused('GX_PERIOD', `Choose a period of 1 to ${MOST_DAYS} days.`, { fields: { to: 'order' } });
  return { from, to };
}

/** How orders earn points: the rule and its versions, campaigns, and what a rule would have paid. */
export function earningRoutes(routes: AdminRoutes, services: CoreServices): void {
  const { earnRules, earningSimulation } = services;

  routes.route('get', '/earning', {
    summary: 'How orders earn points: the versions of the rule, the newest first, and the campaigns',
    reply: z.object({ currency: z.string(), worth: z.number(), now: z.number(), today: z.string(), current: z.number(), versions: z.array(ruleVersion), campaigns: z.array(campaignShape), types: z.array(z.object({ name: z.string(), products: z.number() })) }),
  }, async (ctx) => {
    const [versions, uses, campaigns, types] = await Promise.all([earnRules.versions(ctx), earnRules.uses(ctx), earnRules.campaigns(ctx), services.products.categories(ctx)]);
    const holds = versions.find(({ startsAt, endsAt }) => startsAt <= ctx.now && (endsAt === null || endsAt > ctx.now));
    return {
      currency: ctx.shop.currency, worth: programmeOf(ctx.shop).worth, now: ctx.now, today: businessDate(ctx.shop, ctx.now), current: holds?.version ?? 1, campaigns: campaigns.map((each) => shownCampaign(ctx, each)), types: types.map(({ category, products }) => ({ name: category, products })),
      versions: versions.map(({ at, actor, ...rule }) => ({ rule: shown(rule), endsOn: rule.endsAt === null ? null : lastDay(ctx.shop, rule.endsAt), at, actor, orders: uses.get(rule.version) ?? 0 })),
    };
  });
  routes.route('put', '/earning/rule', {
    summary: 'Save a new version of how orders earn points; orders keep the version they earned under', body: z.strictObject({ basedOn: z.number().int().min(1), rule: ruleDraft }), reply: z.object({ version: z.number() }), roles: ['operator'],
  }, async (ctx, { body }) => {
    await assertSkus(ctx, body.rule.excluded.skus);
    return { version: (await earnRules.save(ctx, body.basedOn, ruleOf(ctx.shop, body.rule))).version };
  });
  routes.route('post', '/earning/example', { summary: 'What an order would earn under a rule, line by line', body: z.strictObject({ rule: ruleDraft, order: exampleOrder }), reply: exampleReply }, (ctx, { body: { rule, order } }) => {
    const goods = order.lines.map(({ paid, listed, sku, type, giftCard }) => ({ sku: sku ?? '', type: type ?? null, giftCard: giftCard ?? false, quantity: 1, unitPrice: listed ?? paid, paid }));
    const { points, bases } = orderPoints(triedRule(rule), ctx.shop.currency, { currency: ctx.shop.currency, shipping: order.shipping, tax: order.tax }, goods, order.lines.map(({ basisPoints }) => Math.min(basisPoints, rule.maxMultiplier)));
    return Promise.resolve({ points: points.reduce((sum, each) => sum + each, 0), lines: points.map((each, n) => ({ points: each, base: bases[n]! })) });
  });

  routes.route('post', '/earning/campaigns', { summary: 'Plan a campaign that multiplies points', body: campaignDraft, reply: campaignShape, status: 201, roles: GIVERS }, async (ctx, { body }) => {
    await assertSkus(ctx, body.goods.skus);
    return shownCampaign(ctx, await earnRules.saveCampaign(ctx, undefined, campaignOf(ctx.shop, body)));
  });
  routes.route('put', '/earning/campaigns/:id', { summary: 'Change a campaign; one that runs keeps its multiplier and goods', params: idParams, body: campaignDraft, reply: campaignShape, roles: GIVERS }, async (ctx, { params, body }) => {
    await assertSkus(ctx, body.goods.skus);
    return shownCampaign(ctx, await earnRules.saveCampaign(ctx, params.id, campaignOf(ctx.shop, body)));
  });
  routes.route('delete', '/earning/campaigns/:id', { summary: 'Remove a campaign that has not begun', params: idParams, reply: z.null(), status: 204, roles: GIVERS }, async (ctx, { params }) => { await earnRules.removeCampaign(ctx, params.id); return null; });

  routes.route('post', '/earning/simulations', { summary: 'What a rule would have paid on orders that were placed in a period; nothing is saved', body: z.strictObject({ rule: ruleDraft, ...period }), reply: simulationReply }, async (ctx, { body: { rule, ...days } }) => {
    const found = await earningSimulation.run(ctx, triedRule(rule), periodOf(days));
    return { ...found, weeks: [...found.weeks], changed: [...found.changed], currency: ctx.shop.currency };
  });
  routes.csv('/earning/simulation.csv', { summary: 'What a rule would have paid, order by order, as CSV', query: z.strictObject({ rule: ruleText, ...period }), name: 'earning.csv', columns: COLUMNS }, async function* (ctx, { query: { rule, ...days } }) {
    for await (const each of earningSimulation.orders(ctx, triedRule(rule), periodOf(days))) yield [each.number, each.date, each.name, each.sales, each.before, each.after, each.after - each.before, each.booked];
  });

  async function assertSkus(ctx: ShopContext, skus: readonly string[]): Promise<void> {
    const known = await services.products.bySkus(ctx, skus);
    const unknown = skus.filter((sku) => !known.has(sku));
    if (unknown.length) throw refused('GX_SKU', `The shop has no product with the SKU ${unknown.slice(0, 5).map((sku) => `"${sku}"`).join(', ')}. Choose from its products.`, { fields: { skus: 'unknown' } });
  }
}
