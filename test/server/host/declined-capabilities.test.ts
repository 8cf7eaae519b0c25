import { types } from 'node:util';
import { expect } from 'chai';
import { engines, startTestServer, type TestServer } from '../../kit/index.js';
import { removeWritten, writtenPackage } from './written-package.js';

const reason = { en: 'for the test', 'zh-CN': '用于测试' };
const routes = {
  points: 'await app.useOptional("points.read").balance(ctx, "nobody")', injected: 'await app.container.resolve("points.read").balance(ctx, "nobody")',
  steps: 'await app.use("db").hot(ctx, "x", function* () { return yield* app.useOptional("points.spend").steps.spend(ctx, { personId: "nobody", amount: 1, key: "k", reason: "test" }); })',
  asks: 'app.granted(ctx, "points.read")', emits: 'await app.use("events.emit").emit(ctx, "modest.done", {}) ?? "sent"', calls: 'await app.useOptional("http").request(ctx, "https://api.example.com/")',
  elsewhere: 'await app.useOptional("http").request(ctx, "https://other.example.com/")', settings: 'await app.settings(ctx)',
};

for (const engine of engines) describe(`a capability that the merchant may decline (${engine})`, () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ engine, plugins: [await writtenPackage('modest', {
      manifest: {
        capabilities: [{ name: 'db', reason }, { name: 'events.emit', reason }, { name: 'points.read', reason, optional: true }, { name: 'points.spend', reason, optional: true }, { name: 'net:api.example.com', reason, optional: true }],
        events: { emits: ['modest.done'], handles: [] },
      },
      before: 'import { z } from "guanxi/plugin";',
      code: `routes: (router, app) => { const shape = { summary: 'x', audience: 'visitor', reply: z.object({ value: z.unknown() }) };
        ${Object.entries(routes).map(([name, answer]) => `router.storefront.route('get', '/${name}', shape, async (ctx) => ({ value: ${answer} }));`).join('\n')} }`,
    })] });
  });
  after(async () => { await server.close(); removeWritten(); });

  const agree = async (path: string, granted: readonly string[]): Promise<void> => {
    const admin = await server.admin();
    const { hash } = await admin.must<{ hash: string }>('GET', '/api/admin/marketplace/modest/preview');
    await admin.must('POST', `/api/admin/installs/modest${path}`, { granted, consent: hash });
  };
  const ask = async (name: keyof typeof routes): Promise<unknown> => {
    const { status, body } = await server.visitor().get<{ value?: unknown; code?: string; detail?: string }>(`/api/storefront/plugins/modest/${name}`);
    return status === 200 ? body.value : `${status} ${body.code} ${body.detail}`;
  };

  it('throws GX_CAPABILITY_DECLINED by whatever way it is called, and the rest works', async () => {
    await agree('', ['db', 'events.emit']);
    for (const name of ['points', 'injected'] as const) expect(await ask(name)).to.match(/^409 GX_CAPABILITY_DECLINED .*"modest".*"demo".*"points\.read"/);
    expect(await ask('steps')).to.match(/^409 GX_CAPABILITY_DECLINED .*"points\.spend"/);
    expect(await ask('calls')).to.match(/^409 GX_CAPABILITY_DECLINED .*"net:api\.example\.com"/);
    expect(await ask('asks')).to.equal(false);
    expect(await ask('emits')).to.equal('sent');
    expect(await ask('settings')).to.deep.equal({});
  });

  it('works from the moment it is granted', async () => {
    await agree('/consent', ['db', 'events.emit', 'points.read', 'net:api.example.com']);
    expect(await ask('points')).to.include({ available: 0 });
    expect(await ask('injected')).to.include({ available: 0 });
    expect(await ask('asks')).to.equal(true);
    expect(await ask('steps')).to.match(/^409 GX_CAPABILITY_DECLINED /);
    // A host that nobody declared is the outbound client's to refuse.
    expect(await ask('elsewhere')).to.match(/^403 GX_OUTBOUND_HOST /);
  });

  it('costs nothing where every shop must grant it', () => {
    const { app } = server.services.host.unit('modest')!;
    expect(types.isProxy(app!.use('db' as never))).to.equal(false);
    expect(types.isProxy(app!.useOptional('points.read' as never))).to.equal(true);
  });
});
