import { expect } from 'chai';
import pino from 'pino';
import { blameDetachedErrors } from '../../../server/containment/detached-errors.js';
import { calm, moods, type Mood } from '../../fixtures/plugins/unruly/mood.js';
import { onEachServer } from '../../kit/index.js';
import { handlerOf, othersAnswer, runsOf, unrulyAndTame, until } from './what-runs.js';

const plugins = await unrulyAndTame();
const ACT = '/api/storefront/plugins/unruly/act';
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

onEachServer('an error that nobody waits for', { plugins }, (server) => {
  const lines: Record<string, unknown>[] = [];
  const runner = EVENTS.map((event) => process.rawListeners(event));
  let forget = (): void => undefined;
  before(async () => {
    for (const id of ['unruly', 'bench-constant']) await server().install(id);
    // The test runner takes such errors for its own; here they are the host's.
    for (const event of EVENTS) process.removeAllListeners(event);
    forget = blameDetachedErrors(pino({ level: 'error' }, { write: (line: string) => { lines.push(JSON.parse(line) as Record<string, unknown>); } }));
  });
  after(() => {
    forget();
    for (const [n, event] of EVENTS.entries()) for (const listener of runner[n]!) process.on(event as 'uncaughtException', listener as (error: Error) => void);
  });
  afterEach(() => { calm(); lines.length = 0; });

  const kinds: readonly [Mood, string][] = [['detached', 'nobody waits'], ['timer', 'from a timer'], ['emitter', 'from an emitter']];
  const doors: readonly [door: 'route' | 'event' | 'job' | 'hook', name: string, knock: () => Promise<unknown>][] = [
    ['route', 'GET storefront/act', () => server().visitor().get(ACT)],
    ['event', 'order.paid', async () => { await server().services.outbox.emit(server().context(), 'order.paid', { orderId: 'o1' }); await server().drain(); }],
    ['job', 'sweep', () => server().advance('PT1H')],
    ['hook', 'onDisable', async () => {
      const admin = await server().admin();
      await admin.must('POST', '/api/admin/installs/unruly/disable', {});
      await until('the hook has run', async () => { await server().drain(); return lines.length > 0; });
      await admin.must('POST', '/api/admin/installs/unruly/enable', {});
    }],
  ];
  for (const [door, name, knock] of doors) {
    for (const [mood, text] of kinds) {
      it(`is put to plugin, shop and ${door} (${mood}), and the process goes on`, async () => {
        const before = (await handlerOf(server(), door, name))?.detached ?? 0;
        moods[door] = mood;
        await knock();
        await until('somebody is blamed', () => lines.length > 0);
        expect(lines[0]).to.include({ plugin: 'unruly', shop: 'demo', surface: door, name });
        expect((lines[0]!['err'] as { message: string }).message).to.contain(text);
        const handler = await handlerOf(server(), door, name);
        expect(handler).to.include({ detached: before + 1 });
        expect(handler?.lastError?.text).to.match(/^RangeError \(.*mood\.\w+:\d+\)$/);
        expect(JSON.stringify(await runsOf(server(), 'unruly'))).to.not.contain('lin@');
        expect(await othersAnswer(server())).to.deep.equal([200, 200, 200]);
      });
    }
  }

  it('counts: a route that answers well and leaves such errors behind comes to rest', async () => {
    moods.route = 'timer';
    await until('it rests', async () => (await server().visitor().get(ACT)).status === 503);
    expect((await runsOf(server(), 'unruly')).suspensions.map(({ surface }) => surface)).to.deep.equal(['route']);
  });
});

onEachServer('a plugin that holds up everybody', { plugins, env: { GUANXI_STALL_MS: '150' } }, (server) => {
  before(async () => { for (const id of ['unruly', 'bench-constant']) await server().install(id); });
  afterEach(calm);
  const stalls = async (surface: string) => (await runsOf(server(), 'unruly')).stalls.filter((each) => each.surface === surface);

  it('at once in a route is named with how long', async () => {
    moods.route = 'busy';
    expect((await server().visitor().get(ACT)).status).to.equal(200);
    const [stall, ...more] = await stalls('route');
    expect(more, 'once, however it was noticed').to.deep.equal([]);
    expect(stall).to.include({ surface: 'route', name: 'GET storefront/act' });
    expect(stall!.ms).to.be.at.least(299);
    expect(await handlerOf(server(), 'route', 'GET storefront/act')).to.include({ stalls: 1, failures: 0 });
    expect(await othersAnswer(server())).to.deep.equal([200, 200, 200]);
  });

  it('after it has waited for something, when it is the only one under way', async () => {
    const before = (await stalls('job')).length;
    moods.job = 'busy-later';
    await until('it is named', async () => { await server().advance('PT1H'); return (await stalls('job')).length > before; });
    expect((await stalls('job'))[0]).to.include({ name: 'sweep' });
  });

  it('after it has waited for something, among others under way: by the second time', async () => {
    const handler = async (): Promise<number> => (await handlerOf(server(), 'route', 'GET storefront/act'))?.stalls ?? 0;
    const before = await handler();
    const leaving = new AbortController();
    const other = fetch(new URL('/api/storefront/plugins/unruly/wait', server().url), { signal: leaving.signal }).catch((error: unknown) => error);
    moods.route = 'busy-later';
    await until('it is named', async () => { await server().visitor().get(ACT); return await handler() > before; });
    leaving.abort();
    await other;
    expect((await handlerOf(server(), 'route', 'GET storefront/wait'))?.stalls ?? 0, 'nobody else is').to.equal(0);
  });
});
