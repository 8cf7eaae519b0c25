import { expect } from 'chai';
import { blamed } from '../../../server/containment/containment.js';
import type { PluginReport } from '../../../server/host/plugin-source.js';
import { GxError, type Manifest } from '../../../server/plugin-api/index.js';
import { engines, startTestServer, type TestServer } from '../../kit/index.js';
import { removeWritten, writtenPackage, type PackageWish } from './written-package.js';

type Ranges = Readonly<Record<string, string>>;
const needs = (plugins: Ranges, optional: Ranges = {}, more: PackageWish = {}): PackageWish => ({ ...more, manifest: { ...more.manifest, requires: { plugins: { ...plugins }, optional: { ...optional } } } });
const sources = (wishes: Readonly<Record<string, PackageWish>>) => Promise.all(Object.entries(wishes).map(([id, wish]) => writtenPackage(id, wish)));
const reportOf = (server: TestServer, id: string): PluginReport | undefined => server.services.host.report().find((each) => each.id === id);
const orderOf = (server: TestServer): string[] => server.services.host.active().map(({ id }) => id);
/** As `needs`, and of a contract of those in a range of versions. */
const asks = (requires: NonNullable<Manifest['requires']>, more: PackageWish = {}): PackageWish => ({ ...more, manifest: { requires } });
const route = (answer: string): PackageWish => ({
  before: 'import { z } from "guanxi/plugin";', code: `routes: (router, app) => router.storefront.route('get', '/answer', { summary: 'x', audience: 'visitor', reply: z.object({ value: z.unknown() }) }, async (ctx) => ({ value: ${answer} }))`,
});
const lending: PackageWish = {
  manifest: { provides: [{ token: 'lender.desk', version: '1.0.0' }] } satisfies Partial<Manifest>,
  before: 'class Desk { #rate = 2; async lend(ctx, amount) { process.emit("guanxi-test-lend"); return [ctx.shop.key, amount * this.#rate]; } }', code: 'services: (app) => app.provide({ name: "lender.desk" }, new Desk())',
};

