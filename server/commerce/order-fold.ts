import { newId, sql, type ShopContext, type Unit } from '../plugin-api/index.js';
import { planCustomers, storeCustomers, type Bought, type ToldCustomer } from './customer-fold.js';
import { mergeMoments, supersedes, type NormalOrder, type OrderRow } from './order-row.js';
import {
  addToPeople, ATTACH_REFUNDS, DELIVER_LINE, DROP_OTHER_LINES, insertLines, insertOrders, LOCK_PEOPLE, ORDERS_BY_EXTERNAL, RECOUNT_LINES, RECOUNT_ORDERS, RECOUNT_PEOPLE, UPDATE_MOMENTS, updateOrders, upsertCodes, upsertLines, type StoredOrder,
} from './order-statements.js';
import { passGates } from './row-gate.js';

type Moments = Pick<OrderRow, 'paid' | 'delivered' | 'cancelled'>;
/** What folding did to one order. */
export interface FoldedOrder {
  readonly orderId: string; readonly externalId: string; readonly personId: string | null; readonly changed: boolean; readonly history: boolean;
  readonly before: Moments; readonly after: Moments; readonly attachedRefunds: readonly string[];
}
interface Plan { readonly id: string; readonly stored: StoredOrder | undefined; readonly content: NormalOrder | undefined; readonly person: string | null; readonly before: Moments; readonly after: Moments; readonly history: boolean; readonly changed: boolean }

const moments = (row: StoredOrder | undefined): Moments => ({ paid: row?.paid_at ?? null, delivered: row?.delivered_at ?? null, cancelled: row?.cancelled_at ?? null });

function plan(orders: readonly NormalOrder[], stored: StoredOrder | undefined, personOf: (order: NormalOrder) => string | null, history: boolean): Plan {
  let winner: NormalOrder | undefined;
  const before = moments(stored);
  const after = { ...before };
  for (const order of orders) {
    mergeMoments(after, order.row);
    if (supersedes(order.row, winner?.row ?? { version: stored?.snapshot_at ?? -Infinity, digest: stored?.snapshot_digest ?? '' })) winner = order;
  }
  const told = orders.map(personOf).find((person) => person !== null) ?? null;
  const person = (winner && personOf(winner)) ?? stored?.person_id ?? told;
  const newContent = winner !== undefined && winner.row.digest !== stored?.snapshot_digest;
  const moved = after.paid !== before.paid || after.delivered !== before.delivered || after.cancelled !== before.cancelled || person !== (stored?.person_id ?? null);
  // A newer version of the same content still raises the stored version, or an older, different one could win later.
  return { id: stored?.id ?? newId(), stored, content: winner, person, before, after, history: stored ? stored.history === 1 : history, changed: !stored || newContent || moved };
}

type Full = Plan & { readonly content: NormalOrder };

// Written out: spreading this many fields for every row of an import costs several times as much.
const orderRow = ({ content: { row }, id, person, history, after }: Full, now: number) => ({
  external: row.external, number: row.number, currency: row.currency, placed: row.placed, date: row.date, subtotal: row.subtotal, discount: row.discount, shipping: row.shipping, tax: row.tax,
  total: row.total, saved: row.saved, test: row.test, version: row.version, digest: row.digest, paid: after.paid, delivered: after.delivered, cancelled: after.cancelled, id, person, history: history ? 1 : 0, now,
});
const lineRows = (plans: readonly Full[], now: number) => plans.flatMap(({ id: order, content }) => content.lines.map(({ external, no, sku, title, quantity, price, paid, giftCard }) => (
  { id: newId(), order, external, no, sku, title, quantity, price, paid, giftCard, now })));

function* store(ctx: ShopContext, plans: readonly Plan[]): Unit<void> {
  const full = plans.filter((p): p is Full => p.content !== undefined);
  const fresh = full.filter((p) => !p.stored), known = full.filter((p) => p.stored);
  const now = ctx.now;
  yield* insertOrders(fresh.map((p) => orderRow(p, now)));
  yield* insertLines(lineRows(fresh, now));
  yield* updateOrders(known.map((p) => orderRow(p, now)));
  yield* upsertLines(lineRows(known, now));
  yield* upsertCodes(full.flatMap((p) => p.content.codes.map((code) => ({ ...code, order: p.id }))));
  for (const p of known) yield* sql.run(DROP_OTHER_LINES, { order: p.id, ids: JSON.stringify(p.content.lines.map((line) => line.external)) });
  for (const p of plans) if (!p.content && p.changed) yield* sql.run(UPDATE_MOMENTS, { ...p.after, id: p.id, person: p.person, now });
}

