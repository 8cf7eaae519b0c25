import { expect } from 'chai';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { AssetFiles } from '../../../server/http/asset-files.js';

describe('files for browsers', () => {
  const text = `export const words = ${JSON.stringify('points, coupons, people '.repeat(200))};`;
  const assets = new AssetFiles();
  assets.add('/runtime/words.js', text);
  const server = createServer((req, res) => { if (!assets.handle(req, res)) { res.statusCode = 404; res.end(); } });
  before((done) => { server.listen(0, '127.0.0.1', done); });
  after(() => { server.close(); });

  const ask = (headers: Record<string, string> = {}, path = '/runtime/words.js', method = 'GET') => new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path, method, headers }, (res) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part)).on('end', () => { resolve({ status: res.statusCode!, headers: res.headers, body: Buffer.concat(parts) }); });
    }).on('error', reject).end();
  });

  it('come in the encoding that a browser takes, whoever asks first or at the same time', async () => {
    const answers = await Promise.all(['br', 'gzip, br', 'gzip', 'br', 'gzip', ''].map((encoding) => ask(encoding ? { 'accept-encoding': encoding } : {})));
    expect(answers.map(({ headers }) => headers['content-encoding'])).to.deep.equal(['br', 'br', 'gzip', 'br', 'gzip', undefined]);
    for (const { headers, body } of answers) {
      expect(headers['content-length']).to.equal(String(body.length));
      const plain = headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      expect(plain.toString()).to.equal(text);
    }
    expect(assets.gzipBytes('/runtime/words.js')).to.equal(answers[2]!.body.length);
  });

  it('answer what a browser has with 304, HEAD with the length alone, and nothing that was not registered', async () => {
    const { headers, body } = await ask({ 'accept-encoding': 'br' });
    expect((await ask({ 'if-none-match': headers.etag! })).status).to.equal(304);
    const head = await ask({ 'accept-encoding': 'br' }, '/runtime/words.js', 'HEAD');
    expect([head.headers['content-length'], head.body.length]).to.deep.equal([String(body.length), 0]);
    expect((await ask({}, '/runtime/../package.json')).status).to.equal(404);
  });
});
