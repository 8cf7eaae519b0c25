import { sql, type GrantRequest, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { Outbox } from '../../events/outbox.js';
import { CHARGE_BUDGETS, DROP_CHARGES, GIVE_BACK, MARK_HIT, RECORD_CHARGES, RETURN_CHARGES, UNCHARGE } from './budget-statements.js';
import { elapsed, periodKeys } from './budget-period.js';
import { charged as counted } from './room.js';

/**
 * Charges the budgets of the shop, of the activity, of the reward kind and of the one reward, by one guarded statement. `expected` is how many there are; all of
 * them must have room, or nothing is charged. `cost` is what one reward is expected to cost in minor units, undefined when its plugin does not say.
 */
export function* chargeBudgets(ctx: ShopContext, outbox: Outbox, request: GrantRequest, grantId: string, expected: number, cost: number | undefined): Unit<boolean> {
  if (expected === 0 || request.reward.kind === 'none') return true;
  const { kind, ref = null } = request.reward;
  const keys = periodKeys(ctx.shop, ctx.now), share = elapsed(ctx.shop, ctx.now, keys);
  const params = {
    ...keys, dayShare: share.day, weekShare: share.week, monthShare: share.month, now: ctx.now, budgetRef: request.budgetRef ?? null, kind, ref, grant: grantId,
    ...counted(ctx, request.reward, cost),
  };
  const charged = yield* sql.many(CHARGE_BUDGETS, params);
  if (charged.length < expected) {
    for (const row of charged) yield* sql.run(UNCHARGE, { id: row.id, amount: row.charged });
    for (const hit of yield* sql.many(MARK_HIT, params)) yield* outbox.steps.emit(ctx, 'budget.reached', { budgetId: hit.id, scope: hit.scope, unit: hit.unit, ceiling: hit.ceiling, period: hit.period_key });
    return false;
  }
  yield* sql.run(RECORD_CHARGES, params);
  for (const row of charged) {
    const soft = row.soft_percent * row.ceiling;
    if (row.spent * 100 >= soft && (row.spent - row.charged) * 100 < soft) {
      yield* outbox.steps.emit(ctx, 'budget.near', { budgetId: row.id, scope: row.scope, unit: row.unit, spent: row.spent, ceiling: row.ceiling, period: row.period_key });
    }
  }
  return true;
}

/** Gives back what a grant took, once; the rows stay for the history. */
export function* refundBudgets(ctx: ShopContext, grantId: string): Unit<void> {
  yield* sql.run(GIVE_BACK, { grant: grantId });
  yield* sql.run(RETURN_CHARGES, { grant: grantId, now: ctx.now });
}

/** As if the grant had never been tried. */
export function* dropCharges(grantId: string): Unit<void> {
  yield* sql.run(GIVE_BACK, { grant: grantId });
  yield* sql.run(DROP_CHARGES, { grant: grantId });
}
