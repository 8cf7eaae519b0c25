import { expect } from 'chai';
import { onEachServer } from '../../kit/index.js';
import { calls } from '../../fixtures/plugins/lives/lives.js';
import { aged, hurryUntil, lifeOf, livesManifest, livesPlugin, type Moved, type PreviewAnswer } from './lives-fixture.js';

const hooks = (): string[] => calls.filter(({ what }) => what.startsWith('on')).map(({ what }) => what);
interface AuditAnswer { readonly items: readonly { readonly action: string; readonly actor: string; readonly target: string; readonly detail: Record<string, unknown> }[] }

onEachServer('installing a plugin', { env: { GUANXI_QUOTAS: 'rowsPerShop=500' }, plugins: [livesPlugin()] }, (server) => {
  const life = async () => lifeOf(await server().admin());

  it('shows before what it would do, computed from its manifest and its built files', async () => {
    const shown = await (await life()).preview();
    expect(shown).to.deep.include({ kind: 'install', state: 'available', needsConsent: false, change: null, installFirst: [], requires: [], jobsPerDay: 25, tables: [{ name: 'plg_lives_note', rows: 0 }] });
    expect(shown.capabilities.map(({ name, optional, granted }) => [name, optional, granted])).to.deep.equal([['db', false, null], ['customers.read', true, null]]);
    expect(shown.hosts).to.deep.equal([{ host: 'api.example.com', reason: { en: 'for net:api.example.com', 'zh-CN': 'for net:api.example.com' }, optional: true, added: false }]);
    expect(shown['personalData']).to.deep.equal([{ entity: 'plg_lives_note', subject: 'person_id', fields: ['person_id', 'words'], added: [], onErase: 'delete', titles: { person_id: { en: 'customer number', 'zh-CN': 'customer number' }, words: { en: 'words', 'zh-CN': 'words' } } }]);
    expect(shown['jobs']).to.deep.equal([{ name: 'tick', schedule: '0 * * * *', perDay: 24 }, { name: 'nightly', schedule: '0 3 * * *', perDay: 1 }]);
    expect(shown['limits']).to.deep.include({ name: 'rowsPerShop', asked: 1000, granted: 500 });
    // Entry and chunk, compressed: the chunk's sentence alone has 560 characters.
    expect(shown['storefrontBytes']).to.be.within(150, 500);
    expect(shown.hash).to.match(/^[0-9a-f]{32}$/);
  });

  it('is refused without the hash of what was shown, with one that is stale, and without what it needs', async () => {
    const admin = await server().admin();
    const { hash } = await (await life()).preview();
    expect((await admin.post('/api/admin/installs/lives', { granted: ['db'] })).status).to.equal(422);
    const stale = await admin.post<{ code: string; preview: PreviewAnswer }>('/api/admin/installs/lives', { granted: ['db'], consent: '0'.repeat(32) });
    expect([stale.status, stale.body.code, stale.body.preview.hash]).to.deep.equal([409, 'GX_CONSENT_STALE', hash]);
    const poor = await (await life()).install(['customers.read']);
    expect([poor.status, poor.body.code]).to.deep.equal([422, 'GX_CONSENT_MISSING']);
    const rich = await (await life()).install(['db', 'orders.read']);
    expect([rich.status, rich.body.code]).to.deep.equal([422, 'GX_CONSENT_UNKNOWN']);
    expect((await (await life()).item()).state).to.equal('available');
    expect((await admin.get('/api/admin/plugins/lives/notes')).status).to.equal(409);
  });

  it('is done when it answers, keeps the consent, and runs its hooks in order', async () => {
    calls.length = 0;
    const installed = await (await life()).install(['db', 'net:api.example.com']);
    expect([installed.status, installed.body.state, installed.body.working]).to.deep.equal([200, 'enabled', false]);
    expect(hooks()).to.deep.equal(['onInstall', 'onEnable']);
    const detail = await (await life()).item();
    expect(detail).to.deep.include({ state: 'enabled', version: '1.0.0', availableVersion: '1.0.0', needsConsent: false, granted: ['db', 'net:api.example.com'], keywords: ['life', 'cycle'], requiredBy: [] });
    expect(detail['consent']).to.deep.include({ version: '1.0.0', hash: (await (await life()).preview()).hash, actor: 'staff:Automation', declined: ['customers.read'] });
    expect((detail['changes'] as { version: string }[]).map(({ version }) => version)).to.deep.equal(['2.0.0', '1.1.0', '1.0.0']);
    const [picture] = detail['screenshots'] as { url: string; alt: { en: string } }[];
    expect(picture?.alt.en).to.equal('A list of notes');
    expect((await server().visitor().get(picture!.url)).headers.get('content-type')).to.equal('image/svg+xml');
    const { services } = server();
    const granted = (name: string): boolean => services.installs.granted(server().context(), 'lives', name);
    expect([granted('db'), granted('customers.read'), granted('net:api.example.com')]).to.deep.equal([true, false, true]);
    expect((await (await life()).notes()).status).to.equal(200);
    const { items } = await (await server().admin()).must<{ items: { id: string; state: string; bytes: number; category: string; keywords: string[] }[] }>('GET', '/api/admin/marketplace');
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ id: 'lives', state: 'enabled', category: 'other' });
    expect(items[0]!.bytes).to.be.greaterThan(0);
  });

  it('can be agreed to anew with other optional capabilities, without a pause', async () => {
    const again = await (await life()).consent(['db', 'customers.read']);
    expect([again.status, again.body.state]).to.deep.equal([200, 'enabled']);
    expect(server().services.installs.granted(server().context(), 'lives', 'customers.read')).to.equal(true);
    expect(server().services.installs.granted(server().context(), 'lives', 'net:api.example.com')).to.equal(false);
    const { consent } = await (await life()).item<{ consent: { declined: string[] } }>();
    expect(consent.declined).to.deep.equal(['net:api.example.com']);
  });

  it('acts at once on routes, widgets, events and jobs when it is switched off and on', async () => {
    const { post, notes } = await life();
    const shop = server().visitor();
    const widgets = async (): Promise<string[]> => (await shop.must<{ widgets: { plugin: string }[] }>('GET', '/api/storefront/bootstrap')).widgets.map(({ plugin }) => plugin);
    const route = async (): Promise<number> => (await shop.get('/api/storefront/plugins/lives/notes')).status;
    const heard = async (): Promise<string[]> => { calls.length = 0; await server().shopper(); await server().advance('PT1H'); await server().drain(); return calls.map(({ what }) => what).filter((what) => !what.startsWith('on')); };
    expect(await widgets()).to.include('lives');
    expect(await heard()).to.include.members(['customer.created', 'job tick']);
    const off = await post('disable', { reason: 'We look for another' });
    expect([off.status, off.body.state]).to.deep.equal([200, 'disabled']);
    expect([await route(), (await notes()).status, (await notes()).body.code]).to.deep.equal([404, 409, 'GX_PLUGIN_DISABLED']);
    expect(await widgets()).to.not.include('lives');
    expect(await heard()).to.deep.equal([]);
    expect((await post('disable')).body.code).to.equal('GX_INSTALL_STATE');
    const on = await post('enable');
    expect([on.status, on.body.state]).to.deep.equal([200, 'enabled']);
    expect([await route(), (await notes()).status]).to.deep.equal([200, 200]);
    expect(await widgets()).to.include('lives');
    expect(await heard()).to.include.members(['customer.created', 'job tick']);
  });

  it('keeps what it wrote over an uninstall, and brings data and settings back', async () => {
    const admin = await server().admin();
    const { uninstall, install, item, preview, notes } = await life();
    await admin.must('POST', '/api/admin/plugins/lives/notes', { words: 'remember me' });
    await admin.must('PUT', '/api/admin/installs/lives/settings', { values: { greeting: 'Hi', key: 'secret-1' } });
    calls.length = 0;
    const gone = await uninstall('Too expensive');
    expect([gone.status, gone.body.state, gone.body.working]).to.deep.equal([200, 'uninstalled', false]);
    expect(hooks()).to.deep.equal(['onDisable', 'onUninstall']);
    const days = (gone.body.purgeAfter! - server().context().now) / 86_400_000;
    expect(days).to.be.within(29.9, 30);
    expect(await item()).to.deep.include({ state: 'uninstalled', purgeAfter: gone.body.purgeAfter, reason: 'Too expensive' });
    expect(await preview()).to.deep.include({ kind: 'restore', tables: [{ name: 'plg_lives_note', rows: 1 }], purgeAfter: gone.body.purgeAfter });
    expect((await notes()).status).to.equal(409);
    const back = await install();
    expect([back.status, back.body.state, back.body.purgeAfter]).to.deep.equal([200, 'enabled', null]);
    expect((await notes()).body).to.deep.equal({ version: '1.0.0', notes: ['remember me'], settings: { greeting: 'Hi', key: 'secret-1' } });
  });

  it('purges when the time is over, and starts clean afterwards', async () => {
    const { uninstall, install, item, notes, preview } = await life();
    await uninstall();
    await aged(server(), 28);
    await server().advance('P1D');
    expect((await item()).state).to.equal('uninstalled');
    calls.length = 0;
    await server().advance('P3D');
    expect(await item()).to.deep.include({ state: 'purged', granted: [] });
    expect(hooks()).to.deep.equal(['onPurge']);
    expect(await preview()).to.deep.include({ kind: 'install', tables: [{ name: 'plg_lives_note', rows: 0 }] });
    expect((await install()).body.state).to.equal('enabled');
    expect((await notes()).body).to.deep.equal({ version: '1.0.0', notes: [], settings: { greeting: 'Hello', key: null } });
  });

  it('stands in the audit with who and why at every step', async () => {
    const { items } = await (await server().admin()).must<AuditAnswer>('GET', '/api/admin/audit?limit=200');
    const told = items.filter(({ target, action }) => target === 'lives' && action.startsWith('plugin.') && action !== 'plugin.purge').reverse();
    expect(told.map(({ action }) => action)).to.deep.equal(['plugin.installed', 'plugin.ready', 'plugin.consented', 'plugin.disabled', 'plugin.enabled', 'plugin.settings', 'plugin.uninstalled', 'plugin.installed', 'plugin.ready',
      'plugin.uninstalled', 'plugin.purging', 'plugin.purged', 'plugin.installed', 'plugin.ready']);
    expect(told.find(({ action }) => action === 'plugin.disabled')).to.deep.include({ actor: 'staff:Automation', detail: { from: 'enabled', to: 'disabled', reason: 'We look for another' } });
    expect(told.find(({ action }) => action === 'plugin.uninstalled')!.detail).to.include({ reason: 'Too expensive' });
    expect(told.filter(({ action }) => action === 'plugin.installed').map(({ detail }) => detail['restored'])).to.deep.equal([false, true, false]);
    expect(told.filter(({ action }) => action === 'plugin.ready').map(({ actor }) => actor)).to.deep.equal(Array(3).fill('job:core.plugin-hooks'));
  });

  it('lets one of two who act at once win, and tells the other', async () => {
    const { post, uninstall } = await life();
    for (const [first, second, wins] of [['disable', 'disable', 'disabled'], ['enable', 'enable', 'enabled']] as const) {
      const answers = await Promise.all([post(first), post(second)]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      const lost = answers.find(({ status }) => status === 409)!.body.code;
      expect(lost === 'GX_INSTALL_STATE' || lost === 'GX_INSTALL_CHANGED', lost).to.equal(true);
      expect((await (await life()).item()).state).to.equal(wins);
    }
    const mixed = await Promise.all([uninstall(), uninstall(), uninstall()]);
    expect(mixed.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409]);
    const back = await Promise.all([(await life()).install(), (await life()).install()]);
    expect(back.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    expect((await (await life()).item()).state).to.equal('enabled');
  });

  it('leaves one unbroken line in the audit, whatever is asked for at once', async () => {
    const { post, uninstall, install, consent, item } = await life();
    const wishes = [() => post('disable'), () => post('enable'), () => uninstall(), () => install(), () => consent(['db']), () => post('retry')];
    let seed = 7;
    const any = (): (typeof wishes)[number] => { seed = (seed * 16_807) % 2_147_483_647; return wishes[seed % wishes.length]!; };
    for (let round = 0; round < 12; round++) for (const answer of await Promise.all(Array.from({ length: 5 }, () => any()()))) expect([200, 409]).to.include(answer.status);
    await server().drain();
    const { items } = await (await server().admin()).must<AuditAnswer>('GET', '/api/admin/audit?limit=200');
    const steps = items.filter(({ target, detail }) => target === 'lives' && detail['to'] !== undefined).reverse();
    expect(steps.length).to.be.greaterThan(12);
    for (const [i, { detail }] of steps.entries()) if (i > 0) expect(detail['from'], `line ${i}`).to.equal(steps[i - 1]!.detail['to']);
    const { state } = await item();
    expect(steps.at(-1)!.detail['to']).to.equal(state);
    await server().install('lives');
    expect((await item()).state).to.equal('enabled');
  });

  it('is suspended and resumed by the host, with its reason shown', async () => {
    const { installs } = server().services;
    const ctx = server().context({ kind: 'job', name: 'core.breaker' });
    await installs.suspend(ctx, 'lives', 'quota', 'Over its rows');
    expect(await (await life()).item()).to.deep.include({ state: 'suspended', cause: 'quota', reason: 'Over its rows' });
    expect((await server().visitor().get('/api/storefront/plugins/lives/notes')).status).to.equal(404);
    const refused = await (await life()).post('enable');
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'GX_INSTALL_STATE']);
    await installs.resume(ctx, 'lives');
    expect(await (await life()).item()).to.deep.include({ state: 'enabled', cause: null, reason: null });
    await installs.suspend(ctx, 'lives', 'breaker');
    expect((await (await life()).post('retry')).body.state).to.equal('enabled');
  });

  it('may only be done by those who may', async () => {
    const { secrets, shops } = server().services;
    const { issueStaffToken } = await import('../../../server/http/shopper-token.js');
    const { HttpClient } = await import('../../kit/index.js');
    const agent = new HttpClient(server().url, issueStaffToken(secrets.key('staff-bearer'), { shop: shops.byKey('demo')!.id, staff: 'a', name: 'A', role: 'agent', exp: Date.now() + 60_000 }));
    for (const answer of await Promise.all([lifeOf(agent).post('disable'), lifeOf(agent).uninstall(), lifeOf(agent).install(), lifeOf(agent).post('retry')])) expect(answer.status).to.equal(403);
    expect((await lifeOf(agent).preview()).kind).to.equal('review');
  });
});

