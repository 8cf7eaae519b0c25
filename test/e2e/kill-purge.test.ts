import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SystemStatement, type DataStore } from '../../server/data/data-store.js';
import { openDataStore } from '../../server/data/open-data-store.js';
import { engines } from '../kit/databases.js';
import { HttpClient } from '../kit/http-client.js';
import { ServerProcess } from '../kit/server-process.js';
import { serverLocation } from '../kit/server-schema.js';

interface Receipt { readonly id: string; readonly plugin: string; readonly finishedAt: number | null; readonly rows: Record<string, number> }
const ROWS = process.env['GUANXI_LONG'] ? 120_000 : 40_000;
const PLUGIN = 'coupon-exchange';
const FILL = new SystemStatement(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS}) INSERT INTO plg_coupon_exchange_quota (shop_id, reward_id, person_id, used)
  SELECT s.id, 'reward', 'person-' || n.i, 1 FROM n JOIN shop s ON s.shop_key = 'demo'`);
/** The retention is over, and so is the lease of a job that a dead process held: both are tested elsewhere, with a clock. */
const DUE = new SystemStatement(`UPDATE plugin_install SET purge_after = 0 WHERE id = '${PLUGIN}'`);
const RELEASE = new SystemStatement('UPDATE job_due SET lease_until = 0, lease_owner = NULL');
const LEFT = new SystemStatement<{ n: number }>('SELECT CAST(COUNT(*) AS BIGINT) AS n FROM plg_coupon_exchange_quota');

for (const engine of engines) {
  describe(`a server that is killed in the middle of a purge (${engine})`, () => {
    it('completes it later under the same receipt, which counts every row once', async function () {
      this.timeout(120_000);
      const folder = mkdtempSync(join(tmpdir(), 'guanxi-purge-'));
      const { location, drop } = await serverLocation(engine, 'bundled');
      const env = { DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url };
      const receiptsOf = async (admin: HttpClient): Promise<readonly Receipt[]> => (await admin.must<{ items: Receipt[] }>('GET', '/api/admin/privacy/purges')).items;
      const database = async <T>(work: (store: DataStore) => Promise<T>): Promise<T> => {
        const store = await openDataStore({ location, entities: [] });
        try { return await work(store); } finally { await store.close(); }
      };
      let server = await ServerProcess.start(env);
      const advance = (duration: string): Promise<unknown> => new HttpClient(server.url).must('POST', '/demo/api/clock', { advance: duration });
      try {
        const admin = await server.admin();
        const { capabilities, hash } = await admin.must<{ capabilities: { name: string }[]; hash: string }>('GET', `/api/admin/marketplace/${PLUGIN}/preview`);
        await admin.must('POST', `/api/admin/installs/${PLUGIN}`, { granted: capabilities.map(({ name }) => name), consent: hash });
        await admin.must('DELETE', `/api/admin/installs/${PLUGIN}`);
        await server.stop();
        await database(async (store) => { await store.system.run(FILL); await store.system.run(DUE); });

        server = await ServerProcess.start(env);
        const watcher = await server.admin();
        const travel = advance('P1D').catch(() => undefined);
        let begun: Receipt | undefined;
        for (const until = Date.now() + 60_000; !begun && Date.now() < until;) {
          begun = (await receiptsOf(watcher)).find(({ rows }) => (rows['plg_coupon_exchange_quota'] ?? 0) > 0);
          await new Promise((resolve) => { setTimeout(resolve, 2); });
        }
        await server.kill();
        await travel;
        expect(begun, 'a purge under way').to.deep.include({ plugin: PLUGIN, finishedAt: null });

        await database((store) => store.system.run(RELEASE));
        server = await ServerProcess.start(env);
        const again = await server.admin();
        // A night's attempt may fail, for example while the database still winds up what the dead process had begun; another night follows.
        let receipts: readonly Receipt[] = [];
        for (let night = 0; night < 10 && !receipts[0]?.finishedAt; night++) { await advance('P1D'); receipts = await receiptsOf(again); }
        expect(receipts.map(({ id, plugin }) => [id, plugin])).to.deep.equal([[begun?.id, PLUGIN]]);
        expect(receipts[0]?.finishedAt, server.output()).to.be.a('number');
        expect(receipts[0]?.rows['plg_coupon_exchange_quota']).to.equal(ROWS);
        expect(await again.must('GET', `/api/admin/marketplace/${PLUGIN}`)).to.include({ state: 'purged' });
        expect(await server.stop()).to.equal(0);
        expect(await database((store) => store.system.many(LEFT))).to.deep.equal([{ n: 0 }]);
      } finally {
        server.child.kill('SIGKILL');
        await drop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}
