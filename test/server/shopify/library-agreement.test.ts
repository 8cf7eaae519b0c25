import '@shopify/shopify-api/adapters/node';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';
import { getHmac, getJwt } from '@shopify/shopify-api/test-helpers';
import { expect } from 'chai';
import { AppProxyVerifier } from '../../../server/shops/shopify/app-proxy.verifier.js';
import { IdTokenVerifier } from '../../../server/shops/shopify/id-token.verifier.js';
import { WebhookVerifier } from '../../../server/shops/shopify/webhook.verifier.js';
import { API_KEY, idToken, proxyQuery, SECRET, SHOP, webhookHmac } from './signing.js';

/** The library judges by the machine's clock, so these tokens are made for now. */
const now = (): number => Math.floor(Date.now() / 1000);
const shopify = shopifyApi({ apiKey: API_KEY, apiSecretKey: SECRET, apiVersion: ApiVersion.July26, isEmbeddedApp: true, hostName: 'app.example.com', scopes: [], logger: { log: () => undefined } });

describe('our verifiers and the official library', () => {
  it('agree on an ID token', async () => {
    const at = now();
    const token = await idToken({ iat: at, nbf: at, exp: at + 60 });
    expect((await shopify.session.decodeSessionToken(token)).dest).to.equal(`https://${SHOP}`);
    expect((await new IdTokenVerifier({ apiKey: API_KEY, secrets: [SECRET], scopes: '' }, Date.now).verify(token)).ok).to.equal(true);
  });

  it('differ on a token that the library\'s own test helper makes: its issuer is no address and its life an hour', async () => {
    const { token } = await getJwt('example-shop', API_KEY, SECRET);
    await shopify.session.decodeSessionToken(token);
    expect((await new IdTokenVerifier({ apiKey: API_KEY, secrets: [SECRET], scopes: '' }, Date.now).verify(token)).ok).to.equal(false);
  });

  it('differ on tokens of shoppers: the library takes them', async () => {
    const at = now();
    const token = await idToken({ iat: at, nbf: at, exp: at + 60, iss: undefined, sub: 'gid://shopify/Customer/1' });
    await shopify.session.decodeSessionToken(token);
    expect((await new IdTokenVerifier({ apiKey: API_KEY, secrets: [SECRET], scopes: '' }, Date.now).verify(token)).ok).to.equal(false);
  });

  it('agree on a webhook', async () => {
    const body = '{"id":820982911946154508,"text":"关系 ☕"}';
    expect(webhookHmac(body)).to.equal(getHmac(body, SECRET));
    const headers = { 'x-shopify-topic': 'orders/paid', 'x-shopify-hmac-sha256': getHmac(body, SECRET), 'x-shopify-shop-domain': SHOP, 'x-shopify-api-version': '2026-07', 'x-shopify-webhook-id': 'a-1' };
    const verifier = new WebhookVerifier([SECRET]);
    expect(verifier.verify(Buffer.from(body), headers).ok).to.equal(true);
    expect(verifier.verify(Buffer.from(`${body} `), headers).ok).to.equal(false);
  });

  it('agree on an app-proxy request, and differ where the library is lax', async () => {
    const verifier = new AppProxyVerifier([SECRET], Date.now);
    const library = async (query: string): Promise<boolean> => shopify.utils.validateHmac(Object.fromEntries(new URLSearchParams(query)), { signator: 'appProxy' });
    for (const customer of ['', '42']) {
      const query = proxyQuery([['page', '2']], { at: now(), customer });
      expect([verifier.verify(query).ok, await library(query)]).to.deep.equal([true, true]);
      const changed = query.replace('page=2', 'page=3');
      expect([verifier.verify(changed).ok, await library(changed)]).to.deep.equal([false, false]);
    }
    const timeless = proxyQuery([], { at: 'abc' });
    expect([verifier.verify(timeless).ok, await library(timeless)]).to.deep.equal([false, true]);
  });
});
