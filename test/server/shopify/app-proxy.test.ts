import { expect } from 'chai';
import fc from 'fast-check';
import { AppProxyVerifier, canonicalProxyQuery } from '../../../server/shops/shopify/app-proxy.verifier.js';
import { NOW, OLD_SECRET, proxyQuery, SECRET, SHOP, signQuery } from './signing.js';

const verifier = new AppProxyVerifier([SECRET, OLD_SECRET], () => NOW * 1000);
const signed = (change: readonly (readonly [string, string])[], without: readonly string[] = []): string =>
  signQuery([...([['shop', SHOP], ['logged_in_customer_id', '42'], ['path_prefix', '/apps/engage'], ['timestamp', String(NOW)]] as const).filter(([name]) => !without.includes(name)), ...change]);

describe('a request through Shopify\'s app proxy', () => {
  it('names the shop and the signed-in customer', () => {
    const answer = verifier.verify(proxyQuery([['page', '2'], ['q', 'a b+c&d']], { customer: '820982911946154508' }));
    expect(answer.ok && answer.identity).to.deep.include({ shopDomain: SHOP, customerId: 'gid://shopify/Customer/820982911946154508', pathPrefix: '/apps/engage' });
    expect(answer.ok && [...answer.identity.query]).to.deep.equal([['page', ['2']], ['q', ['a b+c&d']]]);
  });

  it('has no customer when nobody is signed in', () => {
    const answer = verifier.verify(proxyQuery([]));
    expect(answer.ok && answer.identity.customerId).to.equal(null);
  });

  it('may be signed with the old secret, and with no third one', () => {
    expect(verifier.verify(proxyQuery([], { secret: OLD_SECRET })).ok).to.equal(true);
    expect(verifier.verify(proxyQuery([], { secret: 'x' }))).to.deep.equal({ ok: false, reason: 'signature' });
  });

  it('is believed for 90 seconds', () => {
    for (const at of [NOW - 90, NOW + 90]) expect(verifier.verify(proxyQuery([], { at })).ok).to.equal(true);
    for (const at of [NOW - 91, NOW + 91]) expect(verifier.verify(proxyQuery([], { at }))).to.deep.equal({ ok: false, reason: 'stale' });
  });

  it('is sorted by bytes, so that capitals and common beginnings verify', () => {
    for (const own of [[['consented', '1'], ['consentGiven', '2']], [['a', '1'], ['a-b', '2']], [['Zed', '1'], ['alpha', '2']], [['k', '1'], ['k', '2'], ['k', '']]] as const) {
      expect(verifier.verify(proxyQuery(own)).ok, JSON.stringify(own)).to.equal(true);
    }
    expect(canonicalProxyQuery(new Map([['a', ['1']], ['a-b', ['2']]]))).to.equal('a-b=2a=1');
  });

  const refused: Readonly<Record<string, string>> = {
    'no timestamp': signed([], ['timestamp']), 'a timestamp that is no number': proxyQuery([], { at: 'abc' }), 'a timestamp with a fraction': proxyQuery([], { at: `${NOW}.5` }), 'an empty timestamp': proxyQuery([], { at: '' }),
    'two shops': signed([['shop', 'other.myshopify.com']]), 'two customers': signed([['logged_in_customer_id', '1']]), 'two timestamps': signed([['timestamp', String(NOW)]]),
    'two prefixes': signed([['path_prefix', '/apps/x']]), 'two signatures': `${proxyQuery([])}&signature=${'0'.repeat(64)}`,
    'no shop': signed([], ['shop']), 'no customer field': signed([], ['logged_in_customer_id']), 'no prefix': signed([], ['path_prefix']), 'no signature': proxyQuery([]).replace(/&signature=.*/, ''),
    'a shop in upper case': proxyQuery([], { shop: 'Example-Shop.myshopify.com' }), 'a shop elsewhere': proxyQuery([], { shop: 'shop.evil.example' }), 'a shop that begins with a dash': proxyQuery([], { shop: '-a.myshopify.com' }),
    'a customer that is no number': proxyQuery([], { customer: 'gid://shopify/Customer/1' }), 'a negative customer': proxyQuery([], { customer: '-1' }),
    'an array in brackets': signed([['ids[]', '1']]), 'an equals sign in a value': signed([['extra', '1logged_in_customer_id=42']]), 'a name that ends like a reserved one': signed([['xshop', '1']]),
    'a name that is the end of a reserved one': signed([['ogged_in_customer_id', '1']]), 'a name of another signed request': signed([['id_token', '1']]), 'an empty name': signed([['', '1']]),
    'an upper-case signature': proxyQuery([]).replace(/signature=(.*)/, (_, hex: string) => `signature=${hex.toUpperCase()}`), 'a short signature': proxyQuery([]).slice(0, -2), 'a huge query': signed([['a', 'x'.repeat(9_000)]]),
  };
  for (const [name, query] of Object.entries(refused)) it(`is refused with ${name}`, () => { expect(verifier.verify(query)).to.deep.include({ ok: false }); });

  it('is refused when any byte of a value changes', () => {
    const query = proxyQuery([['page', '2']], { customer: '42' });
    for (const other of [query.replace('page=2', 'page=3'), query.replace('customer_id=42', 'customer_id=43'), query.replace('example-shop', 'example-shob'), `${query}&more=1`]) {
      expect(verifier.verify(other).ok, other).to.equal(false);
    }
  });
});

