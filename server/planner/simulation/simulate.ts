import { Decks } from './decks.js';
import { EarningRun } from './earning-run.js';
import type { DayTotals, Outcome, Plan, PlannedOffer } from './plan.js';
import { Purse } from './purse.js';
import { randomOf, seedOf } from './random.js';
import { visitsOf } from './visits.js';
import { worstCase } from './worst-case.js';

const KEYS = ['issued', 'burned', 'expired', 'outstanding', 'cost', 'sales', 'visits', 'redemptions'] as const;
const STEP = 200;

/** What somebody with so many points takes: the dearest thing or the cheapest, of what is left. */
function chosen(offers: readonly PlannedOffer[], left: readonly number[], balance: number, dearest: boolean): number {
  let found = -1;
  for (let at = 0; at < offers.length; at++) {
    if (offers[at]!.cost > balance || left[at]! <= 0) continue;
    found = at;
    if (!dearest) break;
  }
  return found;
}

/**
 * Runs the members through the days, one after the other. Deterministic for a seed, and the same people come and buy whatever the plan gives,
 * so that two plans can be compared. `tell` hears how many members are done.
 */
export function simulate(plan: Plan, tell: (done: number) => void = () => {}): Outcome {
  const began = performance.now();
  const { members, days, assumptions } = plan;
  const total = Object.fromEntries(KEYS.map((key) => [key, new Float64Array(days)])) as Record<(typeof KEYS)[number], Float64Array>;
  const decks = new Decks(plan.decks);
  const earnings = plan.earnings.map((earning) => new EarningRun(earning, assumptions, decks));
  const offers = plan.offers.toSorted((a, b) => a.cost - b.cost || a.value - b.value);
  const left = offers.map(({ stock }) => stock ?? Infinity);
  const issuedBy = new Float64Array(earnings.length + 1), burnedBy = new Float64Array(offers.length), drawnBy = new Float64Array(plan.draws.length);
  const drawBack = new Float64Array(plan.draws.length);
  const purse = new Purse(days, assumptions.expiryDays, assumptions.pendingDays);
  const spent = new Float64Array(days);
  const dearest = offers.at(-1)?.cost ?? Infinity;
  const entry = Math.min(...offers.map(({ cost }) => cost), ...plan.draws.map(({ cost }) => (offers.length ? Infinity : cost)));
  let active = 0, succeeded = 0, orderPoints = 0;

  for (let member = 0; member < members; member++) {
    const random = randomOf(seedOf(plan.seed, member, 2));
    visitsOf(plan, member, spent);
    purse.clear();
    for (const run of earnings) run.clear();
    let first = true;
    for (let day = 0; day < days; day++) {
      total.expired[day]! += purse.begin(day);
      const paid = spent[day]!;
      if (paid >= 0) {
        total.visits[day]! += 1;
        let earned = 0;
        for (let at = 0; at < earnings.length; at++) {
          const run = earnings[at]!;
          const points = run.visit(day, first, random);
          issuedBy[at]! += points;
          earned += points;
          if (run.earning.value) total.cost[day]! += run.earning.value * run.times;
        }
        if (earned > 0) purse.give(day, earned);
        total.issued[day]! += earned;
        if (first) { active += 1; if (purse.balance >= entry) succeeded += 1; first = false; }
        if (paid > 0) {
          const points = Math.floor((paid * assumptions.pointsPerUnit) / assumptions.minorPerUnit);
          purse.promise(day, points);
          orderPoints += points;
          total.issued[day]! += points;
          total.sales[day]! += paid;
        }
        const at = random() < assumptions.redeems ? chosen(offers, left, purse.balance, purse.balance >= dearest && random() < assumptions.takesDearest) : -1;
        const offer = offers[at];
        if (offer) {
          purse.take(offer.cost);
          left[at]! -= 1;
          burnedBy[at]! += offer.cost;
          total.burned[day]! += offer.cost;
          total.redemptions[day]! += 1;
          if (random() < offer.useRate) total.cost[day]! += offer.value;
        }
        for (let game = 0; game < plan.draws.length; game++) {
          const draw = plan.draws[game]!;
          if (purse.balance < draw.cost || random() >= assumptions.draws || !decks.take(draw.deck)) continue;
          purse.take(draw.cost);
          const back = Math.floor(draw.pointsBack) + (random() < draw.pointsBack % 1 ? 1 : 0);
          if (back > 0) purse.give(day, back);
          drawnBy[game]! += draw.cost;
          drawBack[game]! += back;
          total.burned[day]! += draw.cost;
          total.issued[day]! += back;
          total.cost[day]! += draw.value;
        }
      }
      total.outstanding[day]! += purse.outstanding;
    }
    if ((member + 1) % STEP === 0) tell(member + 1);
  }
  issuedBy[earnings.length] = orderPoints;
  tell(members);

  const byDay = Object.fromEntries(KEYS.map((key) => [key, Array.from(total[key], (value) => Math.round(value))])) as unknown as DayTotals;
  const sum = (key: (typeof KEYS)[number]): number => byDay[key].reduce((all, value) => all + value, 0);
  return {
    byDay, active, firstSession: active ? succeeded / active : 0,
    totals: { issued: sum('issued'), burned: sum('burned'), expired: sum('expired'), outstanding: byDay.outstanding.at(-1) ?? 0, cost: sum('cost'), sales: sum('sales'), visits: sum('visits'), redemptions: sum('redemptions') },
    issuedBy: Object.fromEntries([...plan.earnings.map(({ ref }, at): [string, number] => [ref, issuedBy[at]!]), ['orders', orderPoints], ...plan.draws.map(({ ref }, at): [string, number] => [`${ref}:back`, drawBack[at]!])]),
    burnedBy: Object.fromEntries([...offers.map(({ ref }, at): [string, number] => [ref, burnedBy[at]!]), ...plan.draws.map(({ ref }, at): [string, number] => [ref, drawnBy[at]!])]),
    worst: worstCase(plan, orderPoints), ms: Math.round(performance.now() - began),
  };
}
