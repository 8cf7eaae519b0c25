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
  return folder && realpathSync.native(join(folder, 'node_modules', name));
};
const here = dirname(fileURLToPath(import.meta.url));
/** The folder of this host's own package, and where the host finds a library: both stay the same while it runs. */
const hostRoot = realpathSync.native(nearest(here, 'package.json')!);
const hostCopies: ReadonlyMap<string, string | undefined> = new Map(SINGLE.map((name) => [name, packageAt(here, name)]));

/** Names of packages, as the package.json beside the folder that was built tells them. */
export interface Needs { readonly dependencies: readonly string[]; readonly devDependencies: readonly string[] }

export function needsOf(folder: string): Needs {
  let text: string;
  try { text = readFileSync(join(folder, '..', 'package.json'), 'utf8'); }
  catch (error) { if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { dependencies: [], devDependencies: [] }; throw error; }
  const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Partial<Record<keyof Needs, Record<string, string>>>;
  return { dependencies: Object.keys(dependencies), devDependencies: Object.keys(devDependencies) };
}

/** Whether the package whose built files lie in `folder` would run on other copies than the host's. */
export function checkCopies(folder: string, { dependencies, devDependencies }: Needs): readonly Finding[] {
  const built = realpathSync.native(folder);
  const home = dirname(built);
  const findings: Finding[] = [];
  const guanxi = packageAt(built, 'guanxi');
  if (guanxi === undefined) findings.push({ code: 'GX_HOST_UNRESOLVED', message: 'it cannot find the package "guanxi". Install it beside the host: npm install in the folder in which the host runs.' });
  else if (guanxi !== hostRoot) findings.push({ code: 'GX_SECOND_COPY', message: 'it would run on another copy of guanxi than this host. Name guanxi under peerDependencies, not dependencies, and install again.' });
  const brought = [home, ...dependencies.map((dependency) => join(home, 'node_modules', dependency))].filter((each) => existsSync(join(each, 'node_modules')));
  for (const name of brought.length ? SINGLE : []) {
    for (const each of brought) {
      const copy = join(each, 'node_modules', name);
      // In its author's folder lies what it is written with; nobody who installs it gets that.
      if (each === home && devDependencies.includes(name)) continue;
      if (existsSync(copy) && realpathSync.native(copy) !== hostCopies.get(name)) findings.push({ code: 'GX_SECOND_COPY', message: `it brings a copy of ${name} of its own in its node_modules. Take it out of its dependencies; "guanxi/plugin" and "guanxi/widgets" offer what a plugin needs of it.` });
    }
  }
  return findings;
}
