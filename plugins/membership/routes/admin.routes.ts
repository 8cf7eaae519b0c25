import { GIVERS, z, type AdminRoutes, type ShopContext } from 'guanxi/plugin';
import { MEMBER_STATES } from '../entities/member.entity.js';
import { MOVE_CAUSES } from '../entities/move.entity.js';
import type { MemberDesk, MemberLine } from '../services/desk.service.js';
import type { Plans } from '../services/plans.service.js';
import { PREVIEW_MOVES, type Preview } from '../services/preview.service.js';
import type { Standings } from '../services/standings.service.js';
import { within } from '../services/time-left.js';
import type { TaskDesk } from '../tasks/task-desk.service.js';
import { TASKS } from '../tasks/task-types.js';
import { planRules } from '../tiers/plan-rules.js';

const count = z.object({ key: z.string(), members: z.number(), spent: z.number(), atRisk: z.number(), grace: z.number() });
const plan = z.object({ version: z.number(), startsOn: z.string(), rules: planRules });
const member = z.object({
  personId: z.string(), name: z.string().nullable(), tier: z.string(), rank: z.number(), state: z.enum(MEMBER_STATES), since: z.string().nullable(), termEnd: z.string().nullable(), graceEnd: z.string().nullable(), spent: z.number(), orders: z.number(), growth: z.number(),
});
const task = z.object({ task: z.enum(TASKS), points: z.number(), state: z.enum(['off', 'draft', 'scheduled', 'live', 'paused']), activityId: z.string().nullable() });
const forecast = z.object({ key: z.string(), now: z.number(), after: z.number(), up: z.number(), atRisk: z.number(), discountCost: z.number(), gifts: z.number() });
/** One or several of each, e.g. `at-risk,grace`. */
const filter = {
  tier: z.string().max(300).transform((text) => text.split(',')).pipe(z.array(z.string().min(1).max(40)).max(6)).optional(), state: z.string().max(60).transform((text) => text.split(',')).pipe(z.array(z.enum(MEMBER_STATES))).optional(),
};
const days = z.coerce.number().int().min(7).max(365);
const mover = z.object({ personId: z.string(), name: z.string().nullable(), from: z.string(), to: z.string(), when: z.enum(PREVIEW_MOVES), spent: z.number(), orders: z.number(), growth: z.number() });
const nothing = z.strictObject({}).optional();
const lineOf = (each: MemberLine): z.infer<typeof member> => ({
  personId: each.personId, name: each.name, tier: each.tier, rank: each.rank, state: each.state, since: each.since, termEnd: each.termEnd, graceEnd: each.graceEnd, spent: each.spent, orders: each.orders, growth: each.growth,
});

/** Of a saved plan members hear at once; what is left after this long the hourly job does. */
const MOVE_MS = 3_000;

