import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { COUNT_TRY, DRAW, RECORD_PLAY, TICKETS } from '../../plugins/interaction-games/services/game.statements.js';
import { LIVE_BY_ID } from '../../server/activities/activity.statements.js';
import type { Engine } from '../../server/data/data-store.js';
import { insertAllocations, INSERT_TRANSACTION, insertPostings, LOTS_SOONEST_FIRST, TAKE_FROM_LOT, TAKE_POINTS } from '../../server/economy/ledger-statements.js';
import { verifyShopperToken, type ShopperClaims } from '../../server/http/shopper-token.js';
import { businessDate, newId, statement, type Shop, type Statement } from '../../server/plugin-api/index.js';
import { bareDriver } from './wheel-drivers.js';
import type { StartSubject } from './load-plan.js';
import { COST, MOST, setTheStage } from './wheel-stage.js';

const EMIT = statement(`INSERT INTO outbox_event (shop_id, id, name, payload, occurred_at, created_at, state, run_at, attempts)
  VALUES (:shop, :id, :name, :payload, :now, :now, 'done', :now, 0)`);
const ANSWERED = statement(`INSERT INTO idempotency (shop_id, scope, request_key, request_hash, result, created_at)
  VALUES (:shop, :scope, :key, :hash, :result, :now) ON CONFLICT (shop_id, scope, request_key) DO NOTHING`);

interface Wish { readonly claims: ShopperClaims; readonly key: string; readonly path: string }

/** The statements of a blank play, in the order and with the texts of the host; yields so that both engines can drive it. */
function* play(shop: Shop, wheel: string, wish: Wish, paid: boolean): Generator<readonly [Statement<unknown>, Record<string, string | number | null>], string, Record<string, unknown>[]> {
  const ask = (text: Statement<unknown> | { readonly text: string }, params: Record<string, string | number | null>): readonly [Statement<unknown>, Record<string, string | number | null>] => [text as Statement<unknown>, { shop: shop.id, ...params }];
  const now = Date.now(), person = wish.claims.person, day = businessDate(shop, now), id = newId();
  const [live] = yield ask(LIVE_BY_ID, { id: wheel, now });
  JSON.parse(String(live?.['config']));
  const [counted] = yield ask(COUNT_TRY, { activity: wheel, person, day, most: paid ? MOST.paid : MOST.free });
  const plays = Number(counted?.['plays']);
  if (paid) {
    const [taken] = yield ask(TAKE_POINTS, { person, amount: COST, now });
    const transactionId = newId();
    yield ask(INSERT_TRANSACTION, { id: transactionId, person, kind: 'spend', source: 'interaction-games.wheel', causeRef: id, at: now, businessDate: day, available: -COST, pending: 0, debt: 0, availableAfter: Number(taken?.['available']), note: null, actor: `shopper:${person}`, reverses: null, grantId: null, entryKey: `wheel:${wheel}:${person}:${plays}` });
    yield ask(insertPostings(2), { transactionId, account0: 'available', amount0: -COST, account1: 'redeemed:interaction-games.wheel', amount1: COST });
    const [lot] = yield ask(LOTS_SOONEST_FIRST, { person, limit: 3 });
    yield ask(TAKE_FROM_LOT, { id: String(lot?.['id']), amount: COST });
    yield ask(insertAllocations(1), { transactionId, lot0: String(lot?.['id']), amount0: COST });
  }
  const [drawn] = yield ask(DRAW, { activity: wheel });
  const ticket = Number(drawn?.['drawn']) - 1;
  yield ask(TICKETS, { activity: wheel, block: Math.floor(ticket / 256) });
  yield ask(RECORD_PLAY, { id, activity: wheel, person, playNo: plays, ticket, outcome: 'blank', prize: null, cost: paid ? COST : 0, pointsWon: 0, note: null, day, now });
  yield ask(EMIT, { id: newId(), name: 'interaction-games.played', payload: JSON.stringify({ playId: id, personId: person, activityId: wheel, outcome: 'blank', cost: 0, pointsWon: 0 }), now });
  const result = JSON.stringify({ playId: id, playNo: plays, outcome: 'blank', prize: null, cost: paid ? COST : 0, pointsWon: 0, given: {}, triesLeft: { free: 0, paid: 0 } });
  yield ask(ANSWERED, { scope: `POST ${wish.path}|${person}`, key: wish.key, hash: createHash('sha256').update(wish.path).digest('base64url'), result, now });
  return result;
}

/** node:http and the bare driver: the same token check, the same statements, the same batching and durability, and nothing else. */
export const start: StartSubject = async (options) => {
  const paid = options['paid'] === true;
  const stage = await setTheStage(options['engine'] as Engine, paid);
  await stage.running.close();
  const { run, close } = await bareDriver(stage.location);
  const wishOf = (req: IncomingMessage): Wish | undefined => {
    const claims = req.headers.authorization?.startsWith('Bearer ') ? verifyShopperToken(stage.key, req.headers.authorization.slice(7), Date.now()) : undefined;
    const key = req.headers['idempotency-key'];
    return claims && typeof key === 'string' && req.method === 'POST' ? { claims, key, path: req.url ?? '' } : undefined;
  };
  const server = createServer((req, res) => {
    const wish = wishOf(req);
    if (!wish) { res.writeHead(401).end(); return; }
    run(() => play(stage.ctx.shop, stage.wheel, wish, paid)).then((body) => {
      res.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
      res.end(body);
    }, () => { res.writeHead(500).end(); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    plan: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: stage.requests },
    close: async () => { server.closeAllConnections(); await new Promise((resolve) => { server.close(resolve); }); await close(); await stage.drop(); },
  };
};
