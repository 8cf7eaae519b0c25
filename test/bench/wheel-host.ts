import type { Engine } from '../../server/data/data-store.js';
import type { StartSubject } from './load-plan.js';
import { setTheStage } from './wheel-stage.js';

/** The whole server: token, idempotency, limits, ledger, stock, outbox and its deliveries. */
export const start: StartSubject = async (options) => {
  const stage = await setTheStage(options['engine'] as Engine, options['paid'] === true);
  return { plan: { url: `http://127.0.0.1:${stage.running.port}`, requests: stage.requests }, close: async () => { await stage.running.close(); await stage.drop(); } };
};
