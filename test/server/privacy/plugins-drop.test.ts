import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../server/cli/program.js';
import { SystemStatement } from '../../../server/data/data-store.js';
import { openDataStore } from '../../../server/data/open-data-store.js';
import { migratedPlugins, pluginTables } from '../../../server/privacy/plugin-tables.js';
import { engines, fixturePlugin, startTestServer } from '../../kit/index.js';
import { serverLocation } from '../../kit/server-schema.js';
import { fill } from './stamp-album.js';

const plugins = await Promise.all(['stamps', 'stamps-extra'].map((id) => fixturePlugin(id)));
const TABLES = ['plg_stamps_card', 'plg_stamps_count', 'plg_stamps_migrations', 'plg_stamps_stamp'];

for (const engine of engines) {
  describe(`guanxi plugins drop (${engine})`, function () {
    this.timeout(60_000);
    let place: Awaited<ReturnType<typeof serverLocation>>;
    let folder: string;
    let env: Record<string, string>;
    const run = async (...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
      const out: string[] = [], err: string[] = [];
      const code = await runCommand(['plugins', 'drop', ...args], { env, out: (line) => { out.push(line); }, err: (line) => { err.push(line); } });
      return { code, out: out.join('\n'), err: err.join('\n') };
    };
    const database = async <T>(look: (store: Awaited<ReturnType<typeof openDataStore>>) => Promise<T>): Promise<T> => {
      const store = await openDataStore({ location: place.location, entities: [] });
      try { return await look(store); } finally { await store.close(); }
    };
    const tablesOf = (id: string): Promise<string[]> => database(async (store) => { const { rows, others } = await pluginTables(store, id); return [...rows.map(({ name }) => name), ...others].sort(); });
    const many = <Row>(text: string): Promise<Row[]> => database((store) => store.system.many(new SystemStatement<Row>(text)));

    /** A host that had both plugins, with rows of theirs; the first is uninstalled in its shop. */
    async function host(uninstall: boolean): Promise<void> {
      await using server = await startTestServer({ engine, plugins, env: { DATABASE_URL: env['DATABASE_URL']! } });
      for (const { id } of plugins) await server.install(id);
      await fill(server, server.context());
      if (uninstall) await (await server.admin()).must('DELETE', '/api/admin/installs/stamps');
    }

    beforeEach(async () => {
      place = await serverLocation(engine, 'others');
      folder = mkdtempSync(join(tmpdir(), 'guanxi-drop-'));
      env = { DATABASE_URL: place.location.engine === 'sqlite' ? `sqlite:${place.location.file}` : place.location.url, DATA_DIR: folder };
    });
    afterEach(async () => { await place.drop(); rmSync(folder, { recursive: true, force: true }); });

    it('refuses what is installed, bundled or configured, and shows before it removes', async () => {
      await host(false);
      const installed = await run('stamps', '--yes');
      expect(installed.code).to.equal(1);
      expect(installed.err).to.match(/"stamps" is still enabled in the shop demo\. .*Nothing was removed\.$/).and.not.to.contain('\n');
      expect(installed.out).to.contain('plg_stamps_stamp').and.not.to.contain('plg_stamps_extra');
      const shown = await run('stamps', '--force');
      expect([shown.code, shown.err]).to.deep.equal([1, 'Nothing was removed. Say --yes to remove these 4 tables for good; make a backup first.']);
      expect(shown.out).to.match(/2 rows {2}plg_stamps_stamp/);
      for (const [id, sentence] of [['coupon-exchange', /comes with Guanxi/], ['Stamps', /not the id of a plugin/], ['unknown-one', /nothing of "unknown-one" .*stamps, stamps-extra|nothing of "unknown-one" .*stamps-extra, stamps/]] as const) {
        const { code, err } = await run(id, '--yes', '--force');
        expect([code, err.includes('\n')], id).to.deep.equal([1, false]);
        expect(err).to.match(sentence);
      }
      env['GUANXI_PLUGINS'] = '@acme/stamps';
      expect((await run('stamps', '--yes', '--force')).err).to.match(/GUANXI_PLUGINS still names "@acme\/stamps"/);
      expect(await tablesOf('stamps')).to.deep.equal(TABLES);
    });

    it('drops by name what is left of a plugin whose code is gone, and nothing of the one whose name begins alike', async () => {
      await host(true);
      expect((await run('stamps', '--yes')).err, 'its time has not run out').to.match(/still uninstalled in the shop demo/);
      const { code, out, err } = await run('stamps', '--yes', '--force');
      expect([code, err]).to.deep.equal([0, '']);
      expect(out).to.match(/Removed "stamps": 4 tables with 5 rows\.$/);
      expect(await tablesOf('stamps')).to.deep.equal([]);
      expect(await tablesOf('stamps-extra')).to.deep.equal(['plg_stamps_extra_item', 'plg_stamps_extra_migrations']);
      expect([...await database(migratedPlugins)]).to.deep.equal(['stamps-extra']);
      expect(await many('SELECT id FROM plugin_install ORDER BY id')).to.deep.equal([{ id: 'stamps-extra' }]);
      expect(await many("SELECT plugin FROM plugin_personal_data WHERE plugin = 'stamps'")).to.deep.equal([]);
      expect(await many("SELECT owner FROM job_due WHERE owner = 'stamps'")).to.deep.equal([]);
      expect(await many<{ actor: string; detail: string }>("SELECT actor, detail FROM audit WHERE action = 'plugin.dropped'")).to.have.length(1);
      expect((await run('stamps', '--yes')).err).to.match(/There is nothing of "stamps"/);
      await using server = await startTestServer({ engine, plugins, env: { DATABASE_URL: env['DATABASE_URL']! } });
      await server.install('stamps');
      await fill(server, server.context());
    });

    it('lets the plugin\'s own code go down first when it is there', async () => {
      await host(true);
      const code = join(folder, 'stamps-code', 'dist');
      mkdirSync(code, { recursive: true });
      writeFileSync(join(code, 'plugin.js'), `export { default } from ${JSON.stringify(new URL('plugin.js', plugins[0]!.root).href)};`);
      writeFileSync(join(code, '..', 'package.json'), '{"type":"module"}');
      expect((await run('stamps-extra', '--yes', '--force', '--package', join(folder, 'stamps-code'))).err).to.match(/is the plugin "stamps", not "stamps-extra"/);
      const { out, err } = await run('stamps', '--yes', '--force', '--package', join(folder, 'stamps-code'));
      expect(err).to.equal('');
      expect(out).to.contain('1 migration undone by its own code, 1 table by name');
      expect(await tablesOf('stamps')).to.deep.equal([]);
    });
  });
}
