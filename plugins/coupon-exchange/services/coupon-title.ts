import { moneyText, type Locale, type Localised } from 'guanxi/plugin';

/** ¥20 off ¥199: what a coupon is called, from minor units of the shop's currency. */
export function couponTitle(currency: string, discount: number, minimum: number): Localised {
  const say = (minor: number, locale: Locale): string => moneyText(minor, currency, locale, { short: true });
  return minimum ? { 'en': `${say(discount, 'en')} off ${say(minimum, 'en')}`, 'zh-CN': `满 ${say(minimum, 'zh-CN')} 减 ${say(discount, 'zh-CN')}` } : { 'en': `${say(discount, 'en')} off, no minimum`, 'zh-CN': `无门槛减 ${say(discount, 'zh-CN')}` };
}
