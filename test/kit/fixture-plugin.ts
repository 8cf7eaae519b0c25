import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PluginSource } from '../../server/host/plugin-source.js';

/** A copy beside the original, so that what it imports is where it was; other test processes use that one at the same time. */
function copyOf(root: URL): URL {
  const copy = mkdtempSync(`${fileURLToPath(root).slice(0, -1)}.`);
  process.once('exit', () => { rmSync(copy, { recursive: true, force: true }); });
  // A declaration without a source would be taken for what a deleted file left behind.
  cpSync(fileURLToPath(root), copy, { recursive: true, filter: (path) => !path.endsWith('.d.ts') });
  return pathToFileURL(`${copy}/`);
}

/**
 * A plugin under `test/fixtures/plugins/<id>`, as the host finds it: compiled code and a `manifest.json` made from its manifest. `manifest`
 * replaces what the file would hold, for plugins whose manifest is wrong on purpose.
 */
export async function fixturePlugin(id: string, manifest?: unknown): Promise<PluginSource> {
  const original = new URL(`../fixtures/plugins/${id}/`, import.meta.url), root = manifest === undefined ? original : copyOf(original);
  const module = new URL('manifest.js', root);
  const data = manifest ?? (existsSync(fileURLToPath(module)) ? ((await import(module.href)) as { manifest: unknown }).manifest : undefined);
  if (data !== undefined) {
    // Other test processes read the same file; at no moment may it be half a file.
    const draft = new URL(`manifest-${process.pid}.json`, root);
    writeFileSync(draft, JSON.stringify(data, null, 1));
    renameSync(draft, new URL('manifest.json', root));
  }
  return { id, root, onBootFailure: 'continue' };
}