export function adminRoutes(routes: AdminRoutes, { plans, preview, desk, tasks, standings }: { readonly standings: Standings; readonly plans: Plans; readonly preview: Preview; readonly desk: MemberDesk; readonly tasks: TaskDesk }): void {
  routes.route('get', '/overview', {
    summary: 'Members by tier, who moved between tiers, what members told', query: z.strictObject({ days: days.optional() }),
    reply: z.object({
      members: z.number(), tiers: z.array(count), days: z.number(), flows: z.array(z.object({ from: z.string(), to: z.string(), members: z.number() })), byDay: z.array(z.object({ date: z.string(), up: z.number(), down: z.number() })),
      told: z.object({ followed: z.number(), birthdays: z.number(), profiles: z.number(), gifts: z.number() }),
    }),
  }, async (ctx, { query }) => { const found = await desk.overview(ctx, query.days ?? 90); return { ...found, tiers: [...found.tiers], flows: [...found.flows], byDay: [...found.byDay] }; });
  routes.route('get', '/plan', { summary: 'The tier plan that holds', reply: plan }, async (ctx) => shown(ctx, plans));
  routes.route('post', '/plan/preview', {
    summary: 'Who would move and what it would cost, without saving', body: z.strictObject({ rules: planRules }),
    reply: z.object({
      members: z.number(), up: z.number(), stay: z.number(), down: z.number(), term: z.number(), tiers: z.array(forecast), discountCost: z.number(), discountCostNow: z.number(), sales: z.number(), entryGifts: z.number(), birthdayGifts: z.number(),
      samples: z.array(mover),
    }),
  }, async (ctx, { body }) => { const found = await preview.of(ctx, body.rules, (await plans.current(ctx)).rules); return { ...found, tiers: [...found.tiers], samples: [...found.samples] }; });
  routes.route('post', '/plan/preview/people', {
    summary: 'Everybody who would move in one way, those who bought most first', body: z.strictObject({ rules: planRules, when: z.enum(PREVIEW_MOVES), cursor: z.string().regex(/^[0-9]{1,8}$/).optional() }), reply: z.object({ items: z.array(mover), next: z.string().optional() }),
  }, async (ctx, { body }) => { const found = await preview.people(ctx, body.rules, (await plans.current(ctx)).rules, body.when, Number(body.cursor ?? 0)); return { ...found, items: [...found.items] }; });
  routes.route('get', '/moves', {
    summary: 'Who moved between tiers, newest first', query: z.strictObject({ days: days.optional(), from: z.string().max(40).optional(), to: z.string().max(40).optional(), on: z.iso.date().optional(), direction: z.enum(['up', 'down']).optional(), cursor: z.string().max(220).optional() }),
    reply: z.object({ items: z.array(z.object({ personId: z.string(), name: z.string().nullable(), day: z.string(), from: z.string(), to: z.string(), cause: z.enum(MOVE_CAUSES) })), next: z.string().optional() }),
  }, async (ctx, { query }) => { const found = await desk.moves(ctx, { ...query, days: query.days ?? 90 }); return { ...found, items: [...found.items] }; });
  routes.route('get', '/birthdays', {
    summary: 'Who told their birthday, and when; the day itself is not shown', query: z.strictObject({ days: days.optional(), cursor: z.string().max(200).optional() }),
    reply: z.object({ items: z.array(z.object({ personId: z.string(), name: z.string().nullable(), told: z.string(), gifts: z.number() })), next: z.string().optional() }),
  }, async (ctx, { query }) => { const found = await desk.birthdays(ctx, query.days ?? 90, query.cursor); return { ...found, items: [...found.items] }; });
  routes.route('put', '/plan', { roles: GIVERS, summary: 'Save the tier plan as a new version', body: z.strictObject({ rules: planRules, after: z.number().int().min(1) }), reply: plan }, async (ctx, { body, signal }) => {
    const saved = await plans.save(ctx, body.rules, body.after);
    await standings.evaluateDue(ctx, within(signal, MOVE_MS));
    return { ...saved };
  });
  routes.route('get', '/members', { summary: 'Members, those who bought most first', query: z.strictObject({ ...filter, limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(500).optional() }), reply: z.object({ items: z.array(member), next: z.string().optional() }) },
    async (ctx, { query }) => { const page = await desk.members(ctx, query, query); return { items: page.items.map(lineOf), ...(page.next ? { next: page.next } : {}) }; });
  routes.route('get', '/members/:person', { summary: 'One member', params: z.object({ person: z.string().min(1).max(200) }), reply: member.omit({ name: true }) }, async (ctx, { params }) => {
    const { name: _, ...line } = lineOf(Object.assign(await desk.member(ctx, params.person), { name: null }));
    return line;
  });
  routes.route('get', '/tasks', { summary: 'The one-off tasks', reply: z.object({ items: z.array(task) }) }, async (ctx) => ({ items: [...await tasks.list(ctx)] }));
  const one = z.object({ task: z.enum(TASKS) });
  routes.route('post', '/tasks/:task/start', { roles: GIVERS, summary: 'Put a task up for so many points', params: one, body: z.strictObject({ points: z.number().int().min(1).max(10_000) }), reply: z.object({ items: z.array(task) }) },
    async (ctx, { params, body }) => { await tasks.start(ctx, params.task, body.points); return { items: [...await tasks.list(ctx)] }; });
  routes.route('post', '/tasks/:task/pause', { roles: GIVERS, summary: 'Pause a task', params: one, body: nothing, reply: z.object({ items: z.array(task) }) }, async (ctx, { params }) => { await tasks.stop(ctx, params.task); return { items: [...await tasks.list(ctx)] }; });
  routes.csv('/members.csv', { summary: 'Members as CSV', query: z.strictObject(filter), name: 'members.csv', columns: ['person_id', 'name', 'tier', 'state', 'since', 'term_end', 'grace_end', 'spent', 'orders', 'growth'] }, async function* (ctx, { query }) {
    let cursor: string | undefined;
    do {
      const page = await desk.members(ctx, query, { limit: 200, cursor });
      for (const each of page.items) yield [each.personId, each.name, each.tier, each.state, each.since, each.termEnd, each.graceEnd, each.spent, each.orders, each.growth];
      cursor = page.next;
    } while (cursor);
  });
}

const shown = async (ctx: ShopContext, plans: Plans): Promise<z.input<typeof plan>> => ({ ...await plans.current(ctx) });
