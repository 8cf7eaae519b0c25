import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { issueShopperToken, verifyShopperToken } from '../../server/http/shopper-token.js';
import type { StartSubject } from './load-plan.js';

/** node:http alone: verifies the same token as the host and answers the same constant. */
export const start: StartSubject = async () => {
  const key = randomBytes(32);
  const body = JSON.stringify({ answer: 42 });
  const server = createServer((req, res) => {
    const header = req.headers.authorization;
    const claims = header?.startsWith('Bearer ') ? verifyShopperToken(key, header.slice(7), Date.now()) : undefined;
    if (!claims || req.url !== '/api/storefront/plugins/bench-constant/answer') { res.writeHead(401).end(); return; }
    res.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
    res.end(body);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const token = issueShopperToken(key, { shop: 1, person: '018f0000-0000-7000-8000-000000000000', guest: false, exp: Date.now() + 3_600_000 });
  return {
    plan: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      requests: [{ method: 'GET', path: '/api/storefront/plugins/bench-constant/answer', headers: { authorization: `Bearer ${token}` } }],
    },
    close: async () => { server.closeAllConnections(); await new Promise((resolve) => { server.close(resolve); }); },
  };
};
