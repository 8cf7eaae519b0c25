import { sql, statement, type Activity, type ActivityFigure, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { RegisteredType } from '../activity-types.js';

export interface Settlement {
  readonly at: number;
  readonly figures: readonly ActivityFigure[];
  /** What its budgets had left and gave back, by unit. */
  readonly returned: readonly { readonly unit: string; readonly amount: number; readonly spent: number }[];
}

const BUDGETS = statement<{ unit: string; ceiling: number; spent: number }>('SELECT unit, ceiling, spent FROM budget WHERE shop_id = :shop AND scope = :activity ORDER BY unit');
const CLOSE_BUDGETS = statement('UPDATE budget SET ceiling = spent, updated_at = :now WHERE shop_id = :shop AND scope = :activity AND ceiling > spent');
const KEEP = statement('INSERT INTO activity_settlement (shop_id, activity_id, at, figures, returned) VALUES (:shop, :activity, :at, :figures, :returned)');
export const SETTLEMENT = statement<{ at: number; figures: string; returned: string }>('SELECT at, figures, returned FROM activity_settlement WHERE shop_id = :shop AND activity_id = :activity');

/** Gives back what an activity that is over has not used, and keeps its final numbers. */
export function* settled(ctx: ShopContext, activity: Activity, type: RegisteredType | undefined): Unit<Settlement> {
  const figures = type?.definition.settle ? yield* type.definition.settle(ctx, activity) : [];
  const returned = (yield* sql.many(BUDGETS, { activity: activity.id })).map(({ unit, ceiling, spent }) => ({ unit, amount: Math.max(0, ceiling - spent), spent }));
  yield* sql.run(CLOSE_BUDGETS, { activity: activity.id, now: ctx.now });
  yield* sql.run(KEEP, { activity: activity.id, at: ctx.now, figures: JSON.stringify(figures), returned: JSON.stringify(returned) });
  return { at: ctx.now, figures, returned };
}
