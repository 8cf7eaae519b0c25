import type { AddressInfo } from 'node:net';
import { GxError, type Actor, type Shop, type ShopContext } from './plugin-api/index.js';
import { bundledPlugins } from '../plugins/index.js';
import { compose, type Composition } from './compose.js';
import { ConfigError, type Config } from './config.js';
import type { PluginSource } from './host/plugin-source.js';
import { routerFor } from './host/router-for.js';
import { activityRoutes } from './http/admin/activities.routes.js';
import { auditRoutes } from './http/admin/audit.routes.js';
import { bootstrapRoutes as adminBootstrap } from './http/admin/bootstrap.routes.js';
import { installRoutes } from './http/admin/install.routes.js';
import { marketplaceRoutes } from './http/admin/marketplace.routes.js';
import { createSignInToken, sessionRoutes } from './http/admin/session.routes.js';
import { coreAdminRoutes } from './http/admin/core-admin.routes.js';
import { systemRoutes } from './http/admin/system.routes.js';
import { ApiDispatch, CoreRoutes } from './http/api-dispatch.js';
import { createApp } from './http/app.js';
import { AssetFiles } from './http/asset-files.js';
import { bornServer } from './http/born-server.js';
import { BrowserFiles } from './http/browser-files.js';
import { Identify } from './http/identify.js';
import { MarketplaceShelf } from './http/marketplace-shelf.js';
import { keptOpenApi } from './http/openapi.js';
import { RateLimits } from './http/rate-limits.js';
import { bootstrapRoutes as storefrontBootstrap } from './http/storefront/bootstrap.routes.js';
import { meRoutes } from './http/storefront/me.routes.js';
import { widgetFailureRoutes } from './http/storefront/widget-failures.routes.js';
import { createDemoMount } from './http/platforms/demo.mount.js';
import { createShopifyMount } from './http/platforms/shopify.mount.js';
import { DemoClock } from './shops/demo/demo-clock.js';
import { SystemClock } from './shops/clock.js';
import { packageSource } from './package-source.js';

export interface StartOptions {
  /** Replaces the bundled plugins; for tests and for `plugins dev`. */
  readonly plugins?: readonly PluginSource[];
  /** Says how far the first start has come. */
  readonly progress?: (line: string) => void;
}
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly services: Composition['services'];
  contextFor(shopKey: string, actor?: Actor): ShopContext;
  /** A link that signs a member of staff in once. */
  adminLink(shop: Shop): Promise<string>;
  /** Delivers every event and everything that follows from it. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const browserFolder = new URL('../browser/', import.meta.url);

function sourcesOf(config: Config, options: StartOptions): readonly PluginSource[] {
  return options.plugins ?? [...bundledPlugins.map((plugin) => ({ ...plugin, onBootFailure: 'continue' as const })), ...config.plugins.map((name) => packageSource(name))];
}

/** Waits until the port is ours. */
function listen(server: ReturnType<typeof bornServer>, config: Config): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new ConfigError(`Port ${config.port} is in use. Stop the other program, or choose another port: PORT=${config.port + 1} npm start`)
        : error.code === 'EACCES' ? new ConfigError(`Port ${config.port} may not be used without more rights. Choose one above 1024 with PORT.`) : error);
    });
    server.listen(config.port, config.host, () => { resolve(server.address() as AddressInfo); });
  });
}

