import { businessDate, DAY, type ShopContext } from 'guanxi/plugin';

/** The shop's calendar week of a moment, by default of now, as a running number; weeks begin on Monday. */
export const weekOf = (ctx: ShopContext, at: number = ctx.now): number => Math.floor((Date.parse(businessDate(ctx.shop, at)) / DAY + 3) / 7);
