import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtPlugin, engines, expectAccessible, openPage, phone, startTestServer, type TestServer } from '../../kit/index.js';
import { guanxi, must, Workshop } from './plugin-workshop.js';

describe('guanxi plugins new', () => {
  let shop: Workshop, plugin: string;
  before(async () => {
    shop = new Workshop();
    plugin = shop.path('gift-list');
    await must(guanxi('plugins', 'new', 'gift-list', '--dir', plugin));
    await must(guanxi('plugins', 'build', plugin));
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

  it('makes a package that passes its own tests', () => {
    const env = { ...process.env, GUANXI_TEST_ENGINES: 'sqlite' };
    const out = execFileSync(process.execPath, [join(plugin, 'node_modules/mocha/bin/mocha.js'), '.guanxi/compiled/test/*.test.js', '--exit'], { cwd: plugin, encoding: 'utf8', env });
    expect(out).to.match(/1 passing/);
  });

  it('makes a package that check finds nothing wrong with', async () => {
    const said = await guanxi('plugins', 'check', plugin);
    expect(said.err).to.equal('');
    expect(said).to.include({ code: 0, err: '' });
    expect(said.out).to.include('gift-list 0.1.0 is sound');
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
