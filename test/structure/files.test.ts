import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, hits, product, read, root, sources } from './source-tree.js';
import { none } from './none.js';

const barrels = ['server/plugin-api/index.ts', 'widgets/runtime/index.ts', 'widgets/kit/index.ts', 'plugins/index.ts', 'test/kit/index.ts'];

/** What git would publish; outside a repository (an unpacked archive) what lies in the source folders. */
function tracked(): string[] {
  try {
    return execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\0').filter((path) => path && existsSync(join(root, path)));
  } catch {
    return ['server', 'plugins', 'widgets', 'test', '.ci'].flatMap(filesUnder).concat(['package.json', 'package-lock.json', 'README.md', 'CHANGELOG.md'].filter((path) => existsSync(join(root, path))));
  }
}

describe('files', () => {
  it('have at most 400 lines', () => {
    none(sources().filter(({ text }) => text.split('\n').length > 401).map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`), 'Not allowed');
  });

  it('say in their names what they hold', () => {
    none(sources().map(({ path }) => path).filter((path) => /(^|[/.-])(utils?|helpers?|common|managers?|misc|stuff)([/.-]|$)/.test(path)), 'Not allowed');
    none(sources().map(({ path }) => path).filter((path) => !/^[a-z0-9./-]+$/.test(path) && !/\/locales\/[a-z]{2}(-[A-Z]{2})?\.ts$/.test(path)), 'kebab-case');
  });

  it('are no barrels, except the public doors', () => {
    none(sources().map(({ path }) => path).filter((path) => path.endsWith('/index.ts') && !barrels.includes(path)), 'Not allowed');
  });

  it('export by name, except plugins and widgets', () => {
    const allowed = (path: string): boolean => /^plugins\/[^/]+\/plugin\.ts$/.test(path) || path.endsWith('.element.ts') || /^plugins\/[^/]+\/widgets\//.test(path) || path.startsWith('test/fixtures/');
    none(sources().filter(({ path }) => !allowed(path)).flatMap((file) => hits(file, /^export default\b/m)), 'Not allowed');
  });

  it('silence no compiler', () => {
    const silenced = sources().flatMap(({ path, text }) => hits({ path, code: text }, new RegExp(`@ts-(${['ignore', 'nocheck'].join('|')})`)));
    none(silenced, 'Not allowed');
  });

  it('leave nothing to do without saying what', () => {
    none(product().flatMap(({ path, text }) => hits({ path, code: text }, /\b(TODO|FIXME|XXX)\b(?![^\n]{20})/)), 'Not allowed');
  });
});

describe('the repository', () => {
  // Put together from parts, so that this file does not find itself.
  const machine = new RegExp([['', 'work', '(main|shared)\\b'].join('/'), ['', 'root', ''].join('/'), ['', 'home', '[a-z]+', ''].join('/'), ['', 'Users', '[a-z]+', ''].join('/')].join('|'));
  const hosts = new RegExp(['registry\\.npmjs', 'npmmirror', 'registry\\.yarnpkg', 'artifactory', 'verdaccio'].join('|').replaceAll('\\.', '[.]'), 'i');
  const text = tracked().filter((path) => statSync(join(root, path)).size < 2_000_000 && !/\.(png|jpe?g|webp|gif|ico|woff2?|gz|sqlite|br)$/.test(path));

  it('names no machine\'s folders', () => {
    none(text.filter((path) => path !== 'test/structure/files.test.ts').flatMap((path) => hits({ path, code: read(path) }, machine)), 'Not allowed');
  });

  it('names no package registry', () => {
    none(text.filter((path) => path !== 'test/structure/files.test.ts').flatMap((path) => hits({ path, code: read(path) }, hosts)), 'Not allowed');
  });

  it('locks versions, not download addresses', () => {
    none(hits({ path: 'package-lock.json', code: read('package-lock.json') }, /"resolved"/), 'Not allowed');
  });

  it('carries nothing that is built or stored', () => {
    none(tracked().filter((path) => /^(dist|data|node_modules)\/|\.(sqlite|sqlite-wal|tsbuildinfo|log)$|(^|\/)\.env/.test(path)), 'Not allowed');
  });
});
