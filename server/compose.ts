import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addDays, businessDate, type Actor, type Clock, type Manifest, type MigrationClass, type ShopContext } from './plugin-api/index.js';
import { ActivitiesService } from './activities/activities.service.js';
import * as activities from './activities/schema.js';
import { SettlementService } from './activities/settling/settlement.service.js';
import { capabilityFactories } from './capabilities.js';
import { ImportJobsService } from './commerce/import/import-jobs.service.js';
import { ImportTargets } from './commerce/import/import-targets.js';
import * as imports from './commerce/import/schema.js';
import { CommerceIntakeService } from './commerce/commerce-intake.service.js';
import { CustomersService } from './commerce/customers.service.js';
import { DiscountCodesService } from './commerce/discount-codes.service.js';
import { OrdersService } from './commerce/orders.service.js';
import { ProductsService } from './commerce/products.service.js';
import * as commerce from './commerce/schema.js';
import { CodeGuessing } from './commerce/code-guessing.js';
import { ProductOpenings } from './commerce/product-openings.js';
import { MemberPrices } from './commerce/stacking/member-prices.js';
import { StackingService } from './commerce/stacking/stacking.service.js';
import { SegmentAttributes } from './commerce/segments/segment-attributes.js';
import type { Config } from './config.js';
import { IDEMPOTENCY_TTL, IdempotencyService } from './data/idempotency.service.js';
import { migrate, openMigrations } from './data/migrate.js';
import { openDataStore } from './data/open-data-store.js';
import * as data from './data/schema.js';
import { EconomyReportService } from './economy/economy-report.service.js';
import { BudgetsService } from './economy/budgets/budgets.service.js';
import { GrantsService } from './economy/grants.service.js';
import { GrantWatchService } from './economy/risk/grant-watch.service.js';
import { HeldGrantsService } from './economy/risk/held-grants.service.js';
import { riskPersonalData } from './economy/risk/risk-data.js';
import { RiskService } from './economy/risk/risk.service.js';
import { IntegrityService } from './economy/integrity.service.js';
import { PluginInvariants } from './economy/plugin-invariants.js';
import { OrderEarningService } from './economy/earning/order-earning.service.js';
import { PointsLedgerService } from './economy/points-ledger.service.js';
import { EarnRulesService } from './economy/earning/earn-rules.service.js';
import { EarningMultipliers } from './economy/earning/earning-multipliers.js';
import { EarningPreviewService } from './economy/earning/earning-preview.service.js';
import { EarningSimulationService } from './economy/earning/earning-simulation.service.js';
import { AdjustmentsService } from './economy/adjustments/adjustments.service.js';
import { ExpiryNoticesService } from './economy/expiry/expiry-notices.service.js';
import { ExplainService } from './economy/explaining/explain.service.js';
import { LedgerSealsService } from './economy/seals/ledger-seals.service.js';
import { PeopleMergingService } from './economy/merging/people-merging.service.js';
import { pointsPersonalData } from './economy/forfeiture.js';
import { ProgrammeService } from './economy/programme/programme.service.js';
import * as economy from './economy/schema.js';
import { DeadLettersService } from './events/dead-letters.service.js';
import { EventDispatcher } from './events/event-dispatcher.service.js';
import { InboxService } from './events/inbox.service.js';
import { OutboxService } from './events/outbox.service.js';
import * as events from './events/schema.js';
import { BREAKER_RULE } from './containment/breaker.js';
import { memoryWatch, stallWatch } from './containment/containment.js';
import { HealthWatch } from './host/health-watch.js';
import { PluginHost } from './host/plugin-host.js';
import type { PluginSource } from './host/plugin-source.js';
import { RunRecords } from './containment/run-records.js';
import type { CoreServices } from './http/core-services.js';
import { serverLog } from './http/server-log.js';
import { pardonResumed, suspendStuck } from './installs/breaker-suspension.js';
import { bringUpAll, renewSecrets } from './installs/bring-up.js';
import { InstallsService } from './installs/installs.service.js';
import { purgeJob } from './installs/purge.job.js';
import * as installs from './installs/schema.js';
import { SchedulerService } from './jobs/scheduler.service.js';
import * as jobs from './jobs/schema.js';
import { ForecastsService } from './planner/forecasts.service.js';
import { PackService } from './planner/pack.service.js';
import { PlannerService } from './planner/planner.service.js';
import { PlannerSources } from './planner/planner-sources.js';
import * as planning from './planner/schema.js';
import { pluginWiring } from './plugin-wiring.js';
import { AuditService } from './privacy/audit.service.js';
import { PluginPersonalData } from './privacy/plugin-personal-data.service.js';
import { PluginPurgeService } from './privacy/plugin-purge.service.js';
import { PrivacyRequestsService } from './privacy/privacy-requests.service.js';
import { PrivacyService } from './privacy/privacy.service.js';
import { privacyJobs } from './privacy/retention.job.js';
import { ShopRedactionService } from './privacy/shop-redaction.service.js';
import { pluginTables } from './privacy/plugin-tables.js';
import * as privacy from './privacy/schema.js';
import { coveringHost } from './outbound/declared-hosts.js';
import { OutboundCalls } from './outbound/outbound-calls.js';
import { OutboundDoor } from './outbound/outbound-door.js';
import { QuotaService } from './quotas/quotas.service.js';
import * as quotas from './quotas/schema.js';
import { Secrets } from './secrets/secrets.service.js';
import * as demo from './shops/demo/schema.js';
import * as shops from './shops/schema.js';
import { ShopsService } from './shops/shops.service.js';
import * as shopify from './shops/shopify/schema.js';

