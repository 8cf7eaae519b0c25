import type { ValueFormat } from './format.js';

export type ChartKind = 'line' | 'stacked' | 'bars' | 'funnel' | 'heat' | 'flow';
/** One number of a chart: which category, which series. */
export interface ChartPick { readonly category: number; readonly series: number }

/** One line, stack or set of bars. */
export interface ChartSeries {
  /** In the page's language. */
  readonly name: string;
  /** One per category; null leaves a gap. Negative values of a stack go below the axis. */
  readonly values: readonly (number | null)[];
  /** For `line`: what each value lies between, with the certainty that the sentence names; drawn as a band. */
  readonly band?: readonly (readonly [low: number, high: number] | null)[];
  /** Meaning, where colour carries one: good, bad. Otherwise the series take the palette in order. */
  readonly tone?: 'success' | 'warning' | 'danger' | 'muted';
}

/**
 * What a chart shows, always writable as a table: categories down, series across.
 * `funnel` and `bars` use the first series. `heat`: categories are the columns, each series is one row. `flow`: streams from each series to
 * each category.
 */
export interface ChartData {
  /** Labels; for days pass business dates `YYYY-MM-DD` and `days: true`. */
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly days?: boolean;
  readonly format?: ValueFormat;
  /** ISO 4217, for `money` in another currency than the shop's. */
  readonly currency?: string;
}

/** Whether there is anything to draw: an empty frame is never shown. */
export const hasValues = (data: ChartData | undefined): boolean => data !== undefined && data.series.some((series) => series.values.some((value) => value !== null && value !== 0));
