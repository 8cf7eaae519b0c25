import { expect } from 'chai';
import { engines, onEachServer, type HttpClient, type TestServer } from '../../kit/index.js';

interface Operation { readonly parameters: readonly { name: string; in: string; required: boolean }[]; readonly requestBody?: object; readonly security?: readonly object[] }
interface Route { readonly method: string; readonly path: string; readonly operation: Operation; readonly surface: 'admin' | 'storefront' | 'demo' }
interface Answer { readonly status: number; readonly body: unknown; readonly headers: Headers }

const plugins = ['reviews-monitor', 'interaction-games', 'questionnaires', 'coupon-exchange', 'membership', 'store-credit'];
/** Counts what broke in a browser; said twice it counts twice, and nothing of the shop changes. */
const UNKEYED = '/api/storefront/widget-failures';

async function routesOf(server: TestServer): Promise<Route[]> {
  const { paths } = await server.visitor().must<{ paths: Record<string, Record<string, Operation>> }>('GET', '/api/openapi.json');
  return Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => ({
    method: method.toUpperCase(), path, operation, surface: path.startsWith('/api/admin') ? 'admin' as const : path.startsWith('/demo') ? 'demo' as const : 'storefront' as const,
  })));
}
const filled = (path: string, value: string): string => path.replace(/\{[^}]+\}/g, encodeURIComponent(value));

/** A refusal as it must be: a problem document with a stable code, and nothing of our inside. */
function refused(answer: Answer, where: string): void {
  expect(answer.status, `${where}: ${JSON.stringify(answer.body)}`).to.be.within(400, 499);
  expect(answer.headers.get('content-type'), where).to.match(/^application\/problem\+json/);
  const problem = answer.body as { code: string; title: string; detail: string };
  expect(problem.code, where).to.match(/^GX_[A-Z_]+$/);
  expect(`${problem.title}${problem.detail}`, where).to.not.match(/\bat .+:\d+:\d+|SELECT |INSERT |node_modules|undefined/);
}
/** Anything but a fault of ours. */
function noFault(answer: Answer, where: string): void {
  expect(answer.status, `${where}: ${JSON.stringify(answer.body).slice(0, 300)}`).to.be.below(500);
}

onEachServer('bad input to every route', {}, (server, engine) => {
  let routes: Route[] = [];
  let clients: Record<Route['surface'], HttpClient>;
  before(async function () {
    this.timeout(60_000);
    for (const plugin of plugins) await server().install(plugin);
    routes = await routesOf(server());
    clients = { admin: await server().admin(), storefront: await server().shopper(), demo: server().visitor() };
    expect(routes.length).to.be.greaterThan(60);
  });
  afterEach(() => server().integrity());
  const withBody = (): Route[] => routes.filter(({ operation }) => operation.requestBody);
  const send = (route: Route, path: string, body?: unknown, headers: Record<string, string> = {}) => clients[route.surface].send<unknown>(route.method, path, body, { headers });

  // What is refused before anything is read does not depend on the database.
  if (engine === engines[0]) {
    it('refuses a missing and a forged token wherever one is needed', async function () {
      this.timeout(60_000);
      for (const route of routes.filter(({ operation }) => operation.security)) {
        const path = filled(route.path, 'x');
        for (const bearer of [undefined, 'gxs_forged.AAAA', 'gxa_e30.AAAA', 'eyJhbGciOiJub25lIn0.e30.']) {
          const answer = await server().visitor().send<{ code: string }>(route.method, path, undefined, bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } });
          refused(answer, `${route.method} ${path} as ${bearer ?? 'nobody'}`);
          expect(answer.status, `${route.method} ${path}`).to.equal(401);
        }
      }
    });

    it('refuses a shopper at the merchant\'s doors and a merchant at the shopper\'s', async function () {
      this.timeout(60_000);
      for (const route of routes.filter(({ operation }) => operation.security)) {
        const stranger = route.surface === 'admin' ? clients.storefront : clients.admin;
        const answer = await stranger.send(route.method, filled(route.path, 'x'));
        expect(answer.status, `${route.method} ${route.path}`).to.equal(401);
      }
    });

    it('refuses bodies that are not JSON, not objects, too large, or of another type', async function () {
      this.timeout(90_000);
      for (const route of withBody()) {
        const path = filled(route.path, 'unknown-id');
        refused(await send(route, path, '{"broken":', {}), `${route.method} ${path} malformed`);
        refused(await send(route, path, '[1,2,3]', {}), `${route.method} ${path} array`);
        refused(await send(route, path, '"text"', {}), `${route.method} ${path} text`);
        refused(await send(route, path, { unknownField: { __proto__: null, constructor: 1 } }), `${route.method} ${path} unknown field`);
        refused(await send(route, path, 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }), `${route.method} ${path} form`);
        if (route.surface === 'storefront') refused(await send(route, path, { padding: 'x'.repeat(20_000) }), `${route.method} ${path} 20 KB`);
      }
    });
  }

  it('survives wrong types in every field and unknown ids in every path', async function () {
    this.timeout(90_000);
    const values: readonly unknown[] = [null, -1, 0.1, Number.POSITIVE_INFINITY, 2 ** 53, '1e3', '１２', [], {}, true, 'x'.repeat(3000), '\u0000', '\'; DROP TABLE person; --'];
    for (const route of withBody()) {
      const properties = Object.keys(((route.operation.requestBody as { content: Record<string, { schema: { properties?: object } }> }).content['application/json']?.schema.properties) ?? {});
      for (const value of values) {
        const body = Object.fromEntries(properties.map((name) => [name, value]));
        noFault(await send(route, filled(route.path, 'unknown-id'), body), `${route.method} ${route.path} ${JSON.stringify(value)?.slice(0, 40)}`);
      }
    }
    for (const route of routes.filter(({ path, method }) => path.includes('{') && method !== 'GET')) noFault(await send(route, filled(route.path, '018f0000-0000-7000-8000-000000000000')), `${route.method} ${route.path}`);
  });

  it('survives strange queries, cursors and paths', async function () {
    this.timeout(60_000);
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      for (const query of ['?limit=-1', '?limit=1e9', '?cursor=%00', '?cursor=WyJ4Il0', '?cursor=..%2F', '?unknown=1', '?limit[]=1', '?search=%25%27', '?before=NaN']) {
        noFault(await send(route, filled(route.path, 'unknown-id') + query), `${route.path}${query}`);
      }
      for (const id of ['%00', '..%2F..%2Fetc', 'x'.repeat(500), '{}', '%E4%B8%AD']) noFault(await clients[route.surface].get(route.path.replace(/\{[^}]+\}/g, id)), `${route.path} ${id.slice(0, 20)}`);
    }
    refused(await server().visitor().get('/api/storefront/plugins/../../admin/home'), 'a path that climbs');
    refused(await server().visitor().get('/api/storefront/nowhere'), 'an unknown route');
    refused(await clients.admin.send('PATCH', '/api/admin/home'), 'another method');
  });

  it('asks for an Idempotency-Key where something changes', async () => {
    const shopper = await server().shopper();
    for (const route of routes.filter(({ surface, method, path }) => surface === 'storefront' && method !== 'GET' && path !== UNKEYED)) {
      const answer = await shopper.send<{ code: string }>(route.method, filled(route.path, 'x'), undefined, { key: null });
      expect([answer.status, answer.body.code], `${route.method} ${route.path}`).to.deep.equal([400, 'GX_IDEMPOTENCY_KEY_MISSING']);
    }
  });
});
