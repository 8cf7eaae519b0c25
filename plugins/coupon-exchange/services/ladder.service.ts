import { DAY, minorUnits, type Customers, type Database, type Orders, type OrderSum, type Page, type ShopContext } from 'guanxi/plugin';
import type { Reward } from '../entities/reward.entity.js';
import type { Catalogue } from './catalogue.service.js';
import { couponTitle } from './coupon-title.js';
import { walkOrders } from './order-walk.js';
import { fitOf, NEAR, proposeLadder, type LadderProposal, type Rung } from './ladder.js';

export interface LadderFit { readonly id: string; readonly title: Reward['title']; readonly minimum: number; readonly discount: number; readonly reach: number; readonly near: number; /** How many orders these shares are. */ readonly reaching: number; readonly nearly: number; /** What an order near it is worth at least. */ readonly nearFrom: number }
/** One order of the histogram, minor units net of refunds. */
export interface LadderOrder { readonly id: string; readonly number: string | null; readonly personId: string; readonly person: string | null; readonly paidAt: number; readonly worth: number }
const YEAR = 365 * DAY;
const ROWS = 50;

/** A ladder of coupons that fits what the shop's customers spend. */
export class Ladder {
  constructor(private readonly db: Database, private readonly orders: Orders, private readonly catalogue: Catalogue, private readonly customers: Customers) {}

  /** Orders of the last year that are worth something after refunds. */
  async #sums(ctx: ShopContext, signal: AbortSignal): Promise<OrderSum[]> {
    const found: OrderSum[] = [];
    for await (const page of walkOrders(this.orders, ctx, ctx.now - YEAR, signal)) for (const sum of page) if (sum.net > 0) found.push(sum);
    return found;
  }

  /** The orders behind a number of the ladder: worth at least `from` and less than `to`, newest first. */
  async rows(ctx: ShopContext, { from, to }: { readonly from: number; readonly to: number | null }, cursor: number, signal: AbortSignal): Promise<Page<LadderOrder>> {
    const found = (await this.#sums(ctx, signal)).filter(({ net }) => net >= from && (to === null || net < to)).sort((a, b) => b.paidAt - a.paidAt || (a.id < b.id ? 1 : -1));
    const some = found.slice(cursor, cursor + ROWS);
    const people = await this.customers.byIds(ctx, some.map(({ personId }) => personId));
    const items = await Promise.all(some.map(async ({ id, personId, paidAt, net }): Promise<LadderOrder> => ({ id, number: (await this.orders.byId(ctx, id))?.number ?? null, personId, person: people.get(personId)?.name ?? null, paidAt, worth: net })));
    return { items, ...(cursor + ROWS < found.length ? { next: String(cursor + ROWS) } : {}) };
  }

  /** @param margin - basis points of the goods' price */
  async propose(ctx: ShopContext, margin: number, signal: AbortSignal): Promise<LadderProposal & { readonly fit: readonly LadderFit[] }> {
    const values = (await this.#sums(ctx, signal)).map(({ net }) => net);
    const live = (await this.catalogue.list(ctx)).filter(({ state, kind, prizeOnly }) => state === 'active' && kind === 'amount' && !prizeOnly).sort((a, b) => a.minimum - b.minimum);
    const unit = minorUnits(ctx.shop.currency);
    return {
      ...proposeLadder(values, margin / 10_000, unit),
      fit: live.map(({ id, title, minimum, discount }) => ({ id, title, minimum, discount, ...fitOf(values, minimum), nearFrom: Math.ceil(minimum * NEAR) })),
    };
  }

  /** All steps go live in one unit, or none. */
  publish(ctx: ShopContext, rungs: readonly Omit<Rung, 'step'>[]): Promise<string[]> {
    return this.db.write(ctx, async (_unit, inner) => {
      const ids: string[] = [];
      for (const { discount, minimum, cost, validDays } of rungs) {
        const { id } = await this.catalogue.create(inner, { title: couponTitle(inner.shop.currency, discount, minimum), kind: 'amount', discount, minimum, cost, stock: null, perPerson: 50, validDays });
        await this.catalogue.move(inner, id, 'publish');
        ids.push(id);
      }
      return ids;
    });
  }
}
