import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { shopifyApp, type ShopifyApp } from '../../../server/shops/shopify/shopify-app.js';
import type { Fetch } from '../../../server/shops/shopify/token-endpoint.js';
import { API_KEY, OLD_SECRET, SECRET } from './signing.js';

export const app: ShopifyApp = shopifyApp({ apiKey: API_KEY, apiSecret: SECRET, oldApiSecret: OLD_SECRET, scopes: 'read_orders' });
export interface Asked { readonly path: string; readonly body: Readonly<Record<string, string>>; readonly token: string | undefined }
type Reply = { readonly status: number; readonly body: unknown };

const textOf = async (request: IncomingMessage): Promise<string> => { let text = ''; for await (const chunk of request) text += String(chunk); return text; };

/** Shopify's token endpoint and the one query about the shop, on a local port: another company's system, so it is imitated. */
export class ShopifyStub {
  readonly asked: Asked[] = [];
  /** Answers instead of the usual one; undefined for the usual. */
  answer: ((asked: Asked) => Reply | undefined) | undefined;
  expiresIn = 3600;
  #pairs = 0;
  #server: Server | undefined;

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      void textOf(request).then((text) => {
        const asked: Asked = { path: request.url ?? '', body: JSON.parse(text || '{}') as Record<string, string>, token: request.headers['x-shopify-access-token'] as string | undefined };
        this.asked.push(asked);
        const { status, body } = this.answer?.(asked) ?? this.#usual(asked);
        setTimeout(() => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)); }, 15);
      });
    });
    await new Promise<void>((done) => { this.#server!.listen(0, '127.0.0.1', done); });
    return this;
  }
  async stop(): Promise<void> { this.#server?.closeAllConnections(); await new Promise((done) => { this.#server?.close(done); }); }

  /** What production code is given as `fetch`: the same request, to this port. */
  readonly fetch: Fetch = (url, init) => fetch(`http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}${new URL(url).pathname}`, init);
  of(grant: string): Asked[] { return this.asked.filter(({ body }) => body['grant_type']?.endsWith(grant)); }

  #usual({ path, body }: Asked): Reply {
    if (path.endsWith('/graphql.json')) return { status: 200, body: { data: { shop: { name: 'Example Shop', ianaTimezone: 'Europe/Berlin', currencyCode: 'EUR' } } } };
    if (body['client_id'] !== API_KEY || body['client_secret'] !== SECRET) return { status: 400, body: { error: 'invalid_client' } };
    const number = ++this.#pairs;
    return { status: 200, body: { access_token: `shpat_${number}`, scope: 'read_orders,read_customers', expires_in: this.expiresIn, refresh_token: `shprt_${number}`, refresh_token_expires_in: 7_776_000 } };
  }
}
