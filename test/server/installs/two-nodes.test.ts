import { expect } from 'chai';
import { SystemStatement } from '../../../server/data/data-store.js';
import { calls } from '../../fixtures/plugins/lives/lives.js';
import { engines } from '../../kit/databases.js';
import { lifeOf, livesPlugin } from './lives-fixture.js';
import { ground } from './restarts.js';

/** Milliseconds until `now` answers `wanted`; gives up after `patience` ms. */
async function until(now: () => Promise<number>, wanted: number, patience = 5_000): Promise<number> {
  const began = performance.now();
  for (;;) {
    if (await now() === wanted) return performance.now() - began;
    if (performance.now() - began > patience) throw new Error(`It never answered ${wanted}.`);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}

if (engines.includes('postgres')) {
  describe('two nodes on one database', () => {
    it('hear of what happened on the other within a second, on routes, widgets, events and jobs', async () => {
      await using place = await ground('postgres');
      const source = livesPlugin();
      const one = await place.start([source]), two = await place.start([source]);
      const life = lifeOf(await one.admin());
      const seen = async (): Promise<number> => (await two.visitor().get('/api/storefront/plugins/lives/notes')).status;
      const widgets = async (): Promise<number> => (await two.visitor().must<{ widgets: unknown[] }>('GET', '/api/storefront/bootstrap')).widgets.length;
      expect(await seen()).to.equal(404);
      expect((await life.install()).body.state).to.equal('enabled');
      const times = [await until(seen, 200)];
      for (let round = 0; round < 3; round++) {
        await life.post('disable');
        times.push(await until(seen, 404));
        expect(await widgets()).to.equal(0);
        calls.length = 0;
        await two.shopper();
        await two.drain();
        expect(calls.map(({ what }) => what)).to.not.include('customer.created');
        await life.post('enable');
        times.push(await until(seen, 200));
        expect(await widgets()).to.equal(1);
      }
      // The middle one: a busy machine may hold up one of them, but who only looked every 5 s would be late with most.
      expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)], `${times.map((ms) => Math.round(ms)).join(', ')} ms`).to.be.lessThan(1_000);
    });

    it('run each hook once however many of them look for work, and refuse the slower of two who act at once', async () => {
      await using place = await ground('postgres');
      const source = livesPlugin();
      const nodes = [await place.start([source]), await place.start([source])];
      calls.length = 0;
      const lives = await Promise.all(nodes.map(async (node) => lifeOf(await node.admin())));
      const installs = await Promise.all(lives.map((life) => life.install()));
      expect(installs.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      for (const node of nodes) await node.drain();
      expect(calls.map(({ what }) => what)).to.deep.equal(['onInstall', 'onEnable']);
      // Each hears of it in its own time.
      for (const life of lives) await until(async () => Number((await life.item()).state === 'enabled'), 1, 12_000);
      const both = await Promise.all([lives[0]!.post('disable'), lives[1]!.uninstall()]);
      // Whoever comes second finds another state: to uninstall what is just disabled is possible, the other way round is not.
      expect(both.filter(({ status }) => status === 200).length).to.be.greaterThan(0);
      const states = async (): Promise<number> => new Set(await Promise.all(lives.map(async (life) => (await life.item()).state))).size;
      await until(states, 1, 12_000);
    });
  });
}

for (const engine of engines) {
  describe(`a node that missed a notice (${engine})`, () => {
    it('learns of the change by looking, a few seconds later', async () => {
      await using place = await ground(engine);
      const server = await place.start([livesPlugin()]);
      await lifeOf(await server.admin()).install();
      // What was said of the install itself has arrived when this has.
      const { store } = server.services;
      await new Promise<void>((resolve) => { store.onNotify('quiet', () => { resolve(); }); void store.notify('quiet', ''); });
      await server.services.installs.load();
      // As another node writes it, without a word to this one.
      await server.services.store.system.run(new SystemStatement(`UPDATE plugin_install SET state = 'disabled', revision = revision + 1 WHERE id = 'lives' RETURNING id`));
      const seen = async (): Promise<number> => (await server.visitor().get('/api/storefront/plugins/lives/notes')).status;
      expect(await seen()).to.equal(200);
      await until(seen, 404, 12_000);
    });
  });
}
