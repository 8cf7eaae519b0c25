import { issueShopperToken } from '../../server/http/shopper-token.js';
import { fixturePlugin, startTestServer } from '../kit/index.js';
import { constantPlan } from './constant-plan.js';
import type { StartSubject } from './load-plan.js';

/** The whole host with one plugin whose route answers a constant. `people`: as many shoppers ask in turn. */
export const start: StartSubject = async ({ people = 1 }) => {
  const server = await startTestServer({ mode: 'demo', plugins: [await fixturePlugin('bench-constant')] });
  await server.install('bench-constant');
  const key = server.services.secrets.key('shopper-bearer');
  return {
    plan: constantPlan(server.running.port, Number(people), (claims) => issueShopperToken(key, { ...claims, shop: server.context().shop.id })),
    close: () => server.close(),
  };
};
