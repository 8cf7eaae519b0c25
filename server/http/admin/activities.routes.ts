import { GIVERS, ACTIVITY_STATES, notFound, z, type Activity, type ActivityChange, type AdminRoutes } from '../../plugin-api/index.js';
import type { StoredSheet } from '../../activities/sheets/sheets.service.js';
import type { CoreServices } from '../core-services.js';
import { idParams } from './page-query.js';

const text = z.object({ en: z.string(), 'zh-CN': z.string() });
const state = z.enum(ACTIVITY_STATES);
const activity = z.object({
  id: z.string(), type: z.string(), title: z.string(), state, startsAt: z.number().nullable(), endsAt: z.number().nullable(),
  version: z.number(), config: z.record(z.string(), z.unknown()), createdAt: z.number(), notice: text.optional(),
});
const change = z.object({ field: z.string(), label: text, before: text, after: text, direction: z.enum(['better', 'worse', 'unclear']) });
const figure = z.object({ name: z.string(), label: text, value: z.number(), text: text.optional() });
const sheet = z.object({ version: z.number(), at: z.number(), hash: z.string(), changes: z.array(change), sheet: z.record(z.string(), z.unknown()) });
const shown = (each: Activity): z.infer<typeof activity> => ({ ...each, config: { ...each.config } });
const plain = ({ field, label, before, after, direction }: ActivityChange): z.infer<typeof change> => ({ field, label: { ...label }, before: { ...before }, after: { ...after }, direction });
const sheetOf = (each: StoredSheet): z.infer<typeof sheet> => ({ version: each.version, at: each.at, hash: each.hash, changes: each.changes.map(plain), sheet: { ...each.sheet } });
const nothing = z.strictObject({}).optional();
const organiser = z.strictObject({ legalName: z.string().trim().min(1).max(200), contact: z.string().trim().min(1).max(200), complaints: z.string().trim().max(300) });
const revision = z.strictObject({ config: z.record(z.string(), z.unknown()).optional(), endsAt: z.number().int().min(0).max(8_640_000_000_000_000).nullable().optional() });
/** One language may be left empty: the other stands in for it. */
const notice = z.strictObject({ en: z.string().trim().max(300), 'zh-CN': z.string().trim().max(300) });
const filled = (given: z.infer<typeof notice> | undefined): z.infer<typeof text> | undefined =>
  (given && (given.en || given['zh-CN']) ? { en: given.en || given['zh-CN'], 'zh-CN': given['zh-CN'] || given.en } : undefined);
const given = ({ config, endsAt }: z.infer<typeof revision>): { config?: unknown; endsAt?: number | null } => ({ ...(config === undefined ? {} : { config }), ...(endsAt === undefined ? {} : { endsAt }) });

