import { expect } from 'chai';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { GxError } from '../../../server/plugin-api/index.js';
import { testContext } from '../../kit/index.js';
import { Outside, refusal } from './outside.js';

const ctx = testContext();

describe('a plugin\'s call of an outside service', () => {
  let outside: Outside;
  beforeEach(async () => { outside = await new Outside().open(); });
  afterEach(() => outside[Symbol.asyncDispose]());

  it('arrives at a declared host over TLS, says who calls, and brings the answer back', async () => {
    outside.answering = (_req, res) => { res.writeHead(201, { 'content-type': 'application/json', 'set-cookie': 'a=b', 'x-more': ['1', '2'] }); res.end('{"n":1}'); };
    const answer = await outside.http().request(ctx, 'https://api.example.com/orders?id=7', { method: 'POST', headers: { 'X-Key': 'abc' }, body: { hello: 'Grüße' } });
    expect(answer.status).to.equal(201);
    expect(answer.json<{ n: number }>()).to.deep.equal({ n: 1 });
    expect(answer.headers).to.include({ 'x-more': '1, 2' }).and.not.have.property('set-cookie');
    const [asked] = outside.asked;
    expect(asked).to.deep.include({ method: 'POST', url: '/orders?id=7', body: '{"hello":"Grüße"}' });
    expect(asked?.headers).to.include({ 'host': 'api.example.com', 'x-key': 'abc', 'content-type': 'application/json', 'user-agent': 'Guanxi (plugin caller/2.3.4)' }).and.not.have.property('cookie');
  });

  it('may have any status for an answer', async () => {
    outside.answering = (_req, res) => { res.writeHead(500).end('broken'); };
    expect(await outside.http().request(ctx, 'https://deep.sub.example.org/')).to.include({ status: 500, text: 'broken' });
  });

  it('is written down by host, status and time, never by path, query or body', async () => {
    await outside.http().request(ctx, 'https://api.example.com/secret-path?token=secret', { method: 'PUT', body: 'secret' });
    await refusal(outside.http({ resolve: () => Promise.reject(new Error('no such name')) }).request(ctx, 'https://other.example.com/secret-path'));
    expect(outside.made.map(({ host, outcome, shop, plugin }) => ({ host, outcome, shop, plugin }))).to.deep.equal([
      { host: 'api.example.com', outcome: '200', shop: 'shop-1', plugin: 'caller' }, { host: 'other.example.com', outcome: 'GX_OUTBOUND_FAILED', shop: 'shop-1', plugin: 'caller' },
    ]);
    expect(JSON.stringify([outside.made, outside.calls.of(1, 'caller')])).to.not.contain('secret');
    expect(outside.calls.of(1, 'caller').map(({ host, calls, failures }) => ({ host, calls, failures }))).to.have.deep.members([{ host: 'api.example.com', calls: 1, failures: 0 }, { host: 'other.example.com', calls: 1, failures: 1 }]);
    expect(outside.calls.of(2, 'caller')).to.deep.equal([]);
  });

  it('carries no header that breaks lines, is the host\'s business or is a cookie', async () => {
    const sent = (name: string, value: string) => refusal(outside.http().request(ctx, 'https://api.example.com/', { headers: { [name]: value } }));
    for (const [name, value] of [['x-key', 'a\r\nx-admin: 1'], ['x-key\r\nx-admin', '1'], ['x-key', 'a\u0000'], ['x-key', '中'], ['', 'x'], ['Host', 'evil.example.net'], ['Cookie', 'a=b'], ['Content-Length', '0'], ['Transfer-Encoding', 'chunked'], ['Proxy-Authorization', 'x'], ['User-Agent', 'somebody']] as const) {
      expect(await sent(name, value), name).to.equal('GX_OUTBOUND_REQUEST 422');
    }
    expect(outside.asked).to.deep.equal([]);
  });

  it('sends 1 MB at most, and no other methods', async () => {
    const http = outside.http();
    expect(await refusal(http.request(ctx, 'https://api.example.com/', { method: 'POST', body: 'x'.repeat(1_048_577) }))).to.equal('GX_OUTBOUND_REQUEST 422');
    expect((await http.request(ctx, 'https://api.example.com/', { method: 'POST', body: 'x'.repeat(1_048_576) })).status).to.equal(200);
    expect(await refusal(http.request(ctx, 'https://api.example.com/', { method: 'CONNECT' as 'GET' }))).to.equal('GX_OUTBOUND_REQUEST 422');
    expect(await refusal(http.request(ctx, 'https://api.example.com/', { body: 'x' }))).to.equal('GX_OUTBOUND_REQUEST 422');
  });

  it('reads 1 MB at most, also of what is packed small', async () => {
    const bomb = 'a'.repeat(20_000_000);
    const answers: Record<string, [string, Buffer]> = { gzip: ['gzip', gzipSync(bomb)], br: ['br', brotliCompressSync(bomb)], plain: ['identity', Buffer.alloc(1_048_577, 97)], fits: ['gzip', gzipSync('b'.repeat(1_048_576))], broken: ['gzip', Buffer.from('no gzip')] };
    outside.answering = (req, res) => { const [encoding, body] = answers[req.url!.slice(1)]!; res.writeHead(200, { 'content-encoding': encoding }); res.end(body); };
    const get = (name: string) => outside.http().request(ctx, `https://api.example.com/${name}`);
    for (const name of ['gzip', 'br', 'plain']) expect(await refusal(get(name)), name).to.equal('GX_OUTBOUND_TOO_LONG 502');
    expect((await get('fits')).text).to.have.length(1_048_576);
    expect(await refusal(get('broken'))).to.equal('GX_OUTBOUND_FAILED 502');
  });

  it('ends at its time limit, before and in the middle of the answer, and when it is told to', async () => {
    outside.answering = (req, res) => { if (req.url === '/half') { res.writeHead(200); res.write('half'); } };
    const http = outside.http();
    for (const path of ['never', 'half']) expect(await refusal(http.request(ctx, `https://api.example.com/${path}`, { timeoutMs: 100 })), path).to.equal('GX_OUTBOUND_TIMEOUT 504');
    expect(await refusal(outside.http({ resolve: () => new Promise(() => { /* never */ }) }).request(ctx, 'https://api.example.com/', { timeoutMs: 50 }))).to.equal('GX_OUTBOUND_TIMEOUT 504');
    const stop = new AbortController();
    const why = new Error('the shopper has gone');
    outside.answering = () => { stop.abort(why); };
    expect(await http.request(ctx, 'https://api.example.com/', { signal: stop.signal }).catch((error: unknown) => error)).to.equal(why);
  });

  it('fails with one code for whatever the network does', async () => {
    outside.answering = (req) => { req.socket.destroy(); };
    expect(await refusal(outside.http().request(ctx, 'https://api.example.com/'))).to.equal('GX_OUTBOUND_FAILED 502');
    outside.answering = (_req, res) => { res.writeHead(200, { 'content-length': '100' }); res.write('half'); setImmediate(() => res.socket?.destroy()); };
    expect(await refusal(outside.http().request(ctx, 'https://api.example.com/'))).to.equal('GX_OUTBOUND_FAILED 502');
  });

  it('counts each hop against the quota', async () => {
    let left = 1;
    const quota = (): void => { if (left-- === 0) throw new GxError('GX_QUOTA', 429, 'No more.'); };
    outside.answering = (_req, res) => { res.writeHead(302, { location: '/again' }).end(); };
    expect(await refusal(outside.http({}, quota).request(ctx, 'https://api.example.com/'))).to.equal('GX_QUOTA 429');
    expect(outside.asked).to.have.length(1);
  });
});