// A getter: failures are counted in the plugin's code, and each server begins with code of its own.
onEachServer('a plugin whose hooks fail', { env: { GUANXI_COOL_DOWN_MS: '100' }, get plugins() { return [livesPlugin(livesManifest(), { failing: { onInstall: 2, onDisable: 99 } }), livesPlugin({ ...livesManifest({ id: 'never', capabilities: [], personalData: [], settings: {} }) }, { failing: { onEnable: 6 } }),
  livesPlugin({ ...livesManifest({ id: 'hasty', capabilities: [], personalData: [], settings: {} }) }, { failing: { onInstall: 1 } })]; } }, (server) => {
  const settledAs = (id: string, state: string) => hurryUntil(server(), () => { const install = server().services.installs.of(server().context().shop.id, id)!; return install.state === state && !(install.pending.length && state !== 'failed'); });

  /** Until a hook has failed: a call answers after 2 s however far it is. */
  const attempted = (id: string) => hurryUntil(server(), () => { const install = server().services.installs.of(server().context().shop.id, id)!; return install.attempts > 0; });

  it('is tried again until it succeeds, off until then', async () => {
    calls.length = 0;
    const life = lifeOf(await server().admin());
    const first = await life.install();
    expect([first.status, first.body.state, first.body.working]).to.deep.equal([200, 'installing', true]);
    await attempted('lives');
    expect((await life.item()).lastError).to.contain('onInstall failed on purpose');
    expect((await life.notes()).status).to.equal(409);
    await hurryUntil(server(), () => hooks().length >= 2);
    await settledAs('lives', 'enabled');
    expect(await life.item()).to.deep.include({ state: 'enabled', working: false, lastError: null });
    expect(hooks()).to.deep.equal(['onInstall', 'onInstall', 'onInstall', 'onEnable']);
    expect((await life.notes()).status).to.equal(200);
  });

  it('stays off when it was switched off, whatever its code says to that', async () => {
    const life = lifeOf(await server().admin());
    const off = await life.post('disable');
    expect([off.status, off.body.state]).to.deep.equal([200, 'disabled']);
    await settledAs('lives', 'disabled');
    expect(await life.item()).to.deep.include({ state: 'disabled', working: false });
    expect((await life.item()).lastError).to.contain('onDisable failed on purpose');
    expect(hooks().filter((what) => what === 'onDisable')).to.have.length(5);
    expect((await life.post('enable')).body).to.include({ state: 'enabled' });
    await settledAs('lives', 'enabled');
    expect((await life.item()).lastError).to.equal(null);
  });

  it('fails after five times with its last error, and can be tried again by hand', async () => {
    calls.length = 0;
    const life = lifeOf(await server().admin(), 'never');
    expect((await life.install()).body.state).to.equal('installing');
    await settledAs('never', 'failed');
    expect(await life.item()).to.deep.include({ state: 'failed', lastError: 'onEnable: onEnable failed on purpose' });
    expect((await life.notes()).status).to.equal(409);
    expect(hooks()).to.deep.equal(['onInstall', ...Array<string>(5).fill('onEnable')]);
    const again = await life.post('retry');
    expect(again.status).to.equal(200);
    await settledAs('never', 'enabled');
    // What had succeeded before was not repeated.
    expect(hooks().filter((what) => what === 'onInstall')).to.have.length(1);
    const { items } = await (await server().admin()).must<AuditAnswer>('GET', '/api/admin/audit?limit=200');
    expect(items.filter(({ target }) => target === 'never').map(({ action }) => action).reverse()).to.deep.equal(['plugin.installed', 'plugin.failed', 'plugin.retried', 'plugin.ready']);
  });

  it('can be tried again without waiting', async () => {
    const life = lifeOf(await server().admin(), 'hasty');
    expect((await life.install()).body.state).to.equal('installing');
    await attempted('hasty');
    expect((await life.post('retry')).status).to.equal(200);
    await server().drain();
    expect(await life.item()).to.include({ state: 'enabled', lastError: null });
  });

  it('can be uninstalled while it is failing', async () => {
    const life = lifeOf(await server().admin(), 'never');
    expect((await life.uninstall()).body.state).to.equal('uninstalled');
    expect((await life.item<Moved>()).state).to.equal('uninstalled');
  });
});
