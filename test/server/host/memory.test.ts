import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { HttpClient } from '../../kit/http-client.js';
import { installPlugin } from '../../kit/install-plugin.js';
import { ServerProcess } from '../../kit/server-process.js';
import { serverLocation } from '../../kit/server-schema.js';
import { hoardingPackage } from './hoarding-package.js';
import { until } from './what-runs.js';
import { removeWritten, writtenPackage } from './written-package.js';

interface Seen { readonly id: string; readonly state: string; readonly error: string | null; readonly growths: readonly { readonly mb: number; readonly surface: string; readonly name: string }[] }

// On one engine: what a process holds in memory and who made it has nothing to do with where its rows lie.
describe('a plugin that fills the memory of the process', function () {
  this.timeout(90_000);
  let admin: HttpClient, visitor: HttpClient;
  const clean: (() => Promise<void> | void)[] = [];
  /** A host with little memory, a plugin that hoards, and one that makes much and keeps nothing. */
  async function start(env: Readonly<Record<string, string>>): Promise<void> {
    clean.push(removeWritten);
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-memory-'));
    clean.push(() => { rmSync(folder, { recursive: true, force: true }); });
    const { location, drop } = await serverLocation('sqlite', 'bundled');
    clean.push(drop);
    const wasteful = await writtenPackage('wasteful', { before: 'import { z } from "guanxi/plugin";', code: `routes: (router) => router.storefront.route('get', '/waste', { summary: 'makes much and keeps nothing', audience: 'visitor', reply: z.object({ made: z.number() }) }, async () => ({ made: Array.from({ length: 64_000 }, (_, at) => ({ at, words: [at, at + 1] })).length }))` });
    const sources = [await hoardingPackage(), wasteful];
    const server = await ServerProcess.start({
      DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, GUANXI_PLUGINS: sources.map(({ root }) => dirname(fileURLToPath(root))).join(','),
      NODE_OPTIONS: '--max-old-space-size=300', ...env,
    });
    clean.push(() => server.kill());
    admin = await server.admin();
    visitor = new HttpClient(server.url);
    for (const { id } of sources) await installPlugin(admin, id);
  }
  const stop = async (): Promise<void> => { for (const each of clean.splice(0).reverse()) await each(); };

  const page = (): Promise<{ plugins: Seen[]; memory: { usedMb: number; limitMb: number } }> => admin.must('GET', '/api/admin/system/plugins');
  const of = async (id: string): Promise<Seen> => (await page()).plugins.find((each) => each.id === id)!;
  const knock = (path: string) => visitor.get<{ code?: string; plugin?: string; detail?: string }>(`/api/storefront/plugins/${path}`);

  describe('until memory is short', () => {
    before(() => start({ GUANXI_MEMORY_EVERY_MS: '100', GUANXI_MEMORY_SHARE: '0.5' }));
    after(stop);

    for (const name of ['things', 'later', 'buffers']) {
      it(`with ${name} is named and rests, everybody else goes on, and it is let in again when it has let go`, async () => {
        let calls = 0;
        while ((await knock(`hoards/${name}`)).status !== 503) {
          if (++calls > 400) throw new Error(`It was called ${calls} times: ${JSON.stringify(await page())}`);
          await knock('wasteful/waste');
        }
        const refused = await knock(`hoards/nothing`);
        expect([refused.status, refused.body.code, refused.body.plugin]).to.deep.equal([503, 'GX_PLUGIN_SUSPENDED', 'hoards']);
        expect(refused.body.detail).to.contain('takes up too much memory');
        const { state, error, growths } = await of('hoards');
        expect(state).to.equal('degraded');
        expect(error).to.match(/^It holds about \d+ MB more than shortly before, and \d+ % of the memory of this process is in use\./);
        expect(growths[0]).to.include({ surface: 'route', name: `GET storefront/${name}` });
        expect(growths[0]!.mb).to.be.at.least(8);
        const { memory } = await page();
        expect(memory.usedMb / memory.limitMb).to.be.above(0.3);

        expect([(await visitor.get('/healthz')).status, (await knock('wasteful/waste')).status]).to.deep.equal([200, 200]);
        expect(await of('wasteful'), 'who keeps nothing is not blamed').to.deep.include({ state: 'active', growths: [] });

        await admin.must('POST', '/api/admin/installs/hoards/disable', {});
        await admin.must('POST', '/api/admin/installs/hoards/enable', {});
        await until('it is let in again', async () => (await knock('hoards/nothing')).status === 200);
        expect(await of('hoards')).to.include({ state: 'active', error: null });
      });
    }
  });

  describe('steadily, while there is enough', () => {
    before(() => start({ GUANXI_MEMORY_EVERY_MS: '100', GUANXI_MEMORY_SHARE: '0.95', NODE_OPTIONS: '--max-old-space-size=1000' }));
    after(stop);

    it('is named, and goes on', async () => {
      for (let calls = 0; !(await of('hoards')).growths.length; calls++) {
        if (calls > 150) throw new Error(`It was called ${calls} times: ${JSON.stringify(await page())}`);
        expect((await knock('hoards/things')).status).to.equal(200);
        // Many small steps are what is to be noticed.
        await new Promise((resolve) => { setTimeout(resolve, 150); });
      }
      const { state, growths } = await of('hoards');
      expect(state).to.equal('active');
      expect(growths[0]).to.include({ surface: 'route', name: 'GET storefront/things' });
      expect((await knock('hoards/nothing')).status).to.equal(200);
      expect((await of('wasteful')).growths).to.deep.equal([]);
    });
  });
});
