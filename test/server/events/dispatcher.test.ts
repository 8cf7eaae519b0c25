import { expect } from 'chai';
import type { Consumer, EventHandler } from '../../../server/events/outbox.js';
import { DeadLettersService } from '../../../server/events/dead-letters.service.js';
import { EventDispatcher, type DispatcherOptions } from '../../../server/events/event-dispatcher.service.js';
import { OutboxService } from '../../../server/events/outbox.service.js';
import { HOUR, sql, statement, type ShopContext } from '../../../server/plugin-api/index.js';
import { onBothEngines, type Bench } from './bench.js';

const DELIVERIES = statement<{ consumer: string; attempts: number; done_at: number | null; dead: number; last_error: string | null }>(
  'SELECT consumer, attempts, done_at, dead, last_error FROM event_delivery WHERE shop_id = :shop ORDER BY consumer, event_id');
const STATES = statement<{ state: string }>('SELECT state FROM outbox_event WHERE shop_id = :shop ORDER BY id');

const consumer = (name: string, handles: Readonly<Record<string, (ctx: ShopContext, payload: Record<string, unknown>, meta: Parameters<EventHandler>[2]) => Promise<void>>>, enabled = (_shop: number): boolean => true): Consumer =>
  ({ name, handles: handles as Consumer['handles'], enabled });

