import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root, withoutComments } from './source-tree.js';

/** What authors of plugins import, by the declarations that the compiler wrote. */
const DOORS = { 'guanxi/plugin': 'server/plugin-api', 'guanxi/widgets': 'widgets/runtime', 'guanxi/kit': 'widgets/kit' } as const;
export const REPORT = join(root, 'server/plugin-api/api-report.md');

interface Declaration { readonly name: string; readonly exported: boolean; readonly text: string }

/** The statements of a declaration file; each begins at the start of a line, and its further lines are indented or close it. */
function statements(file: string): string[] {
  const found: string[] = [];
  for (const line of withoutComments(readFileSync(file, 'utf8')).split('\n').map((each) => each.trimEnd()).filter(Boolean)) {
    if (/^(export|import|declare|interface|type|abstract|class|const|function|enum)\b/.test(line)) found.push(line);
    else if (found.length) found[found.length - 1] += `\n${line}`;
  }
  return found;
}
function declaration(text: string): Declaration | undefined {
  const match = /^(export )?(?:declare )?(?:abstract )?(?:default )?(?:class|interface|type|const|function|enum|let|var)\s+([\w$]+|\{[^}]*\})/.exec(text);
  return match ? { name: match[2]!, exported: Boolean(match[1]), text } : undefined;
}
const target = (file: string, specifier: string): string => join(dirname(file), specifier.replace(/\.js$/, '.d.ts'));

/** A module's share of the contract: all that it exports, or only some names, and what those are written with. */
function section(file: string, folder: string, only: ReadonlySet<string> | undefined, out: Map<string, Map<string, string>>): void {
  const path = relative(folder, file).replaceAll('\\', '/').replace(/\.d\.ts$/, '');
  const mine = out.get(path) ?? new Map<string, string>();
  out.set(path, mine);
  for (const text of statements(file)) {
    const from = /^export (?:type )?(\*|\{[^}]*\}) from ['"]([^'"]+)['"]/.exec(text);
    if (from?.[2]?.startsWith('.')) {
      const names = from[1] === '*' ? only : new Set(from[1]!.slice(1, -1).split(',').map((name) => name.trim().replace(/^type /, '').split(' as ')[0]!).filter(Boolean));
      section(target(file, from[2]), folder, names, out);
    } else if (from) mine.set(text, text);
    else {
      const found = declaration(text);
      if (found && (!found.exported || !only || only.has(found.name))) mine.set(found.name, found.text);
    }
  }
}

/** The contract as text: one diff shows every change of it. */
export function apiReport(): string {
  const parts = Object.entries(DOORS).map(([name, folder]) => {
    const base = join(root, 'dist', folder);
    if (!existsSync(join(base, 'index.d.ts'))) throw new Error('The declarations are missing. Run: npm run build');
    const out = new Map<string, Map<string, string>>();
    section(join(base, 'index.d.ts'), base, undefined, out);
    const blocks = [...out].filter(([, declarations]) => declarations.size).map(([path, declarations]) => `### ${path}\n\n\`\`\`ts\n${[...declarations.values()].join('\n')}\n\`\`\`\n`);
    return `## ${name}\n\n${blocks.join('\n')}`;
  });
  return `# What plugins may rely on\n\nMade from the compiled declarations by \`npm run api-report\`, never by hand. A change here is a change of the contract: additions raise the minor of
\`PLUGIN_API_VERSION\`, anything else its major.\n\n${parts.join('\n')}`;
}
