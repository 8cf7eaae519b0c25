import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { packageSource } from '../../../server/package-source.js';
import { Workshop } from './plugin-workshop.js';

describe('what GUANXI_PLUGINS names', () => {
  let shop: Workshop;
  const put = (json: object, ...names: readonly string[]): void => { mkdirSync(shop.path(...names), { recursive: true }); shop.write(JSON.stringify(json), ...names, 'package.json'); };
  before(() => {
    shop = new Workshop();
    put({ name: '@acme/gift-wrap', exports: { '.': './dist/contract.js' } }, 'node_modules', '@acme', 'gift-wrap');
    put({ name: 'gift-list' }, 'work', 'my-gift-list');
    put({ name: 'host' }, 'host');
  });
  after(() => { shop[Symbol.dispose](); });
  const root = (...names: readonly string[]): string => pathToFileURL(`${shop.path(...names)}/`).href;

  it('may be a package with a scope, which exports no package.json and lies above the host', () => {
    const source = packageSource('@acme/gift-wrap', shop.path('host'));
    expect({ ...source, root: source.root.href }).to.deep.equal({ id: 'gift-wrap', root: root('node_modules', '@acme', 'gift-wrap', 'dist'), kind: 'package', onBootFailure: 'continue' });
  });

  it('may be a folder, which is called as its package', () => {
    for (const name of ['../work/my-gift-list', shop.path('work', 'my-gift-list')]) expect(packageSource(name, shop.path('host'))).to.deep.include({ id: 'gift-list', kind: 'package' });
  });

  it('must be there', () => {
    expect(() => packageSource('gift-bag', shop.path('host'))).to.throw('GUANXI_PLUGINS names "gift-bag", which is not installed. Run: npm install gift-bag');
    expect(() => packageSource('./nowhere', shop.path('host'))).to.throw('GUANXI_PLUGINS names "./nowhere", which is not a folder with a package.json');
  });
});
