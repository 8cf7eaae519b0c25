import { expect } from 'chai';
import { runCommand } from '../../../server/cli/program.js';
import { engines, fixturePlugin, startTestServer } from '../../kit/index.js';
import { serverLocation } from '../../kit/server-schema.js';

for (const engine of engines) {
  describe(`guanxi demo reset (${engine})`, () => {
    it('leaves nothing behind, so that the next start makes everything anew', async function () {
      this.timeout(60_000);
      const { location, drop } = await serverLocation(engine, 'others');
      const env = { DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url };
      const plugins = [await fixturePlugin('stamps')];
      try {
        {
          await using server = await startTestServer({ engine, env, plugins });
          await server.shopper({ name: 'Mei' });
        }
        const said: string[] = [];
        expect(await runCommand(['demo', 'reset'], { env, out: (line) => { said.push(line); }, err: (line) => { said.push(line); } }), said.join()).to.equal(0);
        await using server = await startTestServer({ engine, env, plugins });
        const { items } = await (await server.admin()).must<{ items: unknown[] }>('GET', '/api/admin/customers');
        expect(items).to.deep.equal([]);
        await server.install('stamps');
      } finally { await drop(); }
    });
  });
}
