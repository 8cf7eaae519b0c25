import { expect } from 'chai';
import { WebhookVerifier } from '../../../server/shops/shopify/webhook.verifier.js';
import { OLD_SECRET, SECRET, SHOP, webhookHmac } from './signing.js';

const verifier = new WebhookVerifier([SECRET, OLD_SECRET]);
const body = Buffer.from('{"id":820982911946154508,"email":"jon@example.com"}');
const headers = (change: Readonly<Record<string, string | undefined>> = {}): Record<string, string | undefined> => ({
  'x-shopify-topic': 'orders/paid', 'x-shopify-hmac-sha256': webhookHmac(body), 'x-shopify-shop-domain': SHOP, 'x-shopify-api-version': '2026-07',
  'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043', 'x-shopify-event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5', 'x-shopify-triggered-at': '2026-11-01T12:00:00.123456789Z', ...change,
});

describe('a webhook of Shopify', () => {
  it('is read with its headers', () => {
    const answer = verifier.verify(body, headers());
    expect(answer.ok && answer.delivery).to.deep.equal({
      topic: 'orders/paid', shopDomain: SHOP, deliveryId: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043', eventId: '98880550-7158-44d4-b7cd-2c97c8a091b5', apiVersion: '2026-07',
      triggeredAt: Date.UTC(2026, 10, 1, 12, 0, 0, 123), body: body.toString(),
    });
  });

  it('may be signed with the old secret, which Shopify uses for up to an hour after a rotation', () => {
    expect(verifier.verify(body, headers({ 'x-shopify-hmac-sha256': webhookHmac(body, OLD_SECRET) })).ok).to.equal(true);
  });

  it('knows topics with a dot and does without optional headers', () => {
    const answer = verifier.verify(body, headers({ 'x-shopify-topic': 'customer.tags_added', 'x-shopify-event-id': undefined, 'x-shopify-triggered-at': 'never', 'x-shopify-api-version': undefined }));
    expect(answer.ok && answer.delivery).to.deep.include({ topic: 'customer.tags_added', eventId: null, triggeredAt: null, apiVersion: null });
  });

  const forged: Readonly<Record<string, string | undefined>> = {
    'no signature': undefined, 'an empty signature': '', 'another secret\'s signature': webhookHmac(body, 'x'), 'hex instead of base64': Buffer.from(webhookHmac(body), 'base64').toString('hex'),
    'a cut signature': webhookHmac(body).slice(0, -4), 'a signature with white space': ` ${webhookHmac(body)}`, 'base64url': webhookHmac(body).replaceAll('=', ''), 'the signature of other JSON of the same meaning': webhookHmac(JSON.stringify(JSON.parse(body.toString()))),
  };
  for (const [name, signature] of Object.entries(forged)) {
    it(`is refused with ${name}`, () => { expect(verifier.verify(body, headers({ 'x-shopify-hmac-sha256': signature }))).to.deep.equal({ ok: false, reason: 'signature' }); });
  }

  it('is refused when one byte of the body changes', () => {
    for (const at of [0, 10, body.length - 1]) {
      const other = Buffer.from(body);
      other[at] = other[at]! ^ 1;
      expect(verifier.verify(other, headers()).ok).to.equal(false);
    }
    expect(verifier.verify(Buffer.concat([body, Buffer.from('\n')]), headers()).ok).to.equal(false);
  });

  it('is no delivery without topic, shop and id', () => {
    for (const change of [{ 'x-shopify-topic': undefined }, { 'x-shopify-topic': '../x' }, { 'x-shopify-shop-domain': 'evil.example' }, { 'x-shopify-shop-domain': undefined }, { 'x-shopify-webhook-id': undefined }, { 'x-shopify-webhook-id': 'x'.repeat(101) }]) {
      expect(verifier.verify(body, headers(change))).to.deep.equal({ ok: false, reason: 'headers' });
    }
  });
});
