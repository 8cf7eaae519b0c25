import { expect } from 'chai';
import { CredentialStore } from '../../../server/shops/shopify/credential-store.js';
import { Secrets } from '../../../server/secrets/secrets.service.js';
import { statement } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { idToken, NOW, SHOP } from './signing.js';
import { shopifyDatabase, ShopifyFixture } from './shopify-fixture.js';
import { ShopifyStub } from './shopify-stub.js';

const ROWS = statement<{ access_token: string; refresh_token: string; previous_refresh_token: string | null; revision: number }>('SELECT access_token, refresh_token, previous_refresh_token, revision FROM shopify_credential WHERE shop_id = :shop');
const SWAP = statement('UPDATE shopify_credential SET access_token = refresh_token WHERE shop_id = :shop');
const MINUTE = 60_000;

forEachEngine('Shopify tokens', (open) => {
  let stub: ShopifyStub, one: ShopifyFixture;
  const rows = () => one.store.read(one.ctx(), (q) => q.many(ROWS));
  const opened = async (): Promise<void> => {
    const at = Math.floor(one.now / 1000);
    const answer = await one.platform.authenticate(`Bearer ${await idToken({ iat: at, nbf: at, exp: at + 60 })}`, 'en');
    expect(answer.ok).to.equal(true);
  };
  before(async () => {
    stub = await new ShopifyStub().start();
    one = new ShopifyFixture((await open(shopifyDatabase)).store, stub);
  });
  after(() => stub.stop());
  beforeEach(async () => {
    if (one.shops.byKey(SHOP)) await one.platform.tokens.drop(one.ctx());
    one.now = NOW * 1000;
    stub.answer = undefined;
    stub.asked.length = 0;
  });

  it('come from the first opening: exchanged for an expiring pair, the shop made with its name, zone and currency', async () => {
    await Promise.all([opened(), opened(), opened()]);
    expect(stub.of('token-exchange'), 'requests of one page load exchange once').to.have.length(1);
    expect(stub.of('token-exchange')[0]!.body).to.deep.include({ expiring: '1', subject_token_type: 'urn:ietf:params:oauth:token-type:id_token', requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token' });
    expect(one.shops.byKey(SHOP)).to.deep.include({ name: 'Example Shop', zone: 'Europe/Berlin', currency: 'EUR', platform: 'shopify' });
    expect(await one.platform.tokens.accessToken(one.ctx())).to.match(/^shpat_/);
    await opened();
    expect(stub.of('token-exchange'), 'later openings need none').to.have.length(1);
  });

  it('are unreadable in the database, in another column and under another secret', async () => {
    await opened();
    const [row] = await rows();
    expect(JSON.stringify(row)).not.to.contain('shp');
    await one.store.write(one.ctx(), (unit) => unit.run(SWAP));
    let code = '';
    await one.platform.tokens.accessToken(one.ctx()).catch((error: { code: string }) => { code = error.code; });
    expect(code).to.equal('GX_SECRET_UNREADABLE');
    code = '';
    await new CredentialStore(one.store, new Secrets('x'.repeat(40))).load(one.ctx()).catch((error: { code: string }) => { code = error.code; });
    expect(code).to.equal('GX_SECRET_UNREADABLE');
  });

  it('are refreshed five minutes early, once for twenty callers on two nodes', async () => {
    await opened();
    one.now += 54 * MINUTE;
    const before = await one.platform.tokens.accessToken(one.ctx());
    expect(stub.of('refresh_token')).to.have.length(0);
    one.now += 2 * MINUTE;
    const other = one.node();
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one.platform : other).tokens.accessToken(one.ctx())));
    expect(new Set(tokens).size).to.equal(1);
    expect(tokens[0]).not.to.equal(before);
    expect(stub.of('refresh_token')).to.have.length(1);
    expect(await rows()).to.have.length(1);
  });

  it('survive an answer that was lost: the refresh token before still opens', async () => {
    await opened();
    one.now += 56 * MINUTE;
    const first = stub.of('token-exchange').length;
    await one.platform.tokens.accessToken(one.ctx());
    one.now += 56 * MINUTE;
    const used = stub.of('refresh_token').at(-1)!.body['refresh_token'];
    stub.answer = ({ body }) => (body['grant_type'] === 'refresh_token' && body['refresh_token'] !== used ? { status: 400, body: { error: 'invalid_grant' } } : undefined);
    expect(await one.platform.tokens.accessToken(one.ctx())).to.match(/^shpat_/);
    expect(stub.of('token-exchange')).to.have.length(first);
  });

  it('go when Shopify revokes them, and come back with the next opening', async () => {
    for (const error of ['invalid_grant', 'invalid_client']) {
      stub.answer = undefined;
      one.now = NOW * 1000;
      await opened();
      one.now += 70 * MINUTE;
      stub.answer = () => ({ status: 400, body: { error } });
      expect(await one.platform.tokens.accessToken(one.ctx())).to.equal(undefined);
      expect(await rows()).to.have.length(0);
    }
    stub.answer = undefined;
    await opened();
    expect(await one.platform.tokens.accessToken(one.ctx())).to.match(/^shpat_/);
  });

  it('stay in use while Shopify is down, as long as they live', async () => {
    await opened();
    const token = await one.platform.tokens.accessToken(one.ctx());
    stub.answer = () => ({ status: 503, body: {} });
    one.now += 57 * MINUTE;
    expect(await one.platform.tokens.accessToken(one.ctx())).to.equal(token);
    expect(stub.of('refresh_token').length, 'tried more than once').to.be.greaterThan(1);
    one.now += 10 * MINUTE;
    let code = '';
    await one.platform.tokens.accessToken(one.ctx()).catch((error: { code: string }) => { code = error.code; });
    expect(code).to.equal('GX_SHOPIFY_UNREACHABLE');
    expect(await rows(), 'nothing is thrown away').to.have.length(1);
  });

  it('are refused when they would never expire, and nothing is stored', async () => {
    stub.answer = ({ path }) => (path.endsWith('access_token') ? { status: 200, body: { access_token: 'shpat_forever', scope: 'read_orders' } } : undefined);
    let code = '';
    await one.platform.authenticate(`Bearer ${await idToken()}`, 'en').catch((error: { code: string }) => { code = error.code; });
    expect(code).to.equal('GX_SHOPIFY_TOKEN_UNSAFE');
    expect(await rows()).to.have.length(0);
  });

  it('ask the browser for a new ID token when Shopify finds this one too old', async () => {
    stub.answer = ({ body }) => (body['grant_type']?.endsWith('token-exchange') ? { status: 400, body: { error: 'invalid_subject_token' } } : undefined);
    expect(await one.platform.authenticate(`Bearer ${await idToken()}`, 'en')).to.deep.equal({ ok: false, retry: true });
  });

  it('are renewed for shops that nobody opens', async () => {
    await opened();
    await one.platform.tokens.renew(one.ctx());
    expect(stub.of('refresh_token')).to.have.length(1);
    expect((await rows())[0]!.revision).to.equal(2);
  });
});
