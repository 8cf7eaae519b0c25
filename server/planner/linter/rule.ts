import { minorUnits, moneyText, type Locale, type Localised } from '../../plugin-api/index.js';
import type { Mix } from '../mix/mix.js';

export interface Finding {
  readonly code: `GX_PLAN_${string}`;
  /** Errors block; warnings explain. */
  readonly severity: 'error' | 'warning';
  /** What is so, why it matters and what to do. */
  readonly text: Localised;
  /** The activity that it is about. */
  readonly activity?: string;
  /** Activities that have a part in it; publishing one of them is refused too. */
  readonly among?: readonly string[];
  /** Path of the admin where it is mended. */
  readonly page?: string;
}
export type Found = Pick<Finding, 'text' | 'activity' | 'among' | 'page'>;
export interface PlanRule { readonly code: Finding['code']; readonly severity: Finding['severity']; check(mix: Mix): readonly Found[] }

export const say = (en: string, zh: string): Localised => ({ en, 'zh-CN': zh });
/** A whole number with separators, as both languages write it. */
export const count = (value: number): string => Math.round(value).toLocaleString('en');
/** ¥20, $20: an amount in the shop's currency, in minor units. */
export const money = (minor: number, currency: string, locale: Locale): string => moneyText(minor, currency, locale, { short: true });
/** The same of main units, for examples that suit every currency. */
export const mainUnits = (main: number, currency: string, locale: Locale): string => money(main * minorUnits(currency), currency, locale);
export const percent = (share: number): string => (share * 100).toFixed(1).replace('.0', '');