export function activityRoutes(routes: AdminRoutes, services: CoreServices): void {
  const { activities, settlements } = services;
  const { sheets } = activities;
  routes.route('get', '/activities', {
    summary: 'Activities of all modules; archived ones only when asked for', query: z.strictObject({ type: z.string().max(80).optional(), state: state.optional() }),
    reply: z.object({ items: z.array(activity.extend({ /** As the module calls it; absent when the module no longer runs. */ typeTitle: text.optional() })) }),
  }, async (ctx, { query }) => {
    const items = await activities.list<Readonly<Record<string, unknown>>>(ctx, { ...(query.type ? { type: query.type } : {}), ...(query.state ? { state: query.state } : {}) });
    const named = (each: Activity) => {
      const title = activities.types.find(each.type)?.title;
      return { ...shown(each), ...(title ? { typeTitle: { ...title } } : {}) };
    };
    return { items: items.filter((each) => query.state !== undefined || each.state !== 'archived').map(named) };
  });
  routes.route('get', '/activities/:id', {
    summary: 'One activity with its versions, public sheets, what can be changed, and what it came to', params: idParams,
    reply: activity.extend({
      versions: z.array(z.object({ version: z.number(), at: z.number(), actor: z.string(), change: z.string() })), sheets: z.array(sheet), adjustable: z.array(figure.pick({ label: true, value: true }).extend({ field: z.string() })),
      settlement: z.object({ at: z.number(), figures: z.array(figure), returned: z.array(z.object({ unit: z.string(), amount: z.number(), spent: z.number() })) }).nullable(),
    }),
  }, async (ctx, { params }) => {
    const found = await activities.get<Readonly<Record<string, unknown>>>(ctx, params.id);
    if (!found) throw notFound('activity', params.id);
    const [versions, history, settlement] = await Promise.all([activities.versions(ctx, params.id), sheets.history(ctx, params.id), settlements.of(ctx, params.id)]);
    const type = activities.types.find(found.type)?.definition;
    return {
      ...shown(found), versions: versions.map(({ version, at, actor, change: what }) => ({ version, at, actor, change: what })), sheets: history.map(sheetOf),
      adjustable: (type?.favours ? type.adjustable?.(found.config) ?? [] : []).map(({ field, label, value }) => ({ field, label: { ...label }, value })),
      settlement: settlement ? { at: settlement.at, figures: settlement.figures.map(({ name, label, value, text: shownAs }) => ({ name, label: { ...label }, value, ...(shownAs ? { text: { ...shownAs } } : {}) })), returned: [...settlement.returned] } : null,
    };
  });
  routes.route('get', '/activities/:id/sheet', { summary: 'The public sheet as it would be published now', params: idParams, reply: sheet }, async (ctx, { params }) => {
    const found = await activities.get<Readonly<Record<string, unknown>>>(ctx, params.id);
    if (!found) throw notFound('activity', params.id);
    return sheetOf(await sheets.preview(ctx, found, activities.types.find(found.type)));
  });
  routes.route('post', '/activities/:id/revision/preview', { summary: 'How published rules would change for shoppers; nothing is saved', params: idParams, body: revision, reply: z.object({ changes: z.array(change) }) },
    async (ctx, { params, body }) => ({ changes: (await activities.preview(ctx, params.id, given(body))).map(plain) }));
  routes.route('post', '/activities/:id/revision', { summary: 'Change published rules in the shopper\'s favour', params: idParams, body: revision, reply: activity, roles: GIVERS },
    async (ctx, { params, body }) => shown(await activities.revise<Activity['config']>(ctx, params.id, given(body))));
  routes.route('post', '/activities/:id/pause', { summary: 'Pause an activity, with a public notice why', params: idParams, body: z.strictObject({ notice: notice.optional() }).optional(), reply: activity, roles: GIVERS },
    async (ctx, { params, body }) => shown(await activities.transition(ctx, params.id, 'pause', filled(body?.notice))));
  for (const action of ['check', 'publish', 'resume', 'end', 'settle', 'archive'] as const) {
    routes.route('post', `/activities/:id/${action}`, { summary: `${action[0]!.toUpperCase()}${action.slice(1)} an activity`, params: idParams, body: nothing, reply: activity, roles: GIVERS },
      async (ctx, { params }) => shown(await activities.transition(ctx, params.id, action)));
  }
  routes.route('post', '/activities/:id/duplicate', { summary: 'A draft with the same rules', params: idParams, body: nothing, reply: activity, status: 201, roles: GIVERS }, async (ctx, { params }) => shown(await activities.duplicate(ctx, params.id)));
  routes.route('delete', '/activities/:id', { summary: 'Remove a draft', params: idParams, reply: z.null(), status: 204, roles: GIVERS }, async (ctx, { params }) => { await activities.remove(ctx, params.id); return null; });

  routes.route('get', '/organiser', { summary: 'Who answers for the shop\'s activities', reply: organiser.extend({ legalName: z.string(), contact: z.string() }) },
    async (ctx) => ({ ...(await sheets.organiser(ctx) ?? { legalName: '', contact: '', complaints: '' }) }));
  routes.route('put', '/organiser', { summary: 'Say who answers for the shop\'s activities', body: organiser, reply: z.object({}), roles: ['operator'] }, async (ctx, { body }) => { await sheets.saveOrganiser(ctx, body); return {}; });
}
