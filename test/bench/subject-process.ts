import type { StartedSubject, StartSubject } from './load-plan.js';

/** A process that holds one subject: starts it, tells its plan and, when asked, the CPU it has used. */
let subject: StartedSubject | undefined;
type Message = { readonly start: string; readonly options: Readonly<Record<string, unknown>> } | 'cpu' | 'close';

async function answer(message: Message): Promise<unknown> {
  if (message === 'cpu') { const { user, system } = process.cpuUsage(); return user + system; }
  if (message === 'close') { await subject?.close(); return true; }
  subject = await ((await import(message.start)) as { start: StartSubject }).start(message.options);
  return subject.plan;
}
process.on('message', (message: Message) => {
  answer(message).then((result) => { process.send?.({ result }); if (message === 'close') process.disconnect(); },
    (error: unknown) => { process.send?.({ error: error instanceof Error ? error.stack : String(error) }); });
});
process.on('disconnect', () => { process.exit(0); });
