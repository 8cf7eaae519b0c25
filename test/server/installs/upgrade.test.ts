import { expect } from 'chai';
import type { Manifest } from '../../../server/plugin-api/index.js';
import { calls } from '../../fixtures/plugins/lives/lives.js';
import { engines } from '../../kit/databases.js';
import type { TestServer } from '../../kit/index.js';
import { capability, hurryUntil, lifeOf, livesManifest, livesPlugin, type Moved } from './lives-fixture.js';
import { ground } from './restarts.js';

const both = (text: string): { en: string; 'zh-CN': string } => ({ en: text, 'zh-CN': text });
const hooks = (): string[] => calls.filter(({ what }) => what.startsWith('on')).map(({ what, from }) => (from ? `${what} ${from}` : what));
const life = async (server: TestServer) => lifeOf(await server.admin());
const state = (server: TestServer): string | undefined => server.services.installs.of(server.context().shop.id, 'lives')?.state;
const audit = async (server: TestServer): Promise<{ action: string; actor: string; detail: Record<string, unknown> }[]> =>
  (await (await server.admin()).must<{ items: { action: string; actor: string; target: string; detail: Record<string, unknown> }[] }>('GET', '/api/admin/audit?limit=200')).items.filter(({ target }) => target === 'lives').reverse();
/** 1.1.0 asks for nothing more; its settings have other names. */
const patch = livesManifest({
  version: '1.1.0', settingsVersion: 2, settings: { greeting: { kind: 'text', label: both('Greeting'), default: 'Welcome' }, key: { kind: 'secret', label: both('Key'), default: null }, colour: { kind: 'color', label: both('Colour'), default: '#112233' } },
});
/** 1.0.0 as it was before that, with settings under their first names. */
const first = livesManifest({ settings: { hello: { kind: 'text', label: both('Hello'), default: 'Hello' }, oldKey: { kind: 'secret', label: both('Key'), default: null }, mood: { kind: 'text', label: both('Mood'), default: 'good' } } });
const more = (what: Partial<Manifest>): Manifest => livesManifest({ version: '2.0.0', ...what });

