import { hash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BLANK } from '../../plugins/interaction-games/services/deck.js';
import { COUNT_NEXT_TRY, COUNT_TRY, DRAW, RECORD_PLAY, TAKE_PRIZE } from '../../plugins/interaction-games/services/game.statements.js';
import { LIVE_BY_ID } from '../../server/activities/activity.statements.js';
import type { Engine } from '../../server/data/data-store.js';
import { periodKeys } from '../../server/economy/budgets/budget-period.js';
import { CHARGE_BUDGETS, RECORD_CHARGES } from '../../server/economy/budgets/budget-statements.js';
import { CLAIM_GRANT } from '../../server/economy/grant-statements.js';
import { CREDIT_POINTS, insertAllocations, INSERT_LOT, INSERT_TRANSACTION, insertPostings, TAKE_FROM_SOONEST, TAKE_POINTS } from '../../server/economy/ledger-statements.js';
import { verifyShopperToken, type ShopperClaims } from '../../server/http/shopper-token.js';
import { businessDate, DAY, newId, statement, type Shop, type Statement } from '../../server/plugin-api/index.js';
import { bareDriver } from './wheel-drivers.js';
import type { StartSubject } from './load-plan.js';
import { COST, MOST, PRIZE, setTheStage } from './wheel-stage.js';

const ANSWERED = statement(`INSERT INTO idempotency (shop_id, scope, request_key, request_hash, result, created_at)
  VALUES (:shop, :scope, :key, :hash, :result, :now) ON CONFLICT (shop_id, scope, request_key) DO NOTHING`);

interface Wish { readonly claims: ShopperClaims; readonly key: string; readonly path: string }

type Asked = readonly [Statement<unknown>, Record<string, string | number | null>];
const SOURCE = 'interaction-games.wheel';

/** What a win does: the prize, the claim that reads the risk, the charge of two budgets, and the points. */
function* give(ask: (text: Statement<unknown> | { readonly text: string }, params: Record<string, string | number | null>) => Asked, shop: Shop, wheel: string, person: string, playId: string, plays: number, now: number): Generator<Asked, void, Record<string, unknown>[]> {
  const grant = newId(), transactionId = newId(), reward = { kind: 'points', amount: PRIZE, ref: null }, keys = periodKeys(shop, now), expires = now + 365 * DAY;
  yield ask(TAKE_PRIZE, { activity: wheel, prize: 0 });
  const [claim] = yield ask(CLAIM_GRANT, { id: grant, person, ...reward, availableAt: null, source: SOURCE, causeRef: playId, key: `${wheel}:${person}:${plays}:prize`, budgetRef: wheel, once: null, now, actor: `shopper:${person}`, scope: wheel });
  const charge = { ...keys, now, budgetRef: wheel, kind: 'points', ref: null, grant, points: PRIZE, units: 1, value: PRIZE, unpriced: 0 };
  const charged = yield ask(CHARGE_BUDGETS, charge);
  if (charged.length < Number(claim?.['budgets'])) throw new Error('The budget of the bench is used up.');
  yield ask(RECORD_CHARGES, charge);
  const [account] = yield ask(CREDIT_POINTS, { person, available: PRIZE, pending: 0, guestLimit: 300, nextExpiryAt: expires, guestExpiryAt: expires, now });
  yield ask(INSERT_TRANSACTION, { id: transactionId, person, kind: 'grant', source: SOURCE, causeRef: playId, at: now, businessDate: keys.day, available: PRIZE, pending: 0, held: 0, debt: 0, availableAfter: Number(account?.['available']), note: null, actor: `shopper:${person}`, reverses: null, grantId: grant, entryKey: null });
  yield ask(insertPostings(2), { transactionId, account0: 'available', amount0: PRIZE, account1: `issued:${SOURCE}`, amount1: -PRIZE });
  yield ask(INSERT_LOT, { id: newId(), person, transactionId, quantity: PRIZE, state: 'active', activatesAt: now, expiresAt: expires, source: SOURCE, orderLineId: null });
}

/** The statements of a play, in the order and with the texts of the host; yields so that both engines can drive it. */
function* play(shop: Shop, wheel: string, wish: Wish, paid: boolean): Generator<Asked, string, Record<string, unknown>[]> {
  const ask = (text: Statement<unknown> | { readonly text: string }, params: Record<string, string | number | null>): Asked => [text as Statement<unknown>, { shop: shop.id, ...params }];
  const now = Date.now(), person = wish.claims.person, day = businessDate(shop, now), id = newId();
  const [live] = yield ask(LIVE_BY_ID, { id: wheel, now });
  JSON.parse(String(live?.['config']));
  const attempt = { activity: wheel, person, day, most: paid ? MOST.paid : MOST.free };
  let [counted] = yield ask(COUNT_NEXT_TRY, attempt);
  if (!counted) [counted] = yield ask(COUNT_TRY, attempt);
  const plays = Number(counted?.['plays']);
  if (paid) {
    const [taken] = yield ask(TAKE_POINTS, { person, amount: COST, now });
    const transactionId = newId();
    yield ask(INSERT_TRANSACTION, { id: transactionId, person, kind: 'spend', source: 'interaction-games.wheel', causeRef: id, at: now, businessDate: day, available: -COST, pending: 0, held: 0, debt: 0, availableAfter: Number(taken?.['available']), note: null, actor: `shopper:${person}`, reverses: null, grantId: null, entryKey: `wheel:${id}` });
    yield ask(insertPostings(2), { transactionId, account0: 'available', amount0: -COST, account1: 'redeemed:interaction-games.wheel', amount1: COST });
    const [lot] = yield ask(TAKE_FROM_SOONEST, { person, amount: COST });
    yield ask(insertAllocations(1), { transactionId, lot0: String(lot?.['id']), amount0: COST });
  }
  const [drawn] = yield ask(DRAW, { activity: wheel });
  const ticket = Number(drawn?.['drawn']) - 1, won = drawn?.['letter'] !== BLANK, outcome = { outcome: won ? 'won' : 'blank', prize: won ? 0 : null, cost: paid ? COST : 0, pointsWon: won ? PRIZE : 0 };
  if (won) yield* give(ask, shop, wheel, person, id, plays, now);
  yield ask(RECORD_PLAY, { id, activity: wheel, person, playNo: plays, ticket, ...outcome, note: null, day, now });
  const result = JSON.stringify({ playId: id, playNo: plays, at: now, ...outcome, given: {}, triesLeft: { free: 0, paid: 0 } });
  yield ask(ANSWERED, { scope: `POST ${wish.path}|${person}`, key: wish.key, hash: hash('sha256', wish.path, 'base64url'), result, now });
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
