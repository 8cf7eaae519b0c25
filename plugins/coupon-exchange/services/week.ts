import { businessDate, DAY, type ShopContext } from 'guanxi/plugin';

/** The shop's calendar week of now as a running number; weeks begin on Monday. */
export const weekOf = (ctx: ShopContext): number => Math.floor((Date.parse(businessDate(ctx.shop, ctx.now)) / DAY + 3) / 7);
