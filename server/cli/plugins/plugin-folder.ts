import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFolder, pluginIdOf } from '../../package-source.js';
import { CommandError } from '../command-error.js';
import { ownRoot } from './own-package.js';

/** What of a plugin's `package.json` concerns us. */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The places of a plugin that its author works on. */
export class PluginFolder {
  /** `tsc` writes here, tests and all; only what a host needs goes on to `dist`. */
  readonly compiled: string;
  readonly dist: string;
  constructor(readonly path: string, readonly json: PackageJson & { readonly name: string }) {
    this.compiled = join(path, '.guanxi', 'compiled');
    this.dist = join(path, 'dist');
  }
  get id(): string { return pluginIdOf(this.json.name); }
  /** As the host takes it. */
  get root(): URL { return pathToFileURL(`${this.dist}/`); }
  file(name: string): string { return join(this.path, name); }
}

/** @throws CommandError when the folder holds no plugin, or one that is written with another copy of Guanxi than this */
export function openPluginFolder(folder: string): PluginFolder {
  const path = resolve(folder);
  const file = join(path, 'package.json');
  if (!existsSync(file) || !existsSync(join(path, 'manifest.ts')) || !existsSync(join(path, 'plugin.ts'))) {
    throw new CommandError(`${path} holds no plugin: package.json, manifest.ts and plugin.ts belong there. Make one with: guanxi plugins new my-plugin`);
  }
  let json: PackageJson;
  try { json = JSON.parse(readFileSync(file, 'utf8')) as PackageJson; } catch { throw new CommandError(`${file} is not JSON. Mend it.`); }
  const { name } = json;
  if (!name) throw new CommandError(`${file} has no name. Give the package the plugin's id, with or without a scope.`);
  const guanxi = packageFolder('guanxi', path);
  if (guanxi && realpathSync(guanxi) !== realpathSync(ownRoot)) throw new CommandError(`${path} has a Guanxi of its own in node_modules, and the two do not mix. Use that one, in ${path}: npx guanxi plugins …`);
  return new PluginFolder(path, { ...json, name });
}
