import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, a checkout or where npm installed it. */
export const ownRoot = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();
export const ownVersion = (): string => (JSON.parse(readFileSync(join(ownRoot, 'package.json'), 'utf8')) as { version: string }).version;
/** Whether npm put us where we are, in contrast to a checkout. */
export const isInstalled = /[\\/]node_modules[\\/]/.test(ownRoot);
