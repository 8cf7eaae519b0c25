import autocannon from 'autocannon';
import type { LoadPlan, LoadResult } from './load-plan.js';

/** The load generator, in a process of its own so that it does not share a thread with what it measures. */
interface Order { readonly plan: LoadPlan; readonly seconds: number; readonly connections: number }

function load({ plan, seconds, connections }: Order): Promise<LoadResult> {
  const times: number[] = [];
  const refused: Record<string, number> = {};
  const accept = plan.accept && new Set(plan.accept);
  const run = `${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}`;
  let sent = 0, client = 0;
  const requests: autocannon.Request[] = plan.requests.map(({ method, path, headers, body, keyed }) => ({
    method, path, headers: { ...headers }, ...(body === undefined ? {} : { body }),
    ...(keyed ? { setupRequest: (request: autocannon.Request) => ({ ...request, headers: { ...request.headers, 'idempotency-key': `${run}-${sent++}` } }) } : {}),
  }));
  return new Promise((resolve, reject) => {
    const instance = autocannon({
      url: plan.url, connections, duration: seconds, timeout: 20, requests,
      setupClient: (each) => { const at = (client++ * 7) % requests.length; if (requests.length > 1) each.setRequests([...requests.slice(at), ...requests.slice(0, at)]); },
    }, (error, result) => {
      if (error) { reject(error instanceof Error ? error : new Error(String(error))); return; }
      if (result.errors) refused['0'] = result.errors;
      times.sort((a, b) => a - b);
      const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
      resolve({ requests: times.length, perSecond: times.length / result.duration, p50: at(0.5), p99: at(0.99), refused });
    });
    instance.on('response', (_client, status, _bytes, ms) => {
      if (accept ? accept.has(status) : status >= 200 && status < 300) times.push(ms); else refused[status] = (refused[status] ?? 0) + 1;
    });
  });
}

process.on('message', (order: Order) => {
  load(order).then((result) => process.send?.({ result }), (error: unknown) => process.send?.({ error: String(error) }));
});
