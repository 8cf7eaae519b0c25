import type { PlanRules, Tier, Words } from './member-types.js';

/** Numbers of a tier as the form holds them, and what one of the form's units is for the server. `money`: minor units. */
export const TIER_FIELDS = ['spend', 'orders', 'growth', 'keepPercent', 'discount', 'multiplier', 'entryGift', 'birthdayGift', 'priorityHours'] as const;
export type TierField = (typeof TIER_FIELDS)[number];
export interface TierDraft { readonly key: string; readonly title: Words; readonly values: Readonly<Record<TierField, string>> }
export const GROWTH_FIELDS = ['perUnit', 'perOrder', 'perCheckIn', 'perSurvey'] as const;
export interface PlanDraft {
  readonly kind: PlanRules['window']['kind']; readonly days: string; readonly graceDays: string; readonly growth: Readonly<Record<(typeof GROWTH_FIELDS)[number], string>>; readonly tiers: readonly TierDraft[];
}

const scaleOf = (field: TierField, unit: number): number => (field === 'spend' ? unit : field === 'discount' ? 100 : field === 'multiplier' ? 10_000 : 1);
const isEntry = (field: TierField): field is 'spend' | 'orders' | 'growth' => field === 'spend' || field === 'orders' || field === 'growth';
/** The server's name of a field, below its tier. */
export const pathOf = (field: TierField): string => (isEntry(field) ? `entry.${field}` : field);

/** @param unit - minor units in one unit of the shop's currency */
export function draftOf(rules: PlanRules, unit: number): PlanDraft {
  const text = (tier: Tier, field: TierField): string => {
    const value = isEntry(field) ? tier.entry[field] : tier[field];
    return value === null ? '' : String(value / scaleOf(field, unit));
  };
  return {
    kind: rules.window.kind, days: rules.window.kind === 'rolling' ? String(rules.window.days) : '365', graceDays: String(rules.graceDays),
    growth: Object.fromEntries(GROWTH_FIELDS.map((field) => [field, String(rules.growth[field])])) as PlanDraft['growth'],
    tiers: rules.tiers.map((tier) => ({ key: tier.key, title: tier.title, values: Object.fromEntries(TIER_FIELDS.map((field) => [field, text(tier, field)])) as TierDraft['values'] })),
  };
}

/** What is sent. A text that is no number becomes null, which the server refuses by the field's name, except where nothing means "not asked". */
export function rulesOf(draft: PlanDraft, unit: number): PlanRules {
  const number = (text: string, scale = 1): number => (text.trim() === '' ? Number.NaN : Math.round(Number(text) * scale * 1e6) / 1e6);
  return {
    window: draft.kind === 'rolling' ? { kind: 'rolling', days: number(draft.days) } : { kind: draft.kind }, graceDays: number(draft.graceDays),
    growth: Object.fromEntries(GROWTH_FIELDS.map((field) => [field, number(draft.growth[field])])) as PlanRules['growth'],
    tiers: draft.tiers.map(({ key, title, values }) => {
      const value = (field: TierField): number => number(values[field], scaleOf(field, unit));
      const entry = (field: 'spend' | 'orders' | 'growth'): number | null => (values[field].trim() === '' ? null : value(field));
      return {
        key, title: { en: title.en.trim(), 'zh-CN': title['zh-CN'].trim() }, entry: { spend: entry('spend'), orders: entry('orders'), growth: entry('growth') }, keepPercent: value('keepPercent'), discount: value('discount'),
        multiplier: value('multiplier'), entryGift: value('entryGift'), birthdayGift: value('birthdayGift'), priorityHours: value('priorityHours'),
      };
    }),
  };
}

/** One more tier above the others, asking for twice what the highest asks. */
export function withTier(draft: PlanDraft): PlanDraft {
  const last = draft.tiers.at(-1)!;
  const twice = (text: string): string => (text === '' ? '' : String(Number(text) * 2));
  const key = Array.from({ length: draft.tiers.length + 1 }, (_, at) => `tier-${at + 1}`).find((each) => !draft.tiers.some((other) => other.key === each))!;
  const { spend, orders, growth } = last.values;
  return { ...draft, tiers: [...draft.tiers, { key, title: { en: `Tier ${draft.tiers.length + 1}`, 'zh-CN': `等级 ${draft.tiers.length + 1}` }, values: { ...last.values, spend: twice(spend) || (orders || growth ? '' : '1000'), orders: twice(orders), growth: twice(growth) } }] };
}
