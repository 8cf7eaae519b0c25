import { addDays, businessDate, type BusinessDate, type Database, type ShopContext } from '../../plugin-api/index.js';
import { worthOf } from '../programme/programme.js';
import { forecastBreakage, type BreakageForecast, type Cohort } from './breakage.js';
import { FLOWS, type Flow } from './flow-rows.js';
import { BY_ACCOUNT, COHORTS, NET, TAKEN } from './points-report.statements.js';
import { PATH_KINDS } from './use-rows.js';

/** One business date: what people gained or lost through each programme account, and what they held less what they owed at its end. */
export type PointsDay = { readonly date: BusinessDate; readonly outstanding: number } & Readonly<Record<Flow, number>>;
/** What one source added to one account, day by day. */
export interface FlowPart { readonly flow: Flow; readonly source: string; readonly values: readonly number[] }
interface Amounts { readonly expected: number; readonly low: number; readonly high: number }
export interface LiabilityForecast extends BreakageForecast { /** The same in minor units of the shop's currency. */ readonly money: Amounts }
/** What was owed at the end of a business date, and what of it was to be expected by the months that were over then. */
export interface LiabilityMonth extends LiabilityForecast { readonly date: BusinessDate; readonly left: number; readonly leftMoney: number }
/** Points of one source that became one use: the spending source, `core.expire`, `core.reversal` …, or `core.left` for what nothing has taken. */
export interface PointsPath { readonly source: string; readonly use: string; readonly amount: number }

interface Issued { readonly month: string; readonly issued: number; readonly remaining: number }
interface Taken { readonly month: string; readonly taken: string; readonly kind: string; readonly amount: number }

const none = (): Record<Flow, number> => Object.fromEntries(FLOWS.map((flow) => [flow, 0])) as Record<Flow, number>;
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const monthOf = (number: number): string => `${String(Math.floor(number / 12)).padStart(4, '0')}-${String(number % 12 + 1).padStart(2, '0')}`;
/** Months that are forecast from, and months that the forecast is shown for. What is older and still held is not expected to be asked for. */
const HISTORY_MONTHS = 36, SHOWN_MONTHS = 12;

/** What the shop owes in points, where they came from and what becomes of them, from the double-entry ledger alone. */
export class PointsReportService {
  constructor(private readonly db: Database) {}

  /**
   * Each business date of the range, days without movements included, and the same by source. Outstanding is walked back from what people
   * hold now, so that on every day outstanding − the day before = the sum of the day's flows. At most 800 days.
   */
  async overview(ctx: ShopContext, from: BusinessDate, to: BusinessDate): Promise<{ readonly days: readonly PointsDay[]; readonly parts: readonly FlowPart[] }> {
    const { rows, net } = await this.db.read(ctx, async (q) => ({ rows: await q.scan(BY_ACCOUNT, { from }), net: (await q.one(NET))!.net }));
    const places = new Map<BusinessDate, number>();
    for (let date = from; date <= to && places.size < 800; date = addDays(date, 1)) places.set(date, places.size);
    const flows = Array.from(places, none), parts = new Map<string, { flow: Flow; source: string; values: number[] }>();
    let outstanding = net;
    for (const { date, account, source, amount } of rows) {
      const flow = account.split(':', 1)[0] as Flow, place = places.get(date);
      if (place === undefined) { outstanding -= amount; continue; }
      flows[place]![flow] += amount;
      const key = `${flow} ${source}`, part = parts.get(key) ?? { flow, source, values: flows.map(() => 0) };
      part.values[place]! += amount;
      parts.set(key, part);
    }
    const days: PointsDay[] = [];
    for (const [date, place] of [...places].reverse()) {
      const day = flows[place]!;
      days.push({ date, outstanding, ...day });
      outstanding -= Object.values(day).reduce((sum, amount) => sum + amount, 0);
    }
    const size = ({ values }: FlowPart): number => values.reduce((sum, each) => sum + Math.abs(each), 0);
    return { days: days.reverse(), parts: [...parts.values()].filter((part) => size(part) > 0).sort((a, b) => FLOWS.indexOf(a.flow) - FLOWS.indexOf(b.flow) || size(b) - size(a) || (a.source < b.source ? -1 : 1)) };
  }

  async days(ctx: ShopContext, from: BusinessDate, to: BusinessDate): Promise<readonly PointsDay[]> { return (await this.overview(ctx, from, to)).days; }

