import { connections, rounds, seconds, warmUp, type Contest, type Contestant, type Entry } from './contest-plan.js';
import { report } from './contest-report.js';
import type { LoadPlan, LoadResult } from './load-plan.js';
import { Worker } from './worker.js';

async function enter(contestant: Contestant): Promise<Entry> {
  const server = new Worker('./subject-process.js', { NODE_ENV: 'production' });
  try {
    const plan = await server.ask<LoadPlan>({ start: contestant.module.href, options: contestant.options ?? {} });
    return { contestant, server, plan, results: [] };
  } catch (error) { server.stop(); throw error; }
}

/** Measures in interleaved rounds, so that a noisy minute hits everybody, and prints medians and the ratio round by round. True when all that is wanted was reached. */
export async function contest(given: Contest): Promise<boolean> {
  const generator = new Worker('./load-process.js');
  const entries: Entry[] = [];
  try {
    for (const contestant of [given.ours, given.twin, ...(given.others ?? [])]) entries.push(await enter(contestant));
    for (const { plan } of entries) await generator.ask<LoadResult>({ plan, seconds: warmUp, connections });
    for (let round = 0; round < rounds; round++) {
      for (const entry of round % 2 ? [...entries].reverse() : entries) {
        const before = await entry.server.ask<number>('cpu');
        const result = await generator.ask<LoadResult>({ plan: entry.plan, seconds, connections });
        entry.results.push({ ...result, cpu: await entry.server.ask<number>('cpu') - before });
      }
    }
    return report(given, entries);
  } finally {
    for (const { server } of entries) { await server.ask('close').catch(() => undefined); server.stop(); }
    generator.stop();
  }
}
