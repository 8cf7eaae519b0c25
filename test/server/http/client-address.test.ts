import { expect } from 'chai';
import { startTestServer, type TestServer } from '../../kit/index.js';

describe('requests per client address', () => {
  const LIMIT = 3;
  const start = (more: Readonly<Record<string, string>>): Promise<TestServer> => startTestServer({ plugins: [], env: { GUANXI_RATE_LIMIT: String(LIMIT), ...more } });
  const ask = async (server: TestServer, forwarded?: string): Promise<number> =>
    (await fetch(`${server.url}/api/storefront/bootstrap`, forwarded === undefined ? {} : { headers: { 'x-forwarded-for': forwarded } })).status;
  const until429 = async (server: TestServer, forwarded: (n: number) => string | undefined): Promise<number> => {
    for (let n = 0; n < 10; n++) if (await ask(server, forwarded(n)) === 429) return n;
    return 10;
  };

  it('believe no header that anybody may write', async () => {
    await using server = await start({});
    expect(await until429(server, (n) => `10.0.0.${n}`)).to.equal(LIMIT);
  });

  it('are counted by what the operator’s own proxies saw, and what a client writes before it counts for nothing', async () => {
    await using server = await start({ GUANXI_TRUSTED_PROXIES: '2' });
    expect(await until429(server, (n) => `10.0.0.${n}, 10.9.9.9`), 'each client has its own').to.equal(10);
    expect(await until429(server, (n) => `198.51.100.${n}, 203.0.113.7, 10.9.9.9`), 'one client with many names').to.equal(LIMIT);
    expect(await until429(server, () => undefined), 'whoever comes past the proxies').to.equal(LIMIT);
    expect(await until429(server, (n) => `192.0.2.${n}`), 'the same with a name made up for each request').to.equal(0);
  });
});
