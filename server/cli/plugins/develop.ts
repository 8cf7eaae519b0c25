import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sentenceFor } from '../command-error.js';
import type { CommandIo } from '../program.js';
import { buildPluginPackage } from './build-plugin.js';
import { DevHost } from './dev-host.js';
import type { PluginFolder } from './plugin-folder.js';
import { printOf } from './sources.js';

/** Looking at some thirty files costs less than a millisecond, works on every disk, and sees a save that an editor makes by renaming. */
const LOOK_MS = 250;

export interface DevelopOptions {
  /** Keeps the demo's data there; a temporary folder if not given. */
  readonly data?: string;
  readonly port: string;
  readonly signal: AbortSignal;
}

async function build(plugin: PluginFolder, io: CommandIo): Promise<boolean> {
  const began = performance.now();
  try {
    const { notes } = await buildPluginPackage(plugin);
    for (const note of notes) io.err(`Note: ${note}`);
    io.out(`Built ${plugin.id} in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
    return true;
  } catch (error) {
    const sentence = sentenceFor(error);
    if (!sentence) throw error;
    io.err(`${sentence}\n`);
    return false;
  }
}

/** Builds, starts a demo shop, and does both again after every change, until the signal. A build that fails leaves the last good host running. */
export async function develop(plugin: PluginFolder, io: CommandIo, options: DevelopOptions): Promise<void> {
  const data = options.data ? resolve(options.data) : mkdtempSync(join(tmpdir(), 'guanxi-dev-'));
  const host = new DevHost(io, { GUANXI_PLUGINS: plugin.path, DATA_DIR: data, GUANXI_SEED: io.env['GUANXI_SEED'] ?? 'small', PORT: options.port });
  let seen = '';
  try {
    while (!options.signal.aborted) {
      const now = printOf(plugin.path);
      if (now !== seen) {
        seen = now;
        if (await build(plugin, io)) await host.start();
        io.out(`Watching ${plugin.path} …`);
      }
      await sleep(LOOK_MS, undefined, { signal: options.signal }).catch(() => undefined);
    }
  } finally {
    await host.stop();
    if (!options.data) rmSync(data, { recursive: true, force: true });
  }
}
