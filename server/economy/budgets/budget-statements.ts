import { statement } from '../../plugin-api/index.js';
import { NEVER } from '../ledger-rules.js';

export type BudgetUnit = 'points' | 'money' | 'units';
export type BudgetPeriod = 'total' | 'day' | 'week' | 'month';
export interface BudgetRow {
  readonly id: string; readonly scope: string; readonly unit: BudgetUnit; readonly ceiling: number; readonly spent: number; readonly soft_percent: number; readonly paced: number; readonly period: BudgetPeriod; readonly period_key: string;
  readonly starts_at: number; readonly state: 'active' | 'paused'; readonly use_rate: number; readonly unit_cost: number; readonly hit_key: string; readonly created_at: number;
}
const BUDGET = 'id, scope, unit, ceiling, spent, soft_percent, paced, period, period_key, starts_at, state, use_rate, unit_cost, hit_key, created_at';

/** The period that holds now: `all`, or the business date on which it began. */
const DUE = "CASE period WHEN 'day' THEN CAST(:day AS TEXT) WHEN 'week' THEN CAST(:week AS TEXT) WHEN 'month' THEN CAST(:month AS TEXT) ELSE 'all' END";
/** Which period a charge falls into; a new one begins with nothing spent. A clock that is set back goes on with the one that has begun. */
const KEY = `CASE WHEN period_key > ${DUE} THEN period_key ELSE ${DUE} END`;
const CHARGE = `CASE unit WHEN 'points' THEN CAST(:points AS BIGINT) WHEN 'units' THEN CAST(:units AS BIGINT) ELSE (CAST(:value AS BIGINT) * use_rate + 9999) / 10000 + CAST(:unpriced AS BIGINT) * unit_cost END`;
const SPENT = `CASE WHEN period_key >= ${DUE} THEN spent ELSE 0 END`;
/** What may be spent by now: the limit, or of a paced budget the share that warns and as much of the rest as the period is over. */
const BY_NOW = `CASE WHEN paced = 1 THEN ceiling * soft_percent / 100 + (ceiling - ceiling * soft_percent / 100) * CASE period WHEN 'day' THEN CAST(:dayShare AS BIGINT) WHEN 'week' THEN CAST(:weekShare AS BIGINT) WHEN 'month' THEN CAST(:monthShare AS BIGINT) ELSE 10000 END / 10000 ELSE ceiling END`;
/** Which budgets a grant is charged to; the grant's claim counts them by the same words. */
export const APPLIES = "b.state = 'active' AND b.starts_at <= CAST(:now AS BIGINT) AND b.scope IN ('shop', CAST(:budgetRef AS TEXT), 'kind:' || CAST(:kind AS TEXT), 'kind:' || CAST(:kind AS TEXT) || ':' || CAST(:ref AS TEXT))";
const OURS = `shop_id = :shop AND ${APPLIES.replaceAll('b.', '')}`;

export interface ChargedRow { readonly id: string; readonly scope: string; readonly unit: string; readonly spent: number; readonly ceiling: number; readonly soft_percent: number; readonly period_key: string; readonly charged: number }
export const CHARGE_BUDGETS = statement<ChargedRow>(`
  UPDATE budget SET spent = ${SPENT} + ${CHARGE}, period_key = ${KEY} WHERE ${OURS} AND (${SPENT} + ${CHARGE} <= ${BY_NOW} OR ${CHARGE} = 0)
  RETURNING id, scope, unit, spent, ceiling, soft_percent, period_key, ${CHARGE} AS charged`);
export const RECORD_CHARGES = statement(`
  INSERT INTO budget_charge (shop_id, budget_id, grant_id, period_key, business_date, amount)
  SELECT shop_id, id, CAST(:grant AS TEXT), period_key, CAST(:day AS TEXT), ${CHARGE} FROM budget WHERE ${OURS} AND ${CHARGE} > 0`);
export const UNCHARGE = statement('UPDATE budget SET spent = spent - :amount WHERE shop_id = :shop AND id = :id');
/** The first refusal of a period only, so that it is told once. */
export const MARK_HIT = statement<{ id: string; scope: string; unit: string; ceiling: number; period_key: string }>(`
  UPDATE budget SET hit_key = ${KEY} WHERE ${OURS} AND ${SPENT} + ${CHARGE} > ceiling AND hit_key <> ${KEY} RETURNING id, scope, unit, ceiling, hit_key AS period_key`);

