import { en } from '../../widgets/admin/locales/en.js';
import { none } from './none.js';
import { filesUnder, read } from './source-tree.js';

const ACTION = /'([a-z][a-z-]*(?:\.[a-z-]+)+)'/g;
/** Actions that stand as they are where a line of the audit is written, or are handed to what writes it. */
const written = (code: string): string[] => [
  ...[...code.matchAll(/(?:\.record\((?:\w+|\{[^\n]*\})|this\.#\w+\(ctx, \w+), ([^,\n]+)/g)].flatMap(([, argument]) => [...argument!.matchAll(ACTION)]),
  ...code.matchAll(/\b(?:action|audit): '([a-z-]+(?:\.[a-z-]+)+)'/g), ...code.matchAll(/\brecord\('([a-z-]+(?:\.[a-z-]+)+)'\)/g),
].map((match) => match[1]!);
const sources = (folder: string): string[] => filesUnder(folder).filter((path) => path.endsWith('.ts') && !/\/(widgets|locales|node_modules)\//.test(path));

describe('the audit', () => {
  it('has a text for every action, the core\'s in the admin and a plugin\'s among its own', () => {
    const admin = new Set(Object.keys(en));
    const bare = sources('server').flatMap((path) => written(read(path)).filter((action) => !admin.has(`auditAction.${action}`)).map((action) => `${path}: auditAction.${action}`));
    for (const plugin of new Set(filesUnder('plugins').filter((path) => path.endsWith('/manifest.ts')).map((path) => path.split('/')[1]!))) {
      const own = JSON.parse(read(`plugins/${plugin}/locales/en.json`)) as Record<string, string>;
      for (const path of sources(`plugins/${plugin}`)) for (const action of written(read(path))) if (!(`audit.${action}` in own)) bare.push(`${path}: audit.${action}`);
    }
    none(bare, 'Actions without a text');
  });
});
