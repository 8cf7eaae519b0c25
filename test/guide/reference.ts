import { declarationsOf, type Declaration } from '../structure/declarations.js';
import { read } from '../structure/source-tree.js';

const DOORS = [
  ['guanxi/plugin', 'server/plugin-api', 'For server code.'],
  ['guanxi/widgets', 'widgets/runtime', 'For widgets, on storefronts and in the admin.'],
  ['guanxi/kit', 'widgets/kit', 'For admin panels: elements, styles and formats of the admin.'],
  ['guanxi/testing', 'test/kit', 'For tests.'],
] as const;

/** The compiler turns a schema into a type that nobody can read; its source says the same in plain lines. */
function manifestSource(): string {
  const source = read('server/plugin-api/manifest.ts');
  return source.slice(source.indexOf('export const manifestSchema'), source.indexOf('\n});\n') + 4);
}
const shown = ({ name, explained }: Declaration): string => (name === 'manifestSchema' ? manifestSource() : explained.replace(/^export (declare )?/, ''));
const paragraph = (doc: string): string => (doc ? `${doc.replace(/^@(\w+)\s/gm, '**$1** ')}\n\n` : '');
const entry = (each: Declaration): string => `#### ${each.name}\n\n${paragraph(each.doc)}\`\`\`ts\n${shown(each)}\n\`\`\`\n`;

function module(path: string, declarations: readonly Declaration[]): string {
  const [plain, named] = [declarations.filter(({ name }) => /\W/.test(name)), declarations.filter(({ name, exported }) => exported && !/\W/.test(name))];
  const inner = declarations.filter(({ name, exported }) => !exported && !/\W/.test(name) && named.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text)));
  const passedOn = plain.filter(({ text }) => text.startsWith('export {') && text.includes(' from ')).map(({ text }) => `\`\`\`ts\n${text}\n\`\`\`\n`);
  return [`### ${path}\n`, ...passedOn, ...named.map(entry), ...(inner.length ? [`Written with:\n\n\`\`\`ts\n${inner.map(({ explained }) => explained.replace(/^declare /, '')).join('\n')}\n\`\`\`\n`] : [])].join('\n');
}

/** Fills the places of links with the anchors that readers of Markdown make: lower case, counted when a heading comes again. */
function anchored(text: string): string {
  const anchors = new Map<string, string>(), times = new Map<string, number>();
  let door = '', path = '';
  for (const [, marks, title] of text.matchAll(/^(#{1,4}) (.+)$/gm)) {
    if (marks === '##') door = title!; else if (marks === '###') path = title!;
    const slug = title!.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-'), before = times.get(slug) ?? 0;
    times.set(slug, before + 1);
    if (marks === '####') anchors.set(`${door}/${path}/${title!}`, before ? `${slug}-${before}` : slug);
  }
  return text.replace(/#@([^)]+)/g, (_, place: string) => `#${anchors.get(place) ?? ''}`);
}

/** Every name that a plugin can import, with what the sources say about it. */
export function reference(): string {
  const doors = DOORS.map(([door, folder, what]) => {
    const modules = [...declarationsOf(folder)].map(([path, declarations]) => [path, [...declarations.values()]] as const).filter(([, list]) => list.some(({ exported }) => exported));
    const index = modules.map(([path, list]) => ({ path, names: list.filter(({ exported, name }) => exported && !/\W/.test(name)).map(({ name }) => `[${name}](#@${door}/${path}/${name})`) }))
      .filter(({ names }) => names.length).map(({ path, names }) => `- ${path}: ${names.join(', ')}`);
    return `## ${door}\n\n${what}\n\n${index.join('\n')}\n\n${modules.map(([path, list]) => module(path, list)).join('\n')}`;
  });
  return anchored(`# Reference\n\nMade from the compiled types and their comments by \`npm run api-report\`, never by hand. [Recipes](recipes/README.md) show how things are used.\n\n${doors.join('\n')}`);
}
