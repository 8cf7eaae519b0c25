import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { StartedSubject, StartSubject } from './load-plan.js';

/** A process that holds one subject: starts it, tells its plan and, when asked, the CPU it has used, how late its event loop was since it was last asked (99th hundredth, ms), and what came of it. */
const lateness = monitorEventLoopDelay({ resolution: 5 });
let subject: StartedSubject | undefined;
type Message = { readonly start: string; readonly options: Readonly<Record<string, unknown>> } | 'cpu' | 'loop' | 'outcome' | 'close';

async function answer(message: Message): Promise<unknown> {
  if (message === 'cpu') { const { user, system } = process.cpuUsage(); return user + system; }
  if (message === 'loop') { const p99 = lateness.percentile(99) / 1e6; lateness.reset(); lateness.enable(); return p99; }
  if (message === 'outcome') return subject?.outcome?.();
  if (message === 'close') { await subject?.close(); return true; }
  subject = await ((await import(message.start)) as { start: StartSubject }).start(message.options);
  return subject.plan;
}
process.on('message', (message: Message) => {
  answer(message).then((result) => { process.send?.({ result }); if (message === 'close') process.disconnect(); },
    (error: unknown) => { process.send?.({ error: error instanceof Error ? error.stack : String(error) }); });
});
process.on('disconnect', () => { process.exit(0); });
