import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { snippetsOf } from '../../guide/guide-source.js';
import { builtPlugin, engines, expectAccessible, openPage, packageRoot, phone, startTestServer, type TestServer } from '../../kit/index.js';
import { guanxi, must, Workshop } from './plugin-workshop.js';

const run = promisify(execFile);
/** What the guide's first page has its reader type, one command a line. */
const typed = snippetsOf('getting-started.md').filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'));
/** Nothing may be fetched; a command that is not there fails. */
const env = { ...process.env, npm_config_offline: 'true', npm_config_update_notifier: 'false', GUANXI_TEST_ENGINES: 'sqlite' };

describe('guanxi plugins new', () => {
  let shop: Workshop, plugin: string, tested: string;
  before(async function () {
    this.timeout(180_000);
    shop = new Workshop();
    plugin = shop.path('gift-list');
    const type = async (command: string, cwd: string): Promise<string> => (await run('sh', ['-c', command.replace('../gift-list', plugin)], { cwd, env })).stdout;
    await type(typed[0]!, packageRoot);
    // Builds it, too.
    tested = await type(typed[3]!, plugin);
  });
  after(() => { shop[Symbol.dispose](); });

  it('writes the plugin\'s name wherever the template has its own', () => {
    const files = shop.files('gift-list');
    expect(files.map((file) => file.slice(plugin.length + 1))).to.include.members(['.gitignore', 'LICENSE', 'README.md', 'manifest.ts', 'plugin.ts', 'locales/zh-CN.json', 'test/plugin.test.ts']);
    for (const file of files) expect(readFileSync(file, 'utf8'), file).not.to.match(/my-plugin|my_plugin|MyPlugin|My plugin/);
    expect(shop.read('gift-list', 'entities', 'like.entity.ts')).to.include("@Table('plg_gift_list_like')");
    expect(shop.read('gift-list', 'migrations', 'create-likes.migration.ts')).to.include('CreateGiftList');
  });

  it('takes a scope as part of the package\'s name alone', async () => {
    await must(guanxi('plugins', 'new', '@acme/gift-wrap', '--dir', shop.path('scoped'), '--no-link'));
    expect(JSON.parse(shop.read('scoped', 'package.json'))).to.include({ name: '@acme/gift-wrap' });
    expect(shop.read('scoped', 'manifest.ts')).to.include("id: 'gift-wrap'");
    expect(existsSync(shop.path('scoped', 'node_modules'))).to.equal(false);
  });

  for (const name of ['Gift', 'ab', '1st-gift', 'gift_list', 'gift--list', 'gift-', 'core', 'order', 'guide', 'guanxi-gift', 'questionnaires', '@acme', '@Acme/gift', '../gift', `a${'b'.repeat(31)}`]) {
    it(`refuses the name ${name} in one sentence`, async () => {
      const said = await guanxi('plugins', 'new', name, '--dir', shop.path('refused'));
      expect(said.code).to.equal(1);
      expect(said.err.split('\n')).to.have.length(1);
      expect(said.err).to.include('gift-wrap');
      expect(existsSync(shop.path('refused'))).to.equal(false);
    });
  }

  it('overwrites nothing', async () => {
    mkdirSync(shop.path('mine'));
    shop.write('mine', 'mine', 'notes.txt');
    const said = await guanxi('plugins', 'new', 'gift-list', '--dir', shop.path('mine'));
    expect(said.code).to.equal(1);
    expect(said.err).to.include('not empty');
    expect(readdirSync(shop.path('mine'))).to.deep.equal(['notes.txt']);
  });

  it('is what the guide begins with, and its commands are those of the package', () => {
    expect(typed).to.deep.equal(['npx guanxi plugins new gift-list --dir ../gift-list', 'cd ../gift-list', 'npm run dev', 'npm test', 'npm run check']);
    // How it goes on after each change is shown with `plugins dev`.
    expect((JSON.parse(shop.read('gift-list', 'package.json')) as { scripts: Record<string, string> }).scripts).to.include({ dev: 'guanxi plugins dev', check: 'guanxi plugins check' });
  });

  it('makes a package that passes its own tests', () => { expect(tested).to.match(/1 passing/); });

  it('makes a package that check finds nothing wrong with', async function () {
    this.timeout(180_000);
    const { stdout, stderr } = await run('sh', ['-c', typed[4]!], { cwd: plugin, env });
    expect(stderr).to.not.match(/^(error|warning) +GX_/m);
    expect(stdout).to.include('gift-list 0.1.0 is sound');
  });

  it('leaves Lit and the runtime outside of its widgets', () => {
    for (const [widget, names] of [['like', ['lit', 'guanxi/widgets']], ['overview', ['lit', 'guanxi/kit', 'guanxi/widgets']]] as const) {
      const code = shop.read('gift-list', 'dist', 'widgets', `${widget}.js`);
      expect(code).not.to.match(/litElementVersions|customElements\.define/);
      expect([...code.matchAll(/from\s*"([^"]+)"/g)].map((match) => match[1]).sort()).to.deep.equal([...names].sort());
    }
  });

  for (const engine of engines) {
    it(`shows a panel to the merchant and a widget to shoppers (${engine})`, async () => {
      await using server: TestServer = await startTestServer({ engine, plugins: [{ ...builtPlugin(pathToFileURL(`${plugin}/`).href), kind: 'package' }], mode: 'demo' });
      await server.install('gift-list');
      const { widgets } = await server.visitor().must<{ widgets: { tag: string; url: string }[] }>('GET', '/api/storefront/bootstrap?locale=en');
      expect(widgets[0]?.url).to.match(/^\/assets\/plugins\/gift-list\/[0-9a-f]{16}\/storefront\/like\.js$/);
      const { headers } = await server.visitor().get(widgets[0]!.url);
      expect(headers.get('cache-control')).to.include('immutable');
      if (engine === 'postgres') return;

      await using tab = await openPage({ viewport: phone });
      await tab.page.goto(`${server.url}/demo/products/TEA-LJ01?lang=en`);
      await tab.page.locator('[data-guanxi="product-below"]').scrollIntoViewIfNeeded();
      await tab.page.getByRole('button', { name: 'Like' }).click();
      await tab.page.getByText('1 shopper likes this').waitFor();
      await expectAccessible(tab.page, 'the new plugin\'s widget', { include: '[data-guanxi="product-below"]' });

      await using desk = await openPage();
      await desk.page.goto(await server.running.adminLink(server.context().shop));
      await desk.page.getByRole('link', { name: 'Gift list' }).click();
      await desk.page.getByRole('heading', { level: 1, name: 'Gift list' }).waitFor();
      await desk.page.getByRole('row').filter({ hasText: '1' }).first().waitFor();
      await expectAccessible(desk.page, 'the new plugin\'s panel');
    });
  }
});
