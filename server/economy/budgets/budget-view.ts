import { DAY, type Instant, type ShopContext } from '../../plugin-api/index.js';
import { elapsed, periodKey } from './budget-period.js';
import type { BudgetPeriod, BudgetRow, BudgetUnit } from './budget-statements.js';

export interface BudgetRules {
  readonly ceiling: number; /** 1 … 100 percent of the limit. */ readonly softPercent: number; readonly startsAt: Instant;
  /** From `softPercent` on, what is left is spread evenly over the rest of the period; without a meaning where the period never ends. */
  readonly paced?: boolean;
  /** Money only: basis points of what is given that people are expected to use, and what a reward costs whose plugin does not say, in minor units. */
  readonly useRate: number; readonly unitCost: number;
}
export interface BudgetDraft extends BudgetRules { /** `shop`, an activity's id, `kind:<reward kind>`, or `kind:<reward kind>:<the one reward>`. */ readonly scope: string; readonly unit: BudgetUnit; readonly period: BudgetPeriod }
export interface BudgetView extends BudgetDraft {
  readonly paced: boolean;
  readonly id: string; readonly state: 'active' | 'paused'; /** In the period that holds now. */ readonly spent: number;
  /** `near`: above the soft limit. `reached`: nothing more fits, or something did not. */ readonly level: 'fine' | 'near' | 'reached';
  /** What may still be given now; less than what is left while a paced budget is spread. */ readonly room: number;
  /** The most that can be spent within 30 days from now. */ readonly worst30: number;
}

/** Of how many of its periods parts lie within the next 30 days. */
const periodsAhead = (ctx: ShopContext, period: BudgetPeriod): number => new Set(Array.from({ length: 31 }, (_, days) => periodKey(ctx.shop, period, ctx.now + days * DAY))).size;

export function budgetView(ctx: ShopContext, row: BudgetRow): BudgetView {
  const key = periodKey(ctx.shop, row.period, ctx.now);
  const spent = row.period_key === key ? row.spent : 0;
  const level = spent >= row.ceiling || row.hit_key === key ? 'reached' as const : spent * 100 >= row.soft_percent * row.ceiling ? 'near' as const : 'fine' as const;
  const soft = Math.floor(row.ceiling * row.soft_percent / 100), paced = row.paced === 1;
  const byNow = paced && row.period !== 'total' ? soft + Math.floor((row.ceiling - soft) * elapsed(ctx.shop, ctx.now)[row.period] / 10_000) : row.ceiling;
  return {
    id: row.id, scope: row.scope, unit: row.unit, ceiling: row.ceiling, spent, softPercent: row.soft_percent, paced, period: row.period, startsAt: row.starts_at, state: row.state, useRate: row.use_rate, unitCost: row.unit_cost, level, room: Math.max(0, byNow - spent),
    worst30: row.ceiling * periodsAhead(ctx, row.period) - spent,
  };
}

/** Whether it limits now. */
export const holds = (ctx: ShopContext, { state, startsAt }: Pick<BudgetView, 'state' | 'startsAt'>): boolean => state === 'active' && startsAt <= ctx.now;
