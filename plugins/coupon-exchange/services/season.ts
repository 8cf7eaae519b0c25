import { addDays, businessDate, startOfBusinessDate, type ShopContext } from 'guanxi/plugin';
import type { Reward } from '../entities/reward.entity.js';

/** The days of a reward in the shop's calendar, the last ones included; null for no limit. */
export interface Season { readonly startsOn: string | null; readonly endsOn: string | null; /** Whatever was given out is used on this day at the latest. */ readonly lastUseOn: string | null }
type Moments = Pick<Reward, 'startsAt' | 'endsAt' | 'usableUntil'>;

export function seasonOf(ctx: ShopContext, { startsAt, endsAt, usableUntil }: Moments): Season {
  const day = (at: number | null): string | null => (at === null ? null : businessDate(ctx.shop, at));
  const last = (at: number | null): string | null => (at === null ? null : day(at - 1));
  return { startsOn: day(startsAt), endsOn: last(endsAt), lastUseOn: last(usableUntil) };
}
export function momentsOf(ctx: ShopContext, { startsOn, endsOn, lastUseOn }: Season): Moments {
  const over = (day: string | null): number | null => (day === null ? null : startOfBusinessDate(ctx.shop, addDays(day, 1)));
  return { startsAt: startsOn === null ? null : startOfBusinessDate(ctx.shop, startsOn), endsAt: over(endsOn), usableUntil: over(lastUseOn) };
}
/** Whether a reward can be had for points at a moment. */
export const inSeason = ({ startsAt, endsAt, usableUntil }: Moments, now: number): boolean => (startsAt ?? 0) <= now && Math.min(endsAt ?? Infinity, usableUntil ?? Infinity) > now;
/** The last moment at which it can be had or used, whichever comes first. */
export function lastMoment({ endsAt, usableUntil }: Moments): number | null {
  const end = Math.min(endsAt ?? Infinity, usableUntil ?? Infinity);
  return end === Infinity ? null : end - 1;
}
