import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../packages/finding.js';
import { verifyFiles } from '../../packages/verify-files.js';
import { readManifest } from '../../packages/verify-manifest.js';
import type { Manifest } from '../../plugin-api/index.js';
import { CommandError } from '../command-error.js';
import { checkFresh, checkPackageJson, checkPacked } from './check-package.js';
import { runNode } from './compile.js';
import { npmPack } from './npm.js';
import type { PluginFolder } from './plugin-folder.js';
import { trialBoot } from './trial-boot.js';

export interface Checked { readonly manifest: Manifest | undefined; readonly findings: readonly Finding[] }

/** Starts a host with it in a folder of its own, and asks how it went. */
async function boot(plugin: PluginFolder): Promise<readonly Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-check-'));
  try { return await trialBoot(plugin, folder); } finally { rmSync(folder, { recursive: true, force: true }); }
}

const contract = fileURLToPath(new URL('../../../test/contract/check-package.js', import.meta.url));
/** The suite of `guanxi/testing`, in a process that ends with whatever the plugin leaves running. */
async function holdToContract(plugin: PluginFolder): Promise<readonly Finding[]> {
  const { code, out, err } = await runNode(contract, [plugin.path], plugin.path);
  if (code !== 0) throw new CommandError(`The contract suite ended with ${code}:\n${err.trim()}`);
  return JSON.parse(out) as Finding[];
}
const isError = ({ warning }: Finding): boolean => !warning;

/**
 * Everything wrong with a built plugin, before anybody installs it: the manifest, its files as a host verifies them, `package.json`, what npm would pack,
 * whether a real host takes it, and the contract suite. Its code runs only when all of that is well.
 */
export async function checkPlugin(plugin: PluginFolder): Promise<Checked> {
  const file = fileURLToPath(new URL('manifest.json', plugin.root));
  if (!existsSync(file)) throw new CommandError(`${plugin.path} is not built. Run: guanxi plugins build`);
  const { manifest, findings } = readManifest(plugin.id, readFileSync(file, 'utf8'));
  const found: Finding[] = [...findings];
  if (manifest) {
    found.push(...await verifyFiles(plugin.root, manifest, 'package'), ...checkPackageJson(plugin, manifest), ...checkFresh(plugin));
    // Without the list there is nothing to compare with; verifyFiles has said so.
    if (!found.some(({ code }) => code === 'GX_INTEGRITY_MISSING')) found.push(...checkPacked(plugin, await npmPack(plugin.path)));
  }
  if (!found.some(isError)) found.push(...await boot(plugin));
  if (!found.some(isError)) {
    const known = new Set(found.map(({ code, message }) => `${code} ${message}`));
    found.push(...(await holdToContract(plugin)).filter(({ code, message }) => !known.has(`${code} ${message}`)));
  }
  return { manifest, findings: found };
}
