import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../server/config.js';
import type { DataLocation, Engine } from '../../server/data/data-store.js';
import { issueShopperToken } from '../../server/http/shopper-token.js';
import { startServer, type RunningServer } from '../../server/main.js';
import type { ShopContext } from '../../server/plugin-api/index.js';
import { createLocation } from '../kit/databases.js';
import type { PlannedRequest } from './load-plan.js';

/** So many players that no day's limit and no rate limit is reached in the seconds of a round. */
const PLAYERS = 6_000;
export const COST = 1;

export interface WheelStage {
  readonly location: DataLocation;
  readonly running: RunningServer;
  readonly ctx: ShopContext;
  readonly key: Buffer;
  readonly wheel: string;
  readonly requests: readonly PlannedRequest[];
  drop(): Promise<void>;
}

/** A migrated database with one wheel of 500,000 tickets (1,000 of them win 10 points) and its players; a paid one costs a point a play. */
export async function setTheStage(engine: Engine, paid: boolean): Promise<WheelStage> {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-bench-'));
  const { location, drop } = await createLocation(engine);
  const config = loadConfig({ PORT: '0', DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, GUANXI_SEED: 'none', LOG_LEVEL: 'silent' }, 'demo');
  const running = await startServer(config, { progress: () => {} });
  const { services } = running;
  const ctx = running.contextFor('demo', { kind: 'staff', id: 'bench', name: 'Bench', role: 'owner' });
  const plugin = services.host.manifest('interaction-games');
  await services.installs.install(ctx, 'interaction-games', plugin?.capabilities.map(({ name }) => name) ?? []);
  const { id: wheel } = await services.activities.create(ctx, { type: 'interaction-games.wheel', title: 'Bench', config: {
    prizes: [{ title: { en: '10', 'zh-CN': '10' }, kind: 'points', amount: 10, quantity: 1_000 }], blanks: 499_000, freePerDay: paid ? 0 : 100, costPerTry: paid ? COST : 0, paidPerDay: paid ? 50 : 0, guarantee: null, fallbackPoints: 0,
  } });
  await services.activities.transition(ctx, wheel, 'publish');
  const key = services.secrets.key('shopper-bearer');
  const requests: PlannedRequest[] = [];
  for (let n = 0; n < PLAYERS; n++) {
    const { personId } = await services.intake.customer(ctx, { externalId: `bench-${n}`, updatedAt: ctx.now });
    if (paid) await services.grants.grant(ctx, { personId, reward: { kind: 'points', amount: 1_000 }, source: 'bench.seed', causeRef: 'seed', key: `seed:${n}` });
    const bearer = issueShopperToken(key, { shop: ctx.shop.id, person: personId, guest: false, exp: Date.now() + 3_600_000 });
    requests.push({ method: 'POST', path: `/api/storefront/plugins/interaction-games/activities/${wheel}/plays`, headers: { authorization: `Bearer ${bearer}` }, keyed: true });
  }
  await running.drain();
  return { location, running, ctx, key, wheel, requests, drop: async () => { await drop(); rmSync(folder, { recursive: true, force: true }); } };
}
