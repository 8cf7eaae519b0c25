import { existsSync, writeFileSync } from 'node:fs';
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
  if (data !== undefined) writeFileSync(new URL('manifest.json', root), JSON.stringify(data, null, 1));
  return { id, root, onBootFailure: 'continue' };
}
