import { appendFileSync } from 'node:fs';

/** One line of the table that `npm run bench` ends with. */
export interface Verdict {
  readonly what: string;
  readonly against: string;
  readonly measured: string;
  /** For example `≥ 0.60`; a range that a prototype reached, for what is shown but not asked for. */
  readonly wanted: string;
  /** `undefined`: shown for comparison. */
  readonly reached: boolean | undefined;
}

/** Hands the line to the program that runs all benchmarks; does nothing when a benchmark runs by itself. */
export function tell(verdict: Verdict): void {
  const file = process.env['GUANXI_BENCH_VERDICTS'];
  if (file) appendFileSync(file, `${JSON.stringify(verdict)}\n`);
}

export const inWords = (reached: boolean | undefined): string => (reached === undefined ? 'for comparison' : reached ? 'reached' : 'NOT REACHED');
