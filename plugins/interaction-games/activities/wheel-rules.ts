import { z } from 'guanxi/plugin';

const title = z.strictObject({ en: z.string().trim().min(1).max(60), 'zh-CN': z.string().trim().min(1).max(30) });

/** One kind of prize in the deck. */
const prize = z.strictObject({
  title,
  /** `points`, or a reward kind of another module, e.g. `coupon-exchange.coupon`. */
  kind: z.string().regex(/^(points|[a-z][a-z0-9-]+\.[a-z][a-z0-9-]*)$/),
  /** Points for `points`, otherwise how many, normally 1. */
  amount: z.number().int().min(1).max(100_000),
  ref: z.string().max(200).optional(),
  /** How many of these lie in the deck. */
  quantity: z.number().int().min(1).max(100_000),
});

/** The rules of a wheel. The deck holds every prize and `blanks` tickets that win nothing; odds follow from the quantities. */
export const wheelRules = z.strictObject({
  prizes: z.array(prize).min(1).max(8),
  blanks: z.number().int().min(0).max(500_000),
  freePerDay: z.number().int().min(0).max(100),
  /** Points for a try beyond the free ones; 0 allows none. */
  costPerTry: z.number().int().min(0).max(10_000),
  paidPerDay: z.number().int().min(0).max(50),
  /** A newcomer who has won nothing wins at this try from tickets set aside; null for no guarantee. */
  guarantee: z.strictObject({ byTry: z.number().int().min(1).max(3), prize: z.number().int().min(0).max(7), quantity: z.number().int().min(1).max(100_000) }).nullable(),
  /** Points given when a drawn prize cannot be given, e.g. because its coupon ran out. */
  fallbackPoints: z.number().int().min(0).max(1_000),
}).superRefine((rules, check) => {
  const tickets = rules.blanks + rules.prizes.reduce((sum, each) => sum + each.quantity, 0);
  if (tickets > 500_000) check.addIssue({ code: 'custom', path: ['blanks'], message: 'a deck holds at most 500,000 tickets', params: { 'zh-CN': '奖池最多 500,000 张签' } });
  if (rules.guarantee && rules.guarantee.prize >= rules.prizes.length) check.addIssue({ code: 'custom', path: ['guarantee', 'prize'], message: 'there is no prize with this number', params: { 'zh-CN': '没有这个序号的奖品' } });
  if (rules.freePerDay === 0 && (rules.costPerTry === 0 || rules.paidPerDay === 0)) check.addIssue({ code: 'custom', path: ['freePerDay'], message: 'nobody could play: allow free tries, or tries for points', params: { 'zh-CN': '这样没有人能玩：请允许免费次数或积分次数' } });
});
export type WheelRules = z.infer<typeof wheelRules>;

/** Tickets in the deck that everybody draws from. */
export const deckSize = (rules: WheelRules): number => rules.blanks + rules.prizes.reduce((sum, each) => sum + each.quantity, 0);
