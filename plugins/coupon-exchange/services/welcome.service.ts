import { type Customers, type Database, type Grants, type ShopContext } from 'guanxi/plugin';
import { Reward } from '../entities/reward.entity.js';

const KIND = 'coupon-exchange.coupon';
const SOURCE = 'coupon-exchange.welcome';

/** Rewards that each new member is given once, through the door of all grants, so that risk and budgets hold. */
export class Welcome {
  constructor(private readonly db: Database, private readonly customers: Customers, private readonly grants: Grants) {}

  async greet(ctx: ShopContext, personId: string): Promise<void> {
    const gifts = await this.db.read(ctx, (q) => q.find(Reward, { state: 'active', welcome: true }, { limit: 20 }));
    if (!gifts.length) return;
    const person = await this.customers.byId(ctx, personId);
    if (person?.kind !== 'member') return;
    for (const { id } of gifts) {
      const key = `welcome:${id}`;
      await this.grants.grant(ctx, { personId: person.id, reward: { kind: KIND, amount: 1, ref: id }, source: SOURCE, causeRef: id, key: `${key}:${person.id}`, once: key });
    }
  }
}
