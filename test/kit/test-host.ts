import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../server/config.js';
import type { DataLocation, Engine } from '../../server/data/data-store.js';
import type { PluginSource, PluginReport } from '../../server/host/plugin-source.js';
import type { PluginUnit } from '../../server/host/plugin-unit.js';
import { createSignInToken } from '../../server/http/admin/session.routes.js';
import { issueShopperToken } from '../../server/http/shopper-token.js';
import { startServer, type RunningServer } from '../../server/main.js';
import { newId, type ShopContext } from '../../server/plugin-api/index.js';
import type { ErasureReceipt, PersonExport } from '../../server/privacy/personal-data-source.js';
import type { PurgeReceipt } from '../../server/privacy/purge-receipt.js';
import { HttpClient, type Answer } from './http-client.js';
import { serverLocation } from './server-schema.js';
import { mountWidget, type MountedWidget, type MountOptions } from './mount-widget.js';
import { StandIns, type OutsideCall, type StandIn } from './stand-ins.js';
import { ADMIN_TOKEN } from './test-server.js';

export interface TestHostOptions {
  /** On this host, in the order in which they are listed; the first one is meant where no plugin is named. */
  readonly plugins: readonly PluginSource[];
  /** Which optional capabilities shops grant; all of them if not given. Required ones are always granted. */
  readonly capabilities?: readonly string[];
  /** SQLite if not given. */
  readonly engine?: Engine;
  /** How far the shops' clock is ahead of the machine's, ISO 8601: `P30D`. */
  readonly clock?: string;
  /** Settings as environment variables, e.g. `{ GUANXI_ROUTE_TIMEOUT_MS: '300' }`. */
  readonly env?: Readonly<Record<string, string>>;
}
/** Somebody who shops: `client` speaks for them. */
export interface HostShopper { readonly personId: string; readonly externalId: string; readonly email: string; readonly client: HttpClient }
export interface HostRequest {
  readonly body?: unknown;
  /** The shop's key; `demo` if not given. */
  readonly shop?: string;
  /** Who asks: the merchant on `admin`, a new member on `storefront` if not given. */
  readonly as?: HttpClient;
  readonly plugin?: string;
}
interface Preview { readonly hash: string; readonly capabilities: readonly { readonly name: string; readonly optional: boolean }[]; readonly hosts: readonly { readonly host: string; readonly optional: boolean }[] }

/**
 * A real host in this process, on a database of its own, with any number of shops and a verb for everything that happens to a plugin.
 * Needs no test runner. Close it, or declare it with `await using`.
 */
export class TestHost implements AsyncDisposable {
  readonly #admins = new Map<string, HttpClient>();
  readonly #outside = new StandIns();
  #running: RunningServer | undefined;
  private constructor(readonly options: TestHostOptions, readonly engine: Engine, readonly location: DataLocation, private plugins: readonly PluginSource[], private readonly folder: string, private readonly drop: () => Promise<void>) {}

  static async start(options: TestHostOptions): Promise<TestHost> {
    const engine = options.engine ?? 'sqlite';
    const { location, drop } = await serverLocation(engine, 'others');
    const host = new TestHost(options, engine, location, options.plugins, mkdtempSync(join(tmpdir(), 'guanxi-host-')), drop);
    try {
      await host.#start();
      if (options.clock) await host.advance(options.clock);
      return host;
    } catch (error) { await host.close(); throw error; }
  }

