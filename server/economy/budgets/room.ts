import type { Reader, Reward, ShopContext, Unit } from '../../plugin-api/index.js';
import { worthOf } from '../programme/programme.js';
import { BUDGETS } from './budget-statements.js';
import { budgetView, holds, type BudgetView } from './budget-view.js';

/** What a reward counts as, by the unit of the budget. */
export interface Charged { readonly points: number; readonly units: number; /** Minor units before the share that is used. */ readonly value: number; /** How many of them nobody knows the cost of. */ readonly unpriced: number }

/** @param cost - what one is expected to cost in minor units, undefined when its plugin does not say */
export function charged(ctx: ShopContext, { kind, amount }: Reward, cost: number | undefined): Charged {
  return kind === 'points' ? { points: amount, units: 1, value: worthOf(ctx.shop, amount), unpriced: 0 } : { points: 0, units: amount, value: (cost ?? 0) * amount, unpriced: cost === undefined ? amount : 0 };
}

const pays = (scope: string, { kind, ref }: Reward): boolean => kind !== 'none' && (!scope.startsWith('kind:') || scope === `kind:${kind}` || (ref !== undefined && scope === `kind:${kind}:${ref}`));
const taken = ({ unit, useRate, unitCost }: BudgetView, { points, units, value, unpriced }: Charged): number => (unit === 'points' ? points : unit === 'units' ? units : Math.ceil(value * useRate / 10_000) + unpriced * unitCost);

/** Runs steps that only read outside a unit of work. */
async function asked<T>(q: Reader, unit: Unit<T>): Promise<T> {
  let step = unit.next();
  while (!step.done) step = unit.next(step.value.want === 'one' ? await q.one(step.value.statement, step.value.params) : await q.many(step.value.statement, step.value.params));
  return step.value;
}

/**
 * Which of these budgets refuse something now: of `rewards` at least one, to the last point what a grant would be told; without them whatever has
 * nothing left, or has refused something at its limit. What one costs is asked only where a money budget pays for it.
 */
export async function fullBudgets(ctx: ShopContext, q: Reader, scopes: readonly string[], rewards: readonly Reward[] | undefined, costOf: (reward: Reward) => Unit<number | undefined>): Promise<readonly string[]> {
  const budgets = (await q.many(BUDGETS)).map((row) => budgetView(ctx, row)).filter((budget) => holds(ctx, budget) && scopes.includes(budget.scope));
  if (!rewards) return budgets.filter(({ level, room }) => level === 'reached' || room === 0).map(({ scope }) => scope);
  const full = new Set<string>();
  for (const reward of rewards) {
    const paying = budgets.filter(({ scope }) => pays(scope, reward));
    if (!paying.length) continue;
    const counts = charged(ctx, reward, paying.some(({ unit }) => unit === 'money') ? await asked(q, costOf(reward)) : undefined);
    for (const budget of paying) { const wants = taken(budget, counts); if (wants > 0 && wants > budget.room) full.add(budget.scope); }
  }
  return [...full];
}
