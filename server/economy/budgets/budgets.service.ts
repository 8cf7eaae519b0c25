import { conflict, newId, notFound, refused, sql, type BusinessDate, type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { Consumer } from '../../events/outbox.js';
import type { AuditService } from '../../privacy/audit.service.js';
import { periodKey } from './budget-period.js';
import { BUDGET_BY_ID, BUDGET_DAYS, BUDGET_GRANTS, BUDGETS, INSERT_BUDGET, SET_BUDGET_STATE, UPDATE_BUDGET } from './budget-statements.js';
import { budgetView, holds, type BudgetDraft, type BudgetRules, type BudgetView } from './budget-view.js';

/** Limits on what the shop, an activity, a kind of reward or one reward may give. */
export class BudgetsService {
  constructor(private readonly db: Database, private readonly audit: AuditService) {}

  async list(ctx: ShopContext): Promise<readonly BudgetView[]> { return (await this.db.read(ctx, (q) => q.many(BUDGETS))).map((row) => budgetView(ctx, row)); }

  /** How many active budgets are near their limit or at it, but for those of activities that are `over`: they are closed at what was spent. */
  async alarms(ctx: ShopContext, over: ReadonlySet<string> = new Set()): Promise<{ readonly near: number; readonly reached: number }> {
    const active = (await this.list(ctx)).filter((budget) => holds(ctx, budget) && !over.has(budget.scope));
    return { near: active.filter(({ level }) => level === 'near').length, reached: active.filter(({ level }) => level === 'reached').length };
  }

  /** Answers its id. Errors: 409 `GX_BUDGET_EXISTS` when this scope has a budget of this unit. */
  create(ctx: ShopContext, draft: BudgetDraft): Promise<string> {
    const { audit } = this, id = newId();
    return this.db.hot(ctx, 'budgets', function* (inner): Unit<string> {
      const written = yield* sql.run(INSERT_BUDGET, { id, ...draft, paced: draft.paced ? 1 : 0, periodKey: periodKey(inner.shop, draft.period, inner.now), now: inner.now });
      if (written === 0) throw conflict('GX_BUDGET_EXISTS', 'There is a budget of this unit for this already. Change that one.', { scope: draft.scope, unit: draft.unit });
      yield* audit.steps.record(inner, 'budget.created', `budget:${id}`, { ...draft });
      return id;
    });
  }

  /** Errors: 404; 422 `GX_BUDGET_BELOW_SPENT` when more than the new limit is spent already. */
  update(ctx: ShopContext, id: string, rules: BudgetRules): Promise<void> {
    const { audit } = this;
    return this.db.hot(ctx, 'budgets', function* (inner): Unit<void> {
      const before = yield* sql.one(BUDGET_BY_ID, { id });
      if (!before) throw notFound('budget', id);
      const written = yield* sql.run(UPDATE_BUDGET, { id, ...rules, paced: rules.paced ? 1 : 0, periodKey: periodKey(inner.shop, before.period, inner.now), now: inner.now });
      if (written === 0) throw refused('GX_BUDGET_BELOW_SPENT', `${before.spent} of this budget is spent already. Choose a limit of at least that, or pause what gives it.`, { spent: before.spent });
      yield* audit.steps.record(inner, 'budget.changed', `budget:${id}`, { before: { ceiling: before.ceiling, softPercent: before.soft_percent, paced: before.paced === 1, startsAt: before.starts_at, useRate: before.use_rate, unitCost: before.unit_cost }, after: { ...rules } });
    });
  }

  /** A paused budget neither counts nor limits. Errors: 404. */
  setState(ctx: ShopContext, id: string, state: 'active' | 'paused'): Promise<void> {
    const { audit } = this;
    return this.db.hot(ctx, 'budgets', function* (inner): Unit<void> {
      if ((yield* sql.run(SET_BUDGET_STATE, { id, state, now: inner.now })) === 0) throw notFound('budget', id);
      yield* audit.steps.record(inner, state === 'paused' ? 'budget.paused' : 'budget.resumed', `budget:${id}`);
    });
  }

  /** Days on which it was charged, newest first, at most 92. Errors: 404. */
  async days(ctx: ShopContext, id: string): Promise<readonly { readonly date: BusinessDate; readonly grants: number; readonly charged: number; readonly returned: number }[]> {
    return this.db.read(ctx, async (q) => {
      if (!(await q.one(BUDGET_BY_ID, { id }))) throw notFound('budget', id);
      return (await q.many(BUDGET_DAYS, { id })).map((row) => ({ date: row.business_date, grants: row.grants, charged: row.charged, returned: row.returned }));
    });
  }

  /** The latest 200 grants that a budget paid on one day. */
  async grants(ctx: ShopContext, id: string, date: BusinessDate): Promise<readonly { readonly grantId: string; readonly personId: string; readonly name: string | null; readonly kind: string; readonly amount: number; readonly source: string; readonly at: Instant; readonly charged: number; readonly returned: boolean }[]> {
    return (await this.db.read(ctx, (q) => q.many(BUDGET_GRANTS, { id, date }))).map((row) => ({
      grantId: row.grant_id, personId: row.person_id, name: row.name, kind: row.kind, amount: row.amount, source: row.source, at: row.at, charged: row.charged, returned: row.returned === 1,
    }));
  }

  /** Writes alarms into the audit; beside the hot path, which must not wait for the audit's chain. */
  alarmConsumer(): Consumer {
    const record = (action: string) => async (ctx: ShopContext, { budgetId, ...rest }: { readonly budgetId: string }): Promise<void> => { await this.audit.record(ctx, action, `budget:${budgetId}`, rest); };
    return { name: 'core.budgets', enabled: () => true, handles: { 'budget.near': record('budget.near'), 'budget.reached': record('budget.reached') } };
  }
}
