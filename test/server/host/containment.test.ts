import { expect } from 'chai';
import { statement } from '../../../server/plugin-api/index.js';
import { calm, moods, seen } from '../../fixtures/plugins/unruly/mood.js';
import { onEachServer } from '../../kit/index.js';
import { handlerOf, othersAnswer, runsOf, unrulyAndTame, until } from './what-runs.js';

const plugins = await unrulyAndTame();
const env = { GUANXI_ROUTE_TIMEOUT_MS: '300', GUANXI_EVENT_TIMEOUT_MS: '300', GUANXI_HOOK_TIMEOUT_MS: '300' };
const ACT = '/api/storefront/plugins/unruly/act';
const DELIVERIES = statement<{ attempts: number; last_error: string | null; done_at: number | null }>('SELECT attempts, last_error, done_at FROM event_delivery WHERE shop_id = :shop AND consumer = \'unruly\' ORDER BY event_id DESC');

onEachServer('a plugin that hangs or throws', { plugins, env }, (server) => {
  before(async () => { for (const id of ['unruly', 'bench-constant']) await server().install(id); });
  afterEach(calm);
  const paid = async (): Promise<void> => {
    await server().services.outbox.emit(server().context(), 'order.paid', { orderId: 'o1' });
    await server().drain();
  };

  it('in a route: the caller is answered in time, the signal aborts, and it is named', async () => {
    moods.route = 'hang';
    const hung = await server().visitor().get<{ code: string; plugin: string }>(ACT);
    expect([hung.status, hung.body.code, hung.body.plugin]).to.deep.equal([504, 'GX_PLUGIN_TIMEOUT', 'unruly']);
    expect(seen).to.deep.equal(['route began', 'route aborted']);
    moods.route = 'throw';
    const thrown = await server().visitor().get<{ code: string }>(ACT);
    expect([thrown.status, thrown.body.code]).to.deep.equal([502, 'GX_PLUGIN_FAILED']);
    const handler = await handlerOf(server(), 'route', 'GET storefront/act');
    expect(handler).to.include({ calls: 2, failures: 2, timeouts: 1 });
    expect(handler!.slowestMs).to.be.at.least(300);
    expect(handler!.lastError?.text).to.match(/^TypeError \(.*mood\.\w+:\d+\)$/);
    expect(JSON.stringify([thrown.body, await runsOf(server(), 'unruly')])).to.not.contain('lin@');
    expect(await othersAnswer(server())).to.deep.equal([200, 200, 200]);
  });

  it('in a route: the signal aborts when the caller has gone', async () => {
    const leaving = new AbortController();
    const request = fetch(new URL('/api/storefront/plugins/unruly/wait', server().url), { signal: leaving.signal }).catch((error: unknown) => error);
    await until('the handler has begun', () => seen.includes('wait began'));
    leaving.abort();
    await request;
    await until('the handler is told', () => seen.includes('wait aborted'));
    await until('its call is over', async () => (await handlerOf(server(), 'route', 'GET storefront/wait'))?.calls === 1);
    expect(await handlerOf(server(), 'route', 'GET storefront/wait'), 'leaving is not the plugin\'s fault').to.include({ failures: 0, timeouts: 0 });
  });

  it('in a download: what was begun ends, and it is counted', async () => {
    moods.route = 'throw';
    const answer = await (await server().admin()).get<{ code: string }>('/api/admin/plugins/unruly/list');
    expect([answer.status, answer.body.code]).to.deep.equal([502, 'GX_PLUGIN_FAILED']);
    expect(await handlerOf(server(), 'route', 'GET admin/list')).to.include({ calls: 1, failures: 1 });
    moods.route = 'well';
    expect((await (await server().admin()).get<string>('/api/admin/plugins/unruly/list')).body).to.contain('n\n1');
  });

  it('in an event: the signal aborts, the event is tried again, and it is named', async () => {
    moods.event = 'hang';
    await paid();
    expect(seen.slice(0, 2)).to.deep.equal(['event began', 'event aborted']);
    const [delivery] = await server().services.store.read(server().context(), (q) => q.many(DELIVERIES));
    expect(delivery).to.include({ attempts: 1, done_at: null });
    expect(delivery?.last_error).to.contain('GxError: The plugin "unruly" did not answer within 0.3 seconds (event order.paid)');
    expect(await handlerOf(server(), 'event', 'order.paid')).to.include({ calls: 1, failures: 1, timeouts: 1 });
    calm();
    await until('it was delivered', async () => { await server().drain(); return (await server().services.store.read(server().context(), (q) => q.many(DELIVERIES)))[0]!.done_at !== null; });
    expect(await handlerOf(server(), 'event', 'order.paid')).to.include({ calls: 2, failures: 1 });
  });

  it('in a job: the signal aborts, the run is written down as failed, and it is named', async () => {
    moods.job = 'hang';
    await server().advance('PT1H');
    expect(seen).to.deep.equal(['job began', 'job aborted']);
    const [run] = await server().services.scheduler.history(server().context(), 'unruly');
    expect(run).to.include({ name: 'sweep', ok: false });
    expect(run?.error).to.contain('did not answer within 0.2 seconds (job sweep)');
    expect(await handlerOf(server(), 'job', 'sweep')).to.include({ calls: 1, failures: 1, timeouts: 1 });
  });

  it('in a hook: the signal aborts, and the merchant\'s wish holds', async () => {
    moods.hook = 'hang';
    const admin = await server().admin();
    await admin.must('POST', '/api/admin/installs/unruly/disable', {});
    await until('the hook was told to stop', () => seen.includes('hook aborted'));
    expect((await server().visitor().get(ACT)).status).to.equal(404);
    await until('it is counted', async () => ((await handlerOf(server(), 'hook', 'onDisable'))?.timeouts ?? 0) > 0);
    calm();
    await admin.must('POST', '/api/admin/installs/unruly/enable', {});
    expect((await server().visitor().get(ACT)).status).to.equal(200);
  });

  it('in a contribution: the page does without', async () => {
    moods.tiles = 'throw';
    const home = await (await server().admin()).must<{ tiles: { plugin: string }[] }>('GET', '/api/admin/home');
    expect(home.tiles.filter(({ plugin }) => plugin === 'unruly')).to.deep.equal([]);
    expect(await handlerOf(server(), 'contribution', 'tiles')).to.include({ failures: 1 });
  });
});

