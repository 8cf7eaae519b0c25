import { DAY, type Database, type Orders, type Product, type Products, type ShopContext } from 'guanxi/plugin';
import { Reward } from '../entities/reward.entity.js';
import { percentile } from './ladder.js';
import { walkOrders } from './order-walk.js';

const YEAR = 365 * DAY;
type Priced = Pick<Reward, 'kind' | 'discount' | 'minimum' | 'sku'>;

/**
 * What one of a reward costs the shop if it is used, in minor units: what it takes off, gives away, or the price of a product without what is
 * still paid; of a percentage the share of a `typical` order. Null where nobody can say, e.g. for shipping and services.
 */
export function worthOf({ kind, discount, minimum, sku }: Priced, prices: ReadonlyMap<string, Product>, typical: number): number | null {
  if (kind === 'amount' || kind === 'credit' || kind === 'donation') return discount;
  if (kind === 'percent') return Math.max(typical, minimum) > 0 ? Math.floor((Math.max(typical, minimum) * discount) / 10_000) : null;
  const price = sku === null ? undefined : prices.get(sku)?.price;
  return price === undefined ? null : Math.max(0, price - (kind === 'product' ? discount : 0));
}

/** What rewards cost, for charts and for money budgets. */
export class Worth {
  constructor(private readonly db: Database, private readonly products: Products, private readonly orders: Orders) {}

  /** What each of them costs, in their order. */
  async of(ctx: ShopContext, rewards: readonly Priced[], signal?: AbortSignal): Promise<(number | null)[]> {
    const skus = rewards.flatMap(({ sku }) => (sku === null ? [] : [sku]));
    const prices = skus.length ? await this.products.bySkus(ctx, [...new Set(skus)]) : new Map<string, Product>();
    const typical = rewards.some(({ kind }) => kind === 'percent') ? await this.#typicalOrder(ctx, signal ?? new AbortController().signal) : 0;
    return rewards.map((reward) => worthOf(reward, prices, typical));
  }

  /** Prices change, and so does what people buy: brings what is known of live rewards up to date. */
  async refresh(ctx: ShopContext, signal: AbortSignal): Promise<void> {
    const live = await this.db.read(ctx, (q) => q.find(Reward, { state: 'active' }, { limit: 1_000 }));
    const worth = await this.of(ctx, live, signal);
    if (signal.aborted) return;
    await this.db.write(ctx, async (unit) => { for (const [n, reward] of live.entries()) if (worth[n] !== reward.costEach) await unit.update(Reward, { id: reward.id }, { costEach: worth[n] ?? null }); });
  }

  /** What an order of the last year was worth: the median, because a few very large orders must not count. */
  async #typicalOrder(ctx: ShopContext, signal: AbortSignal): Promise<number> {
    const values: number[] = [];
    for await (const page of walkOrders(this.orders, ctx, ctx.now - YEAR, signal)) for (const { net } of page) if (net > 0) values.push(net);
    return percentile(values.sort((a, b) => a - b), 0.5);
  }
}
