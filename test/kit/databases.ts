import type { DataLocation, DataStore, DataStoreOptions, Engine } from '../../server/data/data-store.js';
import { openDataStore } from '../../server/data/open-data-store.js';
import { migrations as dataMigrations } from '../../server/data/schema.js';
import type { Actor, EntityClass, Shop, ShopContext } from '../../server/plugin-api/index.js';
import type { MigrationClass } from '../../server/plugin-api/migration.js';
import { atEnd } from './at-end.js';
import { endCluster, engines } from './locations.js';
import { dropModels, migratedLocation } from './migrated-database.js';

export { createLocation, engines } from './locations.js';

export interface DatabaseOptions {
  readonly entities?: readonly EntityClass[];
  /** Besides those of `server/data`. */
  readonly migrations?: readonly MigrationClass[];
  readonly store?: Partial<Omit<DataStoreOptions, 'location' | 'entities'>>;
}

/** A fresh, migrated database and its open store; dropped when the suite ends. */
export interface OpenDatabase {
  readonly engine: Engine;
  readonly location: DataLocation;
  readonly store: DataStore;
  /** Opens a store on the same data: after `store.close()` on SQLite, beside the first on PostgreSQL (a second node). */
  reopen(): Promise<DataStore>;
}
export type Open = (options?: DatabaseOptions) => Promise<OpenDatabase>;

/** Stops the PostgreSQL cluster of this process, if one was started. Mocha does it by itself at the end. */
export async function stopCluster(): Promise<void> {
  await dropModels();
  await endCluster();
}
atEnd(stopCluster);

/** A fresh database, migrated and open. Whoever calls this outside `forEachEngine` calls `drop`. */
export async function openDatabase(engine: Engine, options: DatabaseOptions = {}): Promise<OpenDatabase & { drop(): Promise<void> }> {
  const { location, drop } = await migratedLocation(engine, [['core_migrations', [...dataMigrations, ...options.migrations ?? []]]]);
  const stores: DataStore[] = [];
  const reopen = async (): Promise<DataStore> => {
    const store = await openDataStore({ location, entities: options.entities ?? [], ...options.store });
    stores.push(store);
    return store;
  };
  const store = await reopen();
  return { engine, location, store, reopen, drop: async () => { await Promise.allSettled(stores.map((one) => one.close())); await drop(); } };
}

/** Declares a suite once per engine. Call `open` in `before`; what it opened is closed and dropped after the suite. */
export function forEachEngine(title: string, suite: (open: Open, engine: Engine) => void): void {
  for (const engine of engines) {
    describe(`${title} (${engine})`, () => {
      const opened: { drop(): Promise<void> }[] = [];
      after(async () => { for (const one of opened.splice(0)) await one.drop(); });
      suite(async (options) => {
        const database = await openDatabase(engine, options);
        opened.push(database);
        return database;
      }, engine);
    });
  }
}

/** A shop for tests; ids from 1. */
export const testShop = (id = 1, more: Partial<Shop> = {}): Shop => ({
  id, key: `shop-${id}`, platform: 'demo', name: `Shop ${id}`, zone: 'Asia/Shanghai', dayStartHour: 0, currency: 'CNY', locale: 'en', ...more,
});

/** A context for tests, of shop 1 and its owner at 2026-03-01T04:00Z unless said otherwise. */
export const testContext = (more: Partial<ShopContext> = {}): ShopContext => ({
  shop: testShop(), actor: { kind: 'staff', id: 'staff-1', name: 'Lin', role: 'owner' } satisfies Actor, locale: 'en', now: Date.UTC(2026, 2, 1, 4), ...more,
});
