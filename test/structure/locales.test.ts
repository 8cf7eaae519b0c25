import { expect } from 'chai';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { none } from './none.js';
import { browserSide, filesUnder, hits, product, read, root } from './source-tree.js';

type Texts = Readonly<Record<string, string>>;

function flatten(value: unknown, prefix = ''): Texts {
  if (typeof value !== 'object' || value === null) return { [prefix]: String(value) };
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flatten(inner, prefix ? `${prefix}.${key}` : key))) as Texts;
}
async function load(path: string): Promise<Texts> {
  if (path.endsWith('.json')) return flatten(JSON.parse(read(path)));
  const module = await import(pathToFileURL(join(root, 'dist', path.replace(/\.ts$/, '.js'))).href) as Record<string, unknown>;
  return Object.assign({}, ...Object.values(module).map((each) => flatten(each))) as Texts;
}
/** `{name}` and `{count, plural, …}` alike: what stands first in each brace. */
const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{\s*(\w+)/g)].map((match) => match[1]!))].sort();

/** Pairs of files with the same texts in two languages. */
function pairs(): { readonly en: string; readonly zh: string | undefined }[] {
  const files = ['server', 'plugins', 'widgets'].flatMap(filesUnder).filter((path) => /\/locales\//.test(path) && !path.includes('/node_modules/'));
  return files.filter((path) => /\/en\.(json|ts)$/.test(path)).map((en) => {
    const folder = posix.dirname(en), end = posix.extname(en);
    return { en, zh: files.find((path) => posix.dirname(path) === folder && /^zh-cn$/i.test(posix.basename(path, end)) && posix.extname(path) === end) };
  });
}

describe('texts', () => {
  it('exist in Chinese wherever they exist in English', () => {
    expect(pairs().length).to.be.greaterThan(0);
    none(pairs().filter(({ zh }) => !zh).map(({ en }) => en), 'Without Chinese');
  });

  it('have the same keys and the same placeholders in both, none empty', async () => {
    const breaches: string[] = [];
    for (const { en, zh } of pairs()) {
      if (!zh) continue;
      const english = await load(en), chinese = await load(zh);
      for (const key of Object.keys(english)) {
        if (!(key in chinese)) breaches.push(`${zh}: ${key} is missing`);
        else if (placeholders(english[key]!).join() !== placeholders(chinese[key]!).join()) breaches.push(`${zh}: ${key} has other placeholders (${placeholders(chinese[key]!).join()} instead of ${placeholders(english[key]!).join()})`);
      }
      for (const key of Object.keys(chinese)) if (!(key in english)) breaches.push(`${en}: ${key} is missing`);
      for (const [path, texts] of [[en, english], [zh, chinese]] as const) for (const [key, text] of Object.entries(texts)) if (!text.trim()) breaches.push(`${path}: ${key} is empty`);
    }
    none(breaches, 'Different');
  });

  it('are Chinese in the Chinese files', async () => {
    const breaches: string[] = [];
    for (const { zh } of pairs()) {
      if (!zh) continue;
      const texts = Object.entries(await load(zh));
      const latin = texts.filter(([, text]) => /[A-Za-z]{3}/.test(text) && !/\p{Script=Han}/u.test(text));
      // Names and codes stay Latin; a whole file of them was not translated.
      if (latin.length > Math.max(6, texts.length * 0.12)) breaches.push(`${zh}: ${latin.length} of ${texts.length}, e.g. ${latin.slice(0, 3).map(([key]) => key).join(', ')}`);
    }
    none(breaches, 'Not translated');
  });

  it('exist for every key that a plugin\'s widget asks for', async () => {
    const breaches: string[] = [];
    for (const { en } of pairs().filter((pair) => pair.en.startsWith('plugins/'))) {
      const plugin = en.split('/').slice(0, 2).join('/');
      const keys = new Set(Object.keys(await load(en)));
      for (const file of browserSide().filter(({ path }) => path.startsWith(`${plugin}/widgets/`))) {
        for (const match of file.code.matchAll(/(?:this\.|\b)t\(\s*'([\w.-]+)'/g)) if (!keys.has(match[1]!)) breaches.push(`${file.path}: ${match[1]}`);
      }
    }
    none(breaches, 'Texts that do not exist');
  });
});

describe('money', () => {
  // The demo's pages know one currency, the yuan.
  const formatters = ['server/plugin-api/money.ts', 'widgets/kit/format.ts', 'widgets/runtime/format.ts', 'server/shops/demo/browser/page-texts.ts', 'server/shops/demo/pages/texts.ts'];
  it('is written by the shared formatters, and nobody asks Intl for its digits', () => {
    none(product().flatMap((file) => hits(file, formatters.includes(file.path) ? /resolvedOptions\(/ : /style: ?['"]currency['"]|resolvedOptions\(/)), 'Not allowed');
  });
});
