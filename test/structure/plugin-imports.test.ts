import { reachOfCode } from '../../server/packages/direct-reach.js';
import { pluginPackages } from './allowances.js';
import { isWidget, product } from './source-tree.js';
import { none } from './none.js';

const idOf = (path: string): string => /^plugins\/([^/]+)\//.exec(path)?.[1] ?? '';
const own = product().filter(({ path }) => /^plugins\/[^/]+\//.test(path));
const fromBrowser = (specifier: string): boolean => specifier === 'guanxi/widgets' || specifier === 'guanxi/kit' || specifier === 'lit' || specifier.startsWith('lit/');

describe('imports of plugins', () => {
  it('stay inside the plugin', () => {
    const breaches = own.flatMap((file) => file.imports.filter(({ target }) => target && !target.startsWith(`plugins/${idOf(file.path)}/`)).map(({ specifier }) => `${file.path} → ${specifier}`));
    none(breaches, 'Not allowed');
  });

  it('name nothing but guanxi/plugin on the server', () => {
    const breaches = own.filter(({ path }) => !isWidget(path)).flatMap((file) => file.imports
      .filter(({ specifier, target }) => !target && specifier !== 'guanxi/plugin' && !pluginPackages.some((allowed) => allowed.specifier === specifier && file.path.startsWith(allowed.path)))
      .map(({ specifier }) => `${file.path} → ${specifier}`));
    none(breaches, 'Not allowed');
  });

  it('name nothing but guanxi/widgets, guanxi/kit and lit in the browser', () => {
    const breaches = own.filter(({ path }) => isWidget(path)).flatMap((file) => file.imports
      .filter(({ specifier, target }) => !target && !fromBrowser(specifier)).map(({ specifier }) => `${file.path} → ${specifier}`));
    none(breaches, 'Not allowed');
  });

  it('bring no admin kit to the storefront', () => {
    const breaches = own.filter(({ path }) => path.includes('/widgets/storefront/')).flatMap((file) => file.imports
      .filter(({ specifier }) => specifier === 'guanxi/kit').map(({ specifier }) => `${file.path} → ${specifier}`));
    none(breaches, 'Not allowed');
  });

  it('bring no server code into a widget, only its types', () => {
    const breaches = own.filter(({ path }) => isWidget(path)).flatMap((file) => file.imports
      .filter(({ target, typeOnly }) => target && !isWidget(target) && !typeOnly && !target.includes('/locales/')).map(({ specifier }) => `${file.path} → ${specifier}`));
    none(breaches, 'Not allowed');
  });

  it('are all that server code has: no global leads outside or ends the process', () => {
    none(own.filter(({ path }) => !isWidget(path)).flatMap(({ path, code }) => reachOfCode(path, code)).map(({ message }) => message), 'Not allowed');
  });

  it('leave plugins/index.ts a list', () => {
    const breaches = product().filter(({ path }) => path === 'plugins/index.ts').flatMap((file) => file.imports
      .filter(({ typeOnly, target }) => !typeOnly && target?.startsWith('plugins/')).map(({ specifier }) => specifier));
    none(breaches, 'Not allowed');
  });
});
