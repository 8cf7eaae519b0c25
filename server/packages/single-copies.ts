import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from './finding.js';

/** Libraries that work only as one copy per process or page: they keep registries of classes and metadata. */
const SINGLE = ['lit', 'tsyringe', 'typeorm', 'reflect-metadata'] as const;

/** Texts that survive bundling and minifying, by the library they betray. */
const MARKS = {
  browser: [['lit', /\blit(?:Html|Element)Versions\b/], ['lit', /\breactiveElementVersions\b/]],
  server: [['lit', /\blit(?:Html|Element)Versions\b/], ['tsyringe', /tsyringe requires a reflect polyfill/], ['typeorm', /typeormMetadataArgsStorage/], ['reflect-metadata', /["']getOwnMetadataKeys["']/], ['guanxi', /GX_STATEMENT_UNSCOPED/]],
} as const;

/** Names of libraries that a file was bundled with. */
export const marksOf = (code: string, side: keyof typeof MARKS): readonly string[] => [...new Set(MARKS[side].filter(([, mark]) => mark.test(code)).map(([name]) => name))];

function nearest(from: string, path: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, path))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
const packageAt = (from: string, name: string): string | undefined => {
  const folder = nearest(from, join('node_modules', name, 'package.json'));
  return folder && realpathSync(join(folder, 'node_modules', name));
};
const here = dirname(fileURLToPath(import.meta.url));
/** The folder of this host's own package, and where the host finds a library: both stay the same while it runs. */
const hostRoot = realpathSync(nearest(here, 'package.json')!);
const hostCopies: ReadonlyMap<string, string | undefined> = new Map(SINGLE.map((name) => [name, packageAt(here, name)]));

/** A package's `dependencies` or `devDependencies`, as its own package.json names them. */
export function dependenciesOf(root: URL, kind: 'dependencies' | 'devDependencies' = 'dependencies'): readonly string[] {
  const file = new URL('../package.json', root);
  if (!existsSync(file)) return [];
  return Object.keys((JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<typeof kind, Record<string, string>>>)[kind] ?? {});
}

/** Whether the package at `root` (its built folder) would run on other copies than the host's. */
export function checkCopies(root: URL): readonly Finding[] {
  const built = realpathSync(fileURLToPath(root));
  const home = dirname(built);
  const findings: Finding[] = [];
  const guanxi = packageAt(built, 'guanxi');
  if (guanxi === undefined) findings.push({ code: 'GX_HOST_UNRESOLVED', message: 'it cannot find the package "guanxi". Install it beside the host: npm install in the folder in which the host runs.' });
  else if (guanxi !== hostRoot) findings.push({ code: 'GX_SECOND_COPY', message: 'it would run on another copy of guanxi than this host. Name guanxi under peerDependencies, not dependencies, and install again.' });
  // In its author's folder lies what it is written with; nobody who installs it gets that.
  const tools = dependenciesOf(root, 'devDependencies');
  for (const name of SINGLE) {
    for (const folder of [home, ...dependenciesOf(root).map((dependency) => join(home, 'node_modules', dependency))]) {
      const copy = join(folder, 'node_modules', name);
      if (folder === home && tools.includes(name)) continue;
      if (existsSync(copy) && realpathSync(copy) !== hostCopies.get(name)) findings.push({ code: 'GX_SECOND_COPY', message: `it brings a copy of ${name} of its own in its node_modules. Take it out of its dependencies; "guanxi/plugin" and "guanxi/widgets" offer what a plugin needs of it.` });
    }
  }
  return findings;
}
