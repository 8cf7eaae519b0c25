import { timingSafeEqual } from 'node:crypto';
import type { Express, Request } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { CoreServices } from './core-services.js';
import { sendProblem, toProblem } from './problem.js';
import { unauthenticated } from './shopper-token.js';

/** Whoever may read numbers that concern all shops: only on this machine, or with the operator's key (`Authorization: Bearer`). */
function operator(req: Request, services: CoreServices): boolean {
  const given = Buffer.from(req.get('authorization')?.replace(/^Bearer /, '') ?? '');
  const wanted = Buffer.from(services.secrets.key('operator').toString('base64url'));
  const local = /^(::1|127\.|::ffff:127\.)/.test(req.socket.remoteAddress ?? '') && !req.get('x-forwarded-for');
  return local || (given.length === wanted.length && timingSafeEqual(given, wanted));
}

/** Events are counted at most this often, in ms, however many probe: it reads the outbox of all shops. */
const LAG_MS = 1_000;

/** Liveness, readiness, metrics and the invariants of money. */
export function mountOperators(app: Express, services: CoreServices): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: 'guanxi_writer_waiting', help: 'Units that wait for the database writer', registers: [registry], collect() { this.set(services.store.stats.waiting); } });
  new Gauge({ name: 'guanxi_units_total', help: 'Units of work committed', registers: [registry], collect() { this.set(services.store.stats.units); } });
  new Gauge({ name: 'guanxi_commits_total', help: 'Commits', registers: [registry], collect() { this.set(services.store.stats.commits); } });
  let counted = -Infinity, lag: ReturnType<typeof services.dispatcher.lag>;
  const lagNow = (): typeof lag => {
    if (performance.now() - counted >= LAG_MS) { counted = performance.now(); lag = services.dispatcher.lag(); lag.catch(() => { counted = -Infinity; }); }
    return lag;
  };
  new Gauge({ name: 'guanxi_events_waiting', help: 'Events not yet delivered', registers: [registry], async collect() { this.set((await lagNow()).waiting); } });
  const figures = { calls: 'Calls that ended', failures: 'Calls that failed by the plugin\'s fault, time-outs included', timeouts: 'Calls that took too long', refused: 'Calls not made because the plugin rests', detached: 'Errors that nobody awaited', stalls: 'Times it held up the process' } as const;
  for (const [name, help] of Object.entries(figures) as [keyof typeof figures, string][]) {
    new Gauge({ name: `guanxi_plugin_${name}`, help: `${help}, in all shops, since this process began`, labelNames: ['plugin'], registers: [registry], collect() { for (const total of services.host.runs.totals()) this.set({ plugin: total.plugin }, total[name]); } });
  }
  new Gauge({ name: 'guanxi_plugin_up', help: '1 when the plugin runs and is well, 0 when it is degraded or did not start', labelNames: ['plugin'], registers: [registry], collect() { for (const { id, state } of services.host.report()) this.set({ plugin: id }, Number(state === 'active')); } });

  app.get('/healthz', (_req, res) => { res.type('text/plain').send('ok'); });
  app.get('/readyz', async (_req, res) => {
    try {
      await services.store.ping();
      const { oldestMs, dead } = await lagNow();
      res.json({ ready: true, engine: services.store.engine, eventLagMs: oldestMs, deadEvents: dead });
    } catch { res.status(503).json({ ready: false }); }
  });
  app.get('/metrics', async (req, res) => {
    if (!operator(req, services)) { sendProblem(res, toProblem(unauthenticated(), 'en', '-')); return; }
    res.type(registry.contentType).send(await registry.metrics());
  });
  app.get('/internal/integrity', async (req, res) => {
    if (!operator(req, services)) { sendProblem(res, toProblem(unauthenticated(), 'en', '-')); return; }
    const shops = [];
    for (const shop of services.shops.all()) {
      shops.push({ shop: shop.key, ...await services.integrity.prove({ shop, actor: { kind: 'job', name: 'integrity' }, locale: shop.locale, now: services.clock.now() }) });
    }
    res.json({ ok: shops.every((each) => each.violations.length === 0), shops });
  });
}
