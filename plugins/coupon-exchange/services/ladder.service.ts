import { DAY, type Database, type Orders, type ShopContext } from 'guanxi/plugin';
import type { Reward } from '../entities/reward.entity.js';
import type { Catalogue } from './catalogue.service.js';
import { money, unitOf } from './money.js';
import { walkOrders } from './order-walk.js';
import { fitOf, proposeLadder, type LadderProposal, type Rung } from './ladder.js';

export interface LadderFit { readonly id: string; readonly title: Reward['title']; readonly minimum: number; readonly discount: number; readonly reach: number; readonly near: number }
const YEAR = 365 * DAY;

/** A ladder of coupons that fits what the shop's customers spend. */
export class Ladder {
  constructor(private readonly db: Database, private readonly orders: Orders, private readonly catalogue: Catalogue) {}

  /** What orders of the last year were worth, net of refunds, in minor units. */
  async #values(ctx: ShopContext, signal: AbortSignal): Promise<number[]> {
    const values: number[] = [];
    for await (const page of walkOrders(this.orders, ctx, signal)) for (const { paidAt, net } of page) if (net > 0 && paidAt > ctx.now - YEAR) values.push(net);
    return values;
  }

  /** @param margin - basis points of the goods' price */
  async propose(ctx: ShopContext, margin: number, signal: AbortSignal): Promise<LadderProposal & { readonly fit: readonly LadderFit[] }> {
    const values = await this.#values(ctx, signal);
    const live = (await this.catalogue.list(ctx)).filter(({ state, kind, prizeOnly }) => state === 'active' && kind === 'amount' && !prizeOnly).sort((a, b) => a.minimum - b.minimum);
    const unit = unitOf(ctx.shop.currency);
    return {
      ...proposeLadder(values, margin / 10_000, unit),
      fit: live.map(({ id, title, minimum, discount }) => ({ id, title, minimum, discount, ...fitOf(values, minimum) })),
    };
  }

  /** All steps go live in one unit, or none. */
  publish(ctx: ShopContext, rungs: readonly Omit<Rung, 'step'>[]): Promise<string[]> {
    return this.db.write(ctx, async (_unit, inner) => {
      const ids: string[] = [];
      for (const { discount, minimum, cost, validDays } of rungs) {
        const { id } = await this.catalogue.create(inner, { title: this.#title(inner, discount, minimum), kind: 'amount', discount, minimum, cost, stock: null, perPerson: 50, validDays });
        await this.catalogue.move(inner, id, 'publish');
        ids.push(id);
      }
      return ids;
    });
  }

  #title(ctx: ShopContext, discount: number, minimum: number): Reward['title'] {
    const say = (locale: string, minor: number): string => money(minor, ctx.shop.currency, locale);
    return minimum ? { 'en': `${say('en', discount)} off ${say('en', minimum)}`, 'zh-CN': `满 ${say('zh-CN', minimum)} 减 ${say('zh-CN', discount)}` } : { 'en': `${say('en', discount)} off, no minimum`, 'zh-CN': `无门槛减 ${say('zh-CN', discount)}` };
  }
}
