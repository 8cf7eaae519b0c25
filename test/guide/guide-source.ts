import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../kit/index.js';

export const GUIDE = join(packageRoot, 'plugins/guide');

/** One fenced block: ```` ```ts file=tea-club/plugin.ts at=routes ````. */
export interface Snippet {
  /** `plugins/guide/recipes/points.md:12`, to find it. */
  readonly place: string;
  readonly language: string;
  readonly file: string | undefined;
  /** Goes above the comment `// recipes: <at>` of its file. */
  readonly at: string | undefined;
  readonly text: string;
}

/** The guide's pages, as paths below `plugins/guide`. */
export const pages = (): string[] => readdirSync(GUIDE, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/')).filter((path) => path.endsWith('.md')).sort();
export const page = (path: string): string => readFileSync(join(GUIDE, path), 'utf8');

export function snippetsOf(path: string): Snippet[] {
  const found: Snippet[] = [];
  let open: { line: number; info: string; lines: string[] } | undefined;
  page(path).split('\n').forEach((line, at) => {
    if (open && line === '```') {
      const [, language = '', file, place] = /^(\w*)(?: file=(\S+))?(?: at=(.+))?$/.exec(open.info) ?? [];
      found.push({ place: `plugins/guide/${path}:${open.line}`, language, file, at: place, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (line.startsWith('```')) open = { line: at + 1, info: line.slice(3), lines: [] };
  });
  if (open) throw new Error(`plugins/guide/${path}:${open.line}: a block that does not end.`);
  return found;
}

/**
 * Puts the blocks of pages together, as their readers would: whole files first, then what goes into them, in the order of the pages.
 * @throws Error for a block whose file or place does not exist, and for a file that is written twice
 */
export function assemble(snippets: readonly Snippet[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { place, file, at, text } of snippets) {
    if (!file || at) continue;
    if (files.has(file)) throw new Error(`${place}: ${file} stands in the guide twice.`);
    files.set(file, text);
  }
  for (const { place, file, at, text } of snippets) {
    if (!file || !at) continue;
    const frame = files.get(file)?.split('\n'), line = frame?.findIndex((each) => each.trim() === `// recipes: ${at}`) ?? -1;
    if (!frame || line < 0) throw new Error(`${place}: ${file} has no place "${at}".`);
    const indent = /^ */.exec(frame[line]!)![0];
    frame.splice(line, 0, ...text.trimEnd().split('\n').map((each) => (each ? indent + each : each)));
    files.set(file, frame.join('\n'));
  }
  return new Map([...files].map(([file, text]) => [file, text.replace(/^ *\/\/ recipes: .*\n/gm, '')]));
}
