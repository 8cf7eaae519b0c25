import { z, type ShopContext } from 'guanxi/plugin';
import { OWN_COST_KINDS, PARTIAL_RULES, REWARD_KINDS, REWARD_STATES, type Reward } from '../entities/reward.entity.js';
import type { RewardTotals } from '../services/catalogue.service.js';
import { seasonOf } from '../services/season.js';

const title = z.strictObject({ en: z.string().trim().min(1).max(80), 'zh-CN': z.string().trim().min(1).max(40) });
const note = z.strictObject({ en: z.string().trim().min(1).max(200), 'zh-CN': z.string().trim().min(1).max(100) });
const totals = z.object({ issued: z.number(), used: z.number(), expired: z.number(), cost: z.number() });
export const localised = z.object({ en: z.string(), 'zh-CN': z.string() });
export const reward = z.object({
  id: z.string(), title: localised, kind: z.enum(REWARD_KINDS), discount: z.number(), minimum: z.number(), cost: z.number(), stock: z.number().nullable(), remaining: z.number().nullable(),
  perPerson: z.number(), validDays: z.number(), sku: z.string().nullable(), activityId: z.string().nullable(), note: localised.nullable(), partialReturn: z.enum(PARTIAL_RULES),
  skus: z.array(z.string()).nullable(), startsOn: z.string().nullable(), endsOn: z.string().nullable(), lastUseOn: z.string().nullable(), prizeOnly: z.boolean(), welcome: z.boolean(), holdout: z.number(), ownCost: z.number().nullable(), costEach: z.number().nullable(), state: z.enum(REWARD_STATES), createdAt: z.number(), totals: totals.optional(),
});
/** Which numbers and references a kind has. */
const WORTH: Readonly<Record<Reward['kind'], { readonly min: number; readonly max: number; readonly en: string; readonly zh: string }>> = {
  'amount': { min: 1, max: 100_000_000, en: 'must be more than 0', zh: '应大于 0' }, 'percent': { min: 1, max: 10_000, en: 'a percentage is 1 to 10,000 basis points', zh: '折扣比例应为 1 至 10,000 基点' },
  'product': { min: 0, max: 100_000_000, en: 'is what is left to pay', zh: '应为加价金额' }, 'draw': { min: 1, max: 100, en: 'is 1 to 100 tries', zh: '应为 1 至 100 次' },
  'credit': { min: 1, max: 100_000_000, en: 'must be more than 0', zh: '应大于 0' }, 'donation': { min: 1, max: 100_000_000, en: 'must be more than 0', zh: '应大于 0' },
  'free-shipping': { min: 0, max: 0, en: 'is 0 for free shipping', zh: '免运费时应为 0' }, 'next-order': { min: 0, max: 0, en: 'is 0 for this kind', zh: '此类奖励应为 0' },
  'right': { min: 0, max: 0, en: 'is 0 for this kind', zh: '此类奖励应为 0' }, 'code': { min: 0, max: 0, en: 'is 0 for this kind', zh: '此类奖励应为 0' },
};
/** What one costs the shop, minor units; null where the shop's own figures tell. */
export const ownCost = z.number().int().min(0).max(100_000_000).nullable();
/** A day in the shop's calendar. */
const day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2200-01-01', { message: 'is a day between 2000 and 2199', params: { 'zh-CN': '应为 2000 至 2199 年的日期' } }).nullable().optional();
export const draft = z.strictObject({
  title, kind: z.enum(REWARD_KINDS),
  /** In the unit of the kind, see the entity. */
  discount: z.number().int().min(0).max(100_000_000), minimum: z.number().int().min(0).max(100_000_000), cost: z.number().int().min(1).max(1_000_000), stock: z.number().int().min(0).max(1_000_000).nullable(),
  perPerson: z.number().int().min(1).max(1_000), validDays: z.number().int().min(1).max(730),
  sku: z.string().min(1).max(200).nullable().optional(), activityId: z.string().min(1).max(200).nullable().optional(), note: note.nullable().optional(), partialReturn: z.enum(PARTIAL_RULES).optional(),
  /** The products that a coupon is for. */
  skus: z.array(z.string().min(1).max(200)).min(1).max(50).nullable().optional(), startsOn: day, endsOn: day, lastUseOn: day, prizeOnly: z.boolean().optional(), welcome: z.boolean().optional(),
  /** Basis points of members who do not see it. */
  holdout: z.number().int().min(0).max(5_000).optional(), ownCost: ownCost.optional(),
}).superRefine((value, check) => {
  const say = (path: string, message: string, zh: string): void => { check.addIssue({ code: 'custom', path: [path], message, params: { 'zh-CN': zh } }); };
  const { min, max, en, zh } = WORTH[value.kind];
  if (value.discount < min || value.discount > max) say('discount', en, zh);
  if (value.kind === 'product' && !value.sku) say('sku', 'names the product', '请选择商品');
  if (value.sku && value.kind !== 'product' && value.kind !== 'next-order') say('sku', 'is for products only', '只有商品类奖励可以选择商品');
  if ((value.kind === 'draw') !== Boolean(value.activityId)) say('activityId', value.kind === 'draw' ? 'names the wheel' : 'is for draws only', value.kind === 'draw' ? '请选择转盘' : '只有抽奖券可以选择转盘');
  if (typeof value.ownCost === 'number' && !(OWN_COST_KINDS as readonly string[]).includes(value.kind)) say('ownCost', 'follows from what this kind gives', '此类奖励的成本由奖励内容决定');
  if (value.minimum > 0 && !['amount', 'percent', 'free-shipping', 'product'].includes(value.kind)) say('minimum', 'is 0 for this kind', '此类奖励应为 0');
  if (value.skus && value.kind !== 'amount' && value.kind !== 'percent') say('skus', 'are for money off and percentages only', '只有满减券和折扣券可以指定商品');
  for (const last of ['endsOn', 'lastUseOn'] as const) if (value.startsOn && value[last] && value[last] < value.startsOn) say(last, 'is not before the first day', '不应早于开始日期');
  if ((value.prizeOnly || value.welcome) && (value.kind === 'credit' || value.kind === 'draw')) say('kind', 'cannot be a prize', '此类奖励不能作为奖品');
  if (value.prizeOnly && value.holdout) say('holdout', 'is for rewards that are redeemed for points', '只用于可用积分兑换的奖励');
});
export const shown = (ctx: ShopContext, each: Reward & { readonly totals?: RewardTotals }): z.infer<typeof reward> => ({
  id: each.id, title: { ...each.title }, kind: each.kind, discount: each.discount, minimum: each.minimum, cost: each.cost, stock: each.stock, remaining: each.remaining, perPerson: each.perPerson, validDays: each.validDays,
  sku: each.sku, activityId: each.activityId, note: each.note ? { ...each.note } : null, partialReturn: each.partialReturn,
  skus: each.skus ? [...each.skus] : null, ...seasonOf(ctx, each), prizeOnly: each.prizeOnly, welcome: each.welcome, holdout: each.holdout, ownCost: each.ownCost, costEach: each.costEach, state: each.state, createdAt: each.createdAt,
  ...(each.totals ? { totals: { ...each.totals } } : {}),
});
