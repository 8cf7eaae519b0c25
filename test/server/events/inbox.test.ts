import { expect } from 'chai';
import fc from 'fast-check';
import { InboxService } from '../../../server/events/inbox.service.js';
import { DAY, HOUR, statement } from '../../../server/plugin-api/index.js';
import { onBothEngines } from './bench.js';

const ROWS = statement<{ delivery_id: string; state: string; payload: string | null; error: string | null; attempts: number }>(
  'SELECT delivery_id, state, payload, error, attempts FROM inbox WHERE shop_id = :shop ORDER BY delivery_id');

onBothEngines('inbox', 'wiped', (bench) => {
  const make = (): InboxService => new InboxService(bench().store, bench().contextFor, { systemTime: bench().systemTime });
  const rows = (shopId = 1) => bench().store.read(bench().ctx(shopId), (q) => q.many(ROWS));

  it('stores a delivery once per shop and source', async () => {
    const inbox = make();
    expect(await inbox.accept(bench().ctx(1), 'shopify', 'd1', 'orders/paid', { id: 1 })).to.equal('new');
    expect(await inbox.accept(bench().ctx(1), 'shopify', 'd1', 'orders/paid', { id: 2 })).to.equal('seen');
    expect(await inbox.accept(bench().ctx(1), 'demo', 'd1', 'orders/paid', {})).to.equal('new');
    expect(await inbox.accept(bench().ctx(2), 'shopify', 'd1', 'orders/paid', {})).to.equal('new');
    expect((await rows()).map((row) => row.payload)).to.include('{"id":1}');
  });

  it('stores one of many deliveries that arrive together', async () => {
    const inbox = make();
    const answers = await Promise.all(Array.from({ length: 20 }, () => inbox.accept(bench().ctx(), 'shopify', 'same', 'orders/paid', {})));
    expect(answers.filter((answer) => answer === 'new')).to.have.length(1);
  });

  it('hands each delivery to the handler of its source once', async () => {
    const inbox = make();
    const seen: string[] = [];
    inbox.register('shopify', async (ctx, delivery) => { seen.push(`${ctx.shop.id} ${delivery.topic} ${JSON.stringify(delivery.payload)} ${ctx.actor.kind}`); });
    await inbox.accept(bench().ctx(), 'shopify', 'd1', 'orders/paid', '{"raw":1}');
    await inbox.accept(bench().ctx(), 'other', 'd2', 'x', {});
    expect(await inbox.process()).to.equal(1);
    expect(await inbox.process()).to.equal(0);
    expect(seen).to.deep.equal(['1 orders/paid {"raw":1} platform']);
    expect((await rows()).map((row) => row.state)).to.deep.equal(['done', 'waiting']);
  });

  it('tries failures again later and gives up after ten', async () => {
    const inbox = make();
    let calls = 0;
    inbox.register('shopify', async (_ctx, delivery) => { calls += 1; if (delivery.id === 'poison' || calls < 3) throw new Error('no'); });
    await inbox.accept(bench().ctx(), 'shopify', 'flaky', 't', {});
    for (let round = 0; round < 5; round += 1) { await inbox.process(); bench().systemOffset += HOUR; }
    expect(await rows()).to.deep.include({ delivery_id: 'flaky', state: 'done', payload: '{}', error: null, attempts: 3 });
    await inbox.accept(bench().ctx(), 'shopify', 'poison', 't', {});
    for (let round = 0; round < 12; round += 1) { await inbox.process(); bench().systemOffset += HOUR; }
    expect(await rows()).to.deep.include({ delivery_id: 'poison', state: 'dead', payload: '{}', error: 'Error: no', attempts: 10 });
    expect(await inbox.lag()).to.deep.equal({ waiting: 0, dead: 1 });
  });

  it('ends in the same state whatever the order and number of deliveries', async () => {
    // A handler that folds as handlers must: the newest version of each thing wins.
    const inbox = make();
    const folded = new Map<string, Map<string, number>>();
    inbox.register('shopify', async (ctx, { payload }) => {
      const { thing, version } = payload as { thing: string; version: number };
      const shop = folded.get(ctx.shop.key) ?? new Map<string, number>();
      folded.set(ctx.shop.key, shop.set(thing, Math.max(version, shop.get(thing) ?? 0)));
    });
    const facts = Array.from({ length: 12 }, (_, n) => ({ id: `d${n}`, thing: `t${n % 3}`, version: n }));
    const shuffled = fc.sample(fc.tuple(...[1, 2, 3].map(() => fc.shuffledSubarray([...facts, ...facts], { minLength: 24 }))), 1)[0]!;
    for (const [n, deliveries] of shuffled.entries()) {
      for (const [index, fact] of deliveries.entries()) {
        await inbox.accept(bench().ctx(n + 1), 'shopify', fact.id, 't', fact);
        if (index % 5 === n) await inbox.process();
      }
    }
    await inbox.process();
    for (const shop of folded.values()) expect([...shop].toSorted()).to.deep.equal([['t0', 9], ['t1', 10], ['t2', 11]]);
    expect(folded.size).to.equal(3);
  });

  it('forgets bodies after 7 days and rows after 30', async () => {
    const inbox = make();
    inbox.register('shopify', async () => undefined);
    await inbox.accept(bench().ctx(), 'shopify', 'd1', 't', { name: 'secret' });
    await inbox.process();
    expect(await inbox.purge(bench().ctx())).to.deep.equal({ rows: 0, bodies: 0 });
    bench().clock.set(bench().clock.now() + 8 * DAY);
    expect(await inbox.purge(bench().ctx())).to.deep.equal({ rows: 0, bodies: 1 });
    expect(await inbox.accept(bench().ctx(), 'shopify', 'd1', 't', {})).to.equal('seen');
    bench().clock.set(bench().clock.now() + 23 * DAY);
    expect(await inbox.purge(bench().ctx())).to.deep.equal({ rows: 1, bodies: 0 });
  });
});
