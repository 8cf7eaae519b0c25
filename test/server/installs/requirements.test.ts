import { expect } from 'chai';
import { onEachServer, type HttpClient } from '../../kit/index.js';
import { lifeOf, livesManifest, livesPlugin } from './lives-fixture.js';

const bare = { capabilities: [], personalData: [], settings: {}, widgets: [], jobs: [], events: { emits: [], handles: [] } } as const;
const leaning = (id: string, on: Record<string, string>, optional: Record<string, string> = {}) => livesPlugin(livesManifest({ ...bare, id, requires: { plugins: on, optional, contracts: Object.fromEntries(Object.keys(optional).map((other) => [`${other}.notes`, '^2.1'])) } }));
interface Refusal { readonly code: string; readonly detail: string; readonly chains: string[][]; readonly installFirst: { id: string; state: string }[]; readonly requiredBy: { id: string; state: string }[] }

onEachServer('plugins that need each other in a shop', { plugins: [livesPlugin(livesManifest({ ...bare, id: 'ground-floor' })), leaning('first-floor', { 'ground-floor': '^1.0.0' }, { 'not-there': '^1.0.0' }), leaning('roof', { 'first-floor': '^1.0.0', 'ground-floor': '^1.0.0' })] }, (server) => {
  const of = async (id: string) => lifeOf(await server().admin(), id);
  const admin = (): Promise<HttpClient> => server().admin();

  it('are offered in the order in which they have to be installed, and refused in any other', async () => {
    const shown = await (await of('roof')).preview();
    expect((shown['installFirst'] as { id: string; state: string }[]).map(({ id, state }) => [id, state])).to.deep.equal([['ground-floor', 'available'], ['first-floor', 'available']]);
    expect((shown['requires'] as { id: string; ok: boolean; optional: boolean }[]).map(({ id, ok }) => [id, ok])).to.deep.equal([['first-floor', false], ['ground-floor', false]]);
    const { hash } = shown;
    const refused = await (await admin()).post<Refusal>('/api/admin/installs/roof', { granted: [], consent: hash });
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'GX_REQUIREMENT_OFF']);
    expect(refused.body.chains).to.deep.equal([['roof', 'first-floor', 'ground-floor'], ['roof', 'ground-floor']]);
    expect(refused.body.detail).to.contain('roof → first-floor → ground-floor');
    expect((await (await of('first-floor')).preview())['requires']).to.deep.include({ id: 'not-there', title: { en: 'not-there', 'zh-CN': 'not-there' }, range: '^1.0.0', optional: true, state: 'available', version: null, ok: false, contracts: [{ token: 'not-there.notes', range: '^2.1' }] });
    for (const id of ['ground-floor', 'first-floor', 'roof']) expect((await (await of(id)).install()).body.state, id).to.equal('enabled');
  });

  it('cannot be taken away from under those that need them', async () => {
    const { post, uninstall, item } = await of('ground-floor');
    for (const answer of [await post<Refusal>('disable'), await uninstall() as unknown as Awaited<ReturnType<typeof post<Refusal>>>]) {
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'GX_REQUIRED_BY']);
      expect(answer.body.requiredBy.map(({ id }) => id).sort()).to.deep.equal(['first-floor', 'roof']);
      expect(answer.body.detail).to.match(/need "Lives" in this shop\. Switch them off first\.$/);
    }
    expect((await item<{ requiredBy: { id: string }[] }>()).requiredBy.map(({ id }) => id).sort()).to.deep.equal(['first-floor', 'roof']);
    expect((await (await of('roof')).post('disable')).status).to.equal(200);
    expect((await (await of('first-floor')).uninstall()).status).to.equal(200);
    expect((await post('disable')).status).to.equal(200);
    const refused = await (await of('roof')).post<Refusal>('enable');
    expect([refused.status, refused.body.installFirst.map(({ id, state }) => `${id} ${state}`)]).to.deep.equal([409, ['ground-floor disabled', 'first-floor uninstalled']]);
  });

  it('stand still together when the host suspends the one below, and go on together', async () => {
    for (const id of ['ground-floor', 'first-floor', 'roof']) await server().install(id);
    const { installs } = server().services;
    const answers = (): Promise<number[]> => Promise.all(['ground-floor', 'first-floor', 'roof'].map(async (id) => (await server().visitor().get(`/api/storefront/plugins/${id}/notes`)).status));
    expect(await answers()).to.deep.equal([200, 200, 200]);
    await installs.suspend(server().context({ kind: 'job', name: 'core.billing' }), 'ground-floor', 'billing', 'Unpaid');
    expect(await answers()).to.deep.equal([404, 404, 404]);
    expect(await (await of('roof')).item()).to.deep.include({ state: 'enabled', hold: { cause: 'requirement', plugins: ['first-floor', 'ground-floor'], version: null } });
    await installs.resume(server().context(), 'ground-floor');
    expect(await answers()).to.deep.equal([200, 200, 200]);
  });

  it('all leave with the shop, and wait for the purge', async () => {
    const { installs, shops } = server().services;
    await installs.uninstallAll(server().context({ kind: 'platform', source: 'shopify' }), 'platform');
    await server().drain();
    expect(installs.inShop(shops.byKey('demo')!.id).map(({ state }) => state)).to.deep.equal(['uninstalled', 'uninstalled', 'uninstalled']);
    await installs.uninstallAll(server().context(), 'platform');
  });
});
