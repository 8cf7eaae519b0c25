import { Decks } from './decks.js';
import { EarningRun } from './earning-run.js';
import type { DayTotals, Outcome, Plan, PlannedOffer } from './plan.js';
import { Purse } from './purse.js';
import { randomOf, seedOf } from './random.js';
import { Visitor } from './visitor.js';
import { worstCase } from './worst-case.js';

const KEYS = ['issued', 'burned', 'expired', 'outstanding', 'cost', 'sales', 'visits', 'redemptions'] as const;

/** What is left of each offer, for everybody and for one member. */
interface Left { readonly stock: readonly number[]; readonly own: readonly number[] }

/** What somebody with so many points takes: the dearest thing, or any other that they can have; −1 for nothing. */
function chosen(offers: readonly PlannedOffer[], { stock, own }: Left, balance: number, dearest: boolean, random: () => number): number {
  const can: number[] = [];
  for (let at = 0; at < offers.length && offers[at]!.cost <= balance; at++) if (stock[at]! > 0 && own[at]! > 0) can.push(at);
  const last = can.at(-1);
  if (last === undefined) return -1;
  if (can.length === 1 || (last === offers.length - 1 && dearest)) return last;
  return can[Math.floor(random() * (last === offers.length - 1 ? can.length - 1 : can.length))]!;
}

/** One member of a run. */
class Member {
  readonly visitor: Visitor;
  readonly purse: Purse;
  readonly random: () => number;
  readonly earnings: readonly EarningRun[];
  /** How often each offer can still be had. */
  readonly own: number[];
  first = true;

  constructor(plan: Plan, at: number, decks: Decks, offers: readonly PlannedOffer[], expired: (day: number, amount: number) => void) {
    this.visitor = new Visitor(plan, at);
    this.purse = new Purse(plan.assumptions.expiryDays, plan.assumptions.pendingDays, expired);
    this.random = randomOf(seedOf(plan.seed, at, 2));
    this.own = offers.map(({ perPerson }) => perPerson ?? Infinity);
    this.earnings = plan.earnings.map((earning) => new EarningRun(earning, plan.assumptions, decks));
  }
}

/** Whose turn it is on each day, as one list per day. */
class Due {
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  constructor(days: number, private readonly members: readonly Member[]) {
    this.#first = new Int32Array(days).fill(-1);
    this.#next = new Int32Array(members.length);
    // The last comes first into each list, so that the first is read first.
    for (let at = members.length - 1; at >= 0; at--) this.#enter(at);
  }

  #enter(at: number): void {
    const { visitor } = this.members[at]!;
    visitor.advance();
    if (visitor.day >= this.#first.length) return;
    this.#next[at] = this.#first[visitor.day]!;
    this.#first[visitor.day] = at;
  }

  /** Those who come on a day; each is entered for the next visit when the one after it is asked for. */
  *on(day: number): Generator<Member> {
    for (let at = this.#first[day]!; at >= 0;) {
      const next = this.#next[at]!;
      yield this.members[at]!;
      this.#enter(at);
      at = next;
    }
  }
}

/**
 * Runs the days one after the other, and in each the members. Deterministic for a seed, and the same people come and buy whatever the plan
 * gives, so that two plans can be compared. `tell` hears how far it is, counted in members.
 */
