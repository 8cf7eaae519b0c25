import semver from 'semver';
import { LOCALES, manifestSchema, PLUGIN_API_VERSION, WIDGET_RUNTIME, type Capabilities, type Manifest } from '../plugin-api/index.js';
import type { Finding } from './finding.js';

/** Bytes of `manifest.json`; it is read before anything is known of its author. */
export const MANIFEST_LIMIT = 256 * 1024;
/** Capability names a manifest may ask for; the types in `plugin-api/capabilities.ts` are the same list. */
export const CAPABILITIES: ReadonlySet<string> = new Set(['db', 'points.read', 'points.spend', 'grants', 'customers.read', 'products.read', 'orders.read', 'discounts.write', 'activities', 'events.emit', 'audit.write', 'vault'] satisfies (keyof Capabilities)[]);
const CORE_EVENTS = new Set(['order.paid', 'order.delivered', 'order.refunded', 'order.cancelled', 'discount.used', 'discount.released', 'discount.lost', 'customer.created', 'customer.merged', 'customer.split', 'customer.erased', 'points.expiring', 'grant.made', 'grant.decided']);
/** Words that the core speaks for itself, in the names of its events, audit lines and tables. */
const RESERVED = new Set(['core', 'demo', 'order', 'customer', 'discount', 'grant', 'plugin', 'guide']);
/** Whether an id is kept for Guanxi itself. */
export const isReserved = (id: string): boolean => RESERVED.has(id) || id.startsWith('guanxi');
const NET_HOST = /^net:(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** `<plugin>-<widget>`: the custom element that the host defines for a widget. */
export const widgetTag = (pluginId: string, widget: string): string => `${pluginId}-${widget}`;

/** Of a hundred packages most name the same range. */
const apiRanges = new Map<string, boolean>();
function fitsApi(range: string): boolean {
  let fits = apiRanges.get(range);
  if (fits === undefined) apiRanges.set(range, fits = semver.satisfies(PLUGIN_API_VERSION, range));
  return fits;
}

function* requirements({ id, requires = {} }: Manifest): Generator<Finding> {
  for (const kind of ['plugins', 'optional', 'contracts'] as const) {
    for (const [other, range] of Object.entries(requires[kind] ?? {})) {
      const owner = other.split('.', 1)[0]!;
      if (owner === id) yield { code: 'GX_REQUIRE_SELF', message: `it requires itself. Remove "${other}" from requires.${kind}.` };
      else if (kind === 'contracts' && !requires.plugins?.[owner] && !requires.optional?.[owner]) yield { code: 'GX_REQUIRE_CONTRACT', message: `requires.contracts names "${other}", a contract of "${owner}", which is not required. Name "${owner}" under requires.plugins or requires.optional.` };
      if (semver.validRange(range) === null) yield { code: 'GX_REQUIRE_RANGE', message: `requires.${kind}.${other} is "${range}", which is no range of versions. Write, for example, "^1.0.0".` };
      else if (semver.satisfies('999999.0.0', range)) yield { code: 'GX_REQUIRE_RANGE', message: `requires.${kind}.${other} is "${range}", which any later version would satisfy. Pin a major, for example "^1.0.0".` };
      if (kind === 'optional' && requires.plugins?.[other]) yield { code: 'GX_REQUIRE_TWICE', message: `"${other}" is under requires.plugins and under requires.optional. Keep one of them.` };
    }
  }
}

function* names({ id, widgets, jobs, activityTypes = [], rewardKinds = [], segmentAttributes = [], provides = [], events }: Manifest): Generator<Finding> {
  for (const [what, list] of Object.entries({ widgets, jobs, activityTypes, rewardKinds, segmentAttributes })) {
    const seen = new Set<string>();
    for (const { name } of list) {
      if (seen.has(name)) yield { code: 'GX_NAME_TWICE', message: `"${name}" stands twice under ${what}. Give each its own name.` };
      seen.add(name);
    }
  }
  for (const { token } of provides) if (!token.startsWith(`${id}.`)) yield { code: 'GX_CONTRACT_PREFIX', message: `the contract "${token}" must be called "${id}.${token.split('.').at(-1) ?? token}".` };
  for (const name of events.emits) if (!name.startsWith(`${id}.`)) yield { code: 'GX_EVENT_PREFIX', message: `the event "${name}" must be called "${id}.${name}".` };
  for (const name of events.handles) if (!CORE_EVENTS.has(name) && !/^[a-z][a-z0-9-]+\.[a-z]/.test(name)) yield { code: 'GX_EVENT_UNKNOWN', message: `there is no event "${name}". Core events: ${[...CORE_EVENTS].join(', ')}.` };
}

function* capabilitiesOf({ capabilities }: Manifest): Generator<Finding> {
  for (const { name, optional } of capabilities) {
    if (name.startsWith('net:')) {
      if (!NET_HOST.test(name)) yield { code: 'GX_NET_HOST', message: `"${name}" names no host. Write, for example, "net:api.example.com" or "net:*.example.com".` };
    } else if (!CAPABILITIES.has(name)) {
      yield { code: 'GX_CAPABILITY_UNKNOWN', message: `it asks for the capability "${name}", which this host does not have.${optional ? ' It starts without.' : ' Make it optional, or use a host that has it.'}`, ...(optional ? { warning: true as const } : {}) };
    }
  }
}

/** The manifest of a built plugin and everything wrong with it, as far as the text alone can tell. `id` is what the host calls the plugin. */
export function readManifest(id: string, text: string): { readonly manifest?: Manifest; readonly findings: readonly Finding[] } {
  if (Buffer.byteLength(text) > MANIFEST_LIMIT) return { findings: [{ code: 'GX_MANIFEST_SIZE', message: `manifest.json is larger than ${MANIFEST_LIMIT / 1024} KB. Move long texts into the README and pictures into pictures/.` }] };
  let data: unknown;
  try { data = JSON.parse(text); }
  catch { return { findings: [{ code: 'GX_MANIFEST_UNREADABLE', message: 'manifest.json is not JSON. Build the plugin again.' }] }; }
  const parsed = manifestSchema.safeParse(data);
  if (!parsed.success) {
    return { findings: parsed.error.issues.map((issue) => ({ code: 'GX_MANIFEST_INVALID', message: `the manifest's field "${issue.path.join('.')}" is wrong: ${issue.message}.` })) };
  }
  // The schema knows capabilities as texts; their names are checked below.
  const manifest = parsed.data as unknown as Manifest;
  const findings: Finding[] = [];
  if (manifest.id !== id) findings.push({ code: 'GX_MANIFEST_ID', message: `the manifest calls itself "${manifest.id}". Folder, package name and id must be the same.` });
  if (isReserved(id)) findings.push({ code: 'GX_PLUGIN_RESERVED', message: `the id "${id}" is kept for Guanxi itself. Choose another id, one of its own such as "gift-wrap", and build the plugin again.` });
  if (!fitsApi(manifest.api)) findings.push({ code: 'GX_API_RANGE', message: `it is made for plugin API ${manifest.api}, this host has ${PLUGIN_API_VERSION}. Install a version of the plugin for this API.` });
  if (manifest.widgetRuntime !== WIDGET_RUNTIME) findings.push({ code: 'GX_WIDGET_RUNTIME', message: `its widgets are built for runtime ${manifest.widgetRuntime}, this host serves ${WIDGET_RUNTIME}. Rebuild them.` });
  for (const locale of LOCALES) if (!manifest.locales.includes(locale)) findings.push({ code: 'GX_LOCALES', message: `it has no texts for ${locale}. Add locales/${locale}.json and name it under locales.` });
  findings.push(...capabilitiesOf(manifest), ...names(manifest), ...requirements(manifest));
  return { manifest, findings };
}
