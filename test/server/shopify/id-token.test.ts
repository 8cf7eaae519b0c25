import { expect } from 'chai';
import { bearerOf, IdTokenVerifier } from '../../../server/shops/shopify/id-token.verifier.js';
import { API_KEY, idToken, NOW, OLD_SECRET, SECRET, SHOP } from './signing.js';

const verifier = new IdTokenVerifier({ apiKey: API_KEY, secrets: [SECRET, OLD_SECRET], scopes: '' }, () => NOW * 1000);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the ID token of Shopify\'s admin', () => {
  it('names the shop, the staff member and the session', async () => {
    const answer = await verifier.verify(await idToken());
    expect(answer).to.deep.include({ ok: true });
    expect(answer.ok && answer.identity).to.deep.include({ shopDomain: SHOP, userId: '902541635', expiresAt: (NOW + 60) * 1000 });
  });

  it('is accepted under the old secret during a rotation, and under no third one', async () => {
    expect((await verifier.verify(await idToken({}, OLD_SECRET))).ok).to.equal(true);
    expect(await verifier.verify(await idToken({}, 'another-secret'))).to.deep.equal({ ok: false, reason: 'invalid' });
  });

  it('is accepted up to 10 seconds around its times', async () => {
    expect((await verifier.verify(await idToken({ exp: NOW - 9, iat: NOW - 69, nbf: NOW - 69 }))).ok).to.equal(true);
    expect((await verifier.verify(await idToken({ nbf: NOW + 9, iat: NOW + 9, exp: NOW + 69 }))).ok).to.equal(true);
    expect(await verifier.verify(await idToken({ exp: NOW - 11, iat: NOW - 71, nbf: NOW - 71 }))).to.deep.equal({ ok: false, reason: 'expired' });
    expect((await verifier.verify(await idToken({ nbf: NOW + 30, iat: NOW + 30, exp: NOW + 90 }))).ok).to.equal(false);
  });

  const forged: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'another app\'s audience': { aud: 'another-app' }, 'a list of audiences': { aud: [API_KEY, 'x'] }, 'no audience': { aud: undefined },
    'no issuer': { iss: undefined }, 'another shop\'s issuer': { iss: 'https://other.myshopify.com/admin' }, 'an issuer without /admin': { iss: `https://${SHOP}` },
    'no dest': { dest: undefined }, 'a dest on http': { dest: `http://${SHOP}`, iss: `http://${SHOP}/admin` },
    'a dest outside myshopify.com': { dest: 'https://evil.example', iss: 'https://evil.example/admin' },
    'a dest that only begins right': { dest: `https://${SHOP}.evil.example`, iss: `https://${SHOP}.evil.example/admin` },
    'a dest with a path': { dest: `https://${SHOP}/`, iss: `https://${SHOP}//admin` }, 'a dest in upper case': { dest: 'https://Example-Shop.myshopify.com', iss: 'https://Example-Shop.myshopify.com/admin' },
    'no subject': { sub: undefined }, 'a customer as subject': { sub: 'gid://shopify/Customer/42' }, 'an empty subject': { sub: '' },
    'no session': { sid: undefined }, 'an empty session': { sid: '' }, 'no expiry': { exp: undefined }, 'an expiry in 2100': { exp: 4_102_444_800 }, 'no issue time': { iat: undefined }, 'no start': { nbf: undefined },
  };
  for (const [name, change] of Object.entries(forged)) {
    it(`is refused with ${name}`, async () => { expect(await verifier.verify(await idToken(change))).to.deep.include({ ok: false }); });
  }

  it('refuses a shopper\'s extension token: no issuer, a customer as subject', async () => {
    expect((await verifier.verify(await idToken({ iss: undefined, sub: 'gid://shopify/Customer/42', sid: undefined }))).ok).to.equal(false);
  });

  it('knows HS256 only', async () => {
    const [, payload] = (await idToken()).split('.');
    expect((await verifier.verify(`${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`)).ok).to.equal(false);
    expect((await verifier.verify(await idToken({}, SECRET, 'HS512'))).ok).to.equal(false);
  });

  it('takes nothing for a token that is none', async () => {
    expect(await verifier.verify(undefined)).to.deep.equal({ ok: false, reason: 'missing' });
    for (const text of ['', 'x', 'a.b.c', '..', 'x'.repeat(100_000)]) expect((await verifier.verify(text)).ok).to.equal(false);
  });

  it('says nothing of the token in its answer', async () => {
    const token = await idToken({ aud: 'another-app' });
    expect(JSON.stringify(await verifier.verify(token))).not.to.contain(token.slice(10, 40));
  });

  it('is read from a bearer header alone', () => {
    expect(bearerOf('Bearer abc.def-_x.1')).to.equal('abc.def-_x.1');
    for (const header of [undefined, '', 'Basic abc', 'bearer', 'Bearer ', 'Bearer a b', 'Bearer a\nb']) expect(bearerOf(header)).to.equal(undefined);
  });
});
