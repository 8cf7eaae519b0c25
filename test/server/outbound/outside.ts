import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { coveringHost } from '../../../server/outbound/declared-hosts.js';
import { OutboundCalls, type CallMade } from '../../../server/outbound/outbound-calls.js';
import { OutboundDoor, type DoorOptions } from '../../../server/outbound/outbound-door.js';
import { pluginHttp } from '../../../server/outbound/plugin-http.js';
import type { GxError, Http } from '../../../server/plugin-api/index.js';
import { manifestOf } from '../../fixtures/plugins/manifest-of.js';
import { certificateFor } from './certificate.js';

export const HOSTS = ['api.example.com', 'other.example.com', 'deep.sub.example.org', 'undeclared.example.net', 'localhost'];
const reason = { en: 'for the test', 'zh-CN': '用于测试' };
export const caller = manifestOf('caller', { version: '2.3.4', capabilities: ['net:api.example.com', 'net:other.example.com', 'net:*.example.org', 'net:localhost'].map((name) => ({ name: name as `net:${string}`, reason })) });

export interface Asked { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string }
export type Answering = (req: IncomingMessage, res: ServerResponse) => void;

/** A service on the outside: real HTTPS on this machine, found under names that only the resolver of the test knows. */
export class Outside implements AsyncDisposable {
  readonly asked: Asked[] = [];
  readonly made: CallMade[] = [];
  /** Names that were looked up. */
  readonly resolved: string[] = [];
  answering: Answering = (_req, res) => { res.end('fine'); };
  readonly calls = new OutboundCalls(Date.now, (made) => { this.made.push(made); });
  readonly #tls = certificateFor(HOSTS);
  readonly #server = createServer(this.#tls, (req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => { this.asked.push({ method: req.method!, url: req.url!, headers: req.headers, body: Buffer.concat(chunks).toString() }); this.answering(req, res); });
  });

  async open(): Promise<this> {
    await new Promise<void>((resolve) => { this.#server.listen(0, '127.0.0.1', resolve); });
    return this;
  }

  /** The client of `caller`. The machine's own address counts as public here, every other rule is the real one. */
  http(options: Partial<DoorOptions> = {}, quota: () => void = () => { /* as many as come */ }): Http {
    const { isReachable: real } = options;
    const door = new OutboundDoor({
      resolve: (host) => { this.resolved.push(host); return Promise.resolve([{ address: '127.0.0.1', family: 4 }]); },
      port: (this.#server.address() as AddressInfo).port, ca: this.#tls.cert, isReachable: real ?? ((address) => address === '127.0.0.1'), ...options,
    });
    return pluginHttp(caller, { door, calls: this.calls, quota, agreed: (_ctx, plugin, host) => coveringHost(plugin, host).length > 0 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => { this.#server.close(resolve); });
  }
}

/** The code of what a call is refused with. */
export const refusal = (call: Promise<unknown>): Promise<string> => call.then(() => 'answered', (error: GxError) => `${error.code} ${error.status}`);
