import type { Localised } from '../../plugin-api/index.js';
import type { Mix } from '../mix/mix.js';

export interface Finding {
  readonly code: `GX_PLAN_${string}`;
  /** Errors block; warnings explain. */
  readonly severity: 'error' | 'warning';
  /** What is so, why it matters and what to do. */
  readonly text: Localised;
  /** The activity that it is about. */
  readonly activity?: string;
  /** Path of the admin where it is mended. */
  readonly page?: string;
}
export type Found = Pick<Finding, 'text' | 'activity' | 'page'>;
export interface PlanRule { readonly code: Finding['code']; readonly severity: Finding['severity']; check(mix: Mix): readonly Found[] }

export const say = (en: string, zh: string): Localised => ({ en, 'zh-CN': zh });
/** A whole number with separators, as both languages write it. */
export const count = (value: number): string => Math.round(value).toLocaleString('en');
export const percent = (share: number): string => (share * 100).toFixed(1).replace('.0', '');
