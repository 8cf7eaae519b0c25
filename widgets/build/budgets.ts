import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readBrowserManifest, type BrowserManifest } from './build-browser.js';
import { browserOut, root } from './places.js';

/** Limits in bytes after gzip. */
export const BUDGETS = { loader: 1536, firstWidget: 12 * 1024, laterWidget: 5 * 1024, adminFirst: 120 * 1024, panel: 30 * 1024 } as const;

export interface Measure { readonly what: string; readonly bytes: number; readonly limit: number }
interface ManifestLike { readonly widgets: readonly { readonly name: string; readonly surface: 'admin' | 'storefront'; readonly module: string; readonly maxBytes?: number }[] }

const gz = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;
const sum = (files: Iterable<string>, folder: string): number => [...files].reduce((total, file) => total + gz(join(folder, file)), 0);

/** Shared files that a built widget imports, with theirs; the runtime's own file is counted apart. */
function sharedOf(path: string, manifest: BrowserManifest): Set<string> {
  const names = [...readFileSync(path, 'utf8').matchAll(/from\s*["'`]([^"'`.][^"'`]*)["'`]/g)].map(([, name]) => manifest.specifiers[name ?? '']);
  const runtime = manifest.specifiers['lit']?.file;
  return new Set(names.flatMap((file) => (file ? [file.file, ...file.preload] : [])).filter((file) => file !== runtime));
}

/** Files that the admin fetches before it reveals its first page: the entry, the home page, one language. */
function adminFirst(manifest: BrowserManifest, folder: string): number {
  const admin = manifest.entries['admin'];
  if (!admin) return 0;
  const code = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const home = code.filter((file) => file.startsWith('home.element-'));
  const language = Math.max(0, ...code.filter((file) => /^(en|zh-cn)-/.test(file)).map((file) => gz(join(folder, file))));
  return sum(new Set([admin.file, ...admin.preload, ...home]), folder) + language;
}

/** The widgets of one built plugin; none when it has no manifest yet. A widget may bind itself to less by `maxBytes`. */
export function measurePlugin(built: string, plugin: string, folder = browserOut): Measure[] {
  const file = join(built, 'manifest.json');
  if (!existsSync(file)) return [];
  const manifest = readBrowserManifest(folder);
  const base = gz(join(folder, manifest.loader.file)) + gz(join(folder, manifest.entries['storefront']?.file ?? ''));
  return (JSON.parse(readFileSync(file, 'utf8')) as ManifestLike).widgets.flatMap(({ name, surface, module, maxBytes = Infinity }) => {
    const path = join(built, 'widgets', module);
    if (!existsSync(path)) return [];
    const bytes = gz(path) + (surface === 'storefront' ? sum(sharedOf(path, manifest), folder) : 0);
    if (surface === 'admin') return [{ what: `admin panel: ${plugin} ${name}`, bytes, limit: Math.min(maxBytes, BUDGETS.panel) }];
    return [
      { what: `storefront widget: ${plugin} ${name}`, bytes, limit: Math.min(maxBytes, BUDGETS.laterWidget) },
      { what: `storefront, as the first on a page: ${plugin} ${name}`, bytes: base + bytes, limit: BUDGETS.firstWidget },
    ];
  });
}

/** Everything of the core and of the bundled plugins that has a budget, measured on the built files. */
export function measure(folder = browserOut, plugins = join(root, 'dist/plugins')): Measure[] {
  const manifest = readBrowserManifest(folder);
  return [
    { what: 'storefront: loader', bytes: gz(join(folder, manifest.loader.file)), limit: BUDGETS.loader },
    { what: 'admin: first load', bytes: adminFirst(manifest, folder), limit: BUDGETS.adminFirst },
    ...(existsSync(plugins) ? readdirSync(plugins).sort() : []).flatMap((plugin) => measurePlugin(join(plugins, plugin), plugin, folder)),
  ];
}
