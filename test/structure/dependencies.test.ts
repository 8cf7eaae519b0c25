import { filesUnder, product, read, sources } from './source-tree.js';
import { none } from './none.js';

interface Package { readonly dependencies: Readonly<Record<string, string>>; readonly devDependencies: Readonly<Record<string, string>> }
const own = JSON.parse(read('package.json')) as Package;

/** Named nowhere in the sources, and needed all the same. */
const behindTheScenes: Readonly<Record<string, string>> = {
  'oxlint': 'npm run lint', 'oxlint-tsgolint': 'type information for oxlint', 'typescript': 'npm run build', 'reflect-metadata': 'decorators, loaded by the contract', 'axe-core': 'handed to pages as text by test/kit',
};
const packageOf = (specifier: string): string | undefined =>
  /^(node:|\.|guanxi\/)/.test(specifier) ? undefined : specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

describe('dependencies', () => {
  it('of the product are installed with it', () => {
    // `widgets/build` runs where the product is built; test kits where plugins are tested.
    none(product().filter(({ path }) => !path.startsWith('widgets/build/')).flatMap((file) => file.imports.flatMap(({ specifier, typeOnly }) => {
      const name = packageOf(specifier);
      return name && !(name in own.dependencies) && !(typeOnly && name in own.devDependencies) ? [`${file.path} → ${specifier}`] : [];
    })), 'Not in dependencies');
  });

  it('of tests and tools are declared', () => {
    none(sources().flatMap((file) => file.imports.flatMap(({ specifier }) => {
      const name = packageOf(specifier);
      return name && !(name in own.dependencies) && !(name in own.devDependencies) ? [`${file.path} → ${specifier}`] : [];
    })), 'Not declared');
  });

  it('are all used', () => {
    const named = new Set(sources().flatMap((file) => file.imports.map(({ specifier }) => packageOf(specifier))));
    const elsewhere = ['server', 'test', 'widgets'].flatMap(filesUnder).filter((path) => /\.(mjs|css|html)$/.test(path)).map(read).join('\n') + read('package.json').replace(/"(dev)?[dD]ependencies": \{[^}]*\}/g, '');
    const used = (name: string): boolean => named.has(name) || name in behindTheScenes || elsewhere.includes(`'${name}`) || (name.startsWith('@types/') && (named.has(name.slice(7)) || ['@types/node', '@types/mocha'].includes(name)));
    none([...Object.keys(own.dependencies), ...Object.keys(own.devDependencies)].filter((name) => !used(name)), 'Not used; remove it');
  });

  it('are explained in the README', () => {
    const readme = read('README.md');
    none(Object.keys(own.dependencies).filter((name) => !readme.includes(`\`${name}\``)), 'No reason given in the README\'s table');
  });
});
