import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder, pluginIdOf } from '../../package-source.js';
import { isReserved } from '../../packages/verify-manifest.js';
import { CommandError } from '../command-error.js';
import { isInstalled, ownRoot, ownVersion } from './own-package.js';
import { linkTools, TOOLS } from './link-tools.js';

const template = fileURLToPath(new URL('./template/', import.meta.url));
/** The same rule as the manifest's. */
const ID = /^[a-z][a-z0-9-]{2,30}$/;

function checkName(name: string): string {
  const id = pluginIdOf(name);
  if (name !== id && !/^@[a-z0-9][a-z0-9._-]*\/[a-z0-9-]+$/.test(name)) throw new CommandError(`"${name}" is no name of a package. Write it as gift-wrap or @acme/gift-wrap.`);
  if (!ID.test(id) || id.endsWith('-') || id.includes('--')) throw new CommandError(`"${id}" cannot be a plugin's id: 3 to 31 small letters, digits and single dashes, beginning with a letter, for example gift-wrap.`);
  if (isReserved(id)) throw new CommandError(`"${id}" is kept for Guanxi itself. Choose another id, for example gift-wrap.`);
  if (existsSync(new URL(`../../../plugins/${id}/manifest.js`, import.meta.url))) throw new CommandError(`"${id}" is a plugin that comes with Guanxi. Choose another id, for example gift-wrap.`);
  return id;
}

const words = (id: string): string[] => id.split('-');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `my-plugin` in every form in which the template writes it. */
const named = (text: string, id: string): string => text.replaceAll('my_plugin', words(id).join('_')).replaceAll('MyPlugin', words(id).map(capital).join(''))
  .replaceAll('My plugin', capital(words(id).join(' '))).replaceAll('my-plugin', id);

/** A version range of a tool that we know to work; a checkout of Guanxi is named by its place. */
function rangeOf(name: string, folder: string): string {
  if (name === 'guanxi') return isInstalled ? `^${ownVersion()}` : `file:${relative(folder, ownRoot).replaceAll('\\', '/')}`;
  const found = packageFolder(name, ownRoot);
  return found ? `^${(JSON.parse(readFileSync(join(found, 'package.json'), 'utf8')) as { version: string }).version}` : '*';
}

function packageJson(text: string, name: string, id: string, folder: string): string {
  const json = JSON.parse(named(text, id)) as Record<string, unknown>;
  return `${JSON.stringify({ ...json, name, devDependencies: Object.fromEntries(['guanxi', ...TOOLS].sort().map((tool) => [tool, rangeOf(tool, folder)])) }, null, 2)}\n`;
}

/** Today's migrations come after those of yesterday, wherever two plugins share a database. */
const stamped = (path: string, text: string, now: number): string =>
  (path.startsWith('migrations/') ? text.replace(/\b\d{13}\b/, String(now)) : path === 'manifest.ts' ? text.replace(/\d{4}-\d{2}-\d{2}/, new Date(now).toISOString().slice(0, 10)) : text);

export interface NewPlugin { readonly folder: string; readonly id: string; readonly files: readonly string[]; readonly missing: readonly string[] }

/**
 * Writes a package that builds, runs and passes its tests.
 * @param parent - the folder is made inside it, unless `folder` names one
 */
export function newPlugin(name: string, options: { readonly parent: string; readonly folder?: string; readonly now: number; readonly link: boolean }): NewPlugin {
  const id = checkName(name);
  const folder = resolve(options.folder ?? join(options.parent, id));
  if (existsSync(folder) && readdirSync(folder).length) throw new CommandError(`${folder} is there already and not empty. Nothing was written; choose another name, or another place with --dir.`);
  const files = readdirSync(template, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(template, join(entry.parentPath, entry.name)).replaceAll('\\', '/')).sort();
  for (const file of files) {
    // npm leaves a file of that name out of our own package.
    const target = join(folder, file === 'gitignore' ? '.gitignore' : file);
    const text = readFileSync(join(template, file), 'utf8');
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file === 'package.json' ? packageJson(text, name, id, folder) : stamped(file, named(text, id), options.now));
  }
  return { folder, id, files, missing: options.link ? linkTools(folder) : [] };
}