/** Notes which parcels arrived when, from every snapshot, also from older ones. Answers the orders for which that was news. */
function* storeDeliveries(ctx: ShopContext, orders: readonly NormalOrder[], ids: ReadonlyMap<string, string>): Unit<ReadonlySet<string>> {
  const news = new Set<string>();
  for (const { row, lines } of orders) for (const { external, delivered } of lines) {
    const order = ids.get(row.external)!;
    if (delivered !== null && (yield* sql.run(DELIVER_LINE, { order, external, at: delivered, now: ctx.now })) > 0) news.add(order);
  }
  return news;
}

/** Recounts what refunds took of these orders and their lines. */
export function* recountRefunds(orderIds: readonly string[]): Unit<void> {
  if (orderIds.length === 0) return;
  const ids = JSON.stringify(orderIds);
  yield* sql.run(RECOUNT_LINES, { ids });
  yield* sql.run(RECOUNT_ORDERS, { ids });
}

/** Recounts order count, money spent and last order of these people. */
export function* recountPeople(ctx: ShopContext, people: Iterable<string | null | undefined>): Unit<void> {
  const ids = [...new Set(people)].filter((id): id is string => typeof id === 'string').sort();
  if (ids.length === 0) return;
  yield* sql.run(LOCK_PEOPLE, { ids: JSON.stringify(ids) });
  yield* sql.run(RECOUNT_PEOPLE, { ids: JSON.stringify(ids), currency: ctx.shop.currency });
}

/** What the new ones of these orders add to their people. */
function boughtBy(ctx: ShopContext, plans: readonly Plan[]): Map<string, Bought> {
  const sums = new Map<string, Bought>();
  for (const { stored, person, content, after } of plans) {
    if (stored || person === null || !content || after.paid === null || after.cancelled !== null || content.row.test === 1) continue;
    let sum = sums.get(person);
    if (!sum) { sum = { orders: 0, spent: 0, last: content.row.placed }; sums.set(person, sum); }
    sum.orders += 1;
    if (content.row.currency === ctx.shop.currency) sum.spent += content.row.total;
    sum.last = Math.max(sum.last, content.row.placed);
  }
  return sums;
}

/**
 * Folds orders with their customers, lines and codes, a handful of statements for any number of them. Snapshots of one order may come in
 * any order and number; the newest content and the earliest moments stay.
 */
export function* foldOrders(ctx: ShopContext, orders: readonly NormalOrder[], history: boolean): Unit<{ readonly orders: readonly FoldedOrder[]; readonly newPeople: readonly string[] }> {
  const groups = new Map<string, NormalOrder[]>();
  for (const order of orders) {
    const group = groups.get(order.row.external);
    if (group) group.push(order); else groups.set(order.row.external, [order]);
  }
  yield* passGates('order', [...groups.keys()]);
  const told: ToldCustomer[] = [];
  for (const { snapshot: { customer, placedAt } } of orders) if (customer) told.push({ snapshot: customer, since: placedAt });
  const customers = yield* planCustomers(ctx, told);
  const { people } = customers;
  const personOf = ({ snapshot }: NormalOrder): string | null => (snapshot.customer && people.get(snapshot.customer.externalId)?.personId) ?? null;
  const ids = JSON.stringify([...groups.keys()]);
  const stored = new Map((yield* sql.many(ORDERS_BY_EXTERNAL, { ids })).map((row) => [row.external_id, row]));
  const plans = [...groups].map(([external, group]) => plan(group, stored.get(external), personOf, history));
  const bought = boughtBy(ctx, plans);
  yield* storeCustomers(ctx, customers, bought);
  yield* store(ctx, plans);
  const delivered = yield* storeDeliveries(ctx, orders, new Map([...groups.keys()].map((external, n) => [external, plans[n]!.id])));
  const attached = yield* sql.many(ATTACH_REFUNDS, { ids });
  const refundsOf = new Map<string, string[]>();
  for (const refund of attached) refundsOf.set(refund.order_id, [...(refundsOf.get(refund.order_id) ?? []), refund.id]);
  yield* recountRefunds([...new Set([...refundsOf.keys(), ...plans.filter((p) => p.stored && p.content).map((p) => p.id)])]);
  const recount = new Set(plans.filter((p) => refundsOf.has(p.id) || (p.stored && p.changed)).flatMap((p) => [p.person, p.stored?.person_id ?? null]));
  for (const { personId, created } of people.values()) if (created) bought.delete(personId);
  for (const person of recount) if (person !== null) bought.delete(person);
  yield* addToPeople([...bought].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, { orders: count, spent, last }]) => ({ id, kind: 'member', orders: count, spent, last, now: ctx.now })));
  yield* recountPeople(ctx, recount);
  const folded = [...groups.keys()].map((externalId, n): FoldedOrder => {
    const { id, person, changed, history: past, before, after } = plans[n]!;
    return { orderId: id, externalId, personId: person, changed: changed || refundsOf.has(id) || delivered.has(id), history: past, before, after, attachedRefunds: refundsOf.get(id) ?? [] };
  });
  return { orders: folded, newPeople: [...people.values()].filter((person) => person.created).map((person) => person.personId) };
}
