import { businessDate, DAY, type BusinessDate, type Database, type ShopContext } from 'guanxi/plugin';
import { REDEMPTION_STATES, type Redemption } from '../entities/redemption.entity.js';
import type { Reward, RewardKind } from '../entities/reward.entity.js';
import type { Losses, LossSum } from './losses.service.js';
import type { Views } from './views.service.js';
import type { Worth } from './worth.service.js';
import type { Catalogue, RewardTotals } from './catalogue.service.js';
import { FUNNEL, OUTSTANDING, PACE, TAKEN, TIME_TO_USE } from './report.statements.js';

export interface Outstanding { readonly rewardId: string; readonly title: Reward['title']; readonly number: number; /** Minor units if all were used, a percentage taken of the median order of a year; null where nobody can say what one costs. */ readonly worth: number | null; /** With the share that is used. */ readonly expected: number | null; readonly soonest: number }
export interface Runway { readonly rewardId: string; readonly title: Reward['title']; readonly kind: RewardKind; readonly remaining: number; /** Gone from the stock. */ readonly taken: number; readonly pace: number; readonly daysLeft: number | null }
export interface ExchangeReport {
  readonly days: number;
  /** When the counted time began. */
  readonly from: number;
  /** When it was counted. */
  readonly at: number;
  /** When the pace of the runway began. */
  readonly paceFrom: number;
  readonly funnel: { /** By how many people, each reward once a day, from this day on. */ readonly seen: number; readonly seenFrom: BusinessDate; readonly issued: number; readonly points: number; readonly states: readonly { readonly state: Redemption['state']; readonly number: number }[] };
  readonly outstanding: readonly Outstanding[];
  readonly timeToUse: readonly { readonly days: number; readonly number: number }[];
  readonly runway: readonly Runway[];
  readonly losses: readonly LossSum[];
}

const PACE_DAYS = 30;
/** Until so many of a reward were used or have expired, the shop's own share is not known, and all count as used. */
const ENOUGH = 20;

/** What became of rewards, what is still open, and how long stock lasts. */
export class Reports {
  constructor(private readonly db: Database, private readonly catalogue: Catalogue, private readonly worth: Worth, private readonly parts: { readonly losses: Losses; readonly views: Views }) {}

  async report(ctx: ShopContext, days: number, signal: AbortSignal): Promise<ExchangeReport> {
    const from = ctx.now - days * DAY, paceFrom = ctx.now - PACE_DAYS * DAY, seenFrom = businessDate(ctx.shop, from);
    const rewards = new Map((await this.catalogue.list(ctx)).map((reward) => [reward.id, reward]));
    const found = await this.db.read(ctx, async (q) => ({
      funnel: await q.many(FUNNEL, { from }), outstanding: await q.many(OUTSTANDING, { now: ctx.now }), time: await q.many(TIME_TO_USE, { from }), pace: await q.many(PACE, { from: paceFrom }), taken: await q.many(TAKEN),
    }));
    const each = await this.worth.of(ctx, found.outstanding.map(({ own_cost: ownCost, ...row }) => ({ ...row, ownCost })), signal);
    const pace = new Map(found.pace.map((row) => [row.reward_id, row.number])), taken = new Map(found.taken.map((row) => [row.reward_id, row.number]));
    const sum = (rows: typeof found.funnel): number => rows.reduce((total, { number }) => total + number, 0);
    return {
      days,
      from, at: ctx.now, paceFrom,
      funnel: { seen: await this.parts.views.sum(ctx, seenFrom), seenFrom, issued: sum(found.funnel), states: REDEMPTION_STATES.map((state) => ({ state, number: sum(found.funnel.filter((row) => row.state === state)) })), points: found.funnel.reduce((total, { cost }) => total + cost, 0) },
      outstanding: found.outstanding.map((row, n) => {
        const totals = rewards.get(row.reward_id)?.totals, costs = each[n] ?? null;
        const worth = costs === null ? null : costs * row.number;
        return { rewardId: row.reward_id, title: JSON.parse(row.title) as Reward['title'], number: row.number, worth, expected: worth === null ? null : Math.round(worth * shareUsed(totals)), soonest: row.soonest };
      }).sort((a, b) => b.number - a.number),
      timeToUse: found.time,
      losses: await this.parts.losses.sums(ctx, from),
      runway: [...rewards.values()].filter(({ state, remaining }) => state === 'active' && remaining !== null).map(({ id, title, kind, remaining }) => {
        const number = pace.get(id) ?? 0;
        return { rewardId: id, title, kind, remaining: remaining ?? 0, taken: taken.get(id) ?? 0, pace: number, daysLeft: number > 0 ? Math.floor(((remaining ?? 0) * PACE_DAYS) / number) : null };
      }).sort((a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity)),
    };
  }
}

const shareUsed = (totals: RewardTotals | undefined): number => (totals && totals.used + totals.expired >= ENOUGH ? totals.used / (totals.used + totals.expired) : 1);
