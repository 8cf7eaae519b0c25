import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeIntegrity } from '../../../server/packages/integrity.js';
import type { PluginSource } from '../../../server/host/plugin-source.js';
import type { Manifest } from '../../../server/plugin-api/index.js';
import { manifestOf } from '../../fixtures/plugins/manifest-of.js';
import { packageRoot } from '../../kit/index.js';

/** A plugin as an npm package, said in the few lines that matter. */
export interface PackageWish {
  readonly manifest?: Partial<Manifest>;
  /** Replaces manifest.json as it stands. */
  readonly manifestText?: string;
  /** What stands in `definePlugin({ manifest, … })`. */
  readonly code?: string;
  /** What stands in front of it, after the imports of definePlugin and the manifest. */
  readonly before?: string;
  /** Further files of the built folder; `plugin.js` replaces the whole module. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files beside the built folder, by their path in the package. */
  readonly beside?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Where `guanxi` is found; the host's own package unless told otherwise. */
  readonly guanxi?: 'copy' | 'nowhere';
  /** Done to the built folder after its integrity list was written. */
  readonly afterwards?: (folder: string) => void;
}

const folders: string[] = [];
/** Removes every package written so far. */
export function removeWritten(): void { for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true }); }

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Writes the package into a folder of its own, builds its integrity list, and answers where the host finds it. */
export async function writtenPackage(id: string, wish: PackageWish = {}): Promise<PluginSource> {
  const home = mkdtempSync(join(tmpdir(), 'guanxi-package-'));
  folders.push(home);
  const own = join(home, 'node_modules', id);
  const built = join(own, 'dist');
  const manifest = manifestOf(id, wish.manifest);
  write(built, {
    'manifest.json': wish.manifestText ?? JSON.stringify(manifest), 'manifest.js': `export const manifest = ${JSON.stringify(manifest)};`,
    'plugin.js': `import { definePlugin } from 'guanxi/plugin';\nimport { manifest } from './manifest.js';\n${wish.before ?? ''}\nexport default definePlugin({ manifest, ${wish.code ?? ''} });`, ...wish.files,
  });
  write(own, { 'package.json': JSON.stringify({ name: id, version: '1.0.0', type: 'module', dependencies: wish.dependencies ?? {}, peerDependencies: { guanxi: '*' } }), ...wish.beside });
  if (wish.guanxi === 'copy') {
    mkdirSync(join(home, 'node_modules/guanxi'));
    cpSync(join(packageRoot, 'package.json'), join(home, 'node_modules/guanxi/package.json'));
  } else if (wish.guanxi !== 'nowhere') symlinkSync(packageRoot, join(home, 'node_modules/guanxi'), 'dir');
  const root = pathToFileURL(`${built}/`);
  await writeIntegrity(root);
  wish.afterwards?.(built);
  return { id, root, kind: 'package', onBootFailure: 'continue' };
}
