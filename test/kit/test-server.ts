import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../server/config.js';
import type { DataLocation, Engine } from '../../server/data/data-store.js';
import type { PluginSource } from '../../server/host/plugin-source.js';
import { startServer, type RunningServer } from '../../server/main.js';
import { statement, type Actor, type ShopContext } from '../../server/plugin-api/index.js';
import { atEnd } from './at-end.js';
import { engines } from './databases.js';
import { HttpClient } from './http-client.js';
import { installPlugin } from './install-plugin.js';
import type { Place } from './locations.js';
import { copyOf } from './migrated-database.js';
import { serverLocation } from './server-schema.js';
import { besideModel, modelOf } from './shared-model.js';

/** 32 characters or more; every test server has the same. */
export const ADMIN_TOKEN = 'test-admin-token-that-is-long-enough';

export interface TestServerOptions {
  /** SQLite if not given. */
  readonly engine?: Engine;
  /** What the demo shop begins with; `none` if not given. */
  readonly seed?: 'none' | 'small' | 'full';
  /** Replaces the bundled plugins. */
  readonly plugins?: readonly PluginSource[];
  /** `test` checks every reply against its schema; `demo` is as fast as the real thing. */
  readonly mode?: 'test' | 'demo';
  /** Settings as environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}
/** A shopper with a bearer; `customerId` is what the demo's doors call them, absent for guests. */
export interface Shopper extends HttpClient { readonly customerId: string | undefined; readonly personId: string | undefined }
export interface OrderLineWish { readonly sku: string; readonly quantity: number }

const NEWEST = statement<{ id: string | null }>('SELECT MAX(id) AS id FROM ledger_transaction WHERE shop_id = :shop');

class ShopperClient extends HttpClient implements Shopper {
  constructor(base: string, bearer: string, readonly customerId: string | undefined, readonly personId: string | undefined) { super(base, bearer); }
}

/** The real application on a port of its own, with a database of its own and doors to move it. */
export class TestServer implements AsyncDisposable {
  #admin: Promise<HttpClient> | undefined;
  #people = 0;
  #checked = '';
  #closed = false;
  constructor(readonly engine: Engine, readonly running: RunningServer, private readonly drop: () => Promise<void>) {}

  get url(): string { return this.running.url; }
  get services(): RunningServer['services'] { return this.running.services; }
  /** A context of the demo shop, by default of its owner. */
  context(actor: Actor = { kind: 'staff', id: 'test', name: 'Test', role: 'owner' }): ShopContext { return this.running.contextFor('demo', actor); }

  visitor(): HttpClient { return new HttpClient(this.url); }
  /** The merchant, signed in through the door. */
  admin(): Promise<HttpClient> {
    this.#admin ??= this.visitor().must<{ bearer: string }>('POST', '/api/admin/sign-in', { token: ADMIN_TOKEN }).then(({ bearer }) => new HttpClient(this.url, bearer));
    return this.#admin;
  }
  async shopper(who: { readonly email?: string; readonly name?: string } = {}): Promise<Shopper> {
    const email = who.email ?? `shopper-${++this.#people}-${Math.random().toString(36).slice(2, 8)}@example.test`;
    const { customerId, bearer } = await this.visitor().must<{ customerId: string; bearer: string }>('POST', '/demo/api/shoppers', { ...who, email });
    const { person } = await new HttpClient(this.url, bearer).must<{ person: { id: string } }>('GET', '/api/storefront/me');
    return new ShopperClient(this.url, bearer, customerId, person.id);
  }
  async guest(): Promise<Shopper> {
    const { bearer, personId } = await this.visitor().must<{ bearer: string; personId: string }>('POST', '/api/storefront/guests', {});
    return new ShopperClient(this.url, bearer, undefined, personId);
  }

  /** Installs a plugin in the demo shop with everything it asks for, and switches it on, as a merchant would. */
  async install(plugin: string): Promise<void> { await installPlugin(await this.admin(), plugin); }

  /** A paid order. `deliver` and `refund` take its id. */
  async order(shopper: Shopper, lines: readonly OrderLineWish[], codes: readonly string[] = []): Promise<{ readonly id: string } & Readonly<Record<string, unknown>>> {
    const order = await this.visitor().must<{ id: string }>('POST', '/demo/api/orders', { customerId: shopper.customerId, lines, ...(codes.length ? { codes } : {}) });
    await this.drain();
    return order;
  }
  async deliver(orderId: string): Promise<void> {
    await this.visitor().must('POST', `/demo/api/orders/${encodeURIComponent(orderId)}/deliver`, {});
    await this.drain();
  }
  async refund(orderId: string, lines?: readonly OrderLineWish[]): Promise<void> {
    await this.visitor().must('POST', `/demo/api/orders/${encodeURIComponent(orderId)}/refund`, lines ? { lines } : {});
    await this.drain();
  }
  /** Moves the shop's clock (`P1D`, `PT2H`); what falls due has been done when it answers. */
  async advance(duration: string): Promise<void> {
    await this.visitor().must('POST', '/demo/api/clock', { advance: duration });
    await this.drain();
  }
  drain(): Promise<void> { return this.running.drain(); }

