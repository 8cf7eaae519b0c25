import { lookup } from 'node:dns/promises';
import { Agent as PlainAgent, request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent, request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isReachable } from './reachable-addresses.js';

export interface HostAddress { readonly address: string; readonly family: number }

/** How the process reaches the outside. The defaults are the real thing; tests put a server of their own in its place. */
export interface DoorOptions {
  readonly resolve?: (host: string) => Promise<readonly HostAddress[]>;
  readonly isReachable?: (address: string) => boolean;
  readonly port?: number;
  /** Certificate authorities besides the system's. */
  readonly ca?: string;
  /** Local servers that are called in place of a host, over plain HTTP. */
  readonly standIns?: Readonly<Record<string, { readonly address: string; readonly port: number }>>;
}
export interface Hop { readonly url: URL; readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer | undefined; readonly signal: AbortSignal }

/** A name that leads where plugins may not go. */
export class UnreachableAddress extends Error { override name = 'UnreachableAddress'; }

/**
 * Sends one request over HTTPS to port 443. The name is resolved once; every address it has must be public, and the connection goes to one
 * of exactly these, so that a name cannot mean something else between the check and the call.
 */
export class OutboundDoor {
  readonly #resolve: (host: string) => Promise<readonly HostAddress[]>;
  readonly #isReachable: (address: string) => boolean;
  // Agents of our own: no proxy of the environment, no connection that outlives its call.
  readonly #secure: Agent;
  readonly #plain = new PlainAgent({ keepAlive: false });

  constructor(private readonly options: DoorOptions = {}) {
    this.#resolve = options.resolve ?? ((host) => lookup(host, { all: true, verbatim: true }));
    this.#isReachable = options.isReachable ?? isReachable;
    this.#secure = new Agent({ keepAlive: false, ...(options.ca ? { ca: options.ca } : {}) });
  }

  /** The answer's head; its body is still to come. @throws UnreachableAddress, and whatever the network throws */
  async send(hop: Hop): Promise<IncomingMessage> {
    const { url, method, signal, body } = hop;
    const headers = { ...hop.headers, host: url.hostname, ...(body ? { 'content-length': String(body.length) } : {}) };
    const path = `${url.pathname}${url.search}`;
    const standIn = this.options.standIns?.[url.hostname];
    if (standIn) return answerTo(plainRequest({ host: standIn.address, port: standIn.port, path, method, headers, signal, agent: this.#plain }), body);
    const addresses = await this.#addresses(url.hostname, signal);
    return answerTo(secureRequest({ host: url.hostname, port: this.options.port ?? 443, path, method, headers, signal, agent: this.#secure, lookup: onlyTo(addresses) }), body);
  }

  async #addresses(host: string, signal: AbortSignal): Promise<readonly HostAddress[]> {
    const addresses = await heeding(signal, this.#resolve(host));
    if (addresses.length === 0) throw new Error(`The name ${host} has no address.`);
    if (!addresses.every(({ address }) => this.#isReachable(address))) throw new UnreachableAddress(`The name ${host} leads to an address that is not public.`);
    return addresses;
  }
}

function onlyTo(addresses: readonly HostAddress[]): LookupFunction {
  return (_host, options, callback) => {
    if (options.all) callback(null, addresses.map(({ address, family }) => ({ address, family })));
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
}

const answerTo = (request: ClientRequest, body: Buffer | undefined): Promise<IncomingMessage> => new Promise((resolve, reject) => {
  request.once('response', resolve);
  // Stays for errors that come after the answer has begun; whoever reads the body hears of them there.
  request.on('error', reject);
  request.end(body);
});

/** A look-up cannot be stopped, only no longer waited for. */
const heeding = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => new Promise((resolve, reject) => {
  const stop = (): void => { reject(signal.reason as Error); };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  work.then(resolve, reject).finally(() => { signal.removeEventListener('abort', stop); });
});