/**
 * Starts a whole server and answers when it listens.
 * @throws ConfigError with a sentence when it cannot start
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const clock = config.mode === 'production' ? new SystemClock() : new DemoClock();
  const composition = await compose(config, sourcesOf(config, options), clock);
  const { services } = composition;
  try {
    return await serve(config, composition, clock, options);
  } catch (error) {
    await composition.stop().catch(() => undefined);
    services.log.fatal({ err: error }, 'the start failed');
    throw error;
  }
}

async function serve(config: Config, composition: Composition, clock: SystemClock | DemoClock, options: StartOptions): Promise<RunningServer> {
  const { services } = composition;
  const assets = new AssetFiles();
  const files = new BrowserFiles(browserFolder, assets);
  for (const unit of services.host.active()) {
    try { await files.add(unit.manifest!, unit.source.root); }
    catch (error) {
      services.log.error({ err: error, plugin: unit.id }, 'the widgets of a plugin cannot be served');
      await services.host.halt(unit.id, error);
    }
  }

  const shelf = new MarketplaceShelf(files, assets);
  for (const unit of services.host.active()) shelf.add(unit.manifest!, unit.source.root);
  services.installs.tellWith({ storefrontBytes: (pluginId) => shelf.storefrontBytes(pluginId) });

  const core = new CoreRoutes();
  const router = routerFor('core', core);
  const defaultShop = (): Shop | undefined => (config.mode === 'production' ? undefined : services.shops.byKey('demo'));
  meRoutes(router.storefront, services);
  storefrontBootstrap(router.storefront, services, files);
  widgetFailureRoutes(core.storefront, services, files);
  sessionRoutes(core.admin, services, defaultShop);
  adminBootstrap(router.admin, services, files);
  marketplaceRoutes(router.admin, services, shelf);
  installRoutes(router.admin, services);
  activityRoutes(router.admin, services);
  auditRoutes(router.admin, services);
  systemRoutes(router.admin, services);
  coreAdminRoutes(router.admin, core.admin, services);

  const demo = clock instanceof DemoClock ? await createDemoMount({ services, clock, core, assets, progress: options.progress ?? ((line) => { process.stdout.write(line); }) }) : undefined;
  const shopify = createShopifyMount(services, files, composition.privacyRequests);
  const identify = new Identify({
    shops: services.shops, clock, shopperKey: services.secrets.key('shopper-bearer'), staffKey: services.secrets.key('staff-bearer'), defaultShop,
    ...(shopify ? { platformAdmin: (token, locale) => shopify.admin(token, locale) } : {}),
    personOf: async (shop, platform, customerId) => {
      const ctx: ShopContext = { shop, actor: { kind: 'platform', source: platform }, locale: shop.locale, now: clock.now() };
      const known = await services.customers.byExternalId(ctx, customerId, platform);
      return known?.id ?? (await services.intake.customer(ctx, { externalId: customerId, updatedAt: 0 })).personId;
    },
  });
  const dispatch = new ApiDispatch({ identify, host: services.host, installs: services.installs, quotas: services.quotas, limits: new RateLimits(config.requestsPerAddress), trustedProxies: config.trustedProxies, log: services.log, checkReplies: config.mode === 'test', routeMs: config.routeTimeoutMs, pluginTitles: files.problemTitle }, core);
  const app = createApp({ services, assets, files, openApi: keptOpenApi(core, services.host), platforms: (target) => { demo?.mount(target); shopify?.mount(target, dispatch); } });
  const server = bornServer(app, dispatch);
  const { port } = await listen(server, config);
  composition.start();

  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host === '127.0.0.1' ? 'localhost' : config.host}:${port}`;
  return {
    url, port, services,
    contextFor(shopKey, actor = { kind: 'job', name: 'test' }) {
      const shop = services.shops.byKey(shopKey);
      if (!shop) throw new GxError('GX_SHOP_UNKNOWN', 404, `There is no shop "${shopKey}".`);
      return { shop, actor, locale: shop.locale, now: clock.now() };
    },
    adminLink: async (shop) => `${config.publicUrl ?? url}/admin#token=${await createSignInToken(services, shop, 'Owner', 'owner')}`,
    async drain() { while (await services.dispatcher.drain() > 0) { /* deliveries cause deliveries */ } },
    async close() {
      const closed = new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
      server.closeIdleConnections();
      const force = setTimeout(() => { server.closeAllConnections(); }, 10_000);
      force.unref();
      await closed;
      clearTimeout(force);
      await composition.stop();
    },
  };
}