  get running(): RunningServer { return this.#running!; }
  get url(): string { return this.running.url; }
  get services(): RunningServer['services'] { return this.running.services; }
  /** The plugin that is meant where none is named. */
  get plugin(): string { return this.plugins[0]?.id ?? ''; }
  report(plugin = this.plugin): PluginReport | undefined { return this.services.host.report().find(({ id }) => id === plugin); }
  /** A running plugin's routes, handlers and jobs. @throws Error with the boot report's sentence when it does not run */
  unit(plugin = this.plugin): PluginUnit {
    const unit = this.services.host.unit(plugin);
    if (!unit) throw new Error(this.report(plugin)?.error ?? `The plugin "${plugin}" is not on this host.`);
    return unit;
  }

  /** A context of the shop's owner, now; the shop is made when there is none with this key, otherwise like the demo shop. */
  async shop(key = 'demo'): Promise<ShopContext> {
    const demo = this.services.shops.byKey('demo')!;
    const shop = this.services.shops.byKey(key) ?? await this.services.shops.ensure({ ...demo, key }, this.services.clock.now());
    return { shop, actor: { kind: 'staff', id: 'test', name: 'Test', role: 'owner' }, locale: shop.locale, now: this.services.clock.now() };
  }
  /** The shop's owner, signed in by a link. */
  async admin(shop = 'demo'): Promise<HttpClient> {
    const known = this.#admins.get(shop);
    if (known) return known;
    const token = await createSignInToken(this.services, (await this.shop(shop)).shop, 'Owner', 'owner');
    const { bearer } = await new HttpClient(this.url).must<{ bearer: string }>('POST', '/api/admin/sign-in', { token });
    const client = new HttpClient(this.url, bearer);
    this.#admins.set(shop, client);
    return client;
  }
  /** A member of the shop; the same `externalId` is the same person. */
  async shopper(shop = 'demo', who: { readonly externalId?: string; readonly email?: string; readonly name?: string } = {}): Promise<HostShopper> {
    const ctx = await this.shop(shop);
    const externalId = who.externalId ?? newId();
    const email = who.email ?? `${externalId}@example.test`;
    const known = await this.services.privacy.personOf(ctx, ctx.shop.platform, externalId);
    const personId = known ?? (await this.services.intake.customer({ ...ctx, actor: { kind: 'platform', source: ctx.shop.platform } }, { externalId, email, name: who.name ?? 'Test Shopper', updatedAt: ctx.now })).personId;
    const bearer = issueShopperToken(this.services.secrets.key('shopper-bearer'), { shop: ctx.shop.id, person: personId, guest: false, exp: Date.now() + 3_600_000 });
    return { personId, externalId, email, client: new HttpClient(this.url, bearer) };
  }
  async guest(shop = 'demo'): Promise<HttpClient> {
    const { bearer } = await this.visitor(shop).must<{ bearer: string }>('POST', '/api/storefront/guests', {});
    return new HttpClient(this.url, bearer);
  }
  visitor(shop = 'demo'): HttpClient { return new HttpClient(this.url, undefined, { 'x-guanxi-shop': shop }); }

  /** As a merchant does it, with consent to the preview. Required capabilities are granted, and the optional ones that the host was made with. */
  async install(shop = 'demo', plugin = this.plugin): Promise<void> {
    const admin = await this.admin(shop);
    const { hash, capabilities, hosts } = await admin.must<Preview>('GET', `/api/admin/marketplace/${plugin}/preview`);
    const asked = [...capabilities, ...hosts.map(({ host, optional }) => ({ name: `net:${host}`, optional }))];
    const granted = asked.filter(({ name, optional }) => !optional || !this.options.capabilities || this.options.capabilities.includes(name)).map(({ name }) => name);
    await admin.must('POST', `/api/admin/installs/${plugin}`, { granted, consent: hash });
    await this.drain();
  }
  async enable(shop = 'demo', plugin = this.plugin): Promise<void> { await this.#move(shop, 'POST', `${plugin}/enable`); }
  async disable(shop = 'demo', plugin = this.plugin): Promise<void> { await this.#move(shop, 'POST', `${plugin}/disable`); }
  async uninstall(shop = 'demo', plugin = this.plugin): Promise<void> { await this.#move(shop, 'DELETE', plugin); }
  /** Restarts the host on the same data with another build of a plugin; shops follow to its version, or wait for consent. */
  async upgrade(source: PluginSource): Promise<void> {
    await this.#stop();
    this.plugins = this.plugins.some(({ id }) => id === source.id) ? this.plugins.map((each) => (each.id === source.id ? source : each)) : [...this.plugins, source];
    await this.#start();
    await this.drain();
  }

  /** One of the plugin's own routes, `path` as it declares it, with parameters filled in. */
  async request<T = Record<string, unknown>>(surface: 'admin' | 'storefront', method: string, path: string, { body, shop = 'demo', as, plugin = this.plugin }: HostRequest = {}): Promise<Answer<T>> {
    const client = as ?? (surface === 'admin' ? await this.admin(shop) : (await this.shopper(shop)).client);
    return client.send<T>(method.toUpperCase(), `/api/${surface}/plugins/${plugin}${path}`, body);
  }
  /** Something that happened in a shop; its handlers have run when it answers. */
  async emit(event: string, payload: Readonly<Record<string, unknown>>, shop = 'demo'): Promise<void> {
    await this.services.outbox.emit(await this.shop(shop), event, payload);
    await this.drain();
  }
  /** From now on calls of an outside service (`net:<host>`) reach this function and nothing else; each is kept for `calls`. */
  answer(service: string, standIn: StandIn): Promise<void> { return this.#outside.answer(service, standIn); }
  /** The calls that plugins made of a service since `answer`, oldest first. */
  calls(service: string): readonly OutsideCall[] { return this.#outside.calls(service); }
  /** A widget in a browser: `await using card = await host.mount('visit', { as: ann.client })`. @throws Error that says why not, e.g. what to install for a browser */
  mount(widget: string, options?: MountOptions): Promise<MountedWidget> { return mountWidget(this, widget, options); }
  /** Runs a job of the plugin at once; throws what it throws. */
  async runJob(name: string, shop = 'demo', plugin = this.plugin, signal: AbortSignal = new AbortController().signal): Promise<void> {
    const job = this.unit(plugin).jobs[name];
    if (!job) throw new Error(`The plugin "${plugin}" has no job "${name}". It has: ${Object.keys(this.unit(plugin).jobs).join(', ') || 'none'}.`);
    await job({ ...await this.shop(shop), actor: { kind: 'job', name: `${plugin}.${name}` } }, signal);
    await this.drain();
  }
  /** Moves the clock of all shops (`PT2H`, `P3D`); jobs that fall due on the way have run, in order. */
  async advance(duration: string): Promise<void> {
    await new HttpClient(this.url).must('POST', '/demo/api/clock', { advance: duration });
    await this.drain();
  }
  async exportCustomer(personId: string, shop = 'demo'): Promise<PersonExport> { return this.services.privacy.exportPerson(await this.shop(shop), personId); }
  async eraseCustomer(personId: string, shop = 'demo'): Promise<ErasureReceipt> {
    const receipt = await this.services.privacy.erasePerson(await this.shop(shop), personId);
    await this.drain();
    return receipt;
  }
  /** Uninstalls the plugin if it is installed and deletes its rows of the shop, as the host does it when the retention is over. Undefined when it could not be finished. */
  async purge(shop = 'demo', plugin = this.plugin): Promise<PurgeReceipt | undefined> {
    const ctx = await this.shop(shop), { installs, purges } = this.services;
    if (!['uninstalled', 'purging', 'purged'].includes(installs.of(ctx.shop.id, plugin)?.state ?? 'purged')) await this.uninstall(shop, plugin);
    const before = (await purges.receipts(ctx))[0]?.id;
    const install = installs.of(ctx.shop.id, plugin);
    const due: ShopContext = { ...ctx, now: Math.max(ctx.now, install?.purgeAfter ?? 0) };
    if (install) await installs.purge(due, install, async (inner, id) => { await purges.purge(inner, id); });
    await this.drain();
    const [receipt] = await purges.receipts(ctx);
    return receipt && receipt.id !== before && receipt.finishedAt !== null ? receipt : undefined;
  }
  /** Delivers every event and everything that follows from it. */
  drain(): Promise<void> { return this.running.drain(); }

  async close(): Promise<void> {
    await this.#stop();
    await this.#outside.close();
    await this.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
  [Symbol.asyncDispose](): Promise<void> { return this.close(); }

  async #move(shop: string, method: 'POST' | 'DELETE', path: string): Promise<void> {
    await (await this.admin(shop)).must(method, `/api/admin/installs/${path}`, method === 'POST' ? {} : undefined);
    await this.drain();
  }
  async #start(): Promise<void> {
    const { location } = this;
    const config = loadConfig({
      PORT: '0', DATA_DIR: this.folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url,
      GUANXI_ADMIN_TOKEN: ADMIN_TOKEN, GUANXI_SEED: 'none', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent', ...this.options.env,
    }, 'test');
    const standIns = Object.assign(this.#outside.places, { ...config.standIns, ...this.#outside.places });
    this.#running = await startServer({ ...config, standIns }, { progress: () => { /* nothing to show */ }, plugins: this.plugins });
  }
  async #stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#admins.clear();
    await running?.close();
  }
}

/** Starts a host with plugins: `await using host = await createTestHost({ plugins: [builtPlugin(import.meta.url)] })`. */
export const createTestHost = (options: TestHostOptions): Promise<TestHost> => TestHost.start(options);
