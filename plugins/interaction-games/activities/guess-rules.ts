import { z } from 'guanxi/plugin';

export const GUESS_TYPE = 'interaction-games.guess-price';
/** A coupon for the product in question, good until its sale ends. */
export const SALE_COUPON = 'interaction-games.sale-coupon';
/** Which guesses are right: the very price; within a share of it; those nearest to it; those nearest to it and not above. */
export const GUESS_MODES = ['exact', 'within', 'nearest', 'nearest-below'] as const;
export type GuessMode = (typeof GUESS_MODES)[number];
/** Highest price and guess, minor units. */
export const MOST_PRICE = 100_000_000;

export const price = z.number().int().min(1).max(MOST_PRICE);
const said = {
  /** The product whose price is guessed. */
  sku: z.string().trim().min(1).max(200),
  mode: z.enum(GUESS_MODES),
  /** For `within`: how far off a right guess may be, in basis points of the price. */
  tolerance: z.number().int().min(1).max(5_000),
  /** Guesses per person. */
  guesses: z.number().int().min(1).max(10),
  /** Whether each guess is told if the price is higher. A right guess is never told as such. */
  hints: z.boolean(),
  prize: z.strictObject({
    title: z.strictObject({ en: z.string().trim().min(1).max(60), 'zh-CN': z.string().trim().min(1).max(30) }),
    /** `points`, `interaction-games.sale-coupon`, or a reward kind of another module. */
    kind: z.string().regex(/^(points|[a-z][a-z0-9-]+\.[a-z][a-z0-9-]*)$/),
    amount: z.number().int().min(1).max(100_000), ref: z.string().max(200).optional(),
  }),
  /** For a sale coupon: minor units or basis points off one product, and until when the sale runs (UTC ms). */
  coupon: z.strictObject({ off: z.enum(['amount', 'percent']), value: z.number().int().min(1).max(MOST_PRICE), saleEndsAt: z.number().int().min(0).max(8_640_000_000_000_000) }).nullable(),
  /** Points for a winner whose prize cannot be given because a budget is used up; 0 for none. */
  fallbackPoints: z.number().int().min(0).max(1_000),
};

function together(rules: { readonly prize: { readonly kind: string }; readonly coupon: { readonly off: string; readonly value: number } | null }, check: z.RefinementCtx): void {
  const wrong = (path: string[], message: string, zh: string): void => check.addIssue({ code: 'custom', path, message, params: { 'zh-CN': zh } });
  if ((rules.prize.kind === SALE_COUPON) !== (rules.coupon !== null)) wrong(['coupon'], 'say what the coupon takes off and until when the sale runs', '请填写优惠内容和促销结束时间');
  if (rules.coupon?.off === 'percent' && rules.coupon.value > 10_000) wrong(['coupon', 'value'], 'at most 100 %', '最多 100%');
}

/** What a merchant types. The price leaves this shape when it is saved: rules are public, and it must not be. */
export const guessDraft = z.strictObject({ ...said, price }).superRefine(together);
export type GuessDraft = z.infer<typeof guessDraft>;

/** The public rules of a round. Of the price they hold only the seal. */
export const guessRules = z.strictObject({
  ...said, productTitle: z.string().min(1).max(300), currency: z.string().length(3),
  /** SHA-256 of the sealed text; null in a copy whose price was not set yet. */
  commitment: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
}).superRefine(together);
export type GuessRules = z.infer<typeof guessRules>;
