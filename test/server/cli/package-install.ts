import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../kit/index.js';
import { npmPack } from '../../../server/cli/plugins/npm.js';

const own = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };

/** Puts a tarball where `npm install` would put it. */
export function unpack(tarball: string, into: string, name: string): string {
  const target = join(into, 'node_modules', name);
  const work = mkdtempSync(join(tmpdir(), 'guanxi-unpack-'));
  execFileSync('tar', ['-xzf', tarball, '-C', work]);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(join(work, readdirSync(work)[0]!), target);
  rmSync(work, { recursive: true });
  return target;
}

/** Links packages that this checkout has, in the place of a download. */
export function link(into: string, names: readonly string[]): void {
  for (const name of names) {
    const place = join(into, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(packageRoot, 'node_modules', name), place, 'junction');
  }
}

/** A folder with Guanxi installed from `tarball`, and nothing besides but what its package.json asks for. */
export function installGuanxi(tarball: string, into: string): string {
  mkdirSync(into, { recursive: true });
  const folder = unpack(tarball, into, 'guanxi');
  link(into, Object.keys(own.dependencies));
  return join(folder, 'dist/server/cli/guanxi.js');
}

/** What `npm pack` makes of this checkout as it is built now. */
export async function packGuanxi(into: string): Promise<string> {
  mkdirSync(into, { recursive: true });
  return join(into, (await npmPack(packageRoot, into)).filename);
}
