import { connections, rounds, seconds, warmUp, type Contest, type Entry } from './contest-plan.js';
import { median } from './load-plan.js';
import { inWords, tell } from './verdict.js';

interface Score { readonly perSecond: number; readonly p50: number; readonly p99: number; readonly cpuMicros: number; readonly refused: Readonly<Record<string, number>> }

function score({ results }: Entry): Score {
  const of = (pick: (result: Entry['results'][number]) => number): number => median(results.map(pick));
  const refused: Record<string, number> = {};
  for (const result of results) for (const [status, count] of Object.entries(result.refused)) refused[status] = (refused[status] ?? 0) + count;
  return { perSecond: of((r) => r.perSecond), p50: of((r) => r.p50), p99: of((r) => r.p99), cpuMicros: of((r) => r.cpu / Math.max(1, r.requests)), refused };
}
const refusals = ({ refused }: Score): string => Object.entries(refused).map(([status, count]) => `${count} × ${status === '0' ? 'broken' : status}`).join(', ') || 'none';

/** Prints the medians of all contestants and what they come to. True when everything wanted was reached and nobody was refused. */
export function report(given: Contest, entries: readonly Entry[]): boolean {
  const [ours, twin, ...others] = entries as [Entry, Entry, ...Entry[]];
  const scores = new Map(entries.map((entry) => [entry, score(entry)]));
  const of = (entry: Entry): Score => scores.get(entry)!;
  const cell = (value: string | number, width: number): string => String(value).padStart(width);
  console.log(`\n${given.title}  (median of ${rounds} rounds of ${seconds} s, ${connections} connections, after ${warmUp} s of load)`);
  console.log(`  ${''.padEnd(34)}${cell('req/s', 8)}${cell('p50 ms', 9)}${cell('p99 ms', 9)}${cell('CPU µs/req', 12)}  refused`);
  for (const [{ contestant }, each] of scores) {
    console.log(`  ${contestant.name.padEnd(34)}${cell(Math.round(each.perSecond), 8)}${cell(each.p50.toFixed(2), 9)}${cell(each.p99.toFixed(2), 9)}${cell(each.cpuMicros.toFixed(0), 12)}  ${refusals(each)}`);
  }
  const ratio = (other: Entry): string => median(ours.results.map((result, round) => result.perSecond / (other.results[round]?.perSecond || Infinity))).toFixed(2);
  const cpu = (other: Entry): string => (of(other).cpuMicros / of(ours).cpuMicros).toFixed(2);
  const say = (what: string, against: string, measured: string, wanted: string, reached: boolean | undefined): void => {
    console.log(`  ${what} against ${against}: ${measured}; ${reached === undefined ? '' : 'wanted '}${wanted}: ${inWords(reached)}`);
    tell({ what: `${given.title}: ${what}`, against, measured, wanted, reached });
  };
  const fast = Number(ratio(twin)) >= given.target;
  say('requests per second', twin.contestant.name, `${ratio(twin)} (${cpu(twin)} by CPU)`, `≥ ${given.target.toFixed(2)}`, fast);
  const tail = of(ours).p99 / of(ours).p50, even = given.tail === undefined || tail <= given.tail;
  if (given.tail !== undefined) say('slowest hundredth (p99)', 'its own median (p50)', `${tail.toFixed(1)} ×`, `≤ ${given.tail} ×`, even);
  for (const [at, other] of others.entries()) say('requests per second', other.contestant.name, `${ratio(other)} (${cpu(other)} by CPU)`, given.others?.[at]?.expected ?? '', undefined);
  const clean = [ours, twin].every((entry) => Object.keys(of(entry).refused).length === 0);
  if (!clean) say('refused answers', 'what the bench planned', `${refusals(of(ours))}; the twin: ${refusals(of(twin))}`, 'none', false);
  return fast && even && clean;
}
