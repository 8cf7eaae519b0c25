import { GxError } from '../plugin-api/index.js';

/** A unit that waits for something else than the database holds up others; after `ms` without a statement it is given up. */
export async function idleLimit<T>(ms: number, session: { readonly usedAt: number }, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      if (performance.now() - session.usedAt < ms) return;
      reject(new GxError('GX_UNIT_TIMEOUT', 503, `A unit of work was idle for ${ms} ms and was undone. Do not wait for the network or for people inside db.write.`));
    }, Math.max(10, ms / 10));
    timer.unref();
  });
  try { return await Promise.race([work, idle]); } finally { clearInterval(timer); }
}
