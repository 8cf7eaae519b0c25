import { newId, statement, type ShopContext } from '../../../server/plugin-api/index.js';
import { Card, Stamp } from '../../fixtures/plugins/stamps/entities.js';
import { Item } from '../../fixtures/plugins/stamps-extra/plugin.js';
import type { TestServer } from '../../kit/index.js';

const COUNT_DAY = statement(`INSERT INTO plg_stamps_count (shop_id, day, n) VALUES (:shop, :day, 1) ON CONFLICT (shop_id, day) DO UPDATE SET n = plg_stamps_count.n + 1`);
const PERSON = statement(`INSERT INTO person (shop_id, id, kind, name, email, locale, merged_into, created_at, updated_at) VALUES (:shop, :id, 'member', :name, :email, 'en', :into, :now, :now)`);
const EVENT = statement(`INSERT INTO outbox_event (shop_id, id, name, payload, occurred_at, created_at, state, run_at) VALUES (:shop, :id, 'stamps.stamped', :payload, :now, :now, 'done', :now)`);
const DELIVERED = statement(`INSERT INTO event_delivery (shop_id, event_id, consumer, done_at, attempts) VALUES (:shop, :event, :consumer, :now, 1)`);
const ANSWERED = statement(`INSERT INTO idempotency (shop_id, scope, request_key, request_hash, result, created_at) VALUES (:shop, :scope, :key, '', '{}', :now)`);
const RAN = statement(`INSERT INTO job_run (shop_id, id, owner, name, due_at, started_at, ms, ok) VALUES (:shop, :id, :owner, 'sweep', :now, :now, 1, 1)`);
const LEFT = (table: string): ReturnType<typeof statement<{ n: number }>> => statement<{ n: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ${table} WHERE shop_id = :shop`);

/** The second shop of a server. */
export async function otherShop(server: TestServer): Promise<ShopContext> {
  const { shop, ...ctx } = server.context();
  return { ...ctx, shop: await server.services.shops.ensure({ ...shop, key: 'other', name: 'Other' }, ctx.now) };
}

/** Somebody who the shop knows by name; `into` makes it a guest who became that person. */
export async function person(server: TestServer, ctx: ShopContext, into: string | null = null): Promise<{ readonly id: string; readonly email: string }> {
  const id = newId(), email = `${id}@example.test`;
  await server.services.store.write(ctx, (unit) => unit.run(PERSON, { id, email, name: 'Mei', into, now: ctx.now }));
  return { id, email };
}

/** A card with stamps, that says who it is of in every declared field. */
export const card = (server: TestServer, ctx: ShopContext, who: { readonly id: string; readonly email: string }, stamps = 2): Promise<string> => server.services.store.write(ctx, async (unit) => {
  const { id } = await unit.insert(Card, { personId: who.id, friendId: who.id, nickname: who.email, motto: `I am ${who.email}`, code: `c-${newId()}`, stamps });
  for (let n = 0; n < stamps; n++) await unit.insert(Stamp, { cardId: id, personId: who.id, words: `${n}: write to ${who.email}` });
  return id;
});

/** Rows of both plugins and of what the host keeps for them, as their use leaves them. */
export async function fill(server: TestServer, ctx: ShopContext): Promise<void> {
  await card(server, ctx, await person(server, ctx));
  const { store } = server.services, { now } = ctx;
  const activity = await server.services.activities.create(ctx, { type: 'stamps.sheet', title: 'Ten stamps', config: { size: 10 } });
  await server.services.activities.transition(ctx, activity.id, 'publish');
  await store.write(ctx, async (unit) => {
    await unit.run(COUNT_DAY, { day: '2026-03-01' });
    await unit.insert(Item, { title: 'An album' });
    for (const id of [newId(), newId()]) {
      await unit.run(EVENT, { id, payload: '{}', now });
      for (const consumer of ['stamps', 'somebody-else']) await unit.run(DELIVERED, { event: id, consumer, now });
    }
    for (const [scope, key] of [['POST /api/storefront/plugins/stamps/x|p', newId()], ['POST /api/storefront/plugins/stamps-extra/x|p', newId()]] as const) await unit.run(ANSWERED, { scope, key, now });
    for (const owner of ['stamps', 'stamps-extra']) await unit.run(RAN, { id: newId(), owner, now });
  });
}

/** Rows of a shop by table. */
export async function rowsOf(server: TestServer, ctx: ShopContext, tables: readonly string[]): Promise<Record<string, number>> {
  return Object.fromEntries(await Promise.all(tables.map(async (name) => [name, (await server.services.store.read(ctx, (q) => q.one(LEFT(name))))?.n ?? -1] as const)));
}
