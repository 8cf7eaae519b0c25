/**
 * What becomes of points that a refund takes beyond the balance. `allow_negative`: a debt that the next earnings pay. `write_off`: the shop
 * gives it up. `ask_at_next_redemption`: a debt that the shopper settles, from points they have, before spending again.
 */
export const DEBT_POLICIES = ['allow_negative', 'write_off', 'ask_at_next_redemption'] as const;
export type DebtPolicy = (typeof DEBT_POLICIES)[number];

/** The merchant's rules for points. Each change is a version; what was earned under one keeps it. */
export interface PointsProgramme {
  /** 0 until the merchant first saves. */
  readonly version: number;
  /** What points are called. */
  readonly name: Readonly<Record<'en' | 'zh-CN', string>>;
  /** What 100 points are worth, in minor units of the shop's currency. */
  readonly worth: number;
  /** Days after activation; points are good until the end of the last one. `null`: they never expire. */
  readonly liveDays: number | null;
  /** Days after delivery in which goods can be returned; until then points are pending. */
  readonly returnDays: number;
  /** Days after payment when no delivery is ever reported. */
  readonly undeliveredDays: number;
  readonly debtPolicy: DebtPolicy;
  /** What a guest may earn in all before signing in. */
  readonly guestLimit: number;
  /** Days after which a guest's points expire. */
  readonly guestDays: number;
  /** Adjustments by hand of more points than this need a second person. */
  readonly adjustmentLimit: number;
}