describe('a redirect of an outside service', () => {
  let outside: Outside;
  const get = (location: string, more: object = {}, status = 302) => {
    outside.answering = (req, res) => { if (req.url === '/start') res.writeHead(status, { location }).end(); else res.end('there'); };
    return outside.http().request(ctx, 'https://api.example.com/start', more);
  };
  beforeEach(async () => { outside = await new Outside().open(); });
  afterEach(() => outside[Symbol.asyncDispose]());

  it('is followed to declared hosts, and takes the plugin\'s headers along only to the same one', async () => {
    const headers = { 'authorization': 'Bearer secret', 'x-api-key': 'secret', 'accept': 'text/plain' };
    expect((await get('/end', { headers })).text).to.equal('there');
    expect(outside.asked[1]?.headers).to.include(headers);
    expect((await get('https://other.example.com/end', { headers })).text).to.equal('there');
    expect(outside.asked[3]?.headers).to.include({ host: 'other.example.com', accept: 'text/plain' }).and.not.have.any.keys('authorization', 'x-api-key');
  });

  it('is followed three times at most', async () => {
    let left = 3;
    outside.answering = (_req, res) => { if (left-- > 0) res.writeHead(301, { location: '/on' }).end(); else res.end('there'); };
    expect((await outside.http().request(ctx, 'https://api.example.com/')).text).to.equal('there');
    outside.answering = (_req, res) => { res.writeHead(301, { location: '/on' }).end(); };
    expect(await refusal(outside.http().request(ctx, 'https://api.example.com/'))).to.equal('GX_OUTBOUND_FAILED 502');
    expect(outside.asked).to.have.length(8);
  });

  it('leads nowhere else: not to metadata, private names, other protocols or undeclared hosts', async () => {
    for (const location of ['http://169.254.169.254/latest/meta-data/', 'https://169.254.169.254/', 'https://[::ffff:169.254.169.254]/', 'http://api.example.com/', 'https://undeclared.example.net/', 'file:///etc/passwd', 'https://user:pw@api.example.com/', '//undeclared.example.net/']) {
      expect(await refusal(get(location)), location).to.equal('GX_OUTBOUND_HOST 403');
    }
    expect(outside.asked.every(({ url }) => url === '/start')).to.equal(true);
  });

  it('turns a POST into a GET as browsers do, and keeps it for 307', async () => {
    await get('/end', { method: 'POST', body: 'x' }, 303);
    expect(outside.asked[1]).to.deep.include({ method: 'GET', body: '' });
    await get('/end', { method: 'POST', body: 'x' }, 307);
    expect(outside.asked[3]).to.deep.include({ method: 'POST', body: 'x' });
  });
});
