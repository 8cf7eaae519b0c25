import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engines, expectAccessible, HttpClient, installPlugin, openPage, packageRoot, phone, ServerProcess } from '../../kit/index.js';
import { serverLocation } from '../../kit/server-schema.js';
import { TOOLS } from '../../../server/cli/plugins/link-tools.js';
import { runNode } from '../../../server/cli/plugins/compile.js';
import { installGuanxi, link, packGuanxi, unpack } from './package-install.js';

interface Feed { readonly items: readonly { readonly sku: string; readonly wishes: number; readonly bought: number }[]; readonly signature: string }
interface Listed { readonly id: string; readonly hostState: string; readonly state: string; readonly error?: string }
const SKU = 'TEA-LJ01';
const wishes = `/api/storefront/plugins/wish-list/products/${SKU}/wishes`;

/**
 * As it happens outside: Guanxi and the plugin are tarballs. The author builds with the installed Guanxi, the host has one line of configuration.
 * No network: packages that npm would fetch are linked from this checkout.
 */
describe('a third party\'s plugin', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-outside-'));
  const host = join(folder, 'host');
  let cli: string;

  before(async () => {
    const guanxi = await packGuanxi(join(folder, 'tarballs'));
    const author = join(folder, 'wish-list');
    cpSync(join(packageRoot, 'test/fixtures/packages/wish-list'), author, { recursive: true, filter: (path) => !/node_modules|[\\/]dist|\.guanxi/.test(path) });
    const tools = installGuanxi(guanxi, author);
    link(author, TOOLS.filter((name) => !existsSync(join(author, 'node_modules', name))));
    const packed = await runNode(tools, ['plugins', 'pack', author], author);
    expect(packed.code, packed.err).to.equal(0);
    expect(packed.out).to.include('wish-list 1.0.0 is sound');
    cli = installGuanxi(guanxi, host);
    unpack(join(author, 'wish-list-1.0.0.tgz'), host, 'wish-list');
  });
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  const start = (env: Readonly<Record<string, string>>): Promise<ServerProcess> => ServerProcess.start({ GUANXI_PLUGINS: 'wish-list', ...env }, { command: [cli, 'demo', 'start'], cwd: host });

  it('is a complete one in at most 400 lines, and brings nothing but what was built', () => {
    const source = join(packageRoot, 'test/fixtures/packages/wish-list');
    const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !/node_modules|[\\/]dist|\.guanxi/.test(entry.parentPath)).map((entry) => join(entry.parentPath, entry.name));
    expect(files.reduce((lines, file) => lines + readFileSync(file, 'utf8').split('\n').length - 1, 0)).to.be.at.most(400);
    expect(readdirSync(join(host, 'node_modules/wish-list')).sort()).to.deep.equal(['LICENSE', 'README.md', 'dist', 'package.json']);
    expect(existsSync(join(host, 'node_modules/wish-list/node_modules'))).to.equal(false);
  });

  it('is worked on with the copy of Guanxi that lies beside it', async () => {
    const author = join(folder, 'wish-list');
    const { code, err } = await runNode(cli, ['plugins', 'check', author], host);
    expect(code).to.equal(1);
    expect(err).to.match(/has a Guanxi of its own in node_modules.*npx guanxi plugins/);
  });

  it('passes its tests where it was written, with neither a browser nor PostgreSQL', async () => {
    const author = join(folder, 'wish-list');
    const { code, out, err } = await runNode(join(author, 'node_modules/mocha/bin/mocha.js'), ['.guanxi/compiled/test/*.test.js', '--exit', '--timeout', '30000'], author,
      Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GUANXI_'))));
    expect(code, out + err).to.equal(0);
    expect(out).to.match(/wish-list \(sqlite\)/).and.not.match(/postgres/);
  });

  for (const engine of engines) {
    it(`is installed by a merchant and works${engine === 'sqlite' ? ', and is purged' : ''} (${engine})`, async () => {
      const { location, drop } = await serverLocation(engine, 'bundled');
      const server = await start({ DATA_DIR: join(folder, `data-${engine}`), DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url });
      try {
        const admin = await server.admin(), visitor = new HttpClient(server.url);
        const advance = (duration: string): Promise<unknown> => visitor.must('POST', '/demo/api/clock', { advance: duration });
        const listed = async (): Promise<Listed | undefined> => (await admin.must<{ items: Listed[] }>('GET', '/api/admin/marketplace')).items.find(({ id }) => id === 'wish-list');
        expect(await listed()).to.include({ hostState: 'active', state: 'available' });
        expect((await visitor.get(wishes)).status).to.equal(404);
        await installPlugin(admin, 'wish-list');
        expect(await listed()).to.include({ state: 'enabled' });
        const { widgets } = await visitor.must<{ widgets: { plugin: string; url: string }[] }>('GET', '/api/storefront/bootstrap?locale=en');
        const { url } = widgets.find(({ plugin }) => plugin === 'wish-list')!;
        expect(url).to.match(/^\/assets\/plugins\/wish-list\/[0-9a-f]{16}\/storefront\/wish\.js$/);
        expect((await visitor.get(url)).headers.get('cache-control')).to.include('immutable');

        // The secret goes in and never comes back; the plugin signs with it.
        expect((await admin.get<{ code: string }>('/api/admin/plugins/wish-list/feed')).body.code).to.equal('GX_WISH_LIST_KEY');
        await admin.must('PUT', '/api/admin/installs/wish-list/settings', { values: { keepDays: 5, feedKey: 'a key nobody else has' } });
        const settings = await admin.must<{ values: Record<string, unknown> }>('GET', '/api/admin/installs/wish-list/settings');
        expect(settings.values).to.deep.include({ keepDays: 5, feedKey: { set: true } });
        const feed = async (): Promise<Feed> => admin.must<Feed>('GET', '/api/admin/plugins/wish-list/feed');

        const { customerId, bearer } = await visitor.must<{ customerId: string; bearer: string }>('POST', '/demo/api/shoppers', { email: 'lin@example.test' });
        const lin = new HttpClient(server.url, bearer);
        expect(await lin.must('PUT', wishes, { wished: true })).to.deep.equal({ wishes: 1, wished: true });
        const first = await feed();
        expect(first.items).to.deep.include({ sku: SKU, title: (first.items[0] as unknown as { title: string }).title, wishes: 1, bought: 0 });
        expect(first.signature).to.equal(createHmac('sha256', 'a key nobody else has').update(JSON.stringify(first.items)).digest('hex'));

        if (engine === 'sqlite') await inTheBrowser(server.url, await links(server));

        // The event of an order marks the wish; the daily job forgets it after the days in the settings.
        const open = (await feed()).items[0]!.wishes;
        await visitor.must('POST', '/demo/api/orders', { customerId, lines: [{ sku: SKU, quantity: 1 }] });
        await advance('PT1M');
        expect((await feed()).items[0]).to.include({ wishes: open - 1, bought: 1 });
        await advance('P4D');
        expect((await feed()).items[0]).to.include({ bought: 1 });
        await advance('P2D');
        expect((await feed()).items.every(({ bought }) => bought === 0)).to.equal(true);

        if (engine !== 'sqlite') return;
        // Uninstalled, kept for 30 days, purged; who installs again begins anew.
        await lin.must('PUT', wishes, { wished: true });
        await admin.must('DELETE', '/api/admin/installs/wish-list');
        expect((await visitor.get(wishes)).status).to.equal(404);
        await advance('P32D');
        expect((await listed())?.state, server.output()).to.equal('purged');
        await installPlugin(admin, 'wish-list');
        expect((await admin.must<{ items: unknown[]; signed: boolean }>('GET', '/api/admin/plugins/wish-list/top'))).to.deep.equal({ items: [], signed: false });
      } finally { await server.stop(); await drop(); }
    });
  }

  it('does not run on a second copy of guanxi; the host goes on without it', async () => {
    const nested = join(host, 'node_modules/wish-list/node_modules');
    cpSync(join(folder, 'wish-list/node_modules/guanxi/package.json'), join(nested, 'guanxi/package.json'));
    try {
      const server = await start({ DATA_DIR: join(folder, 'data-second') });
      try {
        const { items } = await (await server.admin()).must<{ items: Listed[] }>('GET', '/api/admin/marketplace');
        expect(items.filter(({ hostState }) => hostState === 'active').map(({ id }) => id)).to.include.members(['coupon-exchange', 'membership']).and.not.include('wish-list');
        expect(server.output()).to.match(/wish-list does not run\..*another copy of guanxi.*peerDependencies/);
      } finally { await server.stop(); }
    } finally { rmSync(nested, { recursive: true }); }
  });

  it('is named when it is not installed', async () => {
    renameSync(join(host, 'node_modules/wish-list'), join(folder, 'away'));
    try {
      const { code, err } = await runNode(cli, ['demo', 'start'], host, { ...process.env, GUANXI_PLUGINS: 'wish-list', DATA_DIR: join(folder, 'data-absent'), PORT: '0' });
      expect(code).to.equal(1);
      expect(err).to.include('GUANXI_PLUGINS names "wish-list", which is not installed. Run: npm install wish-list');
    } finally { renameSync(join(folder, 'away'), join(host, 'node_modules/wish-list')); }
  });
});

/** The link that the running host printed, which signs in once. */
const links = (server: ServerProcess): Promise<string> => Promise.resolve(/Admin\s+(\S+)/.exec(server.output())![1]!);

async function inTheBrowser(url: string, adminLink: string): Promise<void> {
  await using tab = await openPage({ viewport: phone });
  await tab.page.goto(`${url}/demo/products/${SKU}?lang=zh`);
  await tab.page.locator('[data-guanxi="product-below"]').scrollIntoViewIfNeeded();
  await tab.page.getByText('1 位顾客想要').waitFor();
  await tab.page.getByRole('button', { name: '加入心愿单' }).click();
  await tab.page.getByText('2 位顾客想要').waitFor();
  await expectAccessible(tab.page, 'a third party\'s widget', { include: '[data-guanxi="product-below"]' });
  await using desk = await openPage();
  await desk.page.goto(adminLink);
  await desk.page.getByRole('link', { name: 'Wish list' }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'Wish list' }).waitFor();
  await desk.page.getByText('The feed is signed with your key.').waitFor();
  await desk.page.getByRole('cell', { name: '2', exact: true }).waitFor();
  await expectAccessible(desk.page, 'a third party\'s panel');
}
