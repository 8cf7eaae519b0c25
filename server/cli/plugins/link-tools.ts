import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { packageFolder } from '../../package-source.js';
import { ownRoot } from './own-package.js';

/** What a plugin is written, compiled and tested with. */
export const TOOLS = ['lit', 'typescript', 'vite', 'mocha', 'chai', '@types/node', '@types/mocha', '@types/chai'] as const;

function link(modules: string, name: string, target: string): void {
  const place = join(modules, name);
  if (existsSync(place)) return;
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(target, place, 'junction');
}

/** A command in `.bin`, as npm would put it there. */
function command(modules: string, name: string, packageName: string): void {
  const folder = join(modules, packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin?: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin?.[name];
  const place = join(modules, '.bin', name);
  if (!script || existsSync(place)) return;
  mkdirSync(dirname(place), { recursive: true });
  const target = join(folder, script);
  writeFileSync(`${place}.cmd`, `@node "%~dp0\\${relative(dirname(place), target).replaceAll('/', '\\')}" %*\r\n`);
  writeFileSync(place, `#!/bin/sh\nexec node "$(dirname "$0")/${relative(dirname(place), target).replaceAll('\\', '/')}" "$@"\n`);
  chmodSync(place, 0o755);
}

/**
 * Gives a package that was never installed the Guanxi that made it, and the tools that came with it, so that it builds at once and offline.
 * What npm installed stays. Answers the names that are still missing.
 */
export function linkTools(folder: string): readonly string[] {
  const modules = join(folder, 'node_modules');
  const missing: string[] = [];
  if (!packageFolder('guanxi', folder)) link(modules, 'guanxi', ownRoot);
  for (const name of TOOLS) {
    if (packageFolder(name, folder)) continue;
    const found = packageFolder(name, ownRoot);
    if (found) link(modules, name, found); else missing.push(name);
  }
  for (const [name, packageName] of [['guanxi', 'guanxi'], ['mocha', 'mocha']] as const) if (existsSync(join(modules, packageName))) command(modules, name, packageName);
  return missing;
}
