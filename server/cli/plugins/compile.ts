import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../package-source.js';
import { CommandError } from '../command-error.js';
import { ownRoot } from './own-package.js';
import type { PluginFolder } from './plugin-folder.js';

export interface Outcome { readonly code: number; readonly out: string; readonly err: string }

/** Runs a script with this Node and collects what it says. */
export function runNode(script: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => { out += chunk; });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => { err += chunk; });
    child.once('error', reject).once('close', (code) => { resolve({ code: code ?? 1, out, err }); });
  });
}

/**
 * Compiles the package with the TypeScript it has, else with ours; the last good output stays when it does not compile.
 * @throws CommandError with the compiler's messages
 */
export async function compile(plugin: PluginFolder): Promise<void> {
  if (!existsSync(plugin.file('tsconfig.json'))) throw new CommandError(`${plugin.path} has no tsconfig.json. Write one: { "extends": "guanxi/tsconfig.plugin.json" }`);
  if (!packageFolder('guanxi', plugin.path)) throw new CommandError(`guanxi is not installed in ${plugin.path}. Run: npm install`);
  const typescript = packageFolder('typescript', plugin.path) ?? packageFolder('typescript', ownRoot);
  if (!typescript) throw new CommandError('TypeScript is not installed. Run: npm install --save-dev typescript');
  // Without its notes the compiler would not write again what was removed from the output by hand.
  if (!existsSync(plugin.compiled)) rmSync(plugin.file('.guanxi/tsbuildinfo'), { force: true });
  const { code, out, err } = await runNode(join(typescript, 'bin/tsc'), ['-p', 'tsconfig.json'], plugin.path);
  if (code !== 0) throw new CommandError(`The plugin does not compile:\n${(out + err).trim()}`);
}
