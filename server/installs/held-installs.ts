import semver from 'semver';
import type { DataStore } from '../data/data-store.js';
import { ALL, FINGERPRINT, ONE_OF_ANY_SHOP, readInstall, type Install } from './install.js';
import type { PluginCatalog } from './plugin-catalog.js';

/** Why an install that is switched on does not run all the same. Nothing is stored: it ends by itself when its cause does. */
export type Hold = { readonly cause: 'older-code'; readonly has: string } | { readonly cause: 'requirement'; readonly plugins: readonly string[] };
interface Held { readonly install: Install; on: boolean; hold: Hold | undefined }

/** What this process knew of an install, and what it knows now. */
export type OnInstall = (before: Install | undefined, after: Install | undefined) => void;

const POLL_MS = 5_000;

/** All installs of all shops in memory, so that every request can ask without a query; other nodes' changes arrive by notice, lost notices by a look every 5 s. */
export class HeldInstalls {
  #shops = new Map<number, Map<string, Held>>();
  #catalog: PluginCatalog | undefined;
  #seen = '';
  #loading: Promise<void> = Promise.resolve();
  #poll: NodeJS.Timeout | undefined;
  readonly #listeners = new Set<OnInstall>();

  constructor(private readonly store: DataStore, private readonly report: (error: unknown) => void) {
    store.onNotify('install', (payload) => {
      const [shop, plugin] = payload.split('/', 2);
      (plugin ? this.refresh(Number(shop), plugin) : this.load()).catch(this.report);
    });
  }

  attach(catalog: PluginCatalog): void {
    this.#catalog = catalog;
    for (const shopId of this.#shops.keys()) this.#judge(shopId);
  }

  of(shopId: number, pluginId: string): Install | undefined { return this.#shops.get(shopId)?.get(pluginId)?.install; }
  isOn(shopId: number, pluginId: string): boolean { return this.#shops.get(shopId)?.get(pluginId)?.on ?? false; }
  hold(shopId: number, pluginId: string): Hold | undefined { return this.#shops.get(shopId)?.get(pluginId)?.hold; }
  inShop(shopId: number): readonly Install[] { return [...this.#shops.get(shopId)?.values() ?? []].map(({ install }) => install); }
  all(): readonly Install[] { return [...this.#shops.keys()].flatMap((shopId) => this.inShop(shopId)); }
  /** Called for each install that was read anew, changed or not. */
  onChange(listener: OnInstall): () => void { this.#listeners.add(listener); return () => { this.#listeners.delete(listener); }; }

  start(): void {
    this.#poll = setInterval(() => { this.#look().catch(this.report); }, POLL_MS);
    this.#poll.unref();
  }
  stop(): void { clearInterval(this.#poll); }

  /** Reads everything anew; one after the other, so that an older answer never replaces a newer one. */
  load(): Promise<void> {
    return this.#loading = this.#loading.catch(() => undefined).then(async () => {
      const shops = new Map<number, Map<string, Held>>();
      for (const row of await this.store.system.many(ALL)) {
        const held = shops.get(row.shop_id) ?? new Map<string, Held>();
        shops.set(row.shop_id, held.set(row.id, { install: readInstall(row), on: false, hold: undefined }));
      }
      const before = this.#shops;
      this.#shops = shops;
      for (const shopId of shops.keys()) this.#judge(shopId);
      for (const shopId of new Set([...before.keys(), ...shops.keys()])) {
        const was = before.get(shopId), is = shops.get(shopId);
        for (const plugin of new Set([...was?.keys() ?? [], ...is?.keys() ?? []])) this.#tell(was?.get(plugin)?.install, is?.get(plugin)?.install);
      }
    });
  }

  /** Reads one row anew. */
  refresh(shopId: number, pluginId: string): Promise<void> {
    return this.#loading = this.#loading.catch(() => undefined).then(async () => {
      const [row] = await this.store.system.many(ONE_OF_ANY_SHOP, { tenant: shopId, plugin: pluginId });
      const held = this.#shops.get(shopId) ?? new Map<string, Held>();
      const before = held.get(pluginId)?.install;
      if (row) held.set(pluginId, { install: readInstall(row), on: false, hold: undefined });
      else held.delete(pluginId);
      this.#shops.set(shopId, held);
      this.#judge(shopId);
      this.#tell(before, held.get(pluginId)?.install);
    });
  }

  /** Drops a shop at once, here and in the other nodes. */
  async forget(shopId: number): Promise<void> {
    await this.load();
    await this.store.notify('install', String(shopId));
  }

  #tell(before: Install | undefined, after: Install | undefined): void {
    for (const listener of this.#listeners) listener(before, after);
  }

  async #look(): Promise<void> {
    const [now] = await this.store.system.many(FINGERPRINT);
    const seen = `${now?.total ?? 0}/${now?.revisions ?? 0}`;
    if (seen === this.#seen) return;
    await this.load();
    this.#seen = seen;
  }

  /** Decides what runs in a shop: switched on, with code that is not older than its data, on top of requirements that run. */
  #judge(shopId: number): void {
    const shop = this.#shops.get(shopId);
    if (!shop) return;
    const judged = new Set<string>();
    const judge = (id: string): boolean => {
      const held = shop.get(id);
      if (!held || judged.has(id)) return held?.on ?? false;
      judged.add(id);
      const manifest = this.#catalog?.manifest(id);
      const missing = Object.keys(manifest?.requires?.plugins ?? {}).filter((needed) => !judge(needed));
      held.hold = manifest && semver.lt(manifest.version, held.install.version) ? { cause: 'older-code', has: manifest.version } : missing.length ? { cause: 'requirement', plugins: missing } : undefined;
      held.on = held.install.state === 'enabled' && !held.hold;
      return held.on;
    };
    for (const id of shop.keys()) judge(id);
  }
}
