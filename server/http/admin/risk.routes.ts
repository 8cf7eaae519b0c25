import { z, type AdminRoutes } from '../../plugin-api/index.js';
import type { HeldGrant } from '../../economy/risk/held-grants.service.js';
import type { CoreServices } from '../core-services.js';
import { idParams } from './page-query.js';
import { maskEmail } from './masking.js';

const reason = z.object({ signal: z.string(), count: z.number(), weight: z.number() });
const held = z.object({
  grantId: z.string(), personId: z.string(), name: z.string().nullable(), scope: z.string(), title: z.string(), cause: z.enum(['risk', 'breaker']), score: z.number(), reasons: z.array(reason), reward: z.object({ kind: z.string(), amount: z.number(), title: z.string() }),
  source: z.string(), at: z.number(), until: z.number().nullable(), state: z.enum(['held', 'released', 'refused']), decidedAt: z.number().nullable(), decidedBy: z.string().nullable(), note: z.string().nullable(),
  appeal: z.string().nullable(), appealedAt: z.number().nullable(), clusterId: z.string().nullable(), people: z.number(),
});
const stop = z.object({
  id: z.string(), scope: z.string(), title: z.string(), rule: z.enum(['rate', 'risk']), grants: z.number(), usual: z.number(), risky: z.number(), at: z.number(), resumedAt: z.number().nullable(), resumedBy: z.string().nullable(),
  note: z.string().nullable(), held: z.number(),
});
const riskRules = z.strictObject({ watching: z.boolean(), holdFrom: z.number().int().min(100).max(10_000), reviewFrom: z.number().int().min(100).max(10_000), holdHours: z.number().int().min(1).max(720) });
const why = z.string().max(500);
const decision = z.object({ decided: z.number(), left: z.number() });

/** Rewards that are checked first, the people behind them, activities that were stopped, and the rules of it. */
export function riskRoutes(routes: AdminRoutes, services: CoreServices): void {
  routes.route('get', '/risk', {
    summary: 'Held rewards with the reasons, stopped activities, clusters and the rules', query: z.strictObject({ state: z.enum(['held', 'released', 'refused']).default('held') }),
    reply: z.object({ items: z.array(held), waiting: z.number(), stops: z.array(stop), clusters: z.array(z.object({ id: z.string(), people: z.number(), score: z.number(), held: z.number() })), rules: riskRules }),
  }, async (ctx, { query }) => {
    const [items, stops, clusters, rules, activities, kinds, { held: waiting }] = await Promise.all([
      services.held.list(ctx, query.state), services.held.stops(ctx), services.risk.clusters(ctx), services.risk.rules(ctx), services.activities.list(ctx, {}), services.grants.kinds(ctx), services.held.counts(ctx),
    ]);
    const titles = new Map(activities.map(({ id, title }) => [id, title]));
    const titleOf = ({ reward: { kind, ref } }: HeldGrant): string => { const known = kinds.find((each) => each.kind === kind); return known?.options.find((option) => option.ref === ref)?.title ?? known?.title ?? kind; };
    return {
      waiting, items: items.map((each: HeldGrant) => ({ ...each, reward: { kind: each.reward.kind, amount: each.reward.amount, title: titleOf(each) }, reasons: [...each.reasons], title: titles.get(each.scope) ?? each.scope })), stops: stops.map((each) => ({ ...each, title: titles.get(each.scope) ?? each.scope })),
      clusters: [...clusters], rules,
    };
  });
  routes.route('get', '/risk/clusters/:id', {
    summary: 'Everybody who shares something with each other', params: idParams,
    reply: z.object({ items: z.array(z.object({ personId: z.string(), name: z.string().nullable(), email: z.string().nullable(), since: z.number(), orders: z.number(), score: z.number(), action: z.enum(['allow', 'hold', 'review']), reasons: z.array(reason) })) }),
  }, async (ctx, { params }) => ({
    items: (await services.risk.cluster(ctx, params.id)).map(({ personId, name, email, since, orders, score, action, reasons }) => ({ personId, name, email: email === null ? null : maskEmail(email), since, orders, score, action, reasons: [...reasons] })),
  }));
  routes.route('post', '/risk/held/:id/release', { summary: 'Give a held reward', params: idParams, body: z.strictObject({ reason: why.optional() }), reply: z.object({}), roles: ['operator'] },
    async (ctx, { params, body }) => { await services.held.release(ctx, params.id, body.reason ?? null); return {}; });
  routes.route('post', '/risk/held/:id/refuse', { summary: 'Take a held reward back, with a reason that the shopper sees', params: idParams, body: z.strictObject({ reason: why }), reply: z.object({}), roles: ['operator'] },
    async (ctx, { params, body }) => { await services.held.refuse(ctx, params.id, body.reason); return {}; });
  routes.route('post', '/risk/clusters/:id/decision', {
    summary: 'Give or take back everything that is held in a cluster', params: idParams, body: z.strictObject({ release: z.boolean(), reason: why }), reply: decision, roles: ['operator'],
  }, (ctx, { params, body }) => services.held.decideCluster(ctx, params.id, body.release, body.reason));
  routes.route('post', '/risk/stops/:id/resume', {
    summary: 'Let an activity give rewards again', params: idParams, body: z.strictObject({ reason: why, releaseHeld: z.boolean() }), reply: decision, roles: ['operator'],
  }, (ctx, { params, body }) => services.held.resume(ctx, params.id, body.reason, body.releaseHeld));
  routes.route('put', '/risk/rules', { summary: 'From which score rewards are held or looked at first', body: riskRules, reply: z.object({}), roles: ['operator'] }, async (ctx, { body }) => { await services.risk.saveRules(ctx, body); return {}; });
}