onEachServer('a plugin that keeps failing', { plugins, env: { ...env, GUANXI_COOL_DOWN_MS: '700' } }, (server) => {
  before(async () => { for (const id of ['unruly', 'bench-constant']) await server().install(id); });
  afterEach(calm);

  it('rests through the door where it fails: callers are told at once when to come back, and one success ends it', async () => {
    moods.route = 'throw';
    for (let n = 0; n < 5; n++) expect((await server().visitor().get(ACT)).status).to.equal(502);
    seen.length = 0;
    const refused = await server().visitor().get<{ code: string; plugin: string }>(ACT, { headers: { 'accept-language': 'zh-CN' } });
    expect([refused.status, refused.body.code, refused.body.plugin, refused.headers.get('retry-after')]).to.deep.equal([503, 'GX_PLUGIN_SUSPENDED', 'unruly', '1']);
    expect(refused.body).to.include({ title: '该模块暂停运行，稍后会自动重试' });
    expect(seen, 'its code is not entered').to.deep.equal([]);
    const runs = await runsOf(server(), 'unruly');
    expect(runs.suspensions).to.have.length(1);
    expect(runs.suspensions[0]).to.include({ surface: 'route', state: 'open' });
    expect(runs.suspensions[0]?.reason).to.match(/^TypeError/);
    expect(runs.handlers.find(({ name }) => name === 'GET storefront/act')).to.include({ calls: 5, failures: 5, refused: 1 });
    expect(runs).to.include({ state: 'active', install: 'enabled' });
    expect(await othersAnswer(server())).to.deep.equal([200, 200, 200]);

    await until('a probe found it failing still', async () => (await server().visitor().get(ACT)).status === 502);
    expect((await server().visitor().get(ACT)).status).to.equal(503);
    moods.route = 'well';
    await until('a probe found it mended', async () => (await server().visitor().get(ACT)).status === 200);
    expect((await runsOf(server(), 'unruly')).suspensions).to.deep.equal([]);
  });

  it('keeps its events until it may be asked again, without using up attempts', async () => {
    moods.event = 'throw';
    const emit = () => server().services.outbox.emit(server().context(), 'order.paid', { orderId: 'o1' });
    const deliveries = () => server().services.store.read(server().context(), (q) => q.many(DELIVERIES));
    for (let n = 0; n < 5; n++) await emit();
    await server().drain();
    await until('it rests', async () => (await runsOf(server(), 'unruly')).suspensions.some(({ surface }) => surface === 'event'));
    const tried = (await deliveries()).length;
    await emit();
    await server().drain();
    expect(await deliveries(), 'nothing is recorded of what was not tried').to.have.length(tried);
    expect(await server().services.dispatcher.lag()).to.include({ dead: 0 });
    calm();
    await until('everything was delivered', async () => { await server().drain(); const all = await deliveries(); return all.length === 6 && all.every(({ done_at }) => done_at !== null); });
    expect((await deliveries())[0], 'the one that waited needed one attempt').to.include({ attempts: 1 });
    expect(seen.filter((each) => each === 'event began')).to.have.length(6);
  });

  it('skips its jobs, with the reason in their history', async () => {
    moods.job = 'throw';
    for (let hour = 0; hour < 6; hour++) await server().advance('PT1H');
    const history = await server().services.scheduler.history(server().context(), 'unruly');
    expect(history).to.have.length(6);
    expect(seen.filter((each) => each === 'job began')).to.have.length(5);
    expect(history[0]?.ok).to.equal(false);
    expect(history[0]?.error).to.match(/^Skipped: The module "unruly" rests in the shop demo \(job\): it failed too often\. It is tried again in \d s\.$/);
    expect((await runsOf(server(), 'unruly')).suspensions.map(({ surface }) => surface)).to.deep.equal(['job']);
  });

  it('shows nothing to those who may not operate the shop', async () => {
    const { running } = server();
    expect((await server().visitor().get('/api/admin/system/plugins')).status).to.equal(401);
    expect((await (await server().shopper()).get('/api/admin/system/plugins')).status).to.equal(401);
    expect(running.services.host.runs.snapshot(-1).flatMap(({ handlers }) => handlers).filter(({ surface }) => surface !== 'boot'), 'another shop').to.deep.equal([]);
  });
});

onEachServer('a plugin that says it is not well', { plugins, env: { GUANXI_HEALTH_EVERY_MS: '200' } }, (server) => {
  before(async () => { await server().install('unruly'); });
  afterEach(calm);

  it('is degraded in all shops until it is well again; so is one that does not answer', async function () {
    this.timeout(20_000);
    for (const [mood, message] of [['unwell', /^The supplier does not answer\.$/], ['hang', /took longer than 2000 ms/]] as const) {
      moods.health = mood;
      await until('it is degraded', async () => (await runsOf(server(), 'unruly')).state === 'degraded');
      const runs = await runsOf(server(), 'unruly');
      expect(runs.error).to.match(message);
      expect(runs.health).to.include({ ok: false });
      const refused = await server().visitor().get<{ code: string }>(ACT);
      expect([refused.status, refused.body.code]).to.deep.equal([503, 'GX_PLUGIN_SUSPENDED']);
      moods.health = 'well';
      await until('it is active again', async () => (await runsOf(server(), 'unruly')).state === 'active');
      expect((await server().visitor().get(ACT)).status).to.equal(200);
    }
  });
});
