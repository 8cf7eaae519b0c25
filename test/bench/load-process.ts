import autocannon from 'autocannon';
import type { LoadPlan, LoadResult } from './load-plan.js';

/** The load generator, in a process of its own so that it does not share a thread with what it measures. */
interface Order { readonly plan: LoadPlan; readonly seconds: number; readonly connections: number; /** So many requests, however long they take. */ readonly amount?: number }

/** How far the plan of each server has come: a round that began anew would wear out the same few players. */
const sent = new Map<string, number>();
const run = `${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}`;

function nextOf({ url, requests }: LoadPlan, request: autocannon.Request): autocannon.Request {
  const count = sent.get(url) ?? 0;
  sent.set(url, count + 1);
  const { method, path, headers, body, keyed } = requests[count % requests.length]!;
  const key = `${run}-${count}`;
  return { ...request, method, path, headers: { ...headers, ...(keyed === 'header' ? { 'idempotency-key': key } : {}) }, ...(body === undefined ? {} : { body: keyed === 'body' ? body.replace('%key%', key) : body }) };
}

function load({ plan, seconds, connections, amount }: Order): Promise<LoadResult> {
  const times: number[] = [];
  const refused: Record<string, number> = {};
  const accept = plan.accept && new Set(plan.accept);
  const [{ method, path, headers, keyed }, ...more] = plan.requests as [LoadPlan['requests'][number], ...LoadPlan['requests']];
  const varies = more.length > 0 || keyed !== undefined;
  return new Promise((resolve, reject) => {
    const instance = autocannon({
      url: plan.url, connections, ...(amount === undefined ? { duration: seconds } : { amount }), timeout: 20, requests: [{ method, path, headers: { ...headers } }],
      // An object for each connection: autocannon keeps the bytes to send on it.
      ...(varies ? { setupClient: (client: autocannon.Client) => { client.setRequests([{ setupRequest: (request: autocannon.Request) => nextOf(plan, request) }]); } } : {}),
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
