import { expect } from 'chai';
import { goodPlugin, removeGoodPlugins } from '../fixtures/contract/good-plugin.js';
import { closeBrowser, createTestHost, engines, type MountOptions, type TestHost } from './index.js';

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

describe('a test host\'s outside and its browser', function () {
  this.timeout(60_000);
  after(removeGoodPlugins);

  it('stands in for services, keeps what they were asked, and answers otherwise from then on', async () => {
    const source = await goodPlugin({
      manifest: (manifest) => ({ ...manifest, capabilities: [...manifest.capabilities, { name: 'net:api.example.com', reason: { en: 'x', 'zh-CN': 'x' } }] }),
      code: {
        routes: `(router, app) => { router.storefront.route('get', '/teas', { summary: 'x', audience: 'visitor', reply: z.any() }, async (ctx) => {
          const { status, text } = await app.use('http').request(ctx, 'https://api.example.com/teas?n=1', { method: 'POST', headers: { 'x-key': 'k' }, body: { n: 1 } });
          return { status, text };
        }); }`,
      },
    });
    await using host = await createTestHost({ plugins: [source] });
    await host.install();
    const teas = async (): Promise<unknown> => (await host.request('storefront', 'get', '/teas', { as: host.visitor() })).body;
    await host.answer('api.example.com', ({ body }) => ({ status: 201, body: { for: body } }));
    expect(await teas()).to.deep.equal({ status: 201, text: '{"for":{"n":1}}' });
    const [call, ...others] = host.calls('api.example.com');
    expect(others).to.have.length(0);
    expect(call).to.deep.include({ host: 'api.example.com', method: 'POST', path: '/teas?n=1', body: { n: 1 } });
    expect(call?.headers).to.include({ 'x-key': 'k', 'user-agent': 'Guanxi (plugin good-notes/1.0.0)' });
    await host.upgrade(source);
    await host.answer('API.example.com', () => { throw new Error('closed'); });
    expect(await teas()).to.deep.equal({ status: 500, text: 'Error: closed' });
    expect(host.calls('api.example.com')).to.have.length(2);
    expect(host.calls('other.example.com')).to.deep.equal([]);
  });

  it('shows widgets of any shop in any language, and says why it cannot', async () => {
    await using host = await createTestHost({ plugins: [await goodPlugin()] });
    await host.install('second');
    const refused = (widget: string, options?: MountOptions): Promise<unknown> => host.mount(widget, options).then(() => 'shown', String);
    expect(await refused('hello')).to.contain('"good-notes" is not switched on there. Call host.install(\'demo\', \'good-notes\') first.');
    expect(await refused('bye', { shop: 'second' })).to.contain('has no widget "bye". It has: hello, notes.');
    {
      await using shown = await host.mount('hello', { shop: 'second', lang: 'zh-CN' });
      await shown.widget.getByText('你好，Ann').waitFor();
      await using panel = await host.mount('notes', { shop: 'second', lang: 'zh-CN' });
      await panel.widget.getByRole('heading', { name: '留言' }).waitFor();
    }
    await closeBrowser();
    const chosen = process.env['CHROME_PATH'];
    process.env['CHROME_PATH'] = '/nowhere/chrome';
    try { expect(await refused('hello', { shop: 'second' })).to.contain('The widget "hello" cannot be shown, because there is no browser here. CHROME_PATH names /nowhere/chrome'); }
    finally {
      if (chosen === undefined) delete process.env['CHROME_PATH']; else process.env['CHROME_PATH'] = chosen;
      await closeBrowser();
    }
  });
});
