import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { circles } from './circles.js';
import { isWidget, product, root, sources } from './source-tree.js';
import { none } from './none.js';

/** From the ground up. A folder imports from floors below its own, and from its neighbours as long as no circle forms. */
const floors: readonly (readonly string[])[] = [
  ['plugin-api'],
  ['data'],
  // Plain values read from the environment; whoever needs one of them may know its type.
  ['config.ts'],
  ['events', 'jobs', 'privacy', 'secrets'],
  ['economy', 'installs', 'commerce', 'contact', 'outbound', 'packages', 'quotas', 'containment'],
  ['host', 'activities', 'planner', 'shops'],
  ['http'],
  ['compose.ts', 'capabilities.ts', 'plugin-wiring.ts', 'package-source.ts', 'main.ts', 'cli'],
];
const folderOf = (path: string): string | undefined => /^server\/([^/]+)/.exec(path)?.[1];
const floorOf = (folder: string): number => floors.findIndex((floor) => floor.includes(folder));

describe('layers', () => {
  it('finds every import of a relative file', () => {
    const broken = sources().flatMap((file) => file.imports.filter(({ target }) => target?.endsWith('.ts') && !existsSync(join(root, target)) && !existsSync(join(root, target.replace(/\.ts$/, '.js'))))
      .map(({ specifier }) => `${file.path} → ${specifier}`));
    none(broken, 'Not allowed');
  });

  it('gives every folder of the server a floor', () => {
    const homeless = new Set(product().map(({ path }) => folderOf(path)).filter((folder): folder is string => folder !== undefined && floorOf(folder) < 0));
    none([...homeless], 'Not allowed');
  });

  it('lets the server import downwards only', () => {
    const breaches = product().filter(({ path }) => path.startsWith('server/')).flatMap((file) => file.imports.flatMap(({ target }) => {
      const from = folderOf(file.path)!, to = target && folderOf(target);
      return to && from !== to && floorOf(to) > floorOf(from) ? [`${file.path} → ${target}`] : [];
    }));
    none(breaches, 'Not allowed');
  });

  it('forms no circles between folders of one floor', () => {
    const edges = new Map<string, Set<string>>();
    for (const file of product()) for (const { target } of file.imports) {
      const from = folderOf(file.path), to = target && folderOf(target);
      if (!from || !to || from === to || floorOf(from) !== floorOf(to) || floorOf(from) === floors.length - 1) continue;
      edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
    none(circles(edges), 'Not allowed');
  });

  it('keeps the server free of plugins, widgets and tests', () => {
    const list = ['server/main.ts', 'server/compose.ts', 'server/cli/import-file.ts', 'server/cli/plugins/drop-plugin.ts'];
    const breaches = product().filter(({ path }) => path.startsWith('server/')).flatMap((file) => file.imports
      .filter(({ target }) => target && /^(plugins|widgets|test)\//.test(target) && !(target === 'plugins/index.ts' && list.includes(file.path)))
      .map(({ specifier }) => `${file.path} → ${specifier}`));
    none(breaches, 'Not allowed');
  });

  it('keeps widgets free of the server, of plugins and of tests', () => {
    const breaches = product().filter(({ path }) => path.startsWith('widgets/') && isWidget(path)).flatMap((file) => file.imports
      .filter(({ target, specifier }) => (target && /^(server|plugins|test)\//.test(target)) || specifier === 'guanxi/plugin' || specifier.startsWith('node:'))
      .map(({ specifier }) => `${file.path} → ${specifier}`));
    none(breaches, 'Not allowed');
  });
});
