import { html, nothing, type TemplateResult } from 'lit';
import type { ChartData } from '../../kit/chart-data.js';
import { formatNumber, formatPercent } from '../../kit/format.js';
import { planTitle } from './comparison.view.js';
import { shareOf, type Forecast, type PlanName, type PlanOutcome } from './planner-types.js';
import { p } from './texts.js';

const NAMES = ['now', 'tried', 'pack'] as const;
/** From so many days on, weeks are easier to read. */
const WEEKS_FROM = 60;

/** `YYYY-MM-DD`, `days` later. */
export const dayAfter = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const sums = (values: readonly number[], size: number): number[] => Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size).reduce((sum, each) => sum + each, 0));
const lasts = (values: readonly number[], size: number): number[] => Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values[Math.min(values.length, (at + 1) * size) - 1] ?? 0);
/** Cost so far as a share of sales so far; the first days say nothing, when people redeem and few have bought. */
function shares({ byDay }: PlanOutcome): (number | null)[] {
  let cost = 0, sales = 0;
  return byDay.cost.map((each, day) => { cost += each; sales += byDay.sales[day] ?? 0; return sales && day >= byDay.cost.length / 12 ? cost / sales : null; });
}
const every = <T>(values: readonly T[], size: number): T[] => values.filter((_, at) => at % size === size - 1 || at === values.length - 1);

/** What the simulation says over time, each chart with its sentence and its table. */
export function chartsView(forecast: Forecast, titleOf: (ref: string) => string): TemplateResult {
  const { outcome, days, fromDate } = forecast;
  if (!outcome) return html`${nothing}`;
  const size = days > WEEKS_FROM ? 7 : 1;
  const categories = Array.from({ length: Math.ceil(days / size) }, (_, at) => dayAfter(fromDate, at * size));
  const ends = every(Array.from({ length: days }, (_, day) => dayAfter(fromDate, day)), size);
  const { byDay, totals } = outcome.now;
  const flow: ChartData = { days: true, format: 'points', categories, series: [
    { name: p('issued'), values: sums(byDay.issued, size) }, { name: p('spent'), values: sums(byDay.burned, size).map((each) => -each) }, { name: p('expiredPoints'), values: sums(byDay.expired, size).map((each) => -each) }] };
  const of = <T>(write: (each: PlanOutcome) => T): Record<PlanName, T> => ({ now: write(outcome.now), tried: write(outcome.tried), pack: write(outcome.pack) });
  const balance: ChartData = { days: true, format: 'points', categories: ends, series: NAMES.map((name) => ({ name: planTitle(name), values: lasts(outcome[name].byDay.outstanding, size) })) };
  const share: ChartData = { days: true, format: 'percent', categories: ends, series: NAMES.map((name) => ({ name: planTitle(name), values: every(shares(outcome[name]), size) })) };
  const sources = Object.entries(outcome.now.issuedBy).filter(([, points]) => points > 0).sort(([, a], [, b]) => b - a).slice(0, 8);
  const [first] = sources;
  return html`<gx-card heading=${p(size > 1 ? 'flow' : 'flowDays')}><gx-chart kind="stacked" label=${p(size > 1 ? 'flow' : 'flowDays')} sentence=${p('flowSentence', { days, issued: formatNumber(totals.issued), burned: formatNumber(totals.burned), share: formatPercent(shareOf(totals.burned, totals.issued)) })} .data=${flow}></gx-chart></gx-card>
    <div class="halves">
      <gx-card heading=${p('share')}><gx-chart kind="line" label=${p('share')} sentence=${p('shareSentence', of(({ totals: each }) => formatPercent(shareOf(each.cost, each.sales), 1)))} .data=${share}></gx-chart></gx-card>
      <gx-card heading=${p('balance')}><gx-chart kind="line" label=${p('balance')} sentence=${p('balanceSentence', of(({ totals: each }) => formatNumber(each.outstanding)))} .data=${balance}></gx-chart></gx-card>
    </div>
    ${first ? html`<gx-card heading=${p('sources')}><gx-chart kind="bars" label=${p('sources')} sentence=${p('sourcesSentence', { first: titleOf(first[0]), share: formatPercent(shareOf(first[1], totals.issued)) })}
      .data=${{ format: 'points', categories: sources.map(([ref]) => titleOf(ref)), series: [{ name: p('issuedPoints'), values: sources.map(([, points]) => points) }] } satisfies ChartData}></gx-chart></gx-card>` : nothing}`;
}
