import { businessDate, MINUTE, newId, sql, type Customers, type Database, type Orders, type OrderSum, type ShopContext, type Unit } from 'guanxi/plugin';
import type { Return } from '../tiers/metrics.js';
import { ADD_GROWTH, ADD_MEMBER, HOLD_MEMBER, LATEST_PLAN, NOTE_PROGRESS, ORDERS_OF, PROGRESS, PUT_PURCHASE, TOUCH_MEMBER } from './member.statements.js';
import { currentPlan, type Standings } from './standings.service.js';
import type { Stop } from './time-left.js';

const PAGE = 500;
/** Ids of several processes are made in nearly the order of time; a walk goes back this far. */
const OVERLAP = 10 * MINUTE;

/** The smallest id made at a time: ids begin with it. */
function idAt(at: number): string {
  const hex = Math.max(0, at).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
const backFrom = (id: string): string => idAt(Number.parseInt(id.replace('-', '').slice(0, 12), 16) - OVERLAP);

/** Keeps what members bought beside their tiers: by events as it happens, by a walk for what was imported. */
export class Purchases {
  constructor(private readonly db: Database, private readonly orders: Orders, private readonly customers: Customers, private readonly standings: Standings) {}

  /** Takes over what an order is worth now, whatever event told of it. */
  async follow(ctx: ShopContext, orderId: string): Promise<void> {
    await this.db.write(ctx, async (unit, inner) => {
      const today = businessDate(ctx.shop, ctx.now);
      const plan = await unit.steps(currentPlan());
      // Whose it is now, whoever the news named: that person may be another by now, or erased.
      const [known] = await this.orders.sums(inner, { ids: [orderId] });
      if (!known) return;
      // Held before the order is read for good: of two who bring news of it the later one reads the newer state.
      await unit.steps(sql.one(HOLD_MEMBER, { id: newId(), person: known.personId, tier: plan.rules.tiers[0]!.key, today, version: plan.version, now: ctx.now }));
      const [sum] = await this.orders.sums(inner, { ids: [orderId] });
      if (!sum) return;
      await unit.steps(this.#put(ctx, sum));
      await unit.steps(this.standings.steps(inner, sum.personId));
    });
  }

  /** Growth value for something done in another module; once per cause. An event of another make, which does not say who or what, brings none. */
  async gain(ctx: ShopContext, person: string | undefined, source: string, cause: string | undefined, of: 'perCheckIn' | 'perSurvey'): Promise<void> {
    if (!person || !cause) return;
    const who = await this.customers.byId(ctx, person);
    if (!who || (who.kind === 'member' && !(await this.#livesOn(ctx, who.id)))) return;
    const standings = this.standings;
    await this.db.hot(ctx, `membership:${who.id}`, function* (inner) {
      const { rules } = yield* currentPlan();
      if (rules.growth[of] === 0) return;
      const added = yield* sql.run(ADD_GROWTH, { id: newId(), person: who.id, day: businessDate(ctx.shop, ctx.now), amount: rules.growth[of], source, cause, now: ctx.now });
      // A guest is counted when they sign in; what they gained waits for that.
      if (added > 0 && who.kind === 'member') yield* standings.steps(inner, who.id);
    });
  }

  /** Takes in who has an account now; not who has become another person meanwhile. */
  async takeIn(ctx: ShopContext, person: string): Promise<void> {
    const who = await this.customers.byId(ctx, person);
    if (who?.kind === 'member' && await this.#livesOn(ctx, who.id)) await this.standings.evaluate(ctx, who.id);
  }

  /** Who was erased is not in the walk through all members, which begins just before them. */
  async #livesOn(ctx: ShopContext, id: string): Promise<boolean> { return (await this.customers.members(ctx, { after: id.slice(0, -1), limit: 16 })).some((each) => each.id === id); }

  /** After a merge was undone: each order counts again for whose it is, and both stand where that puts them. */
  async divide(ctx: ShopContext, person: string, into: string): Promise<void> {
    const ids = (await this.db.read(ctx, (q) => q.scan(ORDERS_OF, { person: into }))).map(({ order_id: id }) => id);
    for (let at = 0; at < ids.length; at += PAGE) {
      const sums = await this.orders.sums(ctx, { ids: ids.slice(at, at + PAGE) });
      await this.db.write(ctx, async (unit) => { for (const sum of sums) await unit.steps(this.#put(ctx, sum)); });
    }
    for (const each of [person, into]) await this.takeIn(ctx, each);
  }

  /** Walks on through all members and orders of the shop from where the last walk ended, then evaluates who is due. */
  async sync(ctx: ShopContext, signal: Stop): Promise<void> {
    await this.#walk(ctx, 'members', signal, async (after) => {
      const found = await this.customers.members(ctx, { after, limit: PAGE });
      await this.#note(ctx, 'members', found.at(-1)?.id, ADD_MEMBER, found.map(({ id }) => id), []);
      return found;
    });
    await this.#walk(ctx, 'orders', signal, async (after) => {
      const found = await this.orders.sums(ctx, { after, limit: PAGE });
      await this.#note(ctx, 'orders', found.at(-1)?.id, TOUCH_MEMBER, [...new Set(found.map(({ personId }) => personId))], found);
      return found;
    });
    await this.standings.evaluateDue(ctx, signal);
  }

  async #walk(ctx: ShopContext, name: string, signal: Stop, page: (after: string) => Promise<readonly { readonly id: string }[]>): Promise<void> {
    const last = (await this.db.read(ctx, (q) => q.one(PROGRESS, { name })))?.value;
    for (let after = last ? backFrom(last) : ''; !signal.aborted;) {
      const found = await page(after);
      if (found.length < PAGE) return;
      after = found.at(-1)!.id;
    }
  }

  async #note(ctx: ShopContext, name: string, last: string | undefined, put: typeof ADD_MEMBER, people: readonly string[], sums: readonly OrderSum[]): Promise<void> {
    if (last === undefined) return;
    await this.db.write(ctx, async (unit) => {
      const plan = (await unit.one(LATEST_PLAN))!;
      const tier = (JSON.parse(plan.content) as { tiers: { key: string }[] }).tiers[0]!.key;
      const today = businessDate(ctx.shop, ctx.now);
      for (const person of people) await unit.run(put, { id: newId(), person, tier, today, version: plan.version, now: ctx.now });
      for (const sum of sums) await unit.steps(this.#put(ctx, sum));
      await unit.run(NOTE_PROGRESS, { name, value: last });
    });
  }

  *#put(ctx: ShopContext, { id, personId, paidAt, goods, net, returns, saved }: OrderSum): Unit<void> {
    const days = [...new Map(returns.map(({ at, left }) => [businessDate(ctx.shop, at), left]))].map(([on, left]): Return => ({ on, left }));
    yield* sql.run(PUT_PURCHASE, { order: id, person: personId, paidOn: businessDate(ctx.shop, paidAt), goods: Math.max(goods, net), net, refundedOn: days.at(-1)?.on ?? null, returns: JSON.stringify(days), saved });
  }
}