onBothEngines('event dispatcher', 'wiped', (bench) => {
  const stops: (() => void)[] = [];
  afterEach(() => { for (const stop of stops.splice(0)) stop(); });
  const make = (options: DispatcherOptions = {}): { outbox: OutboxService; dispatcher: EventDispatcher } => {
    const b: Bench = bench();
    const outbox = new OutboxService(b.store, b.systemTime);
    return { outbox, dispatcher: new EventDispatcher(b.store, outbox, b.contextFor, { systemTime: b.systemTime, ...options }) };
  };
  const deliveries = (shopId = 1) => bench().store.read(bench().ctx(shopId), (q) => q.many(DELIVERIES));
  const states = async (shopId = 1) => (await bench().store.read(bench().ctx(shopId), (q) => q.many(STATES))).map((row) => row.state);

  it('delivers each event once to every consumer that wants it, with shop, payload and key', async () => {
    const { outbox, dispatcher } = make();
    const seen: string[] = [];
    const ids = new Set<string>();
    for (const name of ['a', 'b']) dispatcher.register(consumer(name, { 'order.paid': async (ctx, payload, meta) => { seen.push(`${name}:${ctx.shop.id}:${String(payload['orderId'])}:${meta.name}`); ids.add(meta.id); } }));
    dispatcher.register(consumer('deaf', { 'order.refunded': async () => { seen.push('deaf'); } }));
    await outbox.emit(bench().ctx(1), 'order.paid', { orderId: 'o1' });
    await outbox.emit(bench().ctx(2), 'order.paid', { orderId: 'o2' });
    expect(await dispatcher.drain()).to.equal(4);
    expect(seen.toSorted()).to.deep.equal(['a:1:o1:order.paid', 'a:2:o2:order.paid', 'b:1:o1:order.paid', 'b:2:o2:order.paid']);
    expect(ids.size).to.equal(2);
    expect(await dispatcher.drain()).to.equal(0);
    expect(await states()).to.deep.equal(['done']);
  });

  it('delivers nothing when the unit that emitted was undone', async () => {
    const { outbox, dispatcher } = make();
    let calls = 0;
    dispatcher.register(consumer('a', { 'order.paid': async () => { calls += 1; } }));
    let refusal: unknown;
    try {
      await bench().store.write(bench().ctx(), async (unit, ctx) => {
        await unit.steps(outbox.steps.emit(ctx, 'order.paid', {}));
        throw new Error('changed my mind');
      });
    } catch (error) { refusal = error; }
    expect(refusal).to.be.instanceOf(Error);
    expect(await dispatcher.drain()).to.equal(0);
    expect(calls).to.equal(0);
  });

  it('drains events that events cause', async () => {
    const { outbox, dispatcher } = make();
    const seen: number[] = [];
    dispatcher.register(consumer('chain', { 'chain.link': async (ctx, payload) => {
      const n = Number(payload['n']);
      seen.push(n);
      if (n < 5) await outbox.emit(ctx, 'chain.link', { n: n + 1 });
    } }));
    await outbox.emit(bench().ctx(), 'chain.link', { n: 1 });
    expect(await dispatcher.drain()).to.equal(5);
    expect(seen).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('retries only who failed, and never keeps the others waiting', async () => {
    const { outbox, dispatcher } = make();
    const calls = { good: 0, bad: 0 };
    dispatcher.register(consumer('good', { 'order.paid': async () => { calls.good += 1; } }));
    dispatcher.register(consumer('bad', { 'order.paid': async () => { calls.bad += 1; if (calls.bad < 3) throw new Error('not yet'); } }));
    await outbox.emit(bench().ctx(), 'order.paid', {});
    await dispatcher.drain();
    expect(calls).to.deep.equal({ good: 1, bad: 1 });
    expect(await states()).to.deep.equal(['waiting']);
    await dispatcher.drain();
    expect(calls.bad, 'not due yet').to.equal(1);
    for (let round = 0; round < 3; round += 1) { bench().systemOffset += HOUR; await dispatcher.drain(); }
    expect(calls).to.deep.equal({ good: 1, bad: 3 });
    expect(await states()).to.deep.equal(['done']);
    expect((await deliveries()).map((row) => [row.consumer, row.attempts, row.dead])).to.deep.equal([['bad', 3, 0], ['good', 1, 0]]);
  });

  it('gives up after ten attempts and says so', async () => {
    const { outbox, dispatcher } = make();
    let calls = 0;
    dispatcher.register(consumer('bad', { 'order.paid': async () => { calls += 1; throw new Error('never'); } }));
    await outbox.emit(bench().ctx(), 'order.paid', {});
    for (let round = 0; round < 14; round += 1) { await dispatcher.drain(); bench().systemOffset += HOUR; }
    expect(calls).to.equal(10);
    expect(await states()).to.deep.equal(['dead']);
    expect((await deliveries()).map((row) => [row.attempts, row.dead, row.last_error])).to.deep.equal([[10, 1, 'Error: never']]);
    expect((await dispatcher.lag()).dead).to.equal(1);
  });

  it('delivers a dead event again when the operator says so, to those who missed it', async () => {
    const { outbox, dispatcher } = make();
    let broken = true;
    const calls = { good: 0, bad: 0 };
    dispatcher.register(consumer('good', { 'order.paid': async () => { calls.good += 1; } }));
    dispatcher.register(consumer('bad', { 'order.paid': async () => { if (broken) throw new Error('down'); calls.bad += 1; } }));
    await outbox.emit(bench().ctx(), 'order.paid', {});
    for (let round = 0; round < 12; round += 1) { await dispatcher.drain(); bench().systemOffset += HOUR; }
    const letters = new DeadLettersService(bench().store, bench().systemTime);
    const [letter] = await letters.list(bench().ctx());
    expect(letter).to.deep.include({ name: 'order.paid', consumer: 'bad', attempts: 10, error: 'Error: down' });
    expect(await letters.list(bench().ctx(2))).to.deep.equal([]);
    broken = false;
    await letters.retry(bench().ctx(), letter!.id);
    await dispatcher.drain();
    expect(calls).to.deep.equal({ good: 1, bad: 1 });
    expect(await letters.list(bench().ctx())).to.deep.equal([]);
    let code: unknown;
    try { await letters.retry(bench().ctx(), letter!.id); } catch (error) { code = (error as { code?: string }).code; }
    expect(code).to.equal('GX_NOT_FOUND');

    broken = true;
    for (const shop of [1, 1, 2]) await outbox.emit(bench().ctx(shop), 'order.paid', {});
    for (let round = 0; round < 12; round += 1) { await dispatcher.drain(); bench().systemOffset += HOUR; }
    expect([await dispatcher.lag(bench().ctx()), await dispatcher.lag(bench().ctx(2)), await dispatcher.lag()].map(({ dead }) => dead), 'each shop its own, the operator all').to.deep.equal([2, 1, 3]);
    broken = false;
    expect(await letters.retryAll(bench().ctx())).to.equal(2);
    await dispatcher.drain();
    expect([await dispatcher.lag(bench().ctx()), await dispatcher.lag(bench().ctx(2))].map(({ dead }) => dead)).to.deep.equal([0, 1]);
    expect(calls).to.deep.equal({ good: 4, bad: 3 });
  });

  it('delivers again what a dead process had claimed, and only then', async () => {
    const { outbox, dispatcher } = make({ timeoutMs: 60_000 });
    let claimed = (): void => undefined;
    const started = new Promise<void>((resolve) => { claimed = resolve; });
    dispatcher.register(consumer('a', { 'order.paid': () => new Promise<void>((resolve) => { stops.push(resolve); claimed(); }) }));
    await outbox.emit(bench().ctx(), 'order.paid', {});
    const abandoned = dispatcher.drain();
    await started;
    const seen: string[] = [];
    const { dispatcher: second } = make();
    second.register(consumer('a', { 'order.paid': async (_ctx, _payload, meta) => { seen.push(meta.id); } }));
    expect(await second.drain(), 'the lease still holds').to.equal(0);
    bench().systemOffset += 61_000;
    expect(await second.drain()).to.equal(1);
    expect(seen).to.have.length(1);
    expect(await states()).to.deep.equal(['done']);
    for (const stop of stops.splice(0)) stop();
    await abandoned;
    expect(await states(), 'the late one changes nothing').to.deep.equal(['done']);
  });

  it('never delivers twice when two nodes drain at once', async () => {
    const seen: string[] = [];
    const nodes = [make(), make(), make()];
    for (const { dispatcher } of nodes) dispatcher.register(consumer('a', { 'order.paid': async (_ctx, payload) => { seen.push(String(payload['n'])); } }));
    for (let n = 0; n < 60; n += 1) await nodes[0]!.outbox.emit(bench().ctx(1 + (n % 3)), 'order.paid', { n });
    const made = await Promise.all(nodes.map(({ dispatcher }) => dispatcher.drain()));
    expect(made.reduce((sum, count) => sum + count, 0)).to.equal(60);
    expect(new Set(seen).size).to.equal(60);
    expect(seen).to.have.length(60);
  });

  it('stops what hangs, and the signal says so', async () => {
    const { outbox, dispatcher } = make({ timeoutMs: 60 });
    let aborted = false;
    let good = 0;
    dispatcher.register(consumer('hangs', { 'order.paid': (_ctx, _payload, meta) => new Promise<void>((resolve) => { stops.push(resolve); meta.signal.addEventListener('abort', () => { aborted = true; }); }) }));
    dispatcher.register(consumer('good', { 'order.paid': async () => { good += 1; } }));
    await outbox.emit(bench().ctx(), 'order.paid', {});
    expect(await dispatcher.drain()).to.equal(1);
    expect({ aborted, good }).to.deep.equal({ aborted: true, good: 1 });
    expect((await deliveries()).find((row) => row.consumer === 'hangs')?.last_error).to.match(/took longer than 60 ms/);
  });

  it('does not let a shop with a long backlog starve another', async () => {
    const { outbox, dispatcher } = make();
    const order: number[] = [];
    dispatcher.register(consumer('a', { 'order.paid': async (ctx) => { order.push(ctx.shop.id); } }));
    for (let n = 0; n < 100; n += 1) await outbox.emit(bench().ctx(1), 'order.paid', { n });
    await outbox.emit(bench().ctx(2), 'order.paid', {});
    await dispatcher.drain();
    expect(order).to.have.length(101);
    expect(order.indexOf(2)).to.be.below(40);
  });

  it('skips shops for which a consumer is switched off', async () => {
    const { outbox, dispatcher } = make();
    const seen: number[] = [];
    dispatcher.register(consumer('a', { 'order.paid': async (ctx) => { seen.push(ctx.shop.id); } }, (shopId) => shopId === 2));
    for (const shopId of [1, 2]) await outbox.emit(bench().ctx(shopId), 'order.paid', {});
    expect(await dispatcher.drain()).to.equal(1);
    expect(seen).to.deep.equal([2]);
    expect(await states(1)).to.deep.equal(['done']);
  });

  it('keeps no row of an event that nobody handles', async () => {
    const { outbox, dispatcher } = make();
    dispatcher.register(consumer('a', { 'order.paid': () => Promise.resolve() }));
    await outbox.emit(bench().ctx(1), 'order.delivered', {});
    expect(await states(1)).to.deep.equal([]);
    await outbox.emit(bench().ctx(1), 'order.paid', {});
    expect(await dispatcher.drain()).to.equal(1);
    expect(await states(1)).to.deep.equal(['done']);
  });

  it('gives up on events of a shop that is gone', async () => {
    const { outbox, dispatcher } = make();
    dispatcher.register(consumer('a', { 'order.paid': () => Promise.resolve() }));
    await outbox.emit(bench().ctx(3), 'order.paid', {});
    const [gone] = bench().shops.splice(2, 1);
    for (let round = 0; round < 12; round += 1) { await dispatcher.drain(); bench().systemOffset += HOUR; }
    expect((await dispatcher.lag()).dead).to.equal(1);
    bench().shops.push(gone!);
  });

  it('forgets delivered events after a week and keeps dead ones', async () => {
    const { outbox, dispatcher } = make();
    dispatcher.register(consumer('a', { 'order.paid': async () => undefined }));
    await outbox.emit(bench().ctx(), 'order.paid', {});
    await dispatcher.drain();
    expect(await outbox.purge(bench().ctx())).to.equal(0);
    bench().systemOffset += 8 * 24 * HOUR;
    expect(await outbox.purge(bench().ctx())).to.equal(1);
    expect(await deliveries()).to.deep.equal([]);
  });

  it('delivers by itself once started', async () => {
    const { outbox, dispatcher } = make({ pollMs: 50 });
    const done = new Promise<void>((resolve) => { dispatcher.register(consumer('a', { 'order.paid': async () => { resolve(); } })); });
    dispatcher.start();
    await bench().store.hot(bench().ctx(), 'x', function* (ctx) { yield* outbox.steps.emit(ctx, 'order.paid', {}); });
    await done;
    await dispatcher.stop();
    expect(await states()).to.deep.equal(['done']);
  });

  it('refuses names that are not <owner>.<word>', async () => {
    const { outbox } = make();
    for (const name of ['paid', 'Order.Paid', 'order.', 'order paid.x']) {
      let code: unknown;
      try { await outbox.emit(bench().ctx(), name, {}); } catch (error) { code = (error as { code?: string }).code; }
      expect(code, name).to.equal('GX_EVENT_NAME');
    }
    expect(await bench().store.hot(bench().ctx(), 'x', () => sql.many(STATES))).to.deep.equal([]);
  });
});
