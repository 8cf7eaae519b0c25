import type { Instant, ShopContext } from 'guanxi/plugin';

/** What a shopper is told of a prize that is checked before it is given; `until` is `null` when staff decide. In the shopper's language, because it is stored with what was answered. */
export function heldNotice(ctx: ShopContext, until: Instant | null): string {
  const zh = ctx.locale === 'zh-CN';
  if (until === null) return zh ? '奖品正在由工作人员核查，进度可在账户中查看。' : 'Our staff look at it first. Your account shows how it stands.';
  const date = new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'medium', timeZone: ctx.shop.zone }).format(until);
  return zh ? `奖品正在核查，${date} 后自动到账。` : `It is being checked until ${date}, then it is yours.`;
}

/** What a shopper is told where the budget of the points is used up. */
export const budgetNotice = (ctx: ShopContext): string => (ctx.locale === 'zh-CN' ? '积分已发完，连续签到照常计算。' : 'The points are used up for now. Your streak goes on.');
