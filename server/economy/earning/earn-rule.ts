import { minorUnits, type Instant } from '../../plugin-api/index.js';
import type { Rounding } from './line-points.js';

/** SKUs, and what the shop calls kinds of products. */
export interface ChosenGoods { readonly skus: readonly string[]; readonly types: readonly string[] }

/** How orders earn points. A version never changes; an order keeps the one that held when it was paid. Money in minor units of the shop's currency. */
export interface EarnRule {
  readonly version: number;
  /** `ratePoints` for each `rateAmount` of the base. */
  readonly ratePoints: number;
  readonly rateAmount: number;
  readonly rounding: Rounding;
  /** What was paid for goods; otherwise what they cost before discounts. */
  readonly afterDiscounts: boolean;
  readonly withShipping: boolean;
  readonly withTax: boolean;
  /** Whether who buys a gift card earns from it. */
  readonly withGiftCards: boolean;
  /** Most that tier and campaign together multiply by, in basis points; 50,000 at most. */
  readonly maxMultiplier: number;
  /** What has to be paid for goods for the order to earn at all. */
  readonly minimumOrder: number;
  readonly excluded: ChosenGoods;
  /** Holds for orders paid from then on, until `endsAt` or the start of a later version; once over, the version before holds again. */
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
}
export type EarnRuleDraft = Omit<EarnRule, 'version'>;
export interface EarnRuleVersion extends EarnRule { readonly at: Instant; readonly actor: string }

export interface EarnRuleRow {
  readonly version: number; readonly rate_points: number; readonly rate_amount: number; readonly rounding: string; readonly after_discounts: number; readonly with_shipping: number; readonly with_tax: number; readonly with_gift_cards: number;
  readonly max_multiplier: number; readonly minimum_order: number; readonly excluded: string; readonly starts_at: number; readonly ends_at: number | null; readonly at: number; readonly actor: string;
}

export const earnRuleOf = (row: EarnRuleRow): EarnRuleVersion => ({
  version: row.version, ratePoints: row.rate_points, rateAmount: row.rate_amount, rounding: row.rounding as Rounding, afterDiscounts: row.after_discounts === 1, withShipping: row.with_shipping === 1, withTax: row.with_tax === 1,
  withGiftCards: row.with_gift_cards === 1, maxMultiplier: row.max_multiplier, minimumOrder: row.minimum_order, excluded: JSON.parse(row.excluded) as ChosenGoods, startsAt: row.starts_at, endsAt: row.ends_at, at: row.at, actor: row.actor,
});

/** What the statement that stores a version takes. */
export const earnRuleParams = (rule: EarnRule, at: Instant, actor: string) => ({
  version: rule.version, ratePoints: rule.ratePoints, rateAmount: rule.rateAmount, rounding: rule.rounding, afterDiscounts: Number(rule.afterDiscounts), withShipping: Number(rule.withShipping), withTax: Number(rule.withTax),
  withGiftCards: Number(rule.withGiftCards), maxMultiplier: rule.maxMultiplier, minimumOrder: rule.minimumOrder, excluded: JSON.stringify(rule.excluded), startsAt: rule.startsAt, endsAt: rule.endsAt, at, actor,
});

export const MOST_MULTIPLIER = 50_000;
/** Version 1 of every shop: one point for each unit of the currency paid for goods (domain §4.2). */
export const firstRule = (currency: string): EarnRule => ({
  version: 1, ratePoints: 1, rateAmount: minorUnits(currency), rounding: 'down', afterDiscounts: true, withShipping: false, withTax: false, withGiftCards: false, maxMultiplier: MOST_MULTIPLIER, minimumOrder: 0,
  excluded: { skus: [], types: [] }, startsAt: 0, endsAt: null,
});

/** The version that holds for orders paid at `at`, of all of them, the newest first. */
export const ruleAt = <R extends EarnRule>(versions: readonly R[], at: Instant): R | undefined => versions.find(({ startsAt, endsAt }) => startsAt <= at && (endsAt === null || endsAt > at));