for (const engine of engines) {
  describe(`a new version of a plugin (${engine})`, () => {
    it('is taken over by itself when it asks for nothing more: settings first, then its hook, without a pause', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin(first)]);
      await (await life(before)).install();
      await (await before.admin()).must('PUT', '/api/admin/installs/lives/settings', { values: { hello: 'Moin', oldKey: 'k-1', mood: 'fine' } });
      await before.close();
      calls.length = 0;
      const after = await place.start([livesPlugin(patch, { settings: 'rename' })]);
      expect((await (await life(after)).notes()).body).to.deep.include({ version: '1.1.0', settings: { greeting: 'Moin', key: 'k-1', colour: '#112233' } });
      await hurryUntil(after, () => after.services.installs.of(after.context().shop.id, 'lives')?.version === '1.1.0');
      expect(await (await life(after)).item()).to.deep.include({ state: 'enabled', version: '1.1.0', availableVersion: '1.1.0', needsConsent: false, working: false });
      expect(hooks()).to.deep.equal(['onUpgrade 1.0.0']);
      const upgraded = (await audit(after)).find(({ action }) => action === 'plugin.upgraded');
      expect(upgraded).to.deep.include({ actor: 'job:core.plugin-upgrade' });
      expect(upgraded?.detail).to.deep.include({ fromVersion: '1.0.0', version: '1.1.0', settingsDropped: ['hello', 'oldKey', 'mood', 'left'] });
      await after.close();
      calls.length = 0;
      const again = await place.start([livesPlugin(patch)]);
      await again.drain();
      expect(hooks()).to.deep.equal([]);
    });

    for (const [what, manifest, added] of [
      ['a capability', more({ capabilities: [capability('db'), capability('orders.read')] }), { capabilities: ['orders.read'] }],
      ['an address', more({ capabilities: [capability('db'), capability('net:evil.example.com')] }), { hosts: ['evil.example.com'] }],
      ['a personal field', more({ personalData: [{ entity: 'plg_lives_note', subject: 'person_id', fields: ['person_id', 'words', 'created_at'], onErase: 'delete' }] }), { personalData: ['plg_lives_note.created_at'] }],
    ] as const) {
      it(`waits for consent when it asks for ${what} more, off until then, with everything kept`, async () => {
        await using place = await ground(engine);
        const before = await place.start([livesPlugin()]);
        await (await life(before)).install(['db']);
        await (await before.admin()).must('POST', '/api/admin/plugins/lives/notes', { words: 'kept' });
        await before.close();
        calls.length = 0;
        const after = await place.start([livesPlugin(manifest)]);
        const { item, notes, preview, consent, post } = await life(after);
        expect(await item()).to.deep.include({ state: 'needs-consent', version: '1.0.0', availableVersion: '2.0.0', needsConsent: true });
        expect([(await notes()).status, (await after.visitor().get('/api/storefront/plugins/lives/notes')).status]).to.deep.equal([409, 404]);
        expect((await after.visitor().must<{ widgets: unknown[] }>('GET', '/api/storefront/bootstrap')).widgets).to.deep.equal([]);
        await after.shopper();
        await after.advance('PT1H');
        expect(calls).to.deep.equal([]);
        const shown = await preview();
        expect(shown).to.deep.include({ kind: 'upgrade', needsConsent: true, tables: [{ name: 'plg_lives_note', rows: 1 }] });
        for (const [name, list] of Object.entries(added)) expect((shown.change as Record<string, { added: string[] }>)[name]?.added).to.include.members([...list]);
        expect((shown.change as { changes: { version: string }[] }).changes.map(({ version }) => version)).to.deep.equal(['2.0.0', '1.1.0']);
        expect((await post('enable')).body.code).to.equal('GX_CONSENT_NEEDED');
        const agreed = await consent();
        expect([agreed.status, agreed.body.state, agreed.body.version]).to.deep.equal([200, 'enabled', '2.0.0']);
        expect(hooks()).to.deep.equal(['onUpgrade 1.0.0']);
        expect((await notes()).body).to.deep.include({ version: '2.0.0', notes: ['kept'] });
        expect((await audit(after)).map(({ action }) => action)).to.include.members(['plugin.needs-consent', 'plugin.consented']);
      });
    }

    it('waits for consent when it asks for more under its old number', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin()]);
      await (await life(before)).install(['db']);
      await before.close();
      calls.length = 0;
      const asks = livesManifest({ capabilities: [capability('db'), capability('orders.read')] });
      const after = await place.start([livesPlugin(asks)]);
      const { item, notes, consent } = await life(after);
      expect(await item()).to.deep.include({ state: 'needs-consent', version: '1.0.0', needsConsent: true });
      expect((await notes()).status, 'it does not run').to.equal(409);
      expect((await audit(after)).find(({ action }) => action === 'plugin.needs-consent')?.detail).to.deep.include({ asks: ['orders.read'] });
      expect((await consent()).body).to.include({ state: 'enabled', version: '1.0.0' });
      expect(hooks(), 'nothing was upgraded').to.deep.equal([]);
      await after.close();
      const again = await place.start([livesPlugin(asks)]);
      expect(state(again), 'what was agreed to once is not asked again').to.equal('enabled');
    });

    it('asks nobody for what is optional, and leaves it declined', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin()]);
      await (await life(before)).install(['db']);
      await before.close();
      const after = await place.start([livesPlugin(more({ capabilities: [capability('db'), capability('orders.read', true), capability('net:new.example.com', true)] }))]);
      expect(state(after)).to.equal('enabled');
      expect(after.services.installs.granted(after.context(), 'lives', 'orders.read')).to.equal(false);
    });

    it('leaves a plugin that is off alone until it is switched on, and then asks for consent', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin()]);
      await (await life(before)).install(['db']);
      await (await life(before)).post('disable');
      await before.close();
      calls.length = 0;
      const after = await place.start([livesPlugin(more({ capabilities: [capability('db'), capability('orders.read')] }))]);
      const { item, post, consent } = await life(after);
      expect(await item()).to.deep.include({ state: 'disabled', version: '1.0.0', needsConsent: true });
      const refused = await post('enable');
      expect([refused.status, refused.body.code, (refused.body['preview'] as { kind: string }).kind]).to.deep.equal([409, 'GX_CONSENT_NEEDED', 'upgrade']);
      expect((await consent()).body).to.include({ state: 'disabled', version: '1.0.0' });
      expect(hooks()).to.deep.equal([]);
      expect((await post('enable')).body).to.include({ state: 'enabled', version: '2.0.0' });
      expect(hooks()).to.deep.equal(['onUpgrade 1.0.0', 'onEnable']);
    });

    it('fails with its reason when it cannot read the old settings, keeps them, and goes on with a version that can', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin(first)]);
      await (await life(before)).install();
      await (await before.admin()).must('PUT', '/api/admin/installs/lives/settings', { values: { hello: 'Moin', oldKey: 'k-1', mood: 'fine' } });
      await before.close();
      for (const settings of ['throw', 'wrong'] as const) {
        const after = await place.start([livesPlugin(patch, { settings })]);
        const { item, post, preview } = await life(after);
        expect(await item()).to.deep.include({ state: 'failed', version: '1.0.0' });
        expect((await item()).lastError).to.match(settings === 'throw' ? /settings of version 1 are too old/ : /greeting|could not be taken over/);
        expect(((await preview()).change as { settings: { error: string } }).settings.error).to.contain('could not be taken over');
        const retried = await post('retry');
        expect([retried.status, retried.body.code]).to.deep.equal([502, 'GX_SETTINGS_MIGRATION']);
        expect(state(after)).to.equal('failed');
        await after.close();
      }
      const mended = await place.start([livesPlugin({ ...patch, version: '1.1.1' }, { settings: 'rename' })]);
      expect((await (await life(mended)).post<Moved>('retry')).body).to.include({ state: 'enabled', version: '1.1.1' });
      expect((await (await life(mended)).notes()).body.settings).to.deep.equal({ greeting: 'Moin', key: 'k-1', colour: '#112233' });
    });

    it('fails when its hook keeps failing, and is retried without what succeeded', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin()]);
      await (await life(before)).install();
      await before.close();
      calls.length = 0;
      const after = await place.start([livesPlugin(patch, { failing: { onUpgrade: 5 } })]);
      await hurryUntil(after, () => state(after) === 'failed');
      expect(await (await life(after)).item()).to.deep.include({ version: '1.0.0', lastError: 'onUpgrade: onUpgrade failed on purpose' });
      await (await life(after)).post('retry');
      await hurryUntil(after, () => state(after) === 'enabled');
      expect((await (await life(after)).item()).version).to.equal('1.1.0');
      expect(hooks()).to.deep.equal(Array(6).fill('onUpgrade 1.0.0'));
    });

    it('can be agreed to while the old one is failing, and is then tried again', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin(undefined, { failing: { onInstall: 99 } })]);
      await (await life(before)).install(['db']);
      await hurryUntil(before, () => state(before) === 'failed');
      await before.close();
      const after = await place.start([livesPlugin(more({ capabilities: [capability('db'), capability('orders.read')] }))]);
      const { post, consent } = await life(after);
      const refused = await post('retry');
      expect([refused.status, refused.body.code]).to.deep.equal([409, 'GX_CONSENT_NEEDED']);
      expect((await consent()).body).to.include({ state: 'failed', lastError: 'onInstall: onInstall failed on purpose' });
      expect((await post('retry')).body).to.include({ state: 'enabled', version: '2.0.0' });
    });

    it('that is older than the shop\'s data holds the plugin and loses nothing', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin(patch)]);
      await (await life(before)).install();
      await (await before.admin()).must('POST', '/api/admin/plugins/lives/notes', { words: 'of 1.1' });
      await before.close();
      calls.length = 0;
      const older = await place.start([livesPlugin()]);
      expect(await (await life(older)).item()).to.deep.include({ state: 'enabled', version: '1.1.0', availableVersion: '1.0.0', hold: { cause: 'older-code', plugins: [], version: '1.0.0' } });
      expect((await older.visitor().get('/api/storefront/plugins/lives/notes')).status).to.equal(404);
      await older.close();
      const back = await place.start([livesPlugin(patch)]);
      expect((await (await life(back)).notes()).body).to.deep.include({ version: '1.1.0', notes: ['of 1.1'] });
      expect(calls).to.deep.equal([]);
    });

    it('goes back to running when the version that asked for more is taken back', async () => {
      await using place = await ground(engine);
      const before = await place.start([livesPlugin()]);
      await (await life(before)).install(['db']);
      await before.close();
      const asking = await place.start([livesPlugin(more({ capabilities: [capability('db'), capability('orders.read')] }))]);
      expect(state(asking)).to.equal('needs-consent');
      await asking.close();
      const back = await place.start([livesPlugin()]);
      expect(state(back)).to.equal('enabled');
      expect((await (await life(back)).notes()).status).to.equal(200);
    });
  });
}
