import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { checkCopies, needsOf } from '../../../server/packages/single-copies.js';
import { packageRoot } from '../../kit/index.js';
import { guanxi, must, Workshop } from './plugin-workshop.js';

const hash = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('a plugin of one\'s own', () => {
  let shop: Workshop, copies = 0;
  before(async () => {
    shop = new Workshop();
    await must(guanxi('plugins', 'new', 'gift-list', '--dir', shop.path('good')));
    await must(guanxi('plugins', 'build', shop.path('good')));
  });
  after(() => { shop[Symbol.dispose](); });
  /** A copy to break. */
  const copy = (): string => { const name = `copy-${++copies}`; shop.copy('good', name); return name; };

  it('is built with the hash of every file, its manifest as data, and neither tests nor sources', () => {
    const { files } = JSON.parse(shop.read('good', 'dist', 'integrity.json')) as { files: Record<string, string> };
    expect(Object.keys(files)).to.include.members(['manifest.json', 'plugin.js', 'widgets/like.js', 'widgets/overview.js', 'widgets/locales/storefront.zh-CN.json']);
    for (const [path, expected] of Object.entries(files)) expect(hash(shop.path('good', 'dist', path)), path).to.equal(expected);
    expect(Object.keys(files).filter((path) => /test|\.element\.|\.map$/.test(path))).to.deep.equal([]);
    expect(JSON.parse(shop.read('good', 'dist', 'manifest.json'))).to.include({ id: 'gift-list', version: '0.1.0' });
    expect(JSON.parse(shop.read('good', 'dist', 'widgets', 'locales', 'storefront.en.json'))).to.have.property('like').and.not.have.property('admin.title');
  });

  const broken: readonly { readonly title: string; readonly says: RegExp; readonly change: (name: string) => void }[] = [
    { title: 'that does not compile', says: /does not compile[^]*plugin\.ts\(\d+,\d+\): error TS2322/, change: (name) => { shop.edit((text) => `${text}export const wrong: number = 'text';\n`, name, 'plugin.ts'); } },
    { title: 'whose manifest has another id', says: /calls the plugin "gift-bag", package\.json "gift-list"/, change: (name) => { shop.edit((text) => text.replace("id: 'gift-list'", "id: 'gift-bag'"), name, 'manifest.ts'); } },
    { title: 'whose manifest names a widget nobody wrote', says: /the module map\.js, which no file makes\. Write widgets\/storefront\/map\.element\.ts/, change: (name) => { shop.edit((text) => text.replace("'like.js'", "'map.js'"), name, 'manifest.ts'); } },
    { title: 'whose manifest names a picture that is not there', says: /the picture list\.svg, which is not in pictures/, change: (name) => { shop.edit((text) => text.replace("icon: 'heart', category", "screenshots: [{ file: 'list.svg', alt: { en: 'A list', 'zh-CN': '列表' } }], icon: 'heart', category"), name, 'manifest.ts'); } },
    {
      title: 'whose widget is too big', says: /Over the budget after gzip: storefront widget: gift-list like has \d+\.\d KB of 5\.0 KB/,
      change: (name) => { shop.edit((text) => `${text}\nexport const noise = ${JSON.stringify(Array.from({ length: 400 }, (_, at) => createHash('sha256').update(String(at)).digest('base64')).join(''))};\n`, name, 'widgets', 'storefront', 'like.element.ts'); },
    },
    { title: 'whose widget has no default', says: /like\.element\.ts must default-export its class/, change: (name) => { shop.edit((text) => text.replace('export default class', 'export class'), name, 'widgets', 'storefront', 'like.element.ts'); } },
  ];
  for (const { title, says, change } of broken) {
    it(`is not built when it is one ${title}; the last good build stays`, async () => {
      const name = copy(), before = hash(shop.path(name, 'dist', 'integrity.json'));
      change(name);
      const said = await guanxi('plugins', 'build', shop.path(name));
      expect(said.code).to.equal(1);
      expect(said.err).to.match(says);
      expect(hash(shop.path(name, 'dist', 'integrity.json'))).to.equal(before);
    });
  }

  it('takes its pictures along, and forgets what the author deleted', async () => {
    const name = copy();
    mkdirSync(shop.path(name, 'pictures'));
    shop.write('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 10"/>', name, 'pictures', 'list.svg');
    shop.edit((text) => text.replace("icon: 'heart', category", "screenshots: [{ file: 'list.svg', alt: { en: 'A list', 'zh-CN': '列表' } }], icon: 'heart', category"), name, 'manifest.ts');
    shop.write('export const old = 1;\n', name, 'services', 'old.service.ts');
    await must(guanxi('plugins', 'build', shop.path(name)));
    expect(existsSync(shop.path(name, 'dist', 'services', 'old.service.js'))).to.equal(true);
    expect((JSON.parse(shop.read(name, 'dist', 'integrity.json')) as { files: object }).files).to.include.keys('pictures/list.svg', 'services/old.service.js');
    rmSync(shop.path(name, 'services', 'old.service.ts'));
    await must(guanxi('plugins', 'build', shop.path(name)));
    for (const place of ['dist', '.guanxi/compiled']) expect(existsSync(shop.path(name, place, 'services', 'old.service.js')), place).to.equal(false);
  });

  it('is looked for where the author says', async () => {
    for (const command of ['build', 'check', 'pack', 'dev']) {
      const said = await guanxi('plugins', command, shop.folder);
      expect(said.code, command).to.equal(1);
      expect(said.err, command).to.include('holds no plugin');
    }
    const unbuilt = copy();
    rmSync(shop.path(unbuilt, 'dist'), { recursive: true });
    expect((await guanxi('plugins', 'check', shop.path(unbuilt))).err).to.include('Run: guanxi plugins build');
  });

  /** What check says with these changes, as `code`s. */
  const findings = async (change: (name: string) => void): Promise<readonly string[]> => {
    const name = copy();
    change(name);
    const said = await guanxi('plugins', 'check', shop.path(name));
    expect(said.code).to.equal(1);
    const lines = said.err.split('\n');
    expect(lines.pop()).to.match(/^gift-list: \d+ things? (is|are) wrong\.$/);
    for (const line of lines) expect(line).to.match(/^(error|warning) +GX_[A-Z_]+ +\S.+/);
    return lines.map((line) => line.split(/ +/)[1]!);
  };

  it('is told everything that is wrong with its files and its package.json at once', async () => {
    expect(await findings((name) => {
      shop.edit((text) => `${text}// later\n`, name, 'dist', 'plugin.js');
      shop.json(({ license: _license, peerDependencies: _peer, ...json }) => ({ ...json, version: '0.2.0', dependencies: { lit: '^3.0.0' } }), name, 'package.json');
      rmSync(shop.path(name, 'LICENSE'));
      const later = new Date(Date.now() + 60_000);
      utimesSync(shop.path(name, 'routes', 'admin.routes.ts'), later, later);
    })).to.deep.equal(['GX_INTEGRITY_MODIFIED', 'GX_PACKAGE_VERSION', 'GX_PACKAGE_LICENSE', 'GX_PACKAGE_LICENSE', 'GX_PACKAGE_COPY', 'GX_PACKAGE_PEER', 'GX_PACKAGE_STALE']);
  });

  it('is told what npm would leave out, and what it would carry that is private', async () => {
    expect(await findings((name) => {
      shop.write('KEY=1\n', name, 'server.key');
      shop.json((json) => ({ ...json, files: ['dist/plugin.js', 'server.key'], peerDependencies: { guanxi: '>=99' } }), name, 'package.json');
    })).to.include.members(['GX_PACKAGE_PEER', 'GX_PACKAGE_CONTENT', 'GX_PACKAGE_PRIVATE']);
  });

  it('is told when no host of today would take it', async () => {
    expect(await findings((name) => { shop.json((json) => ({ ...json, api: '^9.0' }), name, 'dist', 'manifest.json'); })).to.include('GX_API_RANGE');
  });

  it('may be written with tools of its own, of which nobody else gets a copy', async () => {
    const name = copy();
    const lit = shop.path(name, 'node_modules', 'lit');
    rmSync(lit);
    cpSync(join(packageRoot, 'node_modules', 'lit'), lit, { recursive: true });
    const built = shop.path(name, 'dist');
    expect(checkCopies(built, needsOf(built))).to.deep.equal([]);
    shop.json(({ devDependencies, ...json }) => ({ ...json, devDependencies: { ...(devDependencies as object), lit: undefined } }), name, 'package.json');
    expect((await guanxi('plugins', 'check', shop.path(name))).err).to.match(/^error +GX_SECOND_COPY .*lit/m);
  });

  it('is told when a host refuses it', async () => {
    const name = copy();
    shop.edit((text) => text.replace('  entities:', "  activate: () => { throw new Error('no luck today'); },\n  entities:"), name, 'plugin.ts');
    await must(guanxi('plugins', 'build', shop.path(name)));
    const said = await guanxi('plugins', 'check', shop.path(name));
    expect(said.code).to.equal(1);
    expect(said.err).to.match(/^error +GX_PLUGIN_\w+ .*no luck today/m);
  });

  it('is held to the contract: it may not show one shop what belongs to another', async () => {
    const name = copy();
    shop.edit((text) => text.replace('SELECT sku, CAST(count(*) AS BIGINT) AS likes', 'SELECT id AS sku, 1 AS likes').replace('GROUP BY sku ORDER BY likes DESC, sku', 'ORDER BY id')
      .replace('const rows = await', 'const rows = remembered ??= await').replace('/** Who likes what. */', 'let remembered: { sku: string; likes: number }[] | undefined;\n\n/** Who likes what. */'), name, 'services', 'likes.service.ts');
    await must(guanxi('plugins', 'build', shop.path(name)));
    const said = await guanxi('plugins', 'check', shop.path(name));
    expect(said.code).to.equal(1);
    expect(said.err).to.match(/^error +GX_SHOP_LEAK .*GET \/top/m);
  });

  it('is told that another has its id', async () => {
    const name = copy();
    for (const file of ['package.json', 'manifest.ts']) shop.edit((text) => text.replaceAll('gift-list', 'questionnaires').replaceAll('plg_gift_list', 'plg_questionnaires'), name, file);
    for (const [folder, file] of [['entities', 'like.entity.ts'], ['migrations', 'create-likes.migration.ts'], ['services', 'likes.service.ts']] as const) shop.edit((text) => text.replaceAll('plg_gift_list', 'plg_questionnaires'), name, folder, file);
    await must(guanxi('plugins', 'build', shop.path(name)));
    expect((await guanxi('plugins', 'check', shop.path(name))).err).to.match(/^error +GX_PLUGIN_TAKEN /m);
  });

  it('is not packed while anything is wrong with it', async () => {
    const name = copy();
    rmSync(shop.path(name, 'LICENSE'));
    expect((await guanxi('plugins', 'pack', shop.path(name))).code).to.equal(1);
    expect(existsSync(shop.path(name, 'gift-list-0.1.0.tgz'))).to.equal(false);
  });
});
