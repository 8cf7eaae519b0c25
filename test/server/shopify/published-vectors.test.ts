import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppProxyVerifier, canonicalProxyQuery } from '../../../server/shops/shopify/app-proxy.verifier.js';
import { orderSnapshot } from '../../../server/shops/shopify/order-payload.js';
import { parseLossless } from '../../../server/shops/shopify/lossless-json.js';
import { Fields } from '../../../server/shops/shopify/payload-fields.js';
import { productSnapshot } from '../../../server/shops/shopify/product-payload.js';
import { refundSnapshot } from '../../../server/shops/shopify/refund-payload.js';
import { WebhookVerifier } from '../../../server/shops/shopify/webhook.verifier.js';
import { payloads, published, publishedFolder } from './published.js';
import { NOW, signQuery, SHOP, webhookHmac, SECRET } from './signing.js';

interface Vectors {
  appProxy: { secret: string; query: string; canonical: string; signature: string }[];
  appProxyOrdering: { params: Record<string, string>; canonicalPrefix: string }[];
  appProxyTimestamp: { timestamp: string | null; mustBe: string }[];
  oauthCallback: { secret: string; message: string; hmac: string }[];
  webhook: { secret: string; rawBody: string; hmacBase64: string }[];
  sessionToken: { algorithm: string; clockToleranceSeconds: number };
}

describe('Shopify\'s published vectors and payloads', function () {
  before(function () {
    if (published) return;
    console.log(`      passed over: ${'shared/data/shopify'} is not beside the repository`);
    this.skip();
  });
  const vectors = (): Vectors => JSON.parse(readFileSync(join(publishedFolder, 'vectors.json'), 'utf8')) as Vectors;
  const grouped = (query: string): Map<string, string[]> => { const params = new URLSearchParams(query); return new Map([...params.keys()].map((name) => [name, params.getAll(name)])); };

  it('app proxy: canonical string and signature', () => {
    for (const { secret, query, canonical, signature } of vectors().appProxy) {
      expect(canonicalProxyQuery(grouped(query))).to.equal(canonical);
      const at = Number(new URLSearchParams(query).get('timestamp'));
      expect(new AppProxyVerifier([secret], () => at * 1000).verify(`${query}&signature=${signature}`).ok).to.equal(true);
      expect(new AppProxyVerifier(['other'], () => at * 1000).verify(`${query}&signature=${signature}`).ok).to.equal(false);
    }
  });

  it('app proxy: order of names that the library gets wrong', () => {
    for (const { params, canonicalPrefix } of vectors().appProxyOrdering) {
      expect(canonicalProxyQuery(new Map(Object.entries(params).map(([name, value]) => [name, [value]])))).to.satisfy((text: string) => text.startsWith(canonicalPrefix));
      const query = signQuery([...Object.entries(params).filter(([name]) => name !== 'shop'), ['shop', SHOP], ['logged_in_customer_id', ''], ['path_prefix', '/apps/x'], ['timestamp', String(NOW)]]);
      expect(new AppProxyVerifier([SECRET], () => NOW * 1000).verify(query).ok).to.equal(true);
    }
  });

  it('app proxy: timestamps that the library lets through', () => {
    for (const { timestamp, mustBe } of vectors().appProxyTimestamp) {
      const query = signQuery([['shop', SHOP], ['logged_in_customer_id', ''], ['path_prefix', '/apps/x'], ...(timestamp === null ? [] : [['timestamp', timestamp] as const])]);
      expect(new AppProxyVerifier([SECRET], () => NOW * 1000).verify(query).ok ? 'accepted' : 'rejected').to.equal(mustBe);
    }
  });

  it('webhook signature', () => {
    for (const { secret, rawBody, hmacBase64 } of vectors().webhook) {
      expect(webhookHmac(rawBody, secret)).to.equal(hmacBase64);
      expect(new WebhookVerifier([secret]).verify(Buffer.from(rawBody), { 'x-shopify-hmac-sha256': hmacBase64, 'x-shopify-topic': 'orders/paid', 'x-shopify-shop-domain': SHOP, 'x-shopify-webhook-id': '1' }).ok).to.equal(true);
    }
  });

  it('document request signature, as a check of our reading of the vectors', () => {
    for (const { secret, message, hmac } of vectors().oauthCallback) expect(createHmac('sha256', secret).update(message).digest('hex')).to.equal(hmac);
  });

  it('every payload parses without losing a digit of an id', () => {
    for (const [topic, text] of payloads(SHOP)) {
      const numbers = [...text.matchAll(/:\s*(\d{16,})\b/g)].map((match) => match[1]!);
      const again = JSON.stringify(parseLossless(text));
      for (const number of numbers) expect(again, topic).to.contain(number);
    }
  });

  it('orders, refunds and products become what they say', () => {
    const all = payloads(SHOP);
    const fields = (topic: string): Fields => Fields.of(parseLossless(all.get(topic)!))!;
    for (const topic of ['orders/create', 'orders/paid', 'orders/updated', 'orders/fulfilled', 'orders/cancelled']) {
      const order = orderSnapshot(fields(topic), 0)!;
      expect(order, topic).to.deep.include({ externalId: 'gid://shopify/Order/820982911946154508', number: '#9999', currency: 'USD', total: 40_495, subtotal: 40_495, shipping: 1_000, discount: 2_000, test: true, paidAt: null, cancelledAt: Date.UTC(2022, 0, 1) });
      expect(order.customer?.externalId).to.equal('gid://shopify/Customer/115310627314723954');
      expect(order.lines.map((line) => [line.sku, line.quantity, line.paid])).to.deep.include(['SKU2006-001', 1, 8_999]);
      expect(order.lines[0]!.externalId).to.equal('gid://shopify/LineItem/487817672276298554');
    }
    const refund = refundSnapshot(fields('refunds/create'), 'USD')!;
    expect(refund).to.deep.include({ externalId: 'gid://shopify/Refund/890088186047892319', amount: 8_500 });
    expect(refund.lines.map((line) => line.lineExternalId)).to.include('gid://shopify/LineItem/487817672276298554');
    for (const topic of ['products/create', 'products/update']) {
      const product = productSnapshot(fields(topic), 'USD', SHOP, 0)!;
      expect(product).to.deep.include({ externalId: 'gid://shopify/Product/788032119674292922', title: 'Example T-Shirt', category: 'Shirts' });
      expect(product.variants.map((variant) => variant.price)).to.deep.equal([1_999, 1_999]);
    }
  });
});
