import type { IncomingMessage } from 'node:http';
import { assertOutside } from '../data/open-unit.js';
import { GxError, type Http, type HttpRequest, type HttpResponse, type Manifest, type ShopContext } from '../plugin-api/index.js';
import { declaredHosts } from './declared-hosts.js';
import type { OutboundCalls } from './outbound-calls.js';
import { UnreachableAddress, type OutboundDoor } from './outbound-door.js';
import { bodyOf, headersOf, headersOnward, methodOf, targetOf, unsendable } from './outbound-request.js';
import { AnswerTooLong, MOST_BYTES, readAnswer } from './read-answer.js';

const USUAL_MS = 10_000;
const LONGEST_MS = 30_000;
const MOST_REDIRECTS = 3;
const MOVED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface OutboundPorts {
  readonly door: OutboundDoor;
  readonly calls: OutboundCalls;
  /** @throws GX_QUOTA 429 */
  readonly quota: (ctx: ShopContext, plugin: string) => void;
  /** Whether the shop agreed that a host is called; asked for every host, also those that an answer sends the call on to. */
  readonly agreed: (ctx: ShopContext, plugin: Manifest, host: string) => boolean;
}

/** The HTTP client of one plugin: its declared hosts, over HTTPS, at public addresses, and nothing else. */
export function pluginHttp(plugin: Manifest, ports: OutboundPorts): Http {
  const hosts = declaredHosts(plugin);
  return {
    async request(ctx, url, request = {}) {
      // A unit of work that waits for the network holds up everybody who writes.
      if (ctx.tx) throw unsendable(plugin.id, 'a unit of work is open. Call first and write afterwards.');
      assertOutside();
      const call = new OutboundCall(ctx, plugin, hosts, ports, request);
      return call.run(url);
    },
  };
}

/** One call of a plugin with everything that follows from it. */
class OutboundCall {
  readonly #signal: AbortSignal;
  readonly #limitMs: number;

  constructor(private readonly ctx: ShopContext, private readonly plugin: Manifest, private readonly hosts: readonly string[], private readonly ports: OutboundPorts, private readonly request: HttpRequest) {
    const wished = request.timeoutMs ?? USUAL_MS;
    this.#limitMs = Math.min(wished > 0 ? wished : USUAL_MS, LONGEST_MS);
    const limit = AbortSignal.timeout(this.#limitMs);
    this.#signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
  }

  async run(given: string): Promise<HttpResponse> {
    const { plugin, request } = this;
    let url = this.#target(given);
    let method = methodOf(plugin, request);
    let headers = headersOf(plugin, request);
    let body = bodyOf(plugin, request, method);
    for (let redirects = 0; ; redirects++) {
      this.ports.quota(this.ctx, plugin.id);
      const answer = await this.#recorded(url, () => this.#hop(url, method, headers, body));
      if (!answer.moved) return answer.response;
      if (redirects === MOST_REDIRECTS) throw this.#failed(url, `it was sent on more than ${MOST_REDIRECTS} times.`);
      const next = this.#target(answer.moved, url);
      headers = headersOnward(headers, url, next);
      if (method !== 'GET' && (answer.status === 303 || ((answer.status === 301 || answer.status === 302) && method === 'POST'))) {
        method = 'GET';
        body = undefined;
        const { 'content-type': _type, ...rest } = headers;
        headers = rest;
      }
      url = next;
    }
  }

  #target(given: string, base?: URL): URL {
    const url = targetOf(this.plugin, this.hosts, given, base);
    if (!this.ports.agreed(this.ctx, this.plugin, url.hostname)) {
      throw new GxError('GX_CAPABILITY_DECLINED', 409, `Plugin "${this.plugin.id}": the shop "${this.ctx.shop.key}" did not agree that "${url.hostname}" is called. The merchant can agree on the plugin's page.`, { plugin: this.plugin.id, shop: this.ctx.shop.key });
    }
    return url;
  }

  async #hop(url: URL, method: string, headers: Readonly<Record<string, string>>, body: Buffer | undefined): Promise<{ readonly status: number; readonly moved?: string; readonly response: HttpResponse }> {
    const answer = await this.ports.door.send({ url, method, headers, body, signal: this.#signal });
    const status = answer.statusCode ?? 0;
    const moved = MOVED.has(status) ? answer.headers.location : undefined;
    if (moved !== undefined) { answer.destroy(); return { status, moved, response: responseOf(answer, '') }; }
    return { status, response: responseOf(answer, await readAnswer(answer)) };
  }

  async #recorded<T extends { readonly status: number }>(url: URL, run: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const record = (outcome: string): void => { this.ports.calls.made(this.ctx.shop, this.plugin.id, url.hostname, outcome, Math.round(performance.now() - began)); };
    try {
      const answer = await run();
      record(String(answer.status));
      return answer;
    } catch (error) {
      const told = this.#told(url, error);
      record(told instanceof GxError ? told.code : 'GX_OUTBOUND_ABORTED');
      throw told;
    }
  }

  /** What the plugin is told: nothing of addresses, which would draw a map of the network. */
  #told(url: URL, error: unknown): unknown {
    const place = { plugin: this.plugin.id, shop: this.ctx.shop.key, cause: error };
    if (error instanceof UnreachableAddress) return new GxError('GX_OUTBOUND_HOST', 403, `The plugin "${this.plugin.id}" may not call https://${url.hostname}: the name does not lead to a public address.`, place);
    if (error instanceof AnswerTooLong) return new GxError('GX_OUTBOUND_TOO_LONG', 502, `The plugin "${this.plugin.id}": ${url.hostname} answered with more than ${MOST_BYTES} bytes. Ask for less at once.`, place);
    // Whoever asked to stop knows why.
    if (this.request.signal?.aborted) return this.request.signal.reason;
    if (this.#signal.aborted) return new GxError('GX_OUTBOUND_TIMEOUT', 504, `The plugin "${this.plugin.id}": ${url.hostname} did not answer within ${this.#limitMs / 1000} s. Try again later.`, place);
    return this.#failed(url, 'the connection failed or broke.', error);
  }

  #failed(url: URL, why: string, cause?: unknown): GxError {
    return new GxError('GX_OUTBOUND_FAILED', 502, `The plugin "${this.plugin.id}": its call of ${url.hostname} came to nothing: ${why} Try again later.`, { plugin: this.plugin.id, shop: this.ctx.shop.key, cause });
  }
}

function responseOf(answer: IncomingMessage, text: string): HttpResponse {
  const headers = Object.fromEntries(Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined || name === 'set-cookie' ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]])));
  return { status: answer.statusCode ?? 0, headers, text, json: <T>() => JSON.parse(text) as T };
}
