import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, also when this runs compiled from dist/. */
export const root = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package-lock.json'))) folder = dirname(folder);
  return folder;
})();

export interface SourceImport {
  /** As written. */
  readonly specifier: string;
  /** Path from the root, of a `.ts` file, when the import is relative. */
  readonly target: string | undefined;
  /** Written with `import type` or with nothing but `type` names; gone after compiling. */
  readonly typeOnly: boolean;
}
export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The text without comments; as long as the text, so that line numbers agree. */
  readonly code: string;
  readonly imports: readonly SourceImport[];
}

/** Blanks comments, leaves strings and templates alone. Good enough for code that keeps to our style; a regular expression with a quote in it heals at the line's end. */
export function withoutComments(text: string): string {
  let out = '', at = 0, quote = '';
  while (at < text.length) {
    const char = text[at]!, next = text[at + 1];
    if (quote) {
      if (char === '\\') { out += char + (next ?? ''); at += 2; continue; }
      if (char === quote || (char === '\n' && quote !== '`')) quote = '';
      out += char; at += 1;
    } else if (char === '/' && next === '/' && text[at - 1] !== '\\') {
      while (at < text.length && text[at] !== '\n') { out += ' '; at += 1; }
    } else if (char === '/' && next === '*') {
      const end = text.indexOf('*/', at + 2), stop = end < 0 ? text.length : end + 2;
      out += text.slice(at, stop).replace(/[^\n]/g, ' '); at = stop;
    } else {
      if (char === "'" || char === '"' || char === '`') quote = char;
      out += char; at += 1;
    }
  }
  return out;
}

const statement = /^[ \t]*(?:import|export)\s+(type\s+)?(?:([\w*{}\s,$]+?)\s+from\s+)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(path: string, code: string): SourceImport[] {
  const make = (specifier: string, typeOnly: boolean): SourceImport => ({
    specifier, typeOnly,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts') : undefined,
  });
  const found: SourceImport[] = [];
  for (const [, type, names, specifier] of code.matchAll(statement)) {
    const list = /^\{([^}]*)\}$/.exec((names ?? '').trim())?.[1];
    const allTypes = list !== undefined && list.split(',').map((name) => name.trim()).filter(Boolean).every((name) => name.startsWith('type '));
    found.push(make(specifier!, Boolean(type) || allTypes));
  }
  // `import('…').Name` stands in a type; `await import('…')` is code.
  for (const match of code.matchAll(dynamic)) found.push(make(match[1]!, /^\s*\./.test(code.slice(match.index + match[0].length))));
  return found;
}

/** Written as an author outside would; compiled and tested by what they test. */
const OUTSIDE = /[\\/](fixtures[\\/]packages|cli[\\/]plugins[\\/]template)$/;
function* walk(folder: string): Generator<string> {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.') || OUTSIDE.test(`${folder}/${entry.name}`)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path); else yield path;
  }
}

/** Every file under a folder, as paths from the root. */
export const filesUnder = (folder: string): string[] => [...walk(resolve(root, folder))].map((path) => relative(root, path).replaceAll('\\', '/')).sort();
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

let cached: SourceFile[] | undefined;
/** All TypeScript sources of the product and its tests. */
export function sources(): readonly SourceFile[] {
  cached ??= ['server', 'plugins', 'widgets', 'test'].flatMap(filesUnder).filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts')).map((path) => {
    const text = read(path);
    const code = withoutComments(text);
    return { path, text, code, imports: importsOf(path, code) };
  });
  return cached;
}

/** Sources without tests. */
export const product = (): SourceFile[] => sources().filter(({ path }) => !path.startsWith('test/'));
/** Server-side product code. `widgets/build` runs in Node too, but only while building. */
export const serverSide = (): SourceFile[] => product().filter(({ path }) => path.startsWith('server/') || (path.startsWith('plugins/') && !isWidget(path)));
export const isWidget = (path: string): boolean => (path.startsWith('widgets/') && !path.startsWith('widgets/build/')) || /^plugins\/[^/]+\/widgets\//.test(path);
export const browserSide = (): SourceFile[] => product().filter(({ path }) => isWidget(path));

/** `path:line` of every match, so that an editor can jump there. */
export function hits(file: Pick<SourceFile, 'path'> & { readonly code: string }, pattern: RegExp): string[] {
  const all = new RegExp(pattern.source, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`);
  return [...file.code.matchAll(all)].map((match) => `${file.path}:${file.code.slice(0, match.index).split('\n').length} ${match[0].trim().slice(0, 80)}`);
}
