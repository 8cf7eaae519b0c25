import { z } from 'guanxi/plugin';

const title = z.strictObject({ en: z.string().trim().min(1).max(40), 'zh-CN': z.string().trim().min(1).max(20) });
const threshold = z.number().int().min(1).max(1_000_000_000).nullable();

/** How to come into a tier: any of the three is enough. Money in minor units. */
const entry = z.strictObject({ spend: threshold, orders: threshold, growth: threshold });
const tier = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), title, entry,
  /** Share of the entry, in percent, that has to come together within a term to stay. */
  keepPercent: z.number().int().min(1).max(100),
  /** Off the list price, basis points. */
  discount: z.number().int().min(0).max(5_000),
  /** Points of orders, basis points; 10,000 is once. */
  multiplier: z.number().int().min(10_000).max(50_000),
  /** Points, once on coming in. */
  entryGift: z.number().int().min(0).max(100_000),
  /** Points on every birthday. */
  birthdayGift: z.number().int().min(0).max(100_000),
  /** Hours before everybody else. */
  priorityHours: z.number().int().min(0).max(168),
});

/** The rules of a tier plan; the first tier is everybody's. */
export const planRules = z.strictObject({
  window: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('rolling'), days: z.number().int().min(30).max(1_095) }), z.strictObject({ kind: z.literal('calendar') }), z.strictObject({ kind: z.literal('lifetime') })]),
  graceDays: z.number().int().min(0).max(90),
  /** Growth value: for a whole unit of the currency paid, an order, a check-in, a finished survey. */
  growth: z.strictObject({ perUnit: z.number().int().min(0).max(100), perOrder: z.number().int().min(0).max(10_000), perCheckIn: z.number().int().min(0).max(1_000), perSurvey: z.number().int().min(0).max(10_000) }),
  tiers: z.array(tier).min(1).max(6),
}).superRefine(({ tiers }, check) => {
  const say = (path: (string | number)[], message: string, chinese: string): void => { check.addIssue({ code: 'custom', path: ['tiers', ...path], message, params: { 'zh-CN': chinese } }); };
  if (new Set(tiers.map(({ key }) => key)).size < tiers.length) say([], 'two tiers have the same key', '两个等级的标识重复');
  tiers.forEach((each, at) => {
    const asked = Object.values(each.entry).filter((value) => value !== null).length;
    if (at === 0 && asked > 0) say([0, 'entry'], 'the first tier is everybody\'s and asks for nothing', '第一级人人都有，不设门槛');
    if (at > 0 && asked === 0) say([at, 'entry'], 'say what it takes: spending, orders or growth value', '请至少设置一个门槛：消费、订单数或成长值');
    for (const metric of ['spend', 'orders', 'growth'] as const) {
      const below = tiers.slice(0, at).reduce((most, other) => Math.max(most, other.entry[metric] ?? 0), 0);
      const own = each.entry[metric];
      if (own !== null && own <= below) say([at, 'entry', metric], 'must be more than the tier below asks', '应高于下一级的门槛');
    }
  });
});
export type PlanRules = z.infer<typeof planRules>;
export type Tier = PlanRules['tiers'][number];
export interface Metrics { readonly spend: number; readonly orders: number; readonly growth: number }

/** 普通 · VIP (1,000 or 3 orders) · 超级VIP (5,000 or 10 orders) within 365 days; 0, 5 and 10 % off. */
export function defaultPlan(unit: number): PlanRules {
  return {
    window: { kind: 'rolling', days: 365 }, graceDays: 30, growth: { perUnit: 1, perOrder: 20, perCheckIn: 2, perSurvey: 10 },
    tiers: [
      { key: 'ordinary', title: { en: 'Member', 'zh-CN': '普通会员' }, entry: { spend: null, orders: null, growth: null }, keepPercent: 100, discount: 0, multiplier: 10_000, entryGift: 0, birthdayGift: 30, priorityHours: 0 },
      { key: 'vip', title: { en: 'VIP', 'zh-CN': 'VIP' }, entry: { spend: 1_000 * unit, orders: 3, growth: null }, keepPercent: 100, discount: 500, multiplier: 12_000, entryGift: 100, birthdayGift: 60, priorityHours: 0 },
      { key: 'super-vip', title: { en: 'Super VIP', 'zh-CN': '超级VIP' }, entry: { spend: 5_000 * unit, orders: 10, growth: null }, keepPercent: 100, discount: 1_000, multiplier: 15_000, entryGift: 300, birthdayGift: 120, priorityHours: 24 },
    ],
  };
}

const reached = (asked: number | null, has: number, share: number): boolean => asked !== null && has >= Math.ceil(asked * share / 100);
const meets = ({ entry: asked }: Tier, has: Metrics, share: number): boolean => reached(asked.spend, has.spend, share) || reached(asked.orders, has.orders, share) || reached(asked.growth, has.growth, share);

/** The highest tier that is open to somebody with so much. */
export function qualified(rules: PlanRules, has: Metrics): number {
  for (let rank = rules.tiers.length - 1; rank > 0; rank--) if (meets(rules.tiers[rank]!, has, 100)) return rank;
  return 0;
}
/** Whether so much is enough to stay in a tier. */
export const keeps = (rules: PlanRules, rank: number, has: Metrics): boolean => rank === 0 || meets(rules.tiers[rank]!, has, rules.tiers[rank]!.keepPercent);

/** The rank that somebody of a tier has under another plan: the same tier, or where it is gone the nearest one below it that is left. `old`: the plan that the tier is of. */
export function rankOf(rules: Pick<PlanRules, 'tiers'>, key: string, old: Pick<PlanRules, 'tiers'> = rules): number {
  for (let at = old.tiers.findIndex((each) => each.key === key); at >= 0; at--) {
    const same = rules.tiers.findIndex((each) => each.key === old.tiers[at]!.key);
    if (same >= 0) return same;
  }
  return 0;
}
