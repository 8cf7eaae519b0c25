import { expect } from 'chai';
import { GxError } from '../../../server/plugin-api/index.js';
import { isReachable } from '../../../server/outbound/reachable-addresses.js';
import { testContext } from '../../kit/index.js';
import { Outside, refusal } from './outside.js';

const ctx = testContext();

describe('addresses that plugins may be connected to', () => {
  it('are public ones', () => {
    for (const address of ['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '192.167.255.255', '2606:4700:4700::1111', '2001:4860:4860::8888']) expect(isReachable(address), address).to.equal(true);
  });

  it('are no others, in whatever form', () => {
    const closed = [
      '0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.1',
      '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a9fe:a9fe', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1',
      'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '2606:4700::1%lo', 'localhost', '2130706433', '0x7f.1', '',
    ];
    for (const address of closed) expect(isReachable(address), address).to.equal(false);
  });
});

describe('a name that a plugin calls', () => {
  let outside: Outside;
  before(async () => { outside = await new Outside().open(); });
  after(() => outside[Symbol.asyncDispose]());
  beforeEach(() => { outside.asked.length = 0; outside.resolved.length = 0; });

  it('must be declared, and is compared as the network will read it', async () => {
    const urls = [
      'https://undeclared.example.net/', 'http://api.example.com/', 'https://api.example.com:8443/', 'https://example.org/', 'https://evil-example.org/', 'https://api.example.com.evil.example.net/', 'https://api.example.com./',
      'https://user@api.example.com/', 'https://api.example.com:443@evil.example.net/', 'https://api.example.com\\@evil.example.net/x', 'https://evil.example.net#@api.example.com/', 'https://\u0430pi.example.com/', 'https://xn--pi-7kc.example.com/',
      'https://127.0.0.1/', 'https://2130706433/', 'https://0177.0.0.1/', 'https://0x7f000001/', 'https://127.1/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'ftp://api.example.com/', 'data:text/plain,x',
    ];
    for (const url of urls) {
      const code = await refusal(outside.http().request(ctx, url));
      // Browsers read a backslash as a slash; then what follows is only a path of a declared host.
      expect(code, url).to.equal(url.includes('\\') ? 'answered' : 'GX_OUTBOUND_HOST 403');
    }
    expect(new Set(outside.resolved)).to.deep.equal(new Set(['api.example.com']));
    for (const url of ['nonsense', '', '/path', 'https://']) expect(await refusal(outside.http().request(ctx, url)), url).to.equal('GX_OUTBOUND_REQUEST 422');
    for (const url of ['https://API.example.COM/', 'https://api\u3002example.com/', 'https://deep.sub.example.org/']) expect(await refusal(outside.http().request(ctx, url)), url).to.equal('answered');
  });

  it('must lead to public addresses only, by the real rule', async () => {
    const to = (...addresses: readonly string[]) => refusal(outside.http({ isReachable, resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))) }).request(ctx, 'https://api.example.com/'));
    for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00:ec2::254', '64:ff9b::a00:1']) expect(await to(address), address).to.equal('GX_OUTBOUND_HOST 403');
    expect(await to('93.184.216.34', '127.0.0.1')).to.equal('GX_OUTBOUND_HOST 403');
    expect(await to()).to.equal('GX_OUTBOUND_FAILED 502');
    // The machine's own resolver and the real rule together.
    expect(await refusal(outside.http({ isReachable, resolve: undefined as never }).request(ctx, 'https://localhost/'))).to.equal('GX_OUTBOUND_HOST 403');
    expect(outside.asked).to.deep.equal([]);
  });

  it('cannot come to mean something else between the check and the call', async () => {
    let asked = 0;
    const resolve = () => { asked += 1; return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]); };
    const http = outside.http({ resolve });
    expect(await refusal(http.request(ctx, 'https://api.example.com/'))).to.equal('answered');
    expect(asked, 'one look-up for one call').to.equal(1);
    expect(await refusal(http.request(ctx, 'https://api.example.com/'))).to.equal('GX_OUTBOUND_HOST 403');
    expect(outside.asked).to.have.length(1);
  });

  it('is checked again for each redirect', async () => {
    outside.answering = (req, res) => { if (req.url === '/start') res.writeHead(302, { location: 'https://other.example.com/' }).end(); else res.end(); };
    const resolve = (host: string) => Promise.resolve([{ address: host === 'other.example.com' ? '169.254.169.254' : '127.0.0.1', family: 4 }]);
    expect(await refusal(outside.http({ resolve }).request(ctx, 'https://api.example.com/start'))).to.equal('GX_OUTBOUND_HOST 403');
  });

  it('must have a certificate', async () => {
    expect(await refusal(outside.http().request(ctx, 'https://not-in-it.example.org/'))).to.equal('GX_OUTBOUND_FAILED 502');
  });

  it('says nothing of addresses when it is refused', async () => {
    const error = await outside.http({ isReachable, resolve: () => Promise.resolve([{ address: '10.9.8.7', family: 4 }]) }).request(ctx, 'https://api.example.com/').catch((thrown: GxError) => thrown) as GxError;
    expect(error.message).to.contain('caller').and.not.contain('10.9.8.7');
  });
});
