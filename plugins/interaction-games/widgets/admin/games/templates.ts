import type { CheckInRules } from '../../../activities/check-in-rules.js';
import type { GuessDraft } from '../../../activities/guess-rules.js';
import type { WheelRules } from '../../../activities/wheel-rules.js';

const points = (amount: number, quantity: number): WheelRules['prizes'][number] => ({ title: { en: `${amount} points`, 'zh-CN': `${amount} 积分` }, kind: 'points', amount, quantity });

export interface WheelTemplate { readonly type: 'wheel'; readonly config: WheelRules }
export interface GuessTemplate { readonly type: 'guess-price'; readonly config: GuessDraft }
export interface CheckInTemplate { readonly type: 'check-in'; readonly config: CheckInRules }

/** What a new game begins with. The first one lets every try win, which is the fair default. */
export const templates = {
  'every-win': {
    type: 'wheel',
    config: { prizes: [points(5, 600), points(10, 300), points(20, 80), points(50, 18), points(200, 2)], blanks: 0, freePerDay: 1, costPerTry: 0, paidPerDay: 0, guarantee: null, fallbackPoints: 5 },
  },
  lucky: {
    type: 'wheel',
    config: { prizes: [points(10, 300), points(30, 80), points(100, 15), points(888, 1)], blanks: 604, freePerDay: 2, costPerTry: 20, paidPerDay: 3, guarantee: { byTry: 2, prize: 0, quantity: 100 }, fallbackPoints: 5 },
  },
  'check-in': { type: 'check-in', config: { cycle: [5, 5, 8, 8, 10, 10, 20] } },
  'guess-price': {
    type: 'guess-price',
    config: {
      sku: '', price: Number.NaN, mode: 'within', tolerance: 500, guesses: 3, hints: true, prize: { title: { en: 'Coupon for this product', 'zh-CN': '本商品优惠券' }, kind: 'interaction-games.sale-coupon', amount: 1 },
      coupon: { off: 'percent', value: 1_000, saleEndsAt: Number.NaN }, fallbackPoints: 20,
    },
  },
} as const satisfies Record<string, WheelTemplate | CheckInTemplate | GuessTemplate>;
export type TemplateName = keyof typeof templates;
export const isTemplate = (name: string): name is TemplateName => name in templates;
