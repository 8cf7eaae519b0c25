import { conflict, notFound, sql, statement, type Customers, type Database, type Orders, type Page, type PageRequest, type ShopContext } from 'guanxi/plugin';
import { Redemption } from '../entities/redemption.entity.js';
import type { HANDED_KINDS } from '../entities/reward.entity.js';
import { log } from './exchange.service.js';

const P = 'plg_coupon_exchange';
const ATTACH = statement<{ id: string }>(`UPDATE ${P}_redemption SET order_id = :order, updated_at = :now WHERE shop_id = :shop AND person_id = :person AND kind = 'next-order' AND state = 'issued' AND order_id IS NULL AND expires_at > :now RETURNING id`);
const DETACH = statement<{ id: string }>(`UPDATE ${P}_redemption SET order_id = NULL, updated_at = :now WHERE shop_id = :shop AND order_id = :order AND kind = 'next-order' AND state = 'issued' RETURNING id`);
const HANDLE = statement<{ id: string }>(`UPDATE ${P}_redemption SET state = 'used', used_at = :now, use_days = CAST((:now - issued_at) / 86400000 AS BIGINT), handled_by = :by, updated_at = :now WHERE shop_id = :shop AND id = :id AND state = 'issued'
  AND (kind = 'right' OR kind = 'next-order' AND order_id IS NOT NULL) AND (expires_at > :now OR order_id IS NOT NULL) RETURNING id`);
export const fulfilmentStatements = [ATTACH, DETACH, HANDLE];

const WITH_ORDER: ReadonlySet<string> = new Set(['used', 'restored', 'returned', 'attached', 'detached']);
export interface ToHandle { readonly redemption: Redemption; readonly person: string | null; /** The order that it goes with. */ readonly order: { readonly number: string; readonly placedAt: number } | null }

/** What staff hand over: things that go into somebody's next parcel, and rights that somebody may claim. */
export class Fulfilment {
  constructor(private readonly db: Database, private readonly customers: Customers, private readonly orders: Orders) {}

  async list(ctx: ShopContext, filter: { readonly kind: (typeof HANDED_KINDS)[number]; readonly state: 'issued' | 'used' }, page: PageRequest): Promise<Page<ToHandle>> {
    const found = await this.db.read(ctx, (q) => q.page(Redemption, { kind: filter.kind, state: filter.state }, { by: 'issuedAt', direction: 'asc' }, page));
    const people = await this.customers.byIds(ctx, found.items.map((each) => each.personId));
    const items = await Promise.all(found.items.map(async (redemption) => {
      const order = redemption.orderId ? await this.orders.byId(ctx, redemption.orderId) : undefined;
      return { redemption, person: people.get(redemption.personId)?.name ?? null, order: order ? { number: order.number, placedAt: order.placedAt } : null };
    }));
    return { ...found, items };
  }

  /** Ids of orders say nothing to people: steps that name one name its number. */
  async named<S extends { readonly step: string; readonly ref: string | null }>(ctx: ShopContext, steps: readonly S[]): Promise<S[]> {
    const ids = new Set(steps.flatMap(({ step, ref }) => (ref !== null && WITH_ORDER.has(step) ? [ref] : [])));
    const numbers = new Map(await Promise.all([...ids].map(async (id) => [id, (await this.orders.byId(ctx, id))?.number] as const)));
    return steps.map((each) => (each.ref === null ? each : { ...each, ref: numbers.get(each.ref) ?? each.ref }));
  }

  /** The next paid order takes along everything that waits for it. */
  attach(ctx: ShopContext, personId: string, orderId: string): Promise<number> {
    return this.db.hot(ctx, `parcel:${personId}`, function* (inner) {
      const taken = yield* sql.many(ATTACH, { person: personId, order: orderId, now: inner.now });
      for (const { id } of taken) yield* log(inner, id, 'attached', orderId);
      return taken.length;
    });
  }

  /** The order will not be shipped: what was to go with it waits for the next one. */
  detach(ctx: ShopContext, orderId: string): Promise<number> {
    return this.db.hot(ctx, `parcel:${orderId}`, function* (inner) {
      const left = yield* sql.many(DETACH, { order: orderId, now: inner.now });
      for (const { id } of left) yield* log(inner, id, 'detached', orderId);
      return left.length;
    });
  }

  /** Ticked off by staff. Errors: 409 `GX_REDEMPTION_STATE` when it ended, was handed over before, or waits for an order. */
  handle(ctx: ShopContext, id: string): Promise<void> {
    const by = ctx.actor.kind === 'staff' ? ctx.actor.name : 'system';
    return this.db.write(ctx, async (unit, inner) => {
      if (!(await unit.one(HANDLE, { id, by: by.slice(0, 200), now: inner.now }))) {
        throw await unit.findOne(Redemption, { id }) ? conflict('GX_REDEMPTION_STATE', 'This was handed over before, has ended, or waits for an order to go with.') : notFound('redemption', id);
      }
      await unit.steps(log(inner, id, 'handled', by.slice(0, 200)));
    });
  }
}
