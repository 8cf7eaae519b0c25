import { DAY, type Database, type Orders, type Product, type Products, type ShopContext } from 'guanxi/plugin';
import { Reward } from '../entities/reward.entity.js';
import { percentile } from './ladder.js';
import { walkOrders } from './order-walk.js';

const YEAR = 365 * DAY;
type Priced = Pick<Reward, 'kind' | 'discount' | 'minimum' | 'sku' | 'ownCost'>;
/** What is usual in a shop, minor units; 0 where nobody can say. */
export interface Usual { /** The median of what orders were worth. */ readonly order: number; /** What one order's shipping costs. */ readonly shipping: number }

/**
 * What one of a reward costs the shop if it is used, in minor units: what the merchant says, else what it takes off, gives away, or the price of a
 * product without what is still paid; of a percentage the share of a usual order, of free shipping what is usual. Null where nobody can say.
 */
export function worthOf({ kind, discount, minimum, sku, ownCost }: Priced, prices: ReadonlyMap<string, Product>, usual: Usual): number | null {
  if (ownCost !== null) return ownCost;
  if (kind === 'amount' || kind === 'credit' || kind === 'donation') return discount;
  if (kind === 'percent') return Math.max(usual.order, minimum) > 0 ? Math.floor((Math.max(usual.order, minimum) * discount) / 10_000) : null;
  if (kind === 'free-shipping') return usual.shipping > 0 ? usual.shipping : null;
  const price = sku === null ? undefined : prices.get(sku)?.price;
  return price === undefined ? null : Math.max(0, price - (kind === 'product' ? discount : 0));
}

/** What rewards cost, for charts and for money budgets. */
export class Worth {
  /** @param shippingCost - what the merchant says shipping costs, minor units; 0 for what orders paid for it */
  constructor(private readonly db: Database, private readonly products: Products, private readonly orders: Orders, private readonly shippingCost: (ctx: ShopContext) => Promise<number>) {}

  /** What each of them costs, in their order. */
  async of(ctx: ShopContext, rewards: readonly Priced[], signal?: AbortSignal): Promise<(number | null)[]> {
    const skus = rewards.flatMap(({ sku }) => (sku === null ? [] : [sku]));
    const prices = skus.length ? await this.products.bySkus(ctx, [...new Set(skus)]) : new Map<string, Product>();
    const usual = await this.#usual(ctx, rewards, signal ?? new AbortController().signal);
    return rewards.map((reward) => worthOf(reward, prices, usual));
  }

  /** Prices change, and so does what people buy: brings what is known of live rewards up to date. */
  async refresh(ctx: ShopContext, signal: AbortSignal): Promise<void> {
    const live = await this.db.read(ctx, (q) => q.find(Reward, { state: 'active' }, { limit: 1_000 }));
    const worth = await this.of(ctx, live, signal);
    if (signal.aborted) return;
    await this.db.write(ctx, async (unit) => { for (const [n, reward] of live.entries()) if (worth[n] !== reward.costEach) await unit.update(Reward, { id: reward.id }, { costEach: worth[n] ?? null }); });
  }

  /** Of the last year: the median of what orders were worth, because a few very large ones must not count, and the mean of what was paid for shipping by those that paid for it. */
  async #usual(ctx: ShopContext, rewards: readonly Priced[], signal: AbortSignal): Promise<Usual> {
    const wants = (kind: Reward['kind']): boolean => rewards.some((reward) => reward.kind === kind && reward.ownCost === null);
    const told = wants('free-shipping') ? await this.shippingCost(ctx) : 0;
    if (!wants('percent') && (told > 0 || !wants('free-shipping'))) return { order: 0, shipping: told };
    const values: number[] = [], charged: number[] = [];
    for await (const page of walkOrders(this.orders, ctx, ctx.now - YEAR, signal)) for (const { net, shipping } of page) {
      if (net > 0) values.push(net);
      if (net > 0 && shipping > 0) charged.push(shipping);
    }
    const mean = charged.length ? Math.round(charged.reduce((sum, each) => sum + each, 0) / charged.length) : 0;
    return { order: percentile(values.sort((a, b) => a - b), 0.5), shipping: told > 0 ? told : mean };
  }
}
