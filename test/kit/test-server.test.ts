import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { onEachServer, startTestServer } from './index.js';

onEachServer('test server', {}, (server) => {
  it('lets a shopper order, receive and return, and the points follow', async () => {
    const ann = await server().shopper({ name: 'Ann' });
    const [product] = (await server().services.products.search(server().context(), '', { limit: 1 })).items;
    expect(product, 'a product to buy').to.not.equal(undefined);
    const points = async (): Promise<{ available: number; pending: number }> => (await ann.must<{ points: { available: number; pending: number } }>('GET', '/api/storefront/me')).points;
    const order = await server().order(ann, [{ sku: product!.sku, quantity: 2 }]);
    const earned = Math.floor(product!.price * 2 / 100);
    expect(await points()).to.include({ available: 0, pending: earned });
    await server().deliver(order.id);
    await server().advance('P8D');
    expect(await points()).to.include({ available: earned, pending: 0 });
    await server().refund(order.id);
    expect(await points()).to.include({ available: 0, pending: 0 });
    await server().integrity();
  });

  it('knows the merchant, a guest and a stranger', async () => {
    expect((await (await server().admin()).get('/api/admin/marketplace')).status).to.equal(200);
    expect((await (await server().guest()).get('/api/storefront/me')).status).to.equal(200);
    const stranger = await server().visitor().get<{ code: string }>('/api/storefront/me');
    expect(stranger.status).to.equal(401);
    expect(stranger.body.code).to.equal('GX_UNAUTHENTICATED');
  });
});

describe('test servers', () => {
  it('share nothing', async () => {
    await using first = await startTestServer();
    await using second = await startTestServer();
    const ann = await first.shopper();
    expect((await second.visitor().get('/api/storefront/me', { headers: { authorization: `Bearer ${ann.bearer ?? ''}` } })).status).to.equal(401);
  });

  it('stop while a browser has connected ahead of what it may ask', async function () {
    // A stop that waits for others gives up after ten seconds.
    this.timeout(8_000);
    const server = await startTestServer({ plugins: [] });
    const ahead = connect(server.running.port, '127.0.0.1');
    await once(ahead, 'connect');
    expect((await server.visitor().get('/healthz')).status).to.equal(200);
    const ended = once(ahead, 'close');
    ahead.resume();
    await server.close();
    await ended;
  });
});
