import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundledPlugins } from '../../plugins/index.js';
import type { Outcome } from '../../server/cli/plugins/compile.js';
import { runCommand } from '../../server/cli/program.js';
import { none } from '../structure/none.js';
import { filesUnder, sources } from '../structure/source-tree.js';
import { packageRoot } from '../kit/index.js';
import { errorCodes, isMet } from './error-codes.js';
import { GENERATED, generatedPages } from './generated-pages.js';
import { GUIDE, page, pages, snippetsOf } from './guide-source.js';
import { GuideWorkshop } from './guide-workshop.js';
import { REMEDIES } from './remedies.js';

const written = pages().filter((path) => !GENERATED.some((name) => name === path));

/** Goes on beside the first tests: most of it happens in other processes. */
let shop: GuideWorkshop, started: Promise<Outcome>;
before(() => {
  shop = new GuideWorkshop();
  started = shop.build(snippetsOf('getting-started.md'), false).then(() => shop.mocha('gift-list'), (error: unknown) => ({ code: 1, out: '', err: String(error) }));
});
after(async () => {
  await started;
  shop[Symbol.dispose]();
});

describe('the authors\' guide', () => {
  it('is documentation and no plugin; every other folder beside it is a bundled plugin', () => {
    expect(filesUnder('plugins/guide').filter((path) => !path.endsWith('.md'))).to.deep.equal([]);
    const folders = readdirSync(join(packageRoot, 'plugins'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(folders.sort()).to.deep.equal([...bundledPlugins.map(({ id }) => id), 'guide'].sort());
  });

  it('has no code that is not compiled and run', () => {
    none(written.flatMap(snippetsOf).filter(({ language, file }) => language !== 'sh' && !file).map(({ place, language }) => `${place} (${language || 'no language'})`), 'Name the file');
  });

  it('names commands that exist', async () => {
    const named = written.flatMap(snippetsOf).filter(({ language }) => language === 'sh').flatMap(({ text }) => [...text.matchAll(/guanxi plugins (\w+)/g)].map((match) => match[1]!));
    const lines: string[] = [];
    await runCommand(['plugins', '--help'], { env: {}, out: (line) => { lines.push(line); }, err: (line) => { lines.push(line); } });
    for (const name of new Set(named)) expect(lines.join('\n'), name).to.match(new RegExp(`^ +${name}\\b`, 'm'));
    expect(named).to.include.members(['new', 'build', 'check', 'pack']);
    const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'server/cli/plugins/template/package.json'), 'utf8')) as { scripts: Record<string, string> };
    for (const match of page('getting-started.md').matchAll(/npm run (\w+)/g)) if (match[1] !== 'build') expect(scripts).to.have.property(match[1]!);
  });

  it('has links that lead somewhere', () => {
    const wrong = pages().flatMap((path) => [...page(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!).filter((link) => !/^https?:/.test(link) && !existsSync(join(GUIDE, dirname(path), link))).map((link) => `${path} → ${link}`));
    none(wrong, 'No such page');
    const anchors = new Set([...page('reference.md').matchAll(/\]\(#([^)]*)\)/g)].map((match) => match[1]!));
    expect(anchors.size).to.be.greaterThan(150);
    expect(anchors).to.not.include('');
    expect([...anchors]).to.include.members(['instant', 'instant-1']);
  });

  it('has pages made from the sources as they are', () => {
    for (const { name, text } of generatedPages()) {
      const [stored, now] = [page(name).split('\n'), text.split('\n')];
      const differ = [...stored.filter((line) => !now.includes(line)).map((line) => `- ${line}`), ...now.filter((line) => !stored.includes(line)).map((line) => `+ ${line}`)];
      none(differ.slice(0, 20), `plugins/guide/${name} is not what the sources say. Run: npm run api-report`);
      expect(stored.join('\n') === now.join('\n'), `${name}: the order changed. Run: npm run api-report`).to.equal(true);
    }
  });

  it('explains every code that an author can meet', () => {
    const codes = errorCodes(), listed = new Set(codes.map(({ code }) => code));
    none(codes.filter(({ code, sentence }) => !sentence && !REMEDIES[code]).map(({ code }) => code), 'No sentence and no remedy');
    none(Object.keys(REMEDIES).filter((code) => !listed.has(code)), 'A remedy for nothing');
    const everywhere = sources().filter(({ path }) => isMet(path)).flatMap(({ path, code }) => [...code.matchAll(/\(\s*[`']?(GX_[A-Z0-9_]*[A-Z0-9])\b/g)].map((match) => ({ path, code: match[1]! })));
    expect(everywhere.length).to.be.greaterThan(200);
    none([...new Set(everywhere.filter(({ code }) => !listed.has(code)).map(({ path, code }) => `${code} (${path})`))], 'Not in errors.md');
  });
});

describe('getting started', function () {
  this.timeout(120_000);
  it('works as it is written: made, changed, built and tested', async () => {
    const { code, out, err } = await started;
    expect(code, out + err).to.equal(0);
    expect(out).to.match(/counts one like per shopper/).and.match(/counts those of one shop/);
  });
});
