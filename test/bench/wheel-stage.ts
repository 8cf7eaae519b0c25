import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldCustomers } from '../../server/commerce/customer-fold.js';
import { loadConfig } from '../../server/config.js';
import { SystemStatement, type DataLocation, type Engine } from '../../server/data/data-store.js';
import { issueShopperToken } from '../../server/http/shopper-token.js';
import { startServer, type RunningServer } from '../../server/main.js';
import { PUT_SCORES } from '../../server/economy/risk/risk-statements.js';
import { sql, type ShopContext, type Unit } from '../../server/plugin-api/index.js';
import { createLocation } from '../kit/databases.js';
import type { PlannedRequest } from './load-plan.js';

/** Taken in turn, so many players and tickets last for 100,000 plays before a day's limit, a minute's limit or the deck's end refuses one. */
const LOAD = { players: 2_000, tickets: 100_000, wins: 10_000 };
export type Crowd = typeof LOAD;
export const MOST = { free: 100, paid: 50 };
export const COST = 1;
export const PRIZE = 10;
/** Players and points are stored in this many units at a time; SQLite gathers them into one commit, PostgreSQL spreads them over its connections. */
const LANES = 8;

const ANALYZE = new SystemStatement('ANALYZE');

export interface WheelStage {
  readonly location: DataLocation;
  readonly running: RunningServer;
  readonly ctx: ShopContext;
  readonly key: Buffer;
  readonly wheel: string;
  readonly requests: readonly PlannedRequest[];
  drop(): Promise<void>;
}

/** Stores the players, each with as many points as there are paid tries, and answers their ids. */
async function seat({ services }: RunningServer, ctx: ShopContext, paid: boolean, players: number): Promise<string[]> {
  const share = players / LANES;
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, lane) => services.store.hot(ctx, `bench:${lane}`, function* (inner): Unit<string[]> {
    const snapshots = Array.from({ length: share }, (_none, n) => ({ externalId: `bench-${lane * share + n}`, updatedAt: ctx.now }));
    const people = [...(yield* foldCustomers(inner, snapshots)).values()].map(({ personId }) => personId);
    if (paid) for (const personId of people) yield* services.grants.steps.grant(inner, { personId, reward: { kind: 'points', amount: MOST.paid * COST }, source: 'bench.seed', causeRef: 'seed', key: `seed:${personId}` });
    // Everybody was judged and may have what they win: a grant reads the row all the same.
    yield* sql.run(PUT_SCORES, { rows: JSON.stringify(people.map((person) => ({ person, cluster: person, people: 1, score: 1_000, action: 'allow', reasons: '[]' }))), holdHours: 72, now: inner.now });
    return people;
  })));
  return lanes.flat();
}

/**
 * A migrated database with one wheel (of 100,000 tickets each tenth wins 10 points, if not said otherwise) and its players; a paid one costs a point a
 * play. Budgets of the shop and of the wheel count, and everybody has a risk.
 */
export async function setTheStage(engine: Engine, paid: boolean, { players, tickets, wins }: Crowd = LOAD): Promise<WheelStage> {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-bench-'));
  const { location, drop } = await createLocation(engine);
  const config = loadConfig({ PORT: '0', DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, GUANXI_SEED: 'none', LOG_LEVEL: 'silent' }, 'demo');
  const running = await startServer(config, { progress: () => {} });
  const { services } = running;
  const ctx = running.contextFor('demo', { kind: 'staff', id: 'bench', name: 'Bench', role: 'owner' });
  const plugin = services.host.manifest('interaction-games');
  await services.installs.install(ctx, 'interaction-games', plugin?.capabilities.map(({ name }) => name) ?? []);
  const { id: wheel } = await services.activities.create(ctx, { type: 'interaction-games.wheel', title: 'Bench', config: {
    prizes: [{ title: { en: '10', 'zh-CN': '10' }, kind: 'points', amount: PRIZE, quantity: wins }], blanks: tickets - wins,
    freePerDay: paid ? 0 : MOST.free, costPerTry: paid ? COST : 0, paidPerDay: paid ? MOST.paid : 0, guarantee: null, fallbackPoints: 0,
  } });
  await services.activities.transition(ctx, wheel, 'publish');
  const key = services.secrets.key('shopper-bearer');
  const exp = Date.now() + 3_600_000;
  const requests = (await seat(running, ctx, paid, players)).map((person): PlannedRequest => ({
    method: 'POST', path: `/api/storefront/plugins/interaction-games/activities/${wheel}/plays`, headers: { authorization: `Bearer ${issueShopperToken(key, { shop: ctx.shop.id, person, guest: false, exp })}` }, keyed: 'header',
  }));
  // After the players have their points: handed out in long units, those would queue for the row of the shop's budget.
  for (const scope of ['shop', wheel]) await services.budgets.create(ctx, { scope, unit: 'points', ceiling: 1_000_000_000, softPercent: 80, period: 'day', startsAt: 0, useRate: 10_000, unitCost: 0 });
  await running.drain();
  // As PostgreSQL does by itself after a minute of a shop's life; SQLite is never told to, and with its statistics it would plan many a statement anew each time.
  if (engine === 'postgres') await services.store.system.run(ANALYZE);
  return { location, running, ctx, key, wheel, requests, drop: async () => { await drop(); rmSync(folder, { recursive: true, force: true }); } };
}
