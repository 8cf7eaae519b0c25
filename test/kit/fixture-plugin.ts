import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PluginSource } from '../../server/host/plugin-source.js';

/**
 * A plugin under `test/fixtures/plugins/<id>`, as the host finds it: compiled code and a `manifest.json` made from its manifest. `manifest`
 * replaces what the file would hold, for plugins whose manifest is wrong on purpose.
 */
export async function fixturePlugin(id: string, manifest?: unknown): Promise<PluginSource> {
  const root = new URL(`../fixtures/plugins/${id}/`, import.meta.url);
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
