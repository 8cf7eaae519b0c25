import { addDays, notFound, z, type AdminRoutes, type ShopContext } from '../../plugin-api/index.js';
import { programmeOf } from '../../economy/programme/programme.js';
import { valueOf } from '../../planner/mix/plan-of.js';
import type { PlanForecast } from '../../planner/entities/plan-forecast.entity.js';
import type { CoreServices } from '../core-services.js';
import { allAssumptions, finding, forecastRow, forecastWhole, mixShape, packEntry, planSettings, shownFinding, shownForecast, shownMix, shownPart, simulation } from './planner-shapes.js';
import { idParams, pageOf, pageQuery } from './page-query.js';

const drafts = { drafts: z.enum(['true', 'false']).default('true').transform((text) => text === 'true') };
const nothing = z.strictObject({}).optional();
const COLUMNS = ['date', 'plan', 'issued', 'burned', 'expired', 'outstanding', 'cost', 'sales', 'visits', 'redemptions', 'actual_issued', 'actual_burned', 'actual_expired', 'actual_sales'] as const;
const KEYS = ['issued', 'burned', 'expired', 'outstanding', 'cost', 'sales', 'visits', 'redemptions'] as const;

/** The planner: the mix and what its rules find, simulations, the default pack, and forecasts held against what happened. */
export function plannerRoutes(routes: AdminRoutes, { planner, forecasts, pack, activities }: CoreServices): void {
  const whole = async (ctx: ShopContext, row: PlanForecast): Promise<z.input<typeof forecastWhole>> => ({
    ...shownForecast(row), whatIf: { ...row.whatIf }, outcome: row.outcome as z.input<typeof forecastWhole>['outcome'], actual: row.state === 'done' ? [...await forecasts.actual(ctx, row)] : [],
  });

  routes.route('get', '/planner', {
    summary: 'The mix of activities and rewards, and what the planner finds in it', query: z.strictObject(drafts),
    reply: z.object({ mix: mixShape, findings: z.array(finding), simulated: z.boolean(), settings: planSettings, assumptions: allAssumptions, worth: z.number(), pack: z.array(packEntry), latest: z.string().nullable() }),
  }, async (ctx, { query }) => {
    const [{ mix, findings, simulated }, settings, full, latest, parts] = await Promise.all([planner.lint(ctx, query.drafts), planner.settings(ctx), planner.assumptions(ctx), forecasts.list(ctx, { limit: 1 }), pack.list(ctx)]);
    return { mix: shownMix(mix, (offer) => valueOf(offer, full)), findings: findings.map(shownFinding), simulated, settings, assumptions: full, worth: programmeOf(ctx.shop).worth, pack: parts.map(shownPart), latest: latest.items[0]?.id ?? null };
  });
  routes.route('get', '/planner/blockers/:id', { summary: 'Errors that keep an activity from being published', params: idParams, reply: z.object({ items: z.array(finding) }) }, async (ctx, { params }) => {
    if (!await activities.get(ctx, params.id)) throw notFound('activity', params.id);
    return { items: (await planner.blockers(ctx, params.id)).map(shownFinding) };
  });
  routes.route('put', '/planner/settings', { summary: 'Change the date of the next promotion and what is assumed', body: planSettings, reply: planSettings },
    (ctx, { body }) => planner.saveSettings(ctx, { promotionAt: body.promotionAt, assumptions: Object.fromEntries(Object.entries(body.assumptions).filter(([, value]) => value !== undefined)) }));

  routes.route('post', '/planner/launch', { summary: 'Publish every draft, if the mix breaks no rule', body: nothing, reply: z.object({ items: z.array(z.object({ id: z.string(), title: z.string(), error: z.string().nullable() })) }) },
    async (ctx) => ({ items: (await planner.launch(ctx)).map(({ id, title, error }) => ({ id, title, error: error ?? null })) }));
  routes.route('post', '/planner/pack', { summary: 'Set up the default mix, as drafts or live; what is there already stays', body: z.strictObject({ live: z.boolean().default(false) }), reply: z.object({ items: z.array(packEntry) }) },
    async (ctx, { body }) => ({ items: (await pack.apply(ctx, body.live)).map(shownPart) }));

  routes.route('post', '/planner/forecasts', { summary: 'Start a simulation of the mix', body: simulation, reply: forecastRow, status: 202 }, async (ctx, { body }) => shownForecast(await forecasts.start(ctx, body as Parameters<typeof forecasts.start>[1])));
  routes.route('get', '/planner/forecasts', { summary: 'Simulations, newest first', query: z.strictObject(pageQuery), reply: pageOf(forecastRow) }, async (ctx, { query }) => {
    const page = await forecasts.list(ctx, query);
    return { items: page.items.map(shownForecast), ...(page.next ? { next: page.next } : {}) };
  });
  routes.route('get', '/planner/forecasts/:id', { summary: 'How far a simulation is, its outcome, and what really happened since', params: idParams, reply: forecastWhole }, async (ctx, { params }) => whole(ctx, await forecasts.get(ctx, params.id)));
  routes.route('post', '/planner/forecasts/:id/cancel', { summary: 'Stop a simulation', params: idParams, body: nothing, reply: forecastRow }, async (ctx, { params }) => shownForecast(await forecasts.cancel(ctx, params.id)));
  routes.route('post', '/planner/forecasts/:id/keep', { summary: 'Keep a forecast under a name', params: idParams, body: z.strictObject({ name: z.string().trim().min(1).max(120) }), reply: forecastRow }, async (ctx, { params, body }) => shownForecast(await forecasts.keep(ctx, params.id, body.name)));
  routes.route('delete', '/planner/forecasts/:id', { summary: 'Remove a forecast', params: idParams, reply: z.null(), status: 204 }, async (ctx, { params }) => { await forecasts.remove(ctx, params.id); return null; });

  routes.csv('/planner/forecast.csv', { summary: 'A forecast by day as CSV, beside what happened', query: z.strictObject({ id: z.string().min(1).max(200) }), name: 'forecast.csv', columns: COLUMNS }, async function* (ctx, { query }) {
    const row = await forecasts.get(ctx, query.id);
    const actual = new Map((await forecasts.actual(ctx, row)).map((each) => [each.date, each]));
    for (const plan of ['now', 'tried', 'pack'] as const) {
      const days = row.outcome?.[plan].byDay;
      for (let day = 0; days && day < row.days; day++) {
        const date = addDays(row.fromDate, day), real = plan === 'now' ? actual.get(date) : undefined;
        yield [date, plan, ...KEYS.map((key) => days[key][day] ?? 0), real?.issued ?? null, real?.burned ?? null, real?.expired ?? null, real?.sales ?? null];
      }
    }
  });
}
