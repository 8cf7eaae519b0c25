import { GxError } from '../plugin-api/index.js';
import { BuiltFolder } from '../packages/built-folder.js';
import type { PluginUnit } from './plugin-unit.js';
import { verifyFiles } from '../packages/verify-files.js';
import { readManifest, widgetTag } from '../packages/verify-manifest.js';

/** Reads the manifest and checks everything that can be known before any of the plugin's code runs. */
export async function verify(unit: PluginUnit): Promise<void> {
  const { id, root, kind = 'bundled' } = unit.source;
  let folder: BuiltFolder | undefined, text: string | undefined, cause: unknown;
  try { text = (folder = new BuiltFolder(root)).text('manifest.json'); } catch (error) { cause = error; }
  if (!folder || text === undefined) throw new GxError('GX_MANIFEST_UNREADABLE', 500, `Plugin "${id}": manifest.json cannot be read in its folder. Build the plugin first.`, { plugin: id, cause });
  const { manifest, findings } = readManifest(id, text);
  unit.refuse(findings);
  if (!manifest) return;
  unit.refuse(await verifyFiles(root, manifest, kind, folder));
  unit.manifest = manifest;
}

/** Ids and tags that are in use, by who has them. */
export interface Taken { readonly ids: Map<string, PluginUnit>; readonly tags: Map<string, string> }

/** Gives a verified plugin its names; whoever was listed first keeps them. */
export function claim(unit: PluginUnit, { ids, tags }: Taken): void {
  const other = ids.get(unit.id);
  if (other) throw new GxError('GX_PLUGIN_TAKEN', 500, `Plugin "${unit.id}": another plugin with this id is loaded already (${other.source.kind === 'package' ? 'a package' : 'bundled with the host'}). Ids are unique; remove one of the two.`, { plugin: unit.id });
  for (const { name } of unit.manifest!.widgets) {
    const tag = widgetTag(unit.id, name);
    const owner = tags.get(tag);
    if (owner) throw new GxError('GX_TAG_TAKEN', 500, `Plugin "${unit.id}": its widget "${name}" would be <${tag}>, which is a widget of "${owner}". One of the two must rename its widget.`, { plugin: unit.id });
  }
  ids.set(unit.id, unit);
  for (const { name } of unit.manifest!.widgets) tags.set(widgetTag(unit.id, name), unit.id);
}