  /** Throws with every broken rule of the ledger. */
  async integrity(): Promise<void> {
    await this.drain();
    const broken = await this.services.integrity.check(this.context());
    if (broken.length) throw new Error(`The ledger's rules are broken:\n${broken.map((each) => JSON.stringify(each)).join('\n')}`);
  }

  /** As `integrity`, if the ledger has moved since it was last looked at; does not wait for what is under way. */
  async integrityIfMoved(): Promise<void> {
    const context = this.context(), last = (await this.services.store.read(context, (q) => q.one(NEWEST)))?.id ?? '';
    if (last === this.#checked) return;
    this.#checked = last;
    const broken = await this.services.integrity.check(context);
    if (broken.length) throw new Error(`The ledger's rules are broken:\n${broken.map((each) => JSON.stringify(each)).join('\n')}`);
  }

  async close(): Promise<void> {
    const check = !this.#closed;
    this.#closed = true;
    try { if (check) await this.integrityIfMoved(); } finally {
      await this.running.close();
      await this.drop();
    }
  }
  [Symbol.asyncDispose](): Promise<void> { return this.close(); }
}

interface Ground { readonly folder: string; readonly location: DataLocation; drop(): Promise<void> }

const urlOf = (location: DataLocation): string => (location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url);
function groundOf({ location, drop }: Place): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-server-'));
  return { folder, location, drop: async () => { await drop(); rmSync(folder, { recursive: true, force: true }); } };
}
const run = ({ folder, location }: Ground, options: TestServerOptions): Promise<RunningServer> => startServer(loadConfig({
  PORT: '0', DATA_DIR: folder, DATABASE_URL: urlOf(location), GUANXI_ADMIN_TOKEN: ADMIN_TOKEN, GUANXI_SEED: options.seed ?? 'none', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent', ...options.env,
}, options.mode ?? 'test'), { progress: () => {}, ...(options.plugins ? { plugins: options.plugins } : {}) });

/** Shops with the demo's history, by engine and seed: made once, because that takes seconds. */
const seeded = new Map<string, Promise<Ground>>();
async function seededGround(engine: Engine, seed: 'small' | 'full'): Promise<Ground> {
  const name = `${engine}-${seed}`, folder = besideModel(name) ?? mkdtempSync(join(tmpdir(), 'guanxi-server-'));
  const { location, drop } = await modelOf(name, async () => {
    rmSync(folder, { recursive: true, force: true });
    const place = await serverLocation(engine, 'bundled');
    await (await run({ folder, ...place }, { engine, seed, mode: 'demo' })).close();
    return place;
  });
  if (!besideModel(name)) process.once('exit', () => { rmSync(folder, { recursive: true, force: true }); });
  atEnd(drop);
  return { folder, location, drop };
}

/** What a server starts on: tables, or a copy of a shop that has been seeded, with its keys. */
async function groundFor({ engine = 'sqlite', seed, plugins, env }: TestServerOptions): Promise<Ground> {
  if (seed === undefined || seed === 'none' || plugins || env) return groundOf(await serverLocation(engine, plugins ? 'others' : 'bundled'));
  const key = `${engine} ${seed}`;
  let made = seeded.get(key);
  if (!made) seeded.set(key, made = seededGround(engine, seed));
  const model = await made, ground = groundOf(await copyOf(model.location));
  cpSync(model.folder, ground.folder, { recursive: true });
  return ground;
}

/** Starts the real application in this process. Close it, or declare the suite with `onEachServer`. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const ground = await groundFor(options);
  try {
    return new TestServer(options.engine ?? 'sqlite', await run(ground, options), () => ground.drop());
  } catch (error) {
    await ground.drop();
    throw error;
  }
}

/** Declares a suite once per engine with one server for all its tests: `onEachServer('games', {}, (server) => { it('…', async () => { … server() … }); })`. */
export function onEachServer(title: string, options: Omit<TestServerOptions, 'engine'>, suite: (server: () => TestServer, engine: Engine) => void): void {
  for (const engine of engines) {
    describe(`${title} (${engine})`, () => {
      let started: TestServer | undefined;
      before(async () => { started = await startTestServer({ ...options, engine }); });
      after(async () => { await started?.close(); });
      // Whatever a test is about: if it moved value, every rule of the ledger still holds.
      afterEach(async () => { await started?.integrityIfMoved(); });
      suite(() => { if (!started) throw new Error('The server has not started yet; use it inside a test or hook.'); return started; }, engine);
    });
  }
}
