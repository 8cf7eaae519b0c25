import { fixturePlugin, startTestServer } from '../kit/index.js';
import type { StartSubject } from './load-plan.js';

/** The whole host with one plugin whose route answers a constant. */
export const start: StartSubject = async () => {
  const server = await startTestServer({ mode: 'demo', plugins: [await fixturePlugin('bench-constant')] });
  await server.install('bench-constant');
  const shopper = await server.shopper();
  return {
    plan: { url: `http://127.0.0.1:${server.running.port}`, requests: [{ method: 'GET', path: '/api/storefront/plugins/bench-constant/answer', headers: { authorization: `Bearer ${shopper.bearer ?? ''}` } }] },
    close: () => server.close(),
  };
};
