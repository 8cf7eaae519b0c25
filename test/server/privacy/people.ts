import { newId, statement, type ShopContext, type WriteUnit } from '../../../server/plugin-api/index.js';
import type { Bench } from '../events/bench.js';

const PERSON = statement(`INSERT INTO person (shop_id, id, kind, name, email, phone, locale, merged_into, created_at, updated_at) VALUES (:shop, :id, :kind, :name, :email, :phone, 'en', :into, :now, :now)`);
const IDENTITY = statement(`INSERT INTO identity (shop_id, id, platform, external_id, person_id, versions, created_at, updated_at) VALUES (:shop, :id, 'shopify', :external, :person, '{}', :now, :now)`);
const ORDER = statement(`INSERT INTO shop_order (shop_id, id, external_id, number, person_id, currency, placed_at, business_date, subtotal, discount, shipping, tax, total, snapshot_at, snapshot_digest, created_at, updated_at)
  VALUES (:shop, :id, :id, '#1', :person, 'CNY', :now, '2026-03-02', 1000, 0, 0, 0, 1000, :now, '', :now, :now)`);
const LINE = statement(`INSERT INTO order_line (shop_id, id, order_id, external_id, line_no, sku, title, quantity, unit_price, paid, created_at, updated_at) VALUES (:shop, :id, :order, 'l1', 1, 'TEA', 'Tea', 1, 1000, 1000, :now, :now)`);

export interface Someone { readonly personId: string; readonly guestId: string; readonly orderId: string }

/** A member with an identity and an order, and a guest who became them. */
export const someone = (bench: Bench, ctx: ShopContext, external: string): Promise<Someone> => bench.store.write(ctx, async (unit: WriteUnit) => {
  const [personId, guestId, orderId, now] = [newId(), newId(), newId(), ctx.now];
  await unit.run(PERSON, { id: personId, kind: 'member', name: 'Wang Fang', email: 'fang@example.com', phone: '+8613800000000', into: null, now });
  await unit.run(PERSON, { id: guestId, kind: 'guest', name: 'Fang', email: null, phone: null, into: personId, now });
  await unit.run(IDENTITY, { id: newId(), external, person: personId, now });
  await unit.run(ORDER, { id: orderId, person: personId, now });
  await unit.run(LINE, { id: newId(), order: orderId, now });
  return { personId, guestId, orderId };
});
