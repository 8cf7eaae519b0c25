import { addDays, businessDate, type BusinessDate, type Database, type ShopContext } from '../../plugin-api/index.js';
import { worthOf } from '../programme/programme.js';
import { forecastBreakage, type BreakageForecast, type Cohort } from './breakage.js';
import { FLOWS, type Flow } from './flow-rows.js';
import { BY_ACCOUNT, COHORTS, NET, TAKEN } from './points-report.statements.js';

/** One business date: what people gained or lost through each programme account, and what they held less what they owed at its end. */
export type PointsDay = { readonly date: BusinessDate; readonly outstanding: number } & Readonly<Record<Flow, number>>;
export interface LiabilityForecast extends BreakageForecast { /** The same in minor units of the shop's currency. */ readonly money: { readonly expected: number; readonly low: number; readonly high: number } }
/** Points of one source that became one use: `redeemed` with the spending source, or expired, reversed, left … */
export interface PointsPath { readonly source: string; readonly use: string; readonly amount: number }

const none = (): Record<Flow, number> => Object.fromEntries(FLOWS.map((flow) => [flow, 0])) as Record<Flow, number>;
const monthsBetween = (a: string, b: string): number => (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));

/** What the shop owes in points, where they came from and what becomes of them, from the double-entry ledger alone. */
export class PointsReportService {
  constructor(private readonly db: Database) {}

  /**
   * Each business date of the range, days without movements included. Outstanding is walked back from what people hold now, so that on every
   * day outstanding − the day before = the sum of the day's flows. At most 800 days.
   */
  async days(ctx: ShopContext, from: BusinessDate, to: BusinessDate): Promise<readonly PointsDay[]> {
    const { rows, net } = await this.db.read(ctx, async (q) => ({ rows: await q.scan(BY_ACCOUNT, { from }), net: (await q.one(NET))!.net }));
    const flows = new Map<BusinessDate, Record<Flow, number>>();
    for (const { date, account, amount } of rows) {
      const flow = account.split(':', 1)[0] as Flow, day = flows.get(date) ?? none();
      day[flow] += amount;
      flows.set(date, day);
    }
    const dates: BusinessDate[] = [];
    for (let date = from; date <= to && dates.length < 800; date = addDays(date, 1)) dates.push(date);
    const gained = (date: BusinessDate): number => Object.values(flows.get(date) ?? {}).reduce((sum, amount) => sum + amount, 0);
    let outstanding = net - [...flows.keys()].filter((date) => date > to).reduce((sum, date) => sum + gained(date), 0);
    const days: PointsDay[] = [];
    for (const date of dates.toReversed()) {
      days.push({ date, outstanding, ...none(), ...flows.get(date) });
      outstanding -= gained(date);
    }
    return days.toReversed();
  }

  /** Months of issue, newest last, with what was spent in each month after; at most `months`. */
  async cohorts(ctx: ShopContext, months = 18): Promise<readonly Cohort[]> {
    const today = businessDate(ctx.shop, ctx.now), from = this.#monthsAgo(today, months);
    const { lots, taken } = await this.db.read(ctx, async (q) => ({ lots: await q.scan(COHORTS, { from, now: ctx.now }), taken: await q.scan(TAKEN, { from }) }));
    return lots.map(({ month, issued, remaining }) => {
      // The running month counts as soon as it is over: half a month would look like a month in which people spend little.
      const spent = Array.from({ length: Math.max(0, monthsBetween(month, today)) }, () => 0);
      for (const each of taken) {
        const age = monthsBetween(month, each.taken);
        if (each.month === month && age < spent.length && (each.kind === 'spend' || each.kind === 'spend-refund')) spent[age]! += each.amount;
      }
      return { month, issued, spent, left: remaining };
    });
  }

  /** What of the liability will be asked for, with a band of 80 %; undefined while there are too few months. */
  async liability(ctx: ShopContext): Promise<LiabilityForecast | undefined> {
    const forecast = forecastBreakage(await this.cohorts(ctx));
    return forecast && { ...forecast, money: { expected: worthOf(ctx.shop, forecast.expected), low: worthOf(ctx.shop, forecast.low), high: worthOf(ctx.shop, forecast.high) } };
  }

  /** From where points came to what became of them, for lots made since `from`. What nothing has taken is `left`. */
  async paths(ctx: ShopContext, from: BusinessDate): Promise<readonly PointsPath[]> {
    const taken = await this.db.read(ctx, (q) => q.scan(TAKEN, { from }));
    const paths = new Map<string, PointsPath>();
    for (const { source, kind, used, amount } of taken) {
      const use = kind === 'spend' || kind === 'spend-refund' ? used : `core.${kind}`, key = `${source} ${use}`;
      paths.set(key, { source, use, amount: (paths.get(key)?.amount ?? 0) + amount });
    }
    return [...paths.values()].filter(({ amount }) => amount > 0).sort((a, b) => b.amount - a.amount || (a.source + a.use < b.source + b.use ? -1 : 1));
  }

  #monthsAgo(today: BusinessDate, months: number): BusinessDate {
    const at = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - months;
    return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String(at % 12 + 1).padStart(2, '0')}-01`;
  }
}
