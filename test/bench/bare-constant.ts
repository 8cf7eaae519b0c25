import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { issueShopperToken, verifyShopperToken } from '../../server/http/shopper-token.js';
import { CONSTANT, constantPlan } from './constant-plan.js';
import type { StartSubject } from './load-plan.js';

/** node:http alone: verifies the same token as the host and answers the same constant. */
export const start: StartSubject = async ({ people = 1 }) => {
  const key = randomBytes(32);
  const body = JSON.stringify({ answer: 42 });
  const server = createServer((req, res) => {
    const header = req.headers.authorization;
    const claims = header?.startsWith('Bearer ') ? verifyShopperToken(key, header.slice(7), Date.now()) : undefined;
    if (!claims || req.url !== CONSTANT) { res.writeHead(401).end(); return; }
    res.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
    res.end(body);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    plan: constantPlan((server.address() as AddressInfo).port, Number(people), (claims) => issueShopperToken(key, claims)),
    close: async () => { server.closeAllConnections(); await new Promise((resolve) => { server.close(resolve); }); },
  };
};