const parts = [data, shops, demo, shopify, commerce, imports, economy, events, jobs, privacy, activities, installs, quotas, planning];
/** What the URLs of a folder's modules begin with, also when it lies behind a link. */
const realUrl = (folder: URL): string => `${pathToFileURL(realpathSync(folder)).href}/`;
export const CORE_HISTORY = 'core_migrations';
/** In the order of their time stamps, which is the order of the floors. */
export const coreMigrations: readonly MigrationClass[] = parts.flatMap((part) => [...part.migrations]);

export interface Composition {
  readonly services: CoreServices;
  readonly privacyRequests: PrivacyRequestsService;
  /** A context for work that no request caused. */
  contextFor(shopId: number, actor: Actor): Promise<ShopContext>;
  /** Starts what runs in the background. */
  start(): void;
  stop(): Promise<void>;
}

/** The composition root: config → data → core services → host. Everything is made here and handed on; nothing looks anything up. */
export async function compose(config: Config, sources: readonly PluginSource[], clock: Clock): Promise<Composition> {
  const log = serverLog(config);
  await migrate(config.location, CORE_HISTORY, coreMigrations);
  const runs = new RunRecords({
    rule: { ...BREAKER_RULE, coolDownMs: config.coolDownMs },
    onDegraded: (plugin, reason) => { host.degrade(plugin, reason); log.warn({ plugin, reason }, reason === undefined ? 'a plugin is well again' : 'a plugin is degraded in all shops'); },
    onStuck: (stuck) => { suspendStuck({ installs: installsService, shops: shopList, contextFor, after: config.suspendAfter, report: (error, what) => { log.error({ err: error }, what); } }, stuck); },
  });
  const host = new PluginHost(sources, config.pluginStartMs, runs, config.hookTimeoutMs);
  const health = new HealthWatch(host, config.healthEveryMs);
  const unwatch: (() => void)[] = [];
  const pending = openMigrations(config.location);
  let described: Awaited<ReturnType<PluginHost['prepare']>>;
  try { described = await host.prepare(config.location, pending); } finally { await pending.close(); }
  const store = await openDataStore({ location: config.location, entities: parts.flatMap((part) => [...part.entities]), described });
  const secrets = await Secrets.open(store, config.secret, config.previousSecret);
  const shopList = new ShopsService(store);
  await shopList.load();
  const contextFor = (shopId: number, actor: Actor): Promise<ShopContext> => {
    const shop = shopList.byId(shopId);
    if (!shop) return Promise.reject(new Error(`There is no shop ${shopId}.`));
    return Promise.resolve({ shop, actor, locale: shop.locale, now: clock.now() });
  };
  const report = (message: string, fields: Readonly<Record<string, unknown>>): void => { log.error(fields, message); };

  const outbox = new OutboxService(store);
  const dispatcher = new EventDispatcher(store, outbox, contextFor, { report });
  const inbox = new InboxService(store, contextFor, { report });
  const scheduler = new SchedulerService(store, clock, () => shopList.active(), contextFor, { report });
  const audit = new AuditService(store);
  const personalData = new PluginPersonalData(store);
  const privacyService = new PrivacyService(store, audit, outbox, personalData);
  const privacyRequests = new PrivacyRequestsService(store, privacyService, new ShopRedactionService(store, audit, (shopId) => installsService.forget(shopId)), audit);
  const installsService = new InstallsService({ store, audit, outbox, sealer: secrets, report: (error, what) => { log.error({ err: error }, what); } });
  dispatcher.register(installsService.hookConsumer());
  const customers = new CustomersService(store);
  const products = new ProductsService(store);
  const orders = new OrdersService(store);
  const discounts = new DiscountCodesService(store, outbox);
  const ledger = new PointsLedgerService(store);
  const grants = new GrantsService(store, outbox, (shopId, plugin) => installsService.isEnabled(shopId, plugin));
  const invariants = new PluginInvariants();
  const earningMultipliers = new EarningMultipliers((shopId, plugin) => installsService.isEnabled(shopId, plugin), report);
  const earning = new OrderEarningService(store, earningMultipliers);
  const earnRules = new EarnRulesService(store, audit);
  const risk = new RiskService(store, secrets.key('risk-signals'), audit, outbox);
  const intake = new CommerceIntakeService(store, outbox, earning, discounts, risk);
  const activitiesService = new ActivitiesService(store, audit);
  const reports = new EconomyReportService(store);
  const plannerSources = new PlannerSources((shopId, plugin) => installsService.isEnabled(shopId, plugin), report);
  const planner = new PlannerService({
    db: store, activities: activitiesService, audit, sources: plannerSources, members: async (ctx) => (await customers.counts(ctx, ctx.now)).members, sales: (ctx) => orders.totals(ctx, addDays(businessDate(ctx.shop, ctx.now), -90), businessDate(ctx.shop, ctx.now)),
    pageOf: (plugin) => { const page = host.unit(plugin)?.manifest?.widgets.find((each) => each.surface === 'admin' && each.slot === 'page'); return page ? `/plugins/${plugin}/${page.name}` : '/activities'; },
  });
  activitiesService.guardWith((ctx, id) => planner.blockers(ctx, id));
  const forecasts = new ForecastsService({ db: store, audit, planner, reports, sales: (ctx, from, to) => orders.daily(ctx, from, to), now: Date.now, report: (error, what) => { log.error({ err: error }, what); } });

  const quotaService = new QuotaService({ store, most: config.quotas, manifest: (id) => host.unit(id)?.manifest, now: Date.now, report: (message, fields) => { log.warn(fields, message); } });
  const outbound = {
    door: new OutboundDoor({ standIns: config.standIns }), calls: new OutboundCalls(Date.now, (made) => { log.info(made, 'a plugin called an outside service'); }),
    quota: (ctx: ShopContext, plugin: string) => { quotaService.outbound(ctx.shop, plugin); },
    agreed: (ctx: ShopContext, plugin: Manifest, host: string) => coveringHost(plugin, host).some(({ name, optional }) => !optional || installsService.granted(ctx, plugin.id, name)),
  };
  const importTargets = new ImportTargets();
  const importJobs = new ImportJobsService({ db: store, intake, targets: importTargets }, join(config.dataDir, 'imports'), Date.now);

  const seals = new LedgerSealsService(store, Date.now);
  const held = new HeldGrantsService(store, grants, risk, audit);
  const budgets = new BudgetsService(store, audit);
  const grantWatch = new GrantWatchService(store, audit, outbox);
  const services: CoreServices = {
    config, log, clock, store, shops: shopList, secrets, customers, products, orders, intake, discounts, ledger, grants, budgets, risk, held, grantWatch,
    adjustments: new AdjustmentsService(store, audit), expiryNotices: new ExpiryNoticesService(store, outbox), explain: new ExplainService(store),
    merging: new PeopleMergingService(store, audit, outbox),
    earnRules, earningMultipliers, earningPreview: new EarningPreviewService(store, products, earningMultipliers), earningSimulation: new EarningSimulationService(store, earnRules),
    programme: new ProgrammeService(store, audit, (shop) => shopList.changed(shop)),
    economy: reports, planner, plannerSources, forecasts, pack: new PackService(plannerSources, audit, (plugin) => host.manifest(plugin)?.listing.title), integrity: new IntegrityService(store, { seals, plugins: invariants, systemNow: Date.now }), invariants,
    outbox, dispatcher, deadLetters: new DeadLettersService(store, Date.now, () => { dispatcher.poke(); }), inbox, scheduler, audit, privacy: privacyService, privacyRequests, personalData, purges: new PluginPurgeService(store, audit), activities: activitiesService, settlements: new SettlementService(store, activitiesService), installs: installsService, host, quotas: quotaService, outbound, importTargets, importJobs,
    stacking: new StackingService(store, audit), memberPrices: new MemberPrices((shopId, plugin) => installsService.isEnabled(shopId, plugin), report), openings: new ProductOpenings((shopId, plugin) => installsService.isEnabled(shopId, plugin), report), guessing: new CodeGuessing(store),
    segments: new SegmentAttributes((shopId, plugin) => installsService.isEnabled(shopId, plugin), report),
  };
  privacyService.registerSource(pointsPersonalData(store));
  privacyService.registerSource(riskPersonalData(store, grants));
  dispatcher.register(budgets.alarmConsumer());
  dispatcher.register(risk.consumer());
  installsService.attach(host);
  pardonResumed(installsService, (plugin, shopId) => { runs.pardon(plugin, shopId); });
  await installsService.load();
  scheduler.register({ owner: 'core', name: 'points-mature', schedule: '7 * * * *', enabled: () => true, run: async (ctx, signal) => { await ledger.mature(ctx, signal); } });
  scheduler.register({ owner: 'core', name: 'points-expire', schedule: '17 * * * *', enabled: () => true, run: async (ctx, signal) => { await ledger.expireHolds(ctx, signal); await ledger.expireDue(ctx, signal); } });
  scheduler.register({ owner: 'core', name: 'grant-watch', schedule: '*/5 * * * *', enabled: () => true, run: async (ctx, signal) => { await held.releaseDue(ctx, signal); await risk.judgeBusy(ctx); await grantWatch.watch(ctx); } });
  scheduler.register({ owner: 'core', name: 'risk-clusters', schedule: '37 3 * * *', enabled: () => true, run: async (ctx, signal) => { await risk.judgeAll(ctx, signal); } });
  scheduler.register({ owner: 'core', name: 'points-desk', schedule: '47 9 * * *', enabled: () => true, run: async (ctx, signal) => { await services.expiryNotices.notify(ctx, signal); await seals.seal(ctx); } });
  scheduler.register(services.settlements.job);
  const idempotency = new IdempotencyService(store);
  for (const job of privacyJobs(privacyRequests, [inbox, outbox, { purge: () => idempotency.purgeIdempotency(Date.now() - IDEMPOTENCY_TTL) }])) scheduler.register(job);
  const wiring = pluginWiring(services);
  await host.activate(capabilityFactories(services), installsService, wiring);
  installsService.attach(host);
  installsService.tellWith({
    tables: async (pluginId) => (await pluginTables(store, pluginId)).rows.map(({ name }) => name), grantedLimit: (_pluginId, name, asked) => quotaService.wouldGrant(name, asked),
  });
  scheduler.register(purgeJob(installsService, async (ctx, pluginId) => { await services.purges.purge(ctx, pluginId); }));
  if (config.previousSecret) await renewSecrets(installsService, shopList, contextFor, (error, what) => { log.error({ err: error }, what); });
  await bringUpAll(installsService, shopList, contextFor, (error, what) => { log.error({ err: error }, what); });

  return {
    services, privacyRequests, contextFor,
    start() {
      unwatch.push(stallWatch.start(config.stallMs), memoryWatch.start({ everyMs: config.memoryEveryMs, share: config.memoryShare }, () => host.active().map(({ id, source }) => ({ id, root: realUrl(source.root), runs: runs.of(id), line: () => runs.boot(id, 'memory') }))));
      health.start();
      installsService.start(); dispatcher.start(); inbox.start(); scheduler.start();
    },
    async stop() {
      await health.stop();
      installsService.stop();
      await importJobs.stop();
      await forecasts.stop();
      await Promise.all([scheduler.stop(), inbox.stop(), dispatcher.stop()]);
      await host.stop();
      await quotaService.stop();
      for (const stop of unwatch.splice(0)) stop();
      await store.close();
    },
  };
}