const OF_GRANT = `FROM budget_charge c WHERE c.shop_id = :shop AND c.grant_id = :grant AND c.budget_id = budget.id AND c.returned_at = ${NEVER}`;
/** What a grant took comes back to the period it was taken from, if that still runs. */
export const GIVE_BACK = statement(`
  UPDATE budget SET spent = spent - (SELECT c.amount ${OF_GRANT}) WHERE shop_id = :shop AND EXISTS (SELECT 1 ${OF_GRANT} AND c.period_key = budget.period_key)`);
export const RETURN_CHARGES = statement(`UPDATE budget_charge SET returned_at = :now WHERE shop_id = :shop AND grant_id = :grant AND returned_at = ${NEVER}`);
export const DROP_CHARGES = statement('DELETE FROM budget_charge WHERE shop_id = :shop AND grant_id = :grant');

export const BUDGETS = statement<BudgetRow>(`SELECT ${BUDGET} FROM budget WHERE shop_id = :shop ORDER BY CASE scope WHEN 'shop' THEN 0 ELSE 1 END, scope, unit`);
export const BUDGET_BY_ID = statement<BudgetRow>(`SELECT ${BUDGET} FROM budget WHERE shop_id = :shop AND id = :id`);
export const INSERT_BUDGET = statement(`
  INSERT INTO budget (shop_id, id, scope, unit, ceiling, soft_percent, paced, period, period_key, starts_at, use_rate, unit_cost, created_at, updated_at)
  VALUES (:shop, :id, :scope, :unit, :ceiling, :softPercent, :paced, :period, :periodKey, :startsAt, :useRate, :unitCost, :now, :now) ON CONFLICT DO NOTHING`);
/** Guarded: what is spent in the period of now must fit below the new limit. */
export const UPDATE_BUDGET = statement(`
  UPDATE budget SET ceiling = :ceiling, soft_percent = :softPercent, paced = :paced, starts_at = :startsAt, use_rate = :useRate, unit_cost = :unitCost, updated_at = :now,
    period_key = CASE WHEN period_key > CAST(:periodKey AS TEXT) THEN period_key ELSE CAST(:periodKey AS TEXT) END, spent = CASE WHEN period_key >= CAST(:periodKey AS TEXT) THEN spent ELSE 0 END, hit_key = CASE WHEN ceiling < CAST(:ceiling AS BIGINT) THEN '' ELSE hit_key END
  WHERE shop_id = :shop AND id = :id AND (period_key < CAST(:periodKey AS TEXT) OR spent <= CAST(:ceiling AS BIGINT))`);
export const SET_BUDGET_STATE = statement('UPDATE budget SET state = :state, updated_at = :now WHERE shop_id = :shop AND id = :id');
/** Days on which a budget was charged, with what was given back of it since, newest first. */
export const BUDGET_DAYS = statement<{ business_date: string; grants: number; charged: number; returned: number }>(`
  SELECT business_date, CAST(COUNT(*) AS BIGINT) AS grants, CAST(SUM(amount) AS BIGINT) AS charged, CAST(SUM(CASE WHEN returned_at = ${NEVER} THEN 0 ELSE amount END) AS BIGINT) AS returned
  FROM budget_charge WHERE shop_id = :shop AND budget_id = :id GROUP BY business_date ORDER BY business_date DESC LIMIT 92`);
export const BUDGET_GRANTS = statement<{ grant_id: string; person_id: string; name: string | null; kind: string; amount: number; source: string; at: number; charged: number; returned: number }>(`
  SELECT c.grant_id, g.person_id, p.name, g.kind, g.amount, g.source, g.at, c.amount AS charged, CASE WHEN c.returned_at = ${NEVER} THEN 0 ELSE 1 END AS returned
  FROM budget_charge c JOIN value_grant g ON g.shop_id = c.shop_id AND g.id = c.grant_id JOIN person p ON p.shop_id = g.shop_id AND p.id = g.person_id
  WHERE c.shop_id = :shop AND c.budget_id = :id AND c.business_date = :date ORDER BY g.at DESC, g.id DESC LIMIT 200`);
