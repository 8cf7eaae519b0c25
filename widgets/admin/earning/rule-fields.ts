import type { LocalisedText, SettingFieldsJson, SettingValues } from '../../kit/setting-fields.js';
import type { RuleDraft, RuleVersion } from './earning-types.js';

const text = (en: string, zh: string): LocalisedText => ({ en, 'zh-CN': zh });
const RATE = text('How many points', '得多少积分'), BASE = text('What counts', '哪些金额计入'), OUT = text('What earns nothing', '不参与的情况'), WHEN = text('When it holds', '何时生效');
const TIMES = [[10_000, '× 1', '不翻倍'], [15_000, '× 1.5', '1.5 倍'], [20_000, '× 2', '2 倍'], [30_000, '× 3', '3 倍'], [40_000, '× 4', '4 倍'], [50_000, '× 5', '5 倍']] as const;
/** Choices of a multiplier; the values are basis points. */
export const timesOptions = TIMES.map(([value, en, zh]) => ({ value: String(value), label: text(en, zh) }));

/** The form of a rule. `types` are what the shop calls its kinds of products. */
export const ruleFields = (types: readonly string[]): SettingFieldsJson => ({
  ratePoints: { kind: 'number', group: RATE, min: 1, max: 10_000, unit: text('points', '分'), label: text('Points', '积分') },
  rateAmount: { kind: 'money', group: RATE, label: text('for each', '每满') },
  rounding: { kind: 'choice', group: RATE, label: text('Rounding of an order\'s points', '订单积分取整'), options: [{ value: 'down', label: text('Down', '向下') }, { value: 'nearest', label: text('To the nearest', '四舍五入') }, { value: 'up', label: text('Up', '向上') }] },
  maxMultiplier: { kind: 'choice', group: RATE, label: text('Tier and campaign together at most', '等级与活动合计最高'), options: timesOptions },
  afterDiscounts: { kind: 'toggle', group: BASE, label: text('Count what was paid, after discounts', '按优惠后实付金额计算'), help: text('Off: what the goods cost before discounts.', '关闭则按优惠前金额。') },
  withShipping: { kind: 'toggle', group: BASE, label: text('Shipping counts', '运费计入') },
  withTax: { kind: 'toggle', group: BASE, label: text('Tax counts', '税费计入') },
  withGiftCards: { kind: 'toggle', group: BASE, label: text('Buying a gift card earns', '购买礼品卡得积分') },
  minimumOrder: { kind: 'money', group: OUT, label: text('Orders below', '订单不满') },
  types: { kind: 'list', group: OUT, max: 50, label: text('Kinds of products', '商品类别'), help: text(`Yours: ${types.join(', ') || '–'}`, `现有类别：${types.join('、') || '–'}`) },
  skus: { kind: 'list', group: OUT, max: 200, label: text('SKUs', 'SKU') },
  startsOn: { kind: 'date', group: WHEN, label: text('First day', '开始日期'), help: text('Empty: from now on.', '留空：立即生效。') },
  endsOn: { kind: 'date', group: WHEN, label: text('Last day', '最后一天'), help: text('Empty: until the next version. Afterwards the version before holds again.', '留空：直到下一版本。结束后恢复上一版本。') },
});

export const ruleValues = ({ rule: { version: _version, startsAt: _startsAt, endsAt: _endsAt, excluded, maxMultiplier, ...rule } }: RuleVersion): SettingValues =>
  ({ ...rule, maxMultiplier: String(maxMultiplier), types: excluded.types, skus: excluded.skus, startsOn: '', endsOn: '' });

/** What the server takes. */
export const draftOf = ({ types, skus, startsOn, endsOn, maxMultiplier, ...rest }: SettingValues): RuleDraft =>
  ({ ...rest, maxMultiplier: Number(maxMultiplier), excluded: { types, skus }, startsAt: startsOn || null, endsAt: endsOn || null }) as unknown as RuleDraft;
