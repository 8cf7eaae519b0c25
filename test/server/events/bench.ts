import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataStore } from '../../../server/data/open-data-store.js';
import { migrate } from '../../../server/data/migrate.js';
import type { DataStore } from '../../../server/data/data-store.js';
import * as activities from '../../../server/activities/schema.js';
import * as commerce from '../../../server/commerce/schema.js';
import * as data from '../../../server/data/schema.js';
import * as economy from '../../../server/economy/schema.js';
import * as events from '../../../server/events/schema.js';
import * as jobs from '../../../server/jobs/schema.js';
import * as privacy from '../../../server/privacy/schema.js';
import { FixedClock } from '../../../server/shops/clock.js';
import type { ContextFor } from '../../../server/events/context-for.js';
import { GxError, type Actor, type Shop, type ShopContext } from '../../../server/plugin-api/index.js';

const schemas = [data, commerce, economy, events, jobs, privacy, activities];
export const START = Date.parse('2026-03-02T04:00:00Z');

const shop = (id: number, zone: string): Shop => ({ id, key: `shop-${id}`, platform: 'demo', name: `Shop ${id}`, zone, dayStartHour: 0, currency: 'CNY', locale: 'en' });

/** A database of its own with shops 1 (Shanghai), 2 (New York) and 3 (Berlin), a clock that stands still and a system time that can be moved. */
export class Bench {
  readonly clock = new FixedClock(START);
  readonly shops = [shop(1, 'Asia/Shanghai'), shop(2, 'America/New_York'), shop(3, 'Europe/Berlin')];
  systemOffset = 0;
  readonly systemTime = (): number => Date.now() + this.systemOffset;
  readonly contextFor: ContextFor = async (shopId, actor) => this.ctx(shopId, actor);
  store!: DataStore;

  ctx(shopId = 1, actor: Actor = { kind: 'staff', id: 'u1', name: 'Lin', role: 'owner' }): ShopContext {
    const found = this.shops.find(({ id }) => id === shopId);
    if (!found) throw new GxError('GX_NO_SHOP', 404, 'There is no such shop.');
    return { shop: found, actor, locale: found.locale, now: this.clock.now() };
  }
}

/** Runs the same tests on every engine, each test on an empty database. */
export function onBothEngines(title: string, define: (bench: () => Bench) => void): void {
  describe(`${title} (sqlite)`, () => {
    let bench: Bench;
    let folder: string;
    beforeEach(async () => {
      bench = new Bench();
      folder = mkdtempSync(join(tmpdir(), 'gx-events-'));
      const location = { engine: 'sqlite' as const, file: join(folder, 'test.db') };
      await migrate(location, 'core_migrations', schemas.flatMap((schema) => [...schema.migrations]));
      bench.store = await openDataStore({ location, entities: schemas.flatMap((schema) => [...schema.entities]) });
    });
    afterEach(async () => { await bench.store.close(); rmSync(folder, { recursive: true }); });
    define(() => bench);
  });
}
