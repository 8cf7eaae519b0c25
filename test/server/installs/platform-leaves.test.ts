import { expect } from 'chai';
import { startTestServer } from '../../kit/index.js';
import { engines } from '../../kit/databases.js';
import { API_KEY, SECRET, SHOP, webhookHmac } from '../shopify/signing.js';
import { hurryUntil, livesPlugin } from './lives-fixture.js';

for (const engine of engines) {
  describe(`a shop that takes the app off (${engine})`, () => {
    it('has every plugin uninstalled, with its data kept for the retention time, and finds them so when it comes back', async () => {
      await using server = await startTestServer({ engine, plugins: [livesPlugin()], env: { SHOPIFY_API_KEY: API_KEY, SHOPIFY_API_SECRET: SECRET } });
      const { shops, installs, clock } = server.services;
      const shop = await shops.ensure({ key: SHOP, platform: 'shopify', name: 'Example', zone: 'UTC', dayStartHour: 0, currency: 'EUR', locale: 'en' }, clock.now());
      const ctx = server.running.contextFor(SHOP);
      expect((await installs.install(ctx, 'lives', ['db'])).state).to.equal('enabled');
      const body = '{"id":1}';
      const deliver = (id: string, topic = 'app/uninstalled'): Promise<Response> => fetch(`${server.url}/webhooks/shopify`, { method: 'POST', body, headers: {
        'content-type': 'application/json', 'x-shopify-topic': topic, 'x-shopify-hmac-sha256': webhookHmac(body), 'x-shopify-shop-domain': SHOP, 'x-shopify-webhook-id': id, 'x-shopify-triggered-at': new Date(clock.now() + 1_000).toISOString(),
      } });
      expect((await deliver('one')).status).to.equal(200);
      await hurryUntil(server, () => installs.of(shop.id, 'lives')?.state === 'uninstalled' && !installs.of(shop.id, 'lives')!.pending.length);
      expect(installs.of(shop.id, 'lives')).to.include({ cause: 'platform' });
      expect((installs.of(shop.id, 'lives')!.purgeAfter! - ctx.now) / 86_400_000).to.be.closeTo(30, 0.1);
      expect((await deliver('two')).status).to.equal(200);
      await server.services.inbox.process();
      expect(await server.services.inbox.lag()).to.deep.equal({ waiting: 0, dead: 0 });
      await shops.setState(shop, 'active');
      expect((await installs.install(ctx, 'lives', ['db'])).state).to.equal('enabled');
      expect((await deliver('three', 'shop/redact')).status).to.equal(200);
      await server.services.inbox.process();
      expect([installs.of(shop.id, 'lives'), installs.isEnabled(shop.id, 'lives')], 'nothing is remembered of a shop whose rows are gone').to.deep.equal([undefined, false]);
    });
  });
}
