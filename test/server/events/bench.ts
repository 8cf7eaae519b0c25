import { SystemStatement, type DataStore, type Engine } from '../../../server/data/data-store.js';
import * as activities from '../../../server/activities/schema.js';
import * as commerce from '../../../server/commerce/schema.js';
import * as economy from '../../../server/economy/schema.js';
import * as events from '../../../server/events/schema.js';
import * as jobs from '../../../server/jobs/schema.js';
import * as privacy from '../../../server/privacy/schema.js';
import { shopTables } from '../../../server/privacy/shop-tables.js';
import { FixedClock } from '../../../server/shops/clock.js';
import type { ContextFor } from '../../../server/events/context-for.js';
import { engines, openDatabase } from '../../kit/databases.js';
import { GxError, type Actor, type Shop, type ShopContext } from '../../../server/plugin-api/index.js';

const schemas = [commerce, economy, events, jobs, privacy, activities];
export const START = Date.parse('2026-03-02T04:00:00Z');

const shop = (id: number, zone: string): Shop => ({ id, key: `shop-${id}`, platform: 'demo', name: `Shop ${id}`, zone, dayStartHour: 0, currency: 'CNY', locale: 'en' });

/** A database with shops 1 (Shanghai), 2 (New York) and 3 (Berlin), a clock that stands still and a system time that can be moved. */
export class Bench {
  readonly clock = new FixedClock(START);
  readonly shops: Shop[];
  systemOffset = 0;
  readonly systemTime = (): number => Date.now() + this.systemOffset;
  readonly contextFor: ContextFor = async (shopId, actor) => this.ctx(shopId - this.base, actor);
  store!: DataStore;

  /** `base` is added to the numbers of the shops, so that tests can share a database. */
  constructor(private readonly base = 0) {
    this.shops = [shop(base + 1, 'Asia/Shanghai'), shop(base + 2, 'America/New_York'), shop(base + 3, 'Europe/Berlin')];
  }

  /** `number` is 1, 2 or 3. */
  ctx(number = 1, actor: Actor = { kind: 'staff', id: 'u1', name: 'Lin', role: 'owner' }): ShopContext {
    const found = this.shops.find(({ id }) => id === this.base + number);
    if (!found) throw new GxError('GX_NO_SHOP', 404, 'There is no such shop.');
    return { shop: found, actor, locale: found.locale, now: this.clock.now() };
  }
}

const open = (engine: Engine): ReturnType<typeof openDatabase> =>
  openDatabase(engine, { entities: schemas.flatMap((schema) => [...schema.entities]), migrations: schemas.flatMap((schema) => [...schema.migrations]) });

/** `fresh`: a new database for each test. `wiped`: one database, emptied after each test, for what keeps no audit. `apart`: one database, each test with shops of its own. */
export type Isolation = 'fresh' | 'wiped' | 'apart';

async function wipe(store: DataStore): Promise<void> {
  for (const { name } of await shopTables(store)) await store.system.run(new SystemStatement(`DELETE FROM ${name}`));
}

/** Runs the same tests on every engine. */
export function onBothEngines(title: string, isolation: Isolation, define: (bench: () => Bench) => void): void {
  for (const engine of engines) {
    describe(`${title} (${engine})`, () => {
      let bench: Bench;
      let database: Awaited<ReturnType<typeof openDatabase>>;
      let tests = 0;
      before(async () => { if (isolation !== 'fresh') database = await open(engine); });
      beforeEach(async () => {
        bench = new Bench(isolation === 'apart' ? 10 * tests++ : 0);
        if (isolation === 'fresh') database = await open(engine);
        bench.store = database.store;
      });
      afterEach(async () => {
        if (isolation === 'fresh') await database.drop();
        if (isolation === 'wiped') await wipe(database.store);
      });
      after(async () => { if (isolation !== 'fresh') await database.drop(); });
      define(() => bench);
    });
  }
}
