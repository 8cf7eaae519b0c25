import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from './config.js';
import type { PluginSource } from './host/plugin-source.js';

/** A plugin is called as its package, without the scope: `@acme/gift-wrap` is `gift-wrap`. */
export const pluginIdOf = (packageName: string): string => packageName.replace(/^@[^/]+\//, '');

/** The folder of an installed package as `from` would find it; undefined when it is not there. Works also for packages that export no `package.json`. */
export function packageFolder(name: string, from: string): string | undefined {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  return places.map((place) => join(place, name)).find((folder) => existsSync(join(folder, 'package.json')));
}

/**
 * A built plugin that `GUANXI_PLUGINS` names: a package installed beside the host, or a folder such as `../gift-wrap`. `from` is where the host runs.
 * @throws ConfigError when there is none
 */
export function packageSource(name: string, from = process.cwd()): PluginSource {
  const place = isAbsolute(name) || name.startsWith('.') ? resolve(from, name) : packageFolder(name, from);
  if (!place || !existsSync(join(place, 'package.json'))) throw new ConfigError(`GUANXI_PLUGINS names "${name}", which is not ${place ? 'a folder with a package.json' : `installed. Run: npm install ${name}`}`);
  const { name: packageName = name } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as { name?: string };
  return { id: pluginIdOf(packageName), root: pathToFileURL(join(place, 'dist', '/')), kind: 'package', onBootFailure: 'continue' };
}