export function simulate(plan: Plan, tell: (done: number) => void = () => {}): Outcome {
  const began = performance.now();
  const { days, assumptions } = plan;
  const total = Object.fromEntries(KEYS.map((key) => [key, new Float64Array(days)])) as Record<(typeof KEYS)[number], Float64Array>;
  const decks = new Decks(plan.decks);
  const expired = (day: number, amount: number): void => { total.expired[day]! += amount; };
  const offers = plan.offers.toSorted((a, b) => a.cost - b.cost || a.value - b.value);
  const members = Array.from({ length: plan.members }, (_, at) => new Member(plan, at, decks, offers, expired));
  const due = new Due(days, members);
  const stock = offers.map((each) => each.stock ?? Infinity);
  const issuedBy = new Float64Array(plan.earnings.length), burnedBy = new Float64Array(offers.length), costBy = new Float64Array(offers.length);
  const drawnBy = new Float64Array(plan.draws.length), drawBack = new Float64Array(plan.draws.length);
  const cheapest = offers[0]?.cost ?? Infinity;
  const entry = Math.min(...(offers.length ? offers : plan.draws).map(({ cost }) => cost));
  let active = 0, succeeded = 0, orderPoints = 0;

  for (let day = 0; day < days; day++) {
    for (const member of due.on(day)) {
      const { purse, random } = member, paid = member.visitor.spent;
      purse.reach(day);
      total.visits[day]! += 1;
      let earned = 0;
      for (let at = 0; at < issuedBy.length; at++) {
        const run = member.earnings[at]!;
        const points = run.visit(day, member.first, random);
        issuedBy[at]! += points;
        earned += points;
        total.cost[day]! += run.value;
      }
      if (earned > 0) purse.give(day, earned);
      total.issued[day]! += earned;
      if (member.first) { active += 1; if (purse.balance >= entry) succeeded += 1; member.first = false; }
      if (paid > 0) {
        const points = Math.floor((paid * assumptions.pointsPerUnit) / assumptions.minorPerUnit);
        if (points > 0) purse.promise(day, points);
        orderPoints += points;
        total.issued[day]! += points;
        total.sales[day]! += paid;
      }
      const wants = random() < assumptions.redeems, dearest = random() < assumptions.takesDearest;
      const at = wants && purse.balance >= cheapest ? chosen(offers, { stock, own: member.own }, purse.balance, dearest, random) : -1;
      const offer = offers[at];
      if (offer) {
        purse.take(offer.cost);
        stock[at]! -= 1;
        member.own[at]! -= 1;
        burnedBy[at]! += offer.cost;
        total.burned[day]! += offer.cost;
        total.redemptions[day]! += 1;
        if (random() < offer.useRate) { total.cost[day]! += offer.value; costBy[at]! += offer.value; }
      }
      for (let game = 0; game < plan.draws.length; game++) {
        const draw = plan.draws[game]!;
        if (purse.balance < draw.cost || random() >= assumptions.draws) continue;
        const ticket = draw.deck === undefined ? { points: Math.floor(draw.pointsBack) + (random() < draw.pointsBack % 1 ? 1 : 0), value: draw.value } : decks.draw(draw.deck, random);
        if (!ticket) continue;
        purse.take(draw.cost);
        if (ticket.points > 0) purse.give(day, ticket.points);
        drawnBy[game]! += draw.cost;
        drawBack[game]! += ticket.points;
        total.burned[day]! += draw.cost;
        total.issued[day]! += ticket.points;
        total.cost[day]! += ticket.value;
      }
    }
    tell(Math.floor((plan.members * (day + 1)) / days));
  }
  let outstanding = 0;
  for (const { purse } of members) { purse.reach(days - 1); outstanding += purse.outstanding; }
  for (let day = 0, rest = 0; day < days; day++) total.outstanding[day] = rest += total.issued[day]! - total.burned[day]! - total.expired[day]!;

  const byDay = Object.fromEntries(KEYS.map((key) => [key, Array.from(total[key], (value) => Math.round(value))])) as unknown as DayTotals;
  const sum = (key: (typeof KEYS)[number]): number => byDay[key].reduce((all, value) => all + value, 0);
  return {
    byDay, active, firstSession: active ? succeeded / active : 0,
    totals: { issued: sum('issued'), burned: sum('burned'), expired: sum('expired'), outstanding, cost: sum('cost'), sales: sum('sales'), visits: sum('visits'), redemptions: sum('redemptions') },
    issuedBy: Object.fromEntries([...plan.earnings.map(({ ref }, at): [string, number] => [ref, issuedBy[at]!]), ['orders', orderPoints], ...plan.draws.map(({ ref }, at): [string, number] => [`${ref}:back`, drawBack[at]!])]),
    costBy: Object.fromEntries(offers.map(({ ref }, at) => [ref, Math.round(costBy[at]!)])),
    burnedBy: Object.fromEntries([...offers.map(({ ref }, at): [string, number] => [ref, burnedBy[at]!]), ...plan.draws.map(({ ref }, at): [string, number] => [ref, drawnBy[at]!])]),
    worst: worstCase(plan, orderPoints), ms: Math.round(performance.now() - began),
  };
}
