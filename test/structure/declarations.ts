import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root, withoutComments } from './source-tree.js';

/** One declaration of a door, as the compiler wrote it. */
export interface Declaration {
  readonly name: string;
  readonly exported: boolean;
  /** Without comments. */
  readonly text: string;
  /** With the comments inside it. */
  readonly explained: string;
  /** The comment above it, without its stars; empty if there is none. */
  readonly doc: string;
}
/** Declarations by module and by name. */
export type Modules = ReadonlyMap<string, ReadonlyMap<string, Declaration>>;
type Found = Omit<Declaration, 'name' | 'exported'>;

const bare = (text: string): string => withoutComments(text).split('\n').map((line) => line.trimEnd()).filter(Boolean).join('\n');
const words = (comment: readonly string[]): string => comment.map((line) => line.replace(/^\/\*\*\s?|\s*\*\/$/g, '').replace(/^ \* ?/, '')).join('\n').trim();

/** The statements of a declaration file; each begins at the start of a line, and its further lines are indented or close it. */
function statements(file: string): Found[] {
  const found: { doc: string; lines: string[] }[] = [];
  let comment: string[] | undefined, doc = '';
  for (const line of readFileSync(file, 'utf8').split('\n').map((each) => each.trimEnd()).filter(Boolean)) {
    if (comment || line.startsWith('/**')) {
      (comment ??= []).push(line);
      if (line.endsWith('*/')) { doc = words(comment); comment = undefined; }
    } else if (/^(export|import|declare|interface|type|abstract|class|const|function|enum)\b/.test(line)) { found.push({ doc, lines: [line] }); doc = ''; }
    else found.at(-1)?.lines.push(line);
  }
  return found.map(({ doc: above, lines }) => ({ doc: above, explained: lines.join('\n'), text: bare(lines.join('\n')) })).filter(({ text }) => text);
}
function declaration(found: Found): Declaration | undefined {
  const match = /^(export )?(?:declare )?(?:abstract )?(?:default )?(?:class|interface|type|const|function|enum|let|var)\s+([\w$]+|\{[^}]*\})/.exec(found.text);
  return match ? { ...found, name: match[2]!, exported: Boolean(match[1]) } : undefined;
}
const target = (file: string, specifier: string): string => join(dirname(file), specifier.replace(/\.js$/, '.d.ts'));

/** A module's share of the contract: all that it exports, or only some names, and what those are written with. */
function section(file: string, folder: string, only: ReadonlySet<string> | undefined, out: Map<string, Map<string, Declaration>>): void {
  const path = relative(folder, file).replaceAll('\\', '/').replace(/\.d\.ts$/, '');
  const mine = out.get(path) ?? new Map<string, Declaration>();
  out.set(path, mine);
  for (const each of statements(file)) {
    const from = /^export (?:type )?(\*|\{[^}]*\}) from ['"]([^'"]+)['"]/.exec(each.text);
    if (from?.[2]?.startsWith('.')) {
      const names = from[1] === '*' ? only : new Set(from[1]!.slice(1, -1).split(',').map((name) => name.trim().replace(/^type /, '').split(' as ')[0]!).filter(Boolean));
      section(target(file, from[2]), folder, names, out);
    } else if (from) mine.set(each.text, { ...each, name: each.text, exported: true });
    else {
      const found = declaration(each);
      if (found && (!found.exported || !only || only.has(found.name))) mine.set(found.name, found);
    }
  }
}

/** What a folder's `index` exports, by the declarations that the compiler wrote. @throws Error when nothing was compiled */
export function declarationsOf(folder: string): Modules {
  const base = join(root, 'dist', folder);
  if (!existsSync(join(base, 'index.d.ts'))) throw new Error('The declarations are missing. Run: npm run build');
  const out = new Map<string, Map<string, Declaration>>();
  section(join(base, 'index.d.ts'), base, undefined, out);
  return new Map([...out].filter(([, declarations]) => declarations.size));
}
