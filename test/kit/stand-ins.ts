import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that a plugin made of an outside service. */
export interface OutsideCall {
  readonly host: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What was sent, parsed if it is JSON; undefined when nothing was. */
  readonly body: unknown;
}
/** `status` 200 if not given; a `body` that is no string is sent as JSON. */
export interface OutsideAnswer { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
/** Answers in place of an outside service. What it throws is answered with 500. */
export type StandIn = (call: OutsideCall) => OutsideAnswer | Promise<OutsideAnswer>;

/** A server of this machine that plugins reach in place of outside services, by the service's name. It begins to listen with its first service. */
export class StandIns {
  /** Where the host finds each service; it looks at every call. */
  readonly places: Record<string, { readonly address: string; readonly port: number }> = {};
  readonly #services = new Map<string, StandIn>();
  readonly #calls: OutsideCall[] = [];
  #listening: Promise<Server> | undefined;

  /** From now on the service answers like this, whatever it answered before. */
  async answer(host: string, standIn: StandIn): Promise<void> {
    const name = host.toLowerCase();
    this.#listening ??= new Promise((resolve) => {
      const server = createServer((request, reply) => { void this.#serve(request, reply); });
      server.listen(0, '127.0.0.1', () => { resolve(server); });
    });
    const { port } = (await this.#listening).address() as AddressInfo;
    this.#services.set(name, standIn);
    this.places[name] = { address: '127.0.0.1', port };
  }

  /** Oldest first. */
  calls(host: string): readonly OutsideCall[] { return this.#calls.filter((call) => call.host === host.toLowerCase()); }

  async close(): Promise<void> {
    const server = await this.#listening;
    this.#listening = undefined;
    if (server) await new Promise((resolve) => { server.close(resolve); });
  }

  async #serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString(), headers = request.headers as Readonly<Record<string, string>>;
    const call: OutsideCall = {
      host: headers['host'] ?? '', method: request.method ?? '', path: request.url ?? '', headers,
      body: text === '' ? undefined : (headers['content-type'] ?? '').includes('json') ? JSON.parse(text) as unknown : text,
    };
    this.#calls.push(call);
    const { status = 200, headers: more = {}, body } = await this.#told(call);
    const plain = body === undefined || typeof body === 'string';
    reply.writeHead(status, { ...(plain ? {} : { 'content-type': 'application/json' }), ...more }).end(plain ? body : JSON.stringify(body));
  }

  async #told(call: OutsideCall): Promise<OutsideAnswer> {
    try { return await this.#services.get(call.host)!(call); }
    catch (error) { return { status: 500, body: String(error) }; }
  }
}
