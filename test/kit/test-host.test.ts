import { expect } from 'chai';
import { goodPlugin, removeGoodPlugins } from '../fixtures/contract/good-plugin.js';
import { createTestHost, engines, type TestHost } from './index.js';

interface Notes { readonly items: readonly { readonly id: string; readonly words: string }[] }

for (const engine of engines) {
  describe(`test host (${engine})`, () => {
    let host: TestHost;
    const words = async (shop = 'demo'): Promise<readonly string[]> => (await host.request<Notes>('admin', 'get', '/notes', { shop })).body.items.map((note) => note.words);
    before(async () => { host = await createTestHost({ plugins: [await goodPlugin()], engine, clock: 'PT3H' }); });
    after(async () => { await host.close(); removeGoodPlugins(); });

    it('is ahead of the machine by as much as was asked for', () => { expect(host.services.clock.now() - Date.now()).to.be.closeTo(3 * 3_600_000, 60_000); });

    it('installs in one shop and not in the others', async () => {
      await host.install('demo');
      expect((await host.request('admin', 'get', '/notes')).status).to.equal(200);
      expect((await host.request('admin', 'get', '/notes', { shop: 'second' })).status).to.equal(409);
      await host.install('second');
      expect(await words('second')).to.deep.equal([]);
    });

    it('asks as the merchant, as a member, as whoever is named', async () => {
      const ann = await host.shopper('demo', { name: 'Ann' });
      expect((await host.request('storefront', 'post', '/notes', { as: ann.client, body: { words: 'Nice tea' } })).status).to.equal(201);
      expect((await host.request('storefront', 'post', '/notes', { as: host.visitor(), body: { words: 'x' } })).status).to.equal(401);
      expect((await host.request('storefront', 'post', '/notes', { as: await host.guest(), body: { words: 'x' } })).status).to.equal(403);
      expect(await words()).to.include('Nice tea');
      expect(await words('second')).to.not.include('Nice tea');
    });

    it('tells of events, and runs jobs at once or when they fall due', async () => {
      const { personId } = await host.shopper('second');
      await host.drain();
      const before = (await words('second')).length;
      await host.emit('customer.created', { personId }, 'second');
      expect(await words('second')).to.have.length(before + 1);
      await host.runJob('tidy', 'second');
      expect(await words('second')).to.have.length(before + 1);
      await host.advance('PT3H');
      expect(await words('second')).to.deep.equal([]);
      const unknown = await host.runJob('sweep').catch(String);
      expect(unknown).to.contain('has no job "sweep". It has: tidy.');
    });

    it('hands over and erases what is known of a customer', async () => {
      const ben = await host.shopper('demo');
      await host.request('storefront', 'post', '/notes', { as: ben.client, body: { words: 'Too late' } });
      await host.drain();
      const { data } = await host.exportCustomer(ben.personId);
      expect(data['good-notes']?.['plg_good_notes_note']?.map((row) => row['words'])).to.include('Too late');
      expect((await host.eraseCustomer(ben.personId)).erased['good-notes']).to.include({ plg_good_notes_note: data['good-notes']!['plg_good_notes_note']!.length });
      expect(await words()).to.not.include('Too late');
    });

    it('switches off and on', async () => {
      await host.disable('second');
      expect((await host.request('admin', 'get', '/notes', { shop: 'second' })).status).to.equal(409);
      await host.enable('second');
      expect((await host.request('admin', 'get', '/notes', { shop: 'second' })).status).to.equal(200);
    });

    it('upgrades on the same data', async () => {
      const cleo = await host.shopper('demo');
      await host.request('storefront', 'post', '/notes', { as: cleo.client, body: { words: 'Before' } });
      await host.upgrade(await goodPlugin({ manifest: (manifest) => ({ ...manifest, version: '1.1.0' }) }));
      expect(host.report()).to.include({ state: 'active', version: '1.1.0' });
      expect(host.services.installs.of((await host.shop()).shop.id, 'good-notes')).to.include({ version: '1.1.0', state: 'enabled' });
      expect(await words()).to.include('Before');
    });

    it('uninstalls and purges, with a receipt, one shop at a time', async () => {
      await host.request('storefront', 'post', '/notes', { shop: 'second', body: { words: 'Stays' } });
      await host.uninstall('demo');
      expect((await host.request('admin', 'get', '/notes')).status).to.equal(409);
      const receipt = await host.purge('demo');
      expect(receipt?.rows['plg_good_notes_note']).to.be.greaterThan(0);
      await host.install('demo');
      expect(await words()).to.deep.equal([]);
      expect(await words('second')).to.include('Stays');
    });
  });
}

describe('a test host\'s shops', () => {
  after(removeGoodPlugins);
  it('grant the optional capabilities that were named, and the required ones always', async () => {
    const reason = { en: 'x', 'zh-CN': 'x' };
    const source = await goodPlugin({ manifest: (manifest) => ({ ...manifest, capabilities: [...manifest.capabilities, { name: 'orders.read', reason, optional: true }, { name: 'products.read', reason, optional: true }] }) });
    await using host = await createTestHost({ plugins: [source], capabilities: ['products.read'] });
    await host.install();
    const { installs } = host.services, ctx = await host.shop();
    expect(['db', 'orders.read', 'products.read'].map((name) => installs.granted(ctx, 'good-notes', name))).to.deep.equal([true, false, true]);
  });

  it('say why a plugin does not run', async () => {
    await using host = await createTestHost({ plugins: [await goodPlugin({ code: { activate: "() => { throw new Error('not today'); }" } })] });
    expect(() => host.unit()).to.throw('not today');
  });
});
