import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PluginSource } from '../../server/host/plugin-source.js';

/**
 * The plugin of the package in which a test lies, as `guanxi plugins build` made it: `builtPlugin(import.meta.url)`. A folder's URL ends with a slash.
 * @throws Error when it was not built
 */
export function builtPlugin(from: string): PluginSource {
  let folder = dirname(fileURLToPath(new URL('x', from)));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  const file = join(folder, 'dist', 'manifest.json');
  if (!existsSync(file)) throw new Error(`There is no ${file}. Run: guanxi plugins build`);
  return { id: (JSON.parse(readFileSync(file, 'utf8')) as { id: string }).id, root: pathToFileURL(join(folder, 'dist', '/')), onBootFailure: 'continue' };
}