describe('plugins that require each other', () => {
  after(removeWritten);

  it('start after what they require and after what they can use, however they were listed', async () => {
    await using server = await startTestServer({ plugins: await sources({
      'top': needs({ middle: '^1.0.0' }), 'guest': needs({}, { base: '^1.0.0' }), 'middle': needs({ base: '~1.0.0' }), 'base': {},
      // Each can use the other: no order is wrong, and none of them waits.
      'left': needs({}, { right: '^1.0.0' }), 'right': needs({}, { left: '^1.0.0' }),
      // One needs what can use it: the need decides.
      'host-of': needs({}, { 'needs-host': '^1.0.0' }), 'needs-host': needs({ 'host-of': '^1.0.0' }),
    }) });
    const order = orderOf(server);
    expect(order).to.have.length(8);
    const before = (a: string, b: string): void => { expect(order.indexOf(a), `${a} before ${b} in ${order.join()}`).to.be.lessThan(order.indexOf(b)); };
    before('base', 'middle'); before('middle', 'top'); before('base', 'guest'); before('host-of', 'needs-host');
  });

  it('are blocked with the whole chain to the one that is missing, too old or broken', async () => {
    await using server = await startTestServer({ plugins: await sources({
      'far': needs({ near: '^1.0.0' }), 'near': needs({ 'not-there': '^1.0.0' }),
      'wants-newer': needs({ base: '^2.0.0' }), 'base': {}, 'above-newer': needs({ 'wants-newer': '^1.0.0' }),
      'fan': needs({ relay: '^1.0.0' }), 'relay': needs({ breaks: '^1.0.0' }), 'breaks': { code: 'activate: () => { throw new Error("no power"); }' },
      'of-refused': needs({ tampered: '^1.0.0' }), 'tampered': { manifestText: '{}' },
    }) });
    const states = Object.fromEntries(server.services.host.report().map(({ id, state, code }) => [id, [state, code]]));
    expect(states).to.deep.include({
      'near': ['blocked', 'GX_PLUGIN_MISSING'], 'far': ['blocked', 'GX_PLUGIN_BLOCKED'], 'wants-newer': ['blocked', 'GX_PLUGIN_VERSION'], 'above-newer': ['blocked', 'GX_PLUGIN_BLOCKED'], 'base': ['active', undefined],
      'breaks': ['failed', 'GX_PLUGIN_ACTIVATE'], 'relay': ['blocked', 'GX_PLUGIN_BLOCKED'], 'fan': ['blocked', 'GX_PLUGIN_BLOCKED'], 'of-refused': ['blocked', 'GX_PLUGIN_BLOCKED'], 'tampered': ['rejected', 'GX_MANIFEST_INVALID'],
    });
    expect(reportOf(server, 'far')?.error).to.equal('Plugin "far": it needs far → near → not-there, and "not-there" is not on this host. Add it, or remove "near".');
    expect(reportOf(server, 'above-newer')?.error).to.contain('above-newer → wants-newer → base').and.contain('must be ^2.0.0; 1.0.0 is here');
    expect(reportOf(server, 'fan')?.error).to.contain('fan → relay → breaks').and.contain('no power');
    expect(reportOf(server, 'of-refused')?.error).to.contain('of-refused → tampered').and.contain('is rejected');
  });

  it('are blocked before any of their code runs when a contract is of another version than they ask for, or not there', async () => {
    const ran: unknown[] = [], listen = (id: unknown): void => { ran.push(id); };
    const tells = (id: string): PackageWish => ({ before: `process.emit("guanxi-test-ran", "${id}");` });
    process.on('guanxi-test-ran', listen);
    try {
      await using server = await startTestServer({ plugins: await sources({
        'lender': { ...lending, before: `${lending.before}\nprocess.emit("guanxi-test-ran", "lender");` },
        'newer': asks({ plugins: { lender: '^1.0.0' }, contracts: { 'lender.desk': '^2.0.0' } }, tells('newer')), 'above': needs({ newer: '^1.0.0' }, {}, tells('above')),
        'other': asks({ plugins: { lender: '^1.0.0' }, contracts: { 'lender.vault': '^1.0.0' } }, tells('other')), 'fits': asks({ plugins: { lender: '^1.0.0' }, contracts: { 'lender.desk': '^1.0.0' } }, tells('fits')),
      }) });
      expect(ran).to.have.members(['lender', 'fits']);
      expect(reportOf(server, 'newer')).to.include({ state: 'blocked', code: 'GX_CONTRACT_VERSION', error: 'Plugin "newer": it needs newer → lender, and "newer" 1.0.0 asks for the contract "lender.desk" ^2.0.0, and "lender" 1.0.0 provides it in 1.0.0. Install another version of one of the two.' });
      expect(reportOf(server, 'other')).to.include({ state: 'blocked', code: 'GX_CONTRACT_MISSING' });
      expect(reportOf(server, 'other')?.error).to.contain('"other" 1.0.0 asks for the contract "lender.vault" ^1.0.0').and.contain('"lender" 1.0.0 provides no such contract');
      expect(reportOf(server, 'above')).to.include({ state: 'blocked', code: 'GX_PLUGIN_BLOCKED' });
      expect(reportOf(server, 'above')?.error).to.contain('above → newer → lender').and.contain('provides it in 1.0.0');
    } finally { process.off('guanxi-test-ran', listen); }
  });

  it('in a circle are refused with the circle, and so is who requires one of them', async () => {
    await using server = await startTestServer({ plugins: await sources({
      'one': needs({ two: '^1.0.0' }), 'two': needs({ three: '^1.0.0' }), 'three': needs({ one: '^1.0.0' }), 'onlooker': needs({ two: '^1.0.0' }), 'bystander': {},
    }) });
    for (const [id, path] of [['one', 'one → two → three → one'], ['two', 'two → three → one → two'], ['three', 'three → one → two → three']] as const) {
      expect(reportOf(server, id)).to.include({ state: 'blocked', code: 'GX_PLUGIN_CYCLE' });
      expect(reportOf(server, id)?.error).to.contain(path).and.contain('must make the other optional');
    }
    expect(reportOf(server, 'onlooker')).to.include({ state: 'blocked', code: 'GX_PLUGIN_BLOCKED' });
    expect(reportOf(server, 'onlooker')?.error).to.contain('onlooker → two').and.contain('one → two');
    expect(orderOf(server)).to.deep.equal(['bystander']);
  });

  it('go down with what they require when it is stopped, and nobody else does', async () => {
    await using server = await startTestServer({ plugins: await sources({
      'base': { code: 'activate: (app) => app.own({ dispose: () => process.emit("guanxi-test-order", "base") })' }, 'bystander': {},
      'middle': needs({ base: '^1.0.0' }, {}, { code: 'deactivate: () => { process.emit("guanxi-test-order", "middle"); throw new Error("clumsy"); }' }), 'top': needs({ middle: '^1.0.0' }, {}, { code: 'deactivate: () => process.emit("guanxi-test-order", "top")' }),
    }) });
    const order: string[] = [];
    const listen = (name: string): void => { order.push(name); };
    process.on('guanxi-test-order', listen);
    try { await server.services.host.halt('base', new GxError('GX_PLUGIN_FAILED', 500, 'Plugin "base": pulled out.')); } finally { process.off('guanxi-test-order', listen); }
    expect(order).to.deep.equal(['top', 'middle', 'base']);
    expect(orderOf(server)).to.deep.equal(['bystander']);
    expect(reportOf(server, 'base')).to.include({ state: 'failed', code: 'GX_PLUGIN_FAILED', error: 'Plugin "base": pulled out.' });
    expect(reportOf(server, 'top')).to.include({ state: 'blocked', code: 'GX_PLUGIN_BLOCKED' });
    expect(reportOf(server, 'top')?.error).to.contain('top → middle → base').and.contain('pulled out');
  });
});

