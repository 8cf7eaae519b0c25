import { readFile } from 'node:fs/promises';
import semver from 'semver';
import { GxError, LOCALES, manifestSchema, PLUGIN_API_VERSION, WIDGET_RUNTIME, type Manifest } from '../plugin-api/index.js';
import type { PluginUnit } from './plugin-unit.js';

const CORE_EVENTS = new Set(['order.paid', 'order.delivered', 'order.refunded', 'order.cancelled', 'discount.used', 'discount.released', 'customer.created', 'customer.merged', 'customer.erased', 'grant.made']);

function fail(code: `GX_${string}`, id: string, message: string): never {
  throw new GxError(code, 500, `Plugin "${id}": ${message}`, { plugin: id });
}

/** Reads the manifest and checks everything that can be known before any of the plugin's code runs. */
export async function verify(unit: PluginUnit, known: ReadonlySet<string>, capabilities: ReadonlySet<string>): Promise<void> {
  const { id, root } = unit.source;
  let data: unknown;
  try { data = JSON.parse(await readFile(new URL('manifest.json', root), 'utf8')); }
  catch (cause) { throw new GxError('GX_MANIFEST_UNREADABLE', 500, `Plugin "${id}": manifest.json cannot be read in ${root.pathname}. Build the plugin first.`, { plugin: id, cause }); }
  const parsed = manifestSchema.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    fail('GX_MANIFEST_INVALID', id, `the manifest's field "${issue.path.join('.')}" is wrong: ${issue.message}.`);
  }
  const manifest = parsed.data as unknown as Manifest;
  if (manifest.id !== id) fail('GX_MANIFEST_ID', id, `the manifest calls itself "${manifest.id}". Folder and id must be the same.`);
  if (known.has(id)) fail('GX_PLUGIN_TAKEN', id, 'another plugin with this id is loaded already. Ids are unique; rename one.');
  if (!semver.satisfies(PLUGIN_API_VERSION, manifest.api)) fail('GX_API_RANGE', id, `it is made for plugin API ${manifest.api}, this host has ${PLUGIN_API_VERSION}. Install a version of the plugin for this API.`);
  if (manifest.widgetRuntime !== WIDGET_RUNTIME) fail('GX_WIDGET_RUNTIME', id, `its widgets are built for runtime ${manifest.widgetRuntime}, this host serves ${WIDGET_RUNTIME}. Rebuild them.`);
  for (const capability of manifest.capabilities) if (!capability.name.startsWith('net:') && !capabilities.has(capability.name)) fail('GX_CAPABILITY_UNKNOWN', id, `it asks for the capability "${capability.name}", which this host does not have.`);
  for (const locale of LOCALES) if (!manifest.locales.includes(locale)) fail('GX_LOCALES', id, `it has no texts for ${locale}.`);
  for (const name of manifest.events.emits) if (!name.startsWith(`${id}.`)) fail('GX_EVENT_PREFIX', id, `the event "${name}" must be called "${id}.${name}".`);
  for (const name of manifest.events.handles) if (!CORE_EVENTS.has(name) && !/^[a-z][a-z0-9-]+\.[a-z]/.test(name)) fail('GX_EVENT_UNKNOWN', id, `there is no event "${name}".`);
  unit.manifest = manifest;
}
