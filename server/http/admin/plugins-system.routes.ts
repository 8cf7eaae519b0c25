import { z, type AdminRoutes, type ShopContext } from '../../plugin-api/index.js';
import { memoryWatch, stallWatch } from '../../containment/containment.js';
import type { PluginSnapshot } from '../../containment/run-records.js';
import type { CoreServices } from '../core-services.js';
import { problemTitle } from '../problem-texts.js';
import { widgetFailure } from '../widget-failure.js';
import { localisedText } from './page-query.js';

const surface = z.enum(['route', 'event', 'job', 'hook', 'contribution', 'boot', 'widget', 'storefront']);
/** Times in milliseconds; `at`, `since` and `…At` are system time. */
const handler = z.object({
  surface, name: z.string(), calls: z.number(), failures: z.number(), timeouts: z.number(), refused: z.number(), detached: z.number(), stalls: z.number(),
  p50Ms: z.number(), p95Ms: z.number(), slowestMs: z.number(), lastAt: z.number(),
  lastError: z.object({ at: z.number(), code: z.string(), text: z.string() }).nullable(),
});
const quota = z.object({ name: z.string(), used: z.number(), limit: z.number(), granted: z.number(), resetsAt: z.number().nullable(), estimated: z.boolean() });
const plugin = z.object({
  id: z.string(), title: localisedText, version: z.string().nullable(),
  /** Of this process: `active`, `degraded` with the reason in `error`, or how far its start came. */
  state: z.string(), code: z.string().nullable(), error: z.string().nullable(),
  /** `code` in a few words of the reader's language. */
  reason: z.string().nullable(),
  /** What a reviewer should know though it did not stop the plugin. */
  warnings: z.array(z.object({ code: z.string(), title: z.string(), message: z.string() })), bootMs: z.record(z.string(), z.number()),
  /** In this shop; null when it was never installed. */
  install: z.string().nullable(),
  health: z.object({ ok: z.boolean(), message: z.string().nullable(), at: z.number() }).nullable(),
  /** What rests in this shop because it kept failing. */
  suspensions: z.array(z.object({ surface, state: z.enum(['open', 'half-open']), since: z.number(), retryInMs: z.number(), reason: z.string() })),
  /** Slowest first. */
  handlers: z.array(handler),
  /** Times it held up everybody, newest first. */
  stalls: z.array(z.object({ at: z.number(), ms: z.number(), surface, name: z.string() })),
  /** Times it was found to hold much more memory than shortly before, newest first. */
  growths: z.array(z.object({ at: z.number(), mb: z.number(), surface, name: z.string() })),
  quotas: z.array(quota),
  /** Outside services it called for this shop, busiest first; `last` is an HTTP status or the code of what went wrong. */
  outbound: z.array(z.object({ host: z.string(), calls: z.number(), failures: z.number(), slowestMs: z.number(), last: z.string(), lastAt: z.number() })),
});

export type QuotaUse = z.infer<typeof quota>;
/** How much of its quotas a plugin has used in the shop. */
export type QuotaUseOf = (ctx: ShopContext, pluginId: string) => readonly QuotaUse[] | Promise<readonly QuotaUse[]>;

const QUIET: Pick<PluginSnapshot, 'degraded' | 'health' | 'suspensions' | 'handlers' | 'stalls' | 'growths'> = { degraded: undefined, health: undefined, suspensions: [], handlers: [], stalls: [], growths: [] };

/** What runs here: how each plugin started and how it does in this shop. Figures are of this process and this shop alone. */
export function pluginsSystemRoutes(routes: AdminRoutes, services: CoreServices, quotaUse: QuotaUseOf): void {
  routes.route('get', '/system/plugins', {
    summary: 'What runs here: start, failures, breakers, slowest handlers, stalls and quotas of each plugin', roles: ['operator'],
    reply: z.object({ since: z.number(), thresholdMs: z.number(), unexplainedStalls: z.number(), memory: z.object({ usedMb: z.number(), limitMb: z.number() }), plugins: z.array(plugin) }),
  }, async (ctx) => {
    const { host, installs } = services;
    const snapshots = new Map(host.runs.snapshot(ctx.shop.id).map((each) => [each.plugin, each]));
    const titles = new Map(host.manifests().map(({ id, listing }) => [id, listing.title]));
    const plugins = await Promise.all(host.report().map(async (report): Promise<z.infer<typeof plugin>> => {
      const runs = snapshots.get(report.id) ?? QUIET;
      return {
        id: report.id, title: { ...titles.get(report.id) ?? { en: report.id, 'zh-CN': report.id } }, version: report.version ?? null,
        state: report.state, code: report.code ?? null, error: report.error ?? runs.degraded ?? null, reason: report.code ? problemTitle(report.code, 500, ctx.locale) : null,
        warnings: report.warnings.map(({ code, message }) => ({ code, title: problemTitle(code, 500, ctx.locale), message })), bootMs: { ...report.ms },
        install: installs.of(ctx.shop.id, report.id)?.state ?? null,
        health: runs.health ? { ok: runs.health.ok, message: runs.health.message ?? null, at: runs.health.at } : null,
        suspensions: runs.suspensions.map((each) => ({ ...each })),
        handlers: runs.handlers.map((each) => ({ ...each, lastError: each.lastError ? { ...each.lastError } : null })),
        stalls: runs.stalls.map((each) => ({ ...each })).reverse(), growths: runs.growths.map((each) => ({ ...each })).reverse(),
        quotas: (await quotaUse(ctx, report.id)).map((each) => ({ ...each })),
        outbound: services.outbound.calls.of(ctx.shop.id, report.id).map((each) => ({ ...each })),
      };
    }));
    return { since: host.runs.since, thresholdMs: services.config.stallMs, unexplainedStalls: stallWatch.unexplained, memory: { ...memoryWatch.use() }, plugins };
  });

  routes.route('post', '/system/widget-failures', {
    summary: 'A widget broke in the browser of a member of staff', roles: ['operator', 'marketer', 'agent', 'analyst', 'auditor'],
    body: z.strictObject({ plugin: z.string().max(60), widget: z.string().max(60), ...widgetFailure }), reply: z.object({ counted: z.boolean() }),
  }, (ctx, { body }) => {
    const counted = services.installs.isEnabled(ctx.shop.id, body.plugin) && services.host.manifest(body.plugin)?.widgets.some(({ name }) => name === body.widget) === true;
    if (counted) services.host.runs.line(body.plugin, ctx.shop, 'widget', body.widget).broke(body.phase, body.message);
    return Promise.resolve({ counted });
  });
}
