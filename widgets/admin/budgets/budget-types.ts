import { formatMoney, formatNumber } from '../../kit/format.js';
import { b } from './texts.js';

export type BudgetUnit = 'points' | 'money' | 'units';
export type BudgetPeriod = 'total' | 'day' | 'week' | 'month';
export interface BudgetScope { readonly scope: string; readonly title: string; readonly kind: 'shop' | 'activity' | 'reward' }
export interface Budget {
  readonly id: string; readonly scope: string; readonly title: string; readonly unit: BudgetUnit; readonly period: BudgetPeriod; readonly state: 'active' | 'paused'; readonly ceiling: number; readonly spent: number; readonly softPercent: number; readonly paced: boolean; /** What may still be given now. */ readonly room: number;
  readonly startsAt: number; readonly useRate: number; readonly unitCost: number; readonly level: 'fine' | 'near' | 'reached'; readonly worst30: number; /** Its activity has ended. */ readonly over: boolean;
}
export interface BudgetsAnswer { readonly currency: string; readonly items: readonly Budget[]; readonly scopes: readonly BudgetScope[] }
export interface BudgetDay { readonly id: string; readonly date: string; readonly grants: number; readonly charged: number; readonly returned: number }
export interface ChargedGrant { readonly id: string; readonly personId: string; readonly name: string | null; readonly kind: string; readonly amount: number; readonly source: string; readonly at: number; readonly charged: number; readonly returned: boolean }

/** An amount in a budget's own unit. */
export const amountText = (unit: BudgetUnit, amount: number, currency: string): string => (unit === 'money' ? formatMoney(amount, currency) : formatNumber(amount));
export const unitText = (unit: BudgetUnit): string => b(`unit.${unit}`);
export const periodText = (period: BudgetPeriod): string => b(`period.${period}`);
