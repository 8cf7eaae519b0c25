import { spawn } from 'node:child_process';
import { CommandError } from '../command-error.js';

/** Runs npm in a folder. The arguments are ours, never what somebody typed: on Windows they pass a shell. */
export function npm(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', [...args], { cwd, env: { ...process.env, ...env }, shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => { out += chunk; });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => { err += chunk; });
    child.once('error', () => { reject(new CommandError('npm cannot be started. Install it; it comes with Node.')); });
    child.once('close', (code) => { if (code === 0) resolve(out); else reject(new CommandError(`npm ${args[0] ?? ''} ended with ${String(code)}:\n${err.trim()}`)); });
  });
}

export interface Packed { readonly filename: string; readonly size: number; readonly files: readonly { readonly path: string; readonly size: number }[] }

/** What `npm pack` makes of a folder, in `destination`; without one nothing is written. The package's own scripts do not run. */
export async function npmPack(folder: string, destination?: string): Promise<Packed> {
  const answer = JSON.parse(await npm(['pack', '--json', '--ignore-scripts', ...(destination ? [] : ['--dry-run'])], folder, destination ? { npm_config_pack_destination: destination } : {})) as Packed[] | Record<string, Packed>;
  const packed = Array.isArray(answer) ? answer[0] : Object.values(answer)[0];
  if (!packed) throw new CommandError(`npm packed nothing in ${folder}.`);
  return packed;
}