for (const engine of engines) describe(`services between plugins (${engine})`, () => {
  let started: TestServer;
  const server = (): TestServer => started;
  before(async () => {
    started = await startTestServer({ engine, plugins: await sources({
    'lender': lending,
    'borrower': needs({ lender: '^1.0.0' }, {}, route('await app.contract({ name: "lender.desk" }).lend(ctx, 21)')),
    'wants-more': needs({ lender: '^1.0.0' }, {}, route('await app.contract({ name: "lender.vault" }).open(ctx)')),
    'guest': needs({}, { lender: '^1.0.0' }, route('await app.optionalContract({ name: "lender.desk" }).lend(ctx, 1)')),
    'shy-guest': needs({}, { lender: '^1.0.0' }, route('await app.optionalContract({ name: "lender.desk" }, ctx)?.lend(ctx, 1) ?? "alone"')),
    'alone': needs({}, { 'not-there': '^1.0.0' }, route('app.optionalContract({ name: "not-there.desk" }) ?? "alone"')),
    'picky': needs({}, { lender: '^2.0.0' }, route('app.optionalContract({ name: "lender.desk" }) ?? "alone"')),
    'choosy': asks({ optional: { lender: '^1.0.0' }, contracts: { 'lender.desk': '^2.0.0' } }, route('app.optionalContract({ name: "lender.desk" }) ?? "alone"')),
    }) });
  });
  after(async () => { await started.close(); removeWritten(); });
  const ask = async (plugin: string): Promise<unknown> => {
    const { status, body } = await server().visitor().get<{ value?: unknown; code?: string }>(`/api/storefront/plugins/${plugin}/answer`);
    return status === 200 ? body.value : [status, body.code];
  };
  const install = async (...plugins: string[]): Promise<void> => { for (const plugin of plugins) await server().install(plugin); };

  it('answer by typed token, each in the shop of the caller', async () => {
    await install('lender', 'borrower', 'guest', 'shy-guest');
    const blames: unknown[] = [];
    const listen = (): void => { const line = blamed(); blames.push([line?.plugin, line?.shop, line?.name]); };
    process.on('guanxi-test-lend', listen);
    try { expect(await ask('borrower')).to.deep.equal(['demo', 42]); } finally { process.off('guanxi-test-lend', listen); }
    expect(blames, 'what the lender does is put to the lender').to.deep.equal([['lender', 'demo', 'lender.desk']]);
    expect(await ask('guest')).to.deep.equal(['demo', 2]);
    expect(await ask('shy-guest')).to.deep.equal(['demo', 2]);
  });
  it('are undefined when the other is absent or does not fit, and that is told', async () => {
    await install('alone', 'picky', 'choosy');
    expect(await ask('alone')).to.equal('alone');
    for (const id of ['picky', 'choosy']) expect(await ask(id), id).to.equal('alone');
    expect(reportOf(server(), 'picky')).to.include({ state: 'active' });
    expect(reportOf(server(), 'picky')?.warnings.map(({ code }) => code)).to.deep.equal(['GX_PLUGIN_VERSION']);
    expect(reportOf(server(), 'choosy')?.warnings).to.deep.equal([{ code: 'GX_CONTRACT_VERSION', warning: true, message: '"choosy" 1.0.0 asks for the contract "lender.desk" ^2.0.0, and "lender" 1.0.0 provides it in 1.0.0. Install another version of one of the two. It goes on without that contract.' }]);
  });
  it('that the other does not offer are the asking plugin\'s failure', async () => {
    await install('lender', 'wants-more');
    expect(await ask('wants-more')).to.deep.equal([502, 'GX_PLUGIN_FAILED']);
  });
  it('of a plugin that is switched off in the shop are not to be had there', async () => {
    await install('lender', 'guest', 'shy-guest');
    const admin = await server().admin();
    for (const id of ['borrower', 'wants-more', 'lender']) await admin.must('POST', `/api/admin/installs/${id}/disable`, {});
    expect(await ask('guest')).to.deep.equal([409, 'GX_PLUGIN_DISABLED']);
    expect(await ask('shy-guest')).to.equal('alone');
    for (const id of ['lender', 'borrower']) await admin.must('POST', `/api/admin/installs/${id}/enable`, {});
    expect(await ask('guest')).to.deep.equal(['demo', 2]);
  });
  it('are gone when the other has stopped', async () => {
    await install('lender', 'guest', 'shy-guest');
    await server().services.host.halt('lender', new GxError('GX_PLUGIN_FAILED', 500, 'Plugin "lender": pulled out.'));
    expect(await ask('shy-guest')).to.equal('alone');
    expect(await ask('borrower')).to.deep.equal([404, 'GX_NOT_FOUND']);
  });
});