  /** Months of issue, newest last, with what was spent in each month after. */
  async cohorts(ctx: ShopContext): Promise<readonly Cohort[]> {
    const { issued, taken } = await this.#history(ctx);
    // The running month counts as soon as it is over: half a month would look like a month in which people spend little.
    return this.#cohortsAt(issued, taken, numberOf(businessDate(ctx.shop, ctx.now)) - 1, true);
  }

  /** What of the liability will be asked for, with a band of 80 %: now, and as it looked at the ends of the months before. Empty while there are too few months. */
  async liability(ctx: ShopContext): Promise<readonly LiabilityMonth[]> {
    const today = businessDate(ctx.shop, ctx.now), current = numberOf(today), { issued, taken } = await this.#history(ctx);
    const months = Array.from({ length: SHOWN_MONTHS }, (_, n) => current - SHOWN_MONTHS + n);
    const seen = [...months.map((month) => ({ date: addDays(`${monthOf(month + 1)}-01`, -1), cohorts: this.#cohortsAt(issued, taken, month, false) })), { date: today, cohorts: this.#cohortsAt(issued, taken, current - 1, true) }];
    return seen.flatMap(({ date, cohorts }): LiabilityMonth[] => {
      const forecast = forecastBreakage(cohorts), left = cohorts.reduce((sum, cohort) => sum + cohort.left, 0);
      const worth = (points: number): number => worthOf(ctx.shop, points);
      return forecast ? [{ ...forecast, date, left, leftMoney: worth(left), money: { expected: worth(forecast.expected), low: worth(forecast.low), high: worth(forecast.high) } }] : [];
    });
  }

  /** From where points came to what became of them, for lots made since `from`. */
  async paths(ctx: ShopContext, from: BusinessDate): Promise<readonly PointsPath[]> {
    const { taken, lots } = await this.db.read(ctx, async (q) => ({ taken: await q.scan(TAKEN, { from }), lots: await q.scan(COHORTS, { from, now: ctx.now }) }));
    const paths = new Map<string, PointsPath>();
    const add = (source: string, use: string, amount: number): void => { const key = `${source} ${use}`; paths.set(key, { source, use, amount: (paths.get(key)?.amount ?? 0) + amount }); };
    for (const { source, kind, used, amount } of taken) if (PATH_KINDS.includes(kind)) add(source, kind === 'spend' || kind === 'spend-refund' ? used : `core.${kind}`, amount);
    for (const { source, remaining } of lots) add(source, 'core.left', remaining);
    return [...paths.values()].filter(({ amount }) => amount > 0).sort((a, b) => b.amount - a.amount || (a.source + a.use < b.source + b.use ? -1 : 1));
  }

  async #history(ctx: ShopContext): Promise<{ readonly issued: readonly Issued[]; readonly taken: readonly Taken[] }> {
    const [issued, taken] = await this.db.read(ctx, async (q) => [await q.scan(COHORTS, { from: '0001-01-01', now: ctx.now }), await q.scan(TAKEN, { from: `${monthOf(numberOf(businessDate(ctx.shop, ctx.now)) - HISTORY_MONTHS)}-01` })] as const);
    return { issued, taken };
  }

  /** The cohorts as they were when month `last` was over; with `now`, with what is left of them today, the running month included. */
  #cohortsAt(issued: readonly Issued[], taken: readonly Taken[], last: number, now: boolean): Cohort[] {
    const found = new Map<number, { month: string; issued: number; spent: number[]; left: number }>();
    let older = 0;
    for (const lot of issued) {
      const month = numberOf(lot.month);
      if (month < last + 1 - HISTORY_MONTHS) { older += now ? lot.remaining : 0; continue; }
      if (month > last && !now) continue;
      const cohort = found.get(month) ?? { month: lot.month, issued: 0, spent: Array.from({ length: Math.max(0, last - month + 1) }, () => 0), left: 0 };
      cohort.issued += lot.issued;
      cohort.left += now ? lot.remaining : lot.issued;
      found.set(month, cohort);
    }
    for (const each of taken) {
      const cohort = found.get(numberOf(each.month)), at = numberOf(each.taken);
      if (!cohort || at > last) continue;
      if (!now) cohort.left -= each.amount;
      if (each.kind === 'spend' || each.kind === 'spend-refund') cohort.spent[at - numberOf(each.month)]! += each.amount;
    }
    // Without an issue of its own it adds to what is owed and to nothing that is expected.
    return [...(older > 0 ? [{ month: monthOf(last - HISTORY_MONTHS), issued: 0, spent: [], left: older }] : []), ...found.values()];
  }
}
