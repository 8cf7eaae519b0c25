import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { RateLimits } from '../../../server/http/rate-limits.js';
import { issueShopperToken, KnownTokens, verifyShopperToken, type ShopperClaims } from '../../../server/http/shopper-token.js';
import { GxError } from '../../../server/plugin-api/index.js';

describe('tokens that were verified once', () => {
  const key = randomBytes(32);
  const token = (person: string, exp = 1_000): string => issueShopperToken(key, { shop: 1, person, guest: false, exp });
  const known = (most?: number) => {
    const verified: string[] = [];
    return { verified, tokens: new KnownTokens<ShopperClaims>((given, now) => { verified.push(given); return verifyShopperToken(key, given, now); }, most) };
  };

  it('are not verified again, and end at their time all the same', () => {
    const { tokens, verified } = known();
    for (let n = 0; n < 5; n++) expect(tokens.claims(token('p'), 999)).to.deep.include({ person: 'p' });
    expect(verified).to.have.length(1);
    expect(tokens.claims(token('p'), 1_000)).to.equal(undefined);
    expect(tokens.claims(token('p'), 1_001)).to.equal(undefined);
  });

  it('never include a forged one', () => {
    const { tokens, verified } = known();
    const forged = `${token('p').slice(0, -2)}AA`;
    for (let n = 0; n < 3; n++) expect(tokens.claims(forged, 0)).to.equal(undefined);
    expect(verified, 'a refusal is not remembered').to.have.length(3);
  });

  it('are as many as allowed: those that nobody used for long are forgotten', () => {
    const { tokens, verified } = known(4);
    const use = (...people: string[]): void => { for (const person of people) expect(tokens.claims(token(person), 0)?.person).to.equal(person); };
    use('a', 'b', 'c', 'a', 'd');
    expect(verified).to.have.length(4);
    use('e', 'a');
    expect(verified, 'a was used all along').to.have.length(5);
    use('b');
    expect(verified, 'b was not').to.have.length(6);
  });
});

describe('requests per minute', () => {
  const refusal = (act: () => void): GxError | undefined => { try { act(); return undefined; } catch (error) { return error as GxError; } };

  it('are counted per key and rate, in a minute that begins with the first', () => {
    let now = 5_000;
    const limits = new RateLimits(2, () => now);
    for (let n = 0; n < 3; n++) limits.person('shop/plugin/p', 3);
    now += 20_000;
    const refused = refusal(() => { limits.person('shop/plugin/p', 3); });
    expect(refused).to.include({ code: 'GX_RATE_LIMIT', status: 429 });
    expect(refused?.details).to.deep.equal({ retryAfter: 40 });
    expect(refusal(() => { limits.person('shop/plugin/q', 3); }), 'somebody else').to.equal(undefined);
    expect(refusal(() => { limits.person('shop/plugin/p', 4); }), 'another rate').to.equal(undefined);
    now += 40_000;
    expect(refusal(() => { limits.person('shop/plugin/p', 3); }), 'the next minute').to.equal(undefined);
    limits.address('::1');
    limits.address('::1');
    expect(refusal(() => { limits.address('::1'); })?.code).to.equal('GX_RATE_LIMIT');
  });

  it('of addresses have no limit when none is set', () => {
    const limits = new RateLimits(0);
    for (let n = 0; n < 5_000; n++) limits.address('::1');
  });
});
