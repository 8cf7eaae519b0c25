import { expect } from 'chai';
import { calls } from '../../fixtures/plugins/lives/lives.js';
import { engines } from '../../kit/databases.js';
import { aged, hurryUntil, lifeOf, livesPlugin } from './lives-fixture.js';
import { ground } from './restarts.js';

for (const engine of engines) {
  describe(`the purge of an uninstalled plugin (${engine})`, () => {
    it('waits a week for a hook that keeps failing, and not longer', async () => {
      await using place = await ground(engine);
      const server = await place.start([livesPlugin(undefined, { failing: { onPurge: 99 } })]);
      const admin = await server.admin();
      const life = lifeOf(admin);
      await life.install();
      await admin.must('POST', '/api/admin/plugins/lives/notes', { words: 'personal' });
      await life.uninstall();
      calls.length = 0;
      await aged(server, 29);
      await server.advance('P2D');
      expect(await life.item()).to.deep.include({ state: 'purging', lastError: 'onPurge: onPurge failed on purpose' });
      const refused = await life.install();
      expect([refused.status, refused.body.code]).to.deep.equal([409, 'GX_INSTALL_STATE']);
      await hurryUntil(server, () => server.services.installs.of(server.context().shop.id, 'lives')!.attempts === 5);
      await server.advance('P1D');
      expect((await life.item()).state).to.equal('purging');
      await aged(server, 5);
      await server.advance('P2D');
      expect((await life.item()).state).to.equal('purged');
      const purged = (await admin.must<{ items: { action: string; detail: Record<string, unknown> }[] }>('GET', '/api/admin/audit?limit=200')).items.find(({ action }) => action === 'plugin.purged');
      expect(purged?.detail['hook']).to.contain('onPurge failed on purpose');
      expect((await life.install()).body.state).to.equal('enabled');
      expect((await life.notes()).body.notes).to.deep.equal([]);
    });

    it('comes to a plugin whose code is gone, too, once its shop has taken it out', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin()]);
      await lifeOf(await before.admin()).install();
      await (await before.admin()).must('POST', '/api/admin/plugins/lives/notes', { words: 'personal' });
      await before.close();
      const without = await place.start([]);
      const admin = await without.admin();
      const left = () => admin.must<{ keptDays: number; keptUntil: number; tables: unknown[] }>('GET', '/api/admin/marketplace/lives/leave');
      const { items } = await admin.must<{ items: { id: string; state: string; hostState: string; title: { en: string } }[] }>('GET', '/api/admin/marketplace');
      expect(items.map(({ id, state, hostState, title }) => [id, state, hostState, title.en])).to.deep.equal([['lives', 'enabled', 'absent', 'Lives']]);
      const kept = await left();
      expect([kept.keptDays, kept.tables]).to.deep.equal([30, [{ name: 'plg_lives_note', rows: 1 }]]);
      expect(kept.keptUntil - 30 * 86_400_000).to.be.closeTo(without.context().now, 60_000);
      const gone = await lifeOf(admin).uninstall();
      expect([gone.status, gone.body.state]).to.deep.equal([200, 'uninstalled']);
      expect(await left()).to.deep.equal({ ...kept, keptUntil: gone.body.purgeAfter });
      expect(await lifeOf(admin).item()).to.deep.include({ state: 'uninstalled', hostState: 'absent', purgeAfter: gone.body.purgeAfter });
      await aged(without, 36);
      await without.advance('P2D');
      expect(without.services.installs.of(without.context().shop.id, 'lives')?.state).to.equal('purged');
      const nothing = await admin.get<{ code: string }>('/api/admin/marketplace/lives/leave');
      expect([nothing.status, nothing.body.code]).to.deep.equal([409, 'GX_NOT_INSTALLED']);
      await without.close();
      const back = await place.start([livesPlugin()]);
      expect((await lifeOf(await back.admin()).preview()).tables).to.deep.equal([{ name: 'plg_lives_note', rows: 0 }]);
    });

    it('goes on where a stop interrupted it, also when the code is gone', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin()]);
      await lifeOf(await before.admin()).install();
      await lifeOf(await before.admin()).uninstall();
      const { installs, clock } = before.services;
      const ctx = { ...before.context({ kind: 'job', name: 'core.plugin-purge' }), now: clock.now() + 31 * 86_400_000 };
      const stopped = await installs.purge(ctx, installs.of(ctx.shop.id, 'lives')!, () => Promise.reject(new Error('the process stops here'))).then(() => 'done', (error: Error) => error.message);
      expect([stopped, installs.of(ctx.shop.id, 'lives')?.state]).to.deep.equal(['the process stops here', 'purging']);
      await before.close();
      const without = await place.start([]);
      await without.advance('P1D');
      expect(without.services.installs.of(without.context().shop.id, 'lives')?.state).to.equal('purged');
    });
  });
}
