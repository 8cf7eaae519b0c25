import type { Engine } from '../../server/data/data-store.js';
import { statement } from '../../server/plugin-api/index.js';
import type { StartSubject } from './load-plan.js';
import { setTheStage } from './wheel-stage.js';

const WON = statement<{ plays: number; won: number }>("SELECT CAST(COUNT(*) AS BIGINT) AS plays, CAST(COALESCE(SUM(CASE outcome WHEN 'won' THEN 1 ELSE 0 END), 0) AS BIGINT) AS won FROM plg_interaction_games_play WHERE shop_id = :shop");
const GIVEN = statement<{ n: number; points: number }>("SELECT CAST(COUNT(*) AS BIGINT) AS n, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS points FROM value_grant WHERE shop_id = :shop AND source = 'interaction-games.wheel'");

export interface StampedeOutcome { readonly plays: number; readonly won: number; readonly given: number; readonly points: number; /** Broken invariants. */ readonly broken: readonly string[] }

/** The whole server with a wheel of 10,000 tickets of which 100 win, and 10,000 people. */
export const start: StartSubject = async (options) => {
  const stage = await setTheStage(options['engine'] as Engine, false, { players: 10_000, tickets: 10_000, wins: 100 });
  const { services } = stage.running;
  return {
    plan: { url: `http://127.0.0.1:${stage.running.port}`, requests: stage.requests }, close: async () => { await stage.running.close(); await stage.drop(); },
    async outcome(): Promise<StampedeOutcome> {
      const { plays, won, given } = await services.store.read(stage.ctx, async (q) => ({ ...(await q.one(WON))!, given: (await q.one(GIVEN))! }));
      return { plays, won, given: given.n, points: given.points, broken: (await services.integrity.check(stage.ctx)).map(({ check }) => check) };
    },
  };
};