/** Every other reading of a signed string whose pairs are cut elsewhere. */
function reading(canonical: string, cuts: readonly number[]): [string, string][] {
  const edges = [0, ...[...new Set(cuts.map((cut) => cut % (canonical.length + 1)))].filter((cut) => cut > 0).sort((a, b) => a - b), canonical.length];
  return edges.slice(0, -1).flatMap((start, index) => {
    const [name, ...rest] = canonical.slice(start, edges[index + 1]).split('=');
    return [[name!, rest.join('=')] as [string, string]];
  });
}

describe('boundary shift', () => {
  const pieces = ['1', '42', 'a', 'l', 'm', 'shop', 'logged_in_customer_id', 'path_prefix', 'timestamp', '=', 'b.myshopify.com', String(NOW), '/apps/x', 'zz', 'ogged_in_', ',', 'customer_id', 's'];
  const word = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
  const own = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'extra', 'm', 'q', 'sa', 'z', 'shop-x', 'k'), word), { maxLength: 3, selector: ([name]) => name });
  const RESERVED = ['shop', 'logged_in_customer_id', 'path_prefix', 'timestamp'];

  it('cannot turn one signed request into another shop, customer or time', () => {
    fc.assert(fc.property(own, fc.array(fc.nat(400), { maxLength: 8 }), fc.boolean(), (params, cuts, atNames) => {
      const genuine = new URLSearchParams(proxyQuery(params));
      const signature = genuine.get('signature')!;
      genuine.delete('signature');
      const canonical = canonicalProxyQuery(new Map([...new Set(genuine.keys())].map((name) => [name, genuine.getAll(name)])));
      const names = [...canonical.matchAll(/shop=|logged_in_customer_id=|path_prefix=|timestamp=|[a-z]=/g)].map((match) => match.index);
      const pairs = reading(canonical, atNames ? [...names.filter((_, index) => (cuts[index] ?? 1) % 2 === 1), ...cuts.slice(0, 2)] : cuts);
      const answer = verifier.verify(`${new URLSearchParams(pairs).toString()}&signature=${signature}`);
      if (!answer.ok) return;
      expect(answer.identity).to.deep.include({ shopDomain: SHOP, customerId: null, pathPrefix: '/apps/engage' });
      for (const name of RESERVED) expect(pairs.filter(([other]) => other === name)).to.have.length(1);
    }), { numRuns: 3_000 });
  });

  const steals: readonly (readonly [string, readonly (readonly [string, string])[], readonly (readonly [string, string])[]])[] = [
    ['a customer, by a value with the reserved name', [['extra', '1logged_in_customer_id=42']], [['extra', '1'], ['logged_in_customer_id', '42logged_in_customer_id=']]],
    ['a customer, by a name that is the end of the reserved one', [['a', '1logged_in_customer_id=42m=']], [['a', '1'], ['logged_in_customer_id', '42'], ['m', 'l'], ['ogged_in_customer_id', '']]],
  ];
  for (const [name, visitor, stolen] of steals) {
    it(`does not give away ${name}`, () => {
      const signature = new URLSearchParams(proxyQuery(visitor)).get('signature')!;
      const pairs = [...stolen, ['path_prefix', '/apps/engage'], ['shop', SHOP], ['timestamp', String(NOW)]] as [string, string][];
      const grouped = new Map(pairs.map(([key, value]) => [key, [value]]));
      const query = new URLSearchParams(proxyQuery(visitor));
      query.delete('signature');
      expect(canonicalProxyQuery(grouped), 'the two readings are one string').to.equal(canonicalProxyQuery(new Map([...query.keys()].map((key) => [key, query.getAll(key)]))));
      expect(verifier.verify(`${new URLSearchParams(pairs).toString()}&signature=${signature}`).ok).to.equal(false);
    });
  }

  it('does not give away another shop, by a name that ends like the reserved one', () => {
    const visitor: [string, string][] = [['q', '1shop=b.myshopify.comszz']];
    const signature = new URLSearchParams(proxyQuery(visitor)).get('signature')!;
    const pairs: [string, string][] = [['logged_in_customer_id', ''], ['path_prefix', '/apps/engage'], ['q', '1'], ['shop', 'b.myshopify.com'], ['szzshop', SHOP], ['timestamp', String(NOW)]];
    expect(verifier.verify(`${new URLSearchParams(pairs).toString()}&signature=${signature}`).ok).to.equal(false);
  });
});
