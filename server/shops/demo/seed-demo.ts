import type { CommerceIntakeService } from '../../commerce/commerce-intake.service.js';
import type { DataStore } from '../../data/data-store.js';
import { DAY, type Instant, type Locale, type Shop, type ShopContext, type Unit, type WriteUnit } from '../../plugin-api/index.js';
import type { ShopsService } from '../shops.service.js';
import { productSnapshots } from './catalogue/catalogue.js';
import { orderSnapshot, refundSnapshot, type DemoOrder } from './checkout/demo-order.js';
import { DemoOrders } from './checkout/demo-orders.js';
import type { DemoClock } from './demo-clock.js';
import { customerSnapshot, DemoCustomers, type DemoCustomer } from './demo-customers.js';
import { demoState, FIRST_NUMBER } from './demo-state.js';
import { demoHistory, type DemoHistory } from './generator/history.js';

/** Orders of these last days go in as if they happened now, so that the ledger lives; older ones are history and earn nothing. */
const LIVE = 90 * DAY;
/** Before that, an order that was delivered is told once, as delivered: half the work for points that are spendable either way. */
const STEPWISE = 30 * DAY;
const BATCH = 500;
const LIVE_BATCH = 100;

export type SeedProgress = (done: number, total: number) => void;
export interface SeedDeps { readonly store: DataStore; readonly clock: DemoClock; readonly intake: CommerceIntakeService }

const contextOf = (shop: Shop, now: Instant): ShopContext => ({ shop, actor: { kind: 'platform', source: 'demo' }, locale: shop.locale, now });

/** The demo's tenant, with its clock where it was left. */
export async function ensureDemoShop(shops: ShopsService, { store, clock }: Pick<SeedDeps, 'store' | 'clock'>, locale: Locale = 'zh-CN'): Promise<Shop> {
  const shop = await shops.ensure({ key: 'demo', platform: 'demo', name: '山岚 Shanlan', zone: 'Asia/Shanghai', dayStartHour: 0, currency: 'CNY', locale }, clock.now());
  await clock.attach(store, contextOf(shop, clock.now()));
  return shop;
}

interface Moment { readonly at: Instant; readonly tell: (ctx: ShopContext, unit: WriteUnit) => Promise<unknown> }

function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> { for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size); }

/** What happened to the recent orders, in the order in which it happened: bought, delivered, sent back. */
function moments(orders: readonly DemoOrder[], customerOf: (order: DemoOrder) => DemoCustomer, intake: CommerceIntakeService, stepwiseFrom: Instant): Moment[] {
  const tell = (at: Instant, run: (ctx: ShopContext) => Unit<unknown>): Moment => ({ at, tell: (ctx, unit) => unit.steps(run({ ...ctx, now: at })) });
  return orders.flatMap((order) => {
    const customer = customerSnapshot(customerOf(order));
    const found: Moment[] = [];
    if (order.deliveredAt === null || order.placedAt >= stepwiseFrom) found.push(tell(order.placedAt, (ctx) => intake.steps.order(ctx, orderSnapshot({ ...order, deliveredAt: null, updatedAt: order.placedAt }, customer))));
    if (order.deliveredAt !== null) found.push(tell(order.deliveredAt, (ctx) => intake.steps.order(ctx, orderSnapshot(order, customer))));
    for (const refund of order.refunds) found.push(tell(refund.at, (ctx) => intake.steps.refund(ctx, refundSnapshot(order, refund))));
    return found;
  }).sort((a, b) => a.at - b.at);
}

/**
 * Fills the demo shop: catalogue, customers, two years of orders and refunds. Answers what it made, or undefined when that was done before.
 * A seed that was cut short is made again from the same moment: everything is folded by its id, so nothing comes in twice.
 * `finish` runs before the seed counts as done, e.g. to hand the reviews to the plugin that keeps them.
 */
export async function seedDemo(shop: Shop, deps: SeedDeps, progress: SeedProgress, options: { readonly customers?: number; readonly finish?: (ctx: ShopContext, history: DemoHistory) => Promise<void> } = {}): Promise<DemoHistory | undefined> {
  const { store, clock, intake } = deps;
  const now = clock.now();
  const ctx = contextOf(shop, now);
  const state = await store.hot(ctx, 'demo-state', () => demoState.read());
  if (state.seededAt !== null) return undefined;
  const anchor = await store.hot(ctx, 'demo-state', () => demoState.anchor(now));
  for (const product of productSnapshots(anchor)) await intake.product(ctx, product);
  const history = demoHistory(anchor, options.customers ?? 2000);
  const customers = new Map(history.customers.map((customer) => [customer.id, customer]));
  const customerOf = (order: DemoOrder): DemoCustomer => customers.get(order.customerId) as DemoCustomer;
  const old = history.orders.filter((order) => order.placedAt < anchor - LIVE);
  const live = moments(history.orders.slice(old.length), customerOf, intake, anchor - STEPWISE);
  const total = history.customers.length + history.orders.length + old.length + live.length;
  let done = 0;
  const step = (by: number): void => { done += by; progress(done, total); };

  const own = new DemoCustomers(store, intake).steps, orders = new DemoOrders(store).steps;
  for (const batch of batches(history.customers, BATCH)) {
    await store.write(ctx, (unit) => unit.steps(own.insert(batch)));
    step(batch.length);
  }
  for (const batch of batches(history.orders, BATCH)) {
    await store.write(ctx, (unit) => unit.steps(orders.insertMany(batch)));
    step(batch.length);
  }
  for (const batch of batches(old, BATCH)) {
    await intake.orderBatch(ctx, batch.map((order) => orderSnapshot(order, customerSnapshot(customerOf(order)))), { history: true });
    await intake.refundBatch(ctx, batch.flatMap((order) => order.refunds.map((refund) => refundSnapshot(order, refund))), { history: true });
    step(batch.length);
  }
  for (const batch of batches(live, LIVE_BATCH)) {
    await store.write(ctx, async (unit, inner) => { for (const moment of batch) await moment.tell(inner, unit); });
    step(batch.length);
  }
  const buyers = new Set(history.orders.map((order) => order.customerId));
  for (const customer of history.customers) if (!buyers.has(customer.id)) await intake.customer(ctx, customerSnapshot(customer));
  await store.hot(ctx, 'demo-state', () => demoState.numberFrom(FIRST_NUMBER + history.orders.length));
  await options.finish?.(ctx, history);
  await store.hot(ctx, 'demo-state', () => demoState.seeded(clock.now()));
  return history;
}
