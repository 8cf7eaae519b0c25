import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { init, parse } from 'es-module-lexer';
import { GxError, LOCALES, type Locale, type Manifest, type WidgetDeclaration } from '../plugin-api/index.js';
import { contentHash, type AssetFiles } from './asset-files.js';

interface BuiltFile { readonly file: string; readonly preload: readonly string[]; readonly css: readonly string[] }
interface BuiltManifest { readonly specifiers: Readonly<Record<string, BuiltFile>>; readonly entries: Readonly<Record<string, BuiltFile>>; readonly loader: { readonly file: string } }

/** The browser runtime's major; two majors can be served side by side. */
const RUNTIME = '/runtime/v1/';
/** The one address that is not hashed, because themes of shops hold it. */
export const LOADER_URL = '/assets/loader.js';

export interface ServedWidget { readonly widget: WidgetDeclaration; readonly url: string; readonly bytes: number }
type Surface = WidgetDeclaration['surface'];
export interface ServedPlugin { readonly widgets: readonly ServedWidget[]; readonly strings: Readonly<Record<Surface, Readonly<Record<Locale, string>>>>; /** Texts of its errors, by code. */ readonly problems: Readonly<Record<Locale, Readonly<Record<string, string>>>> }

/** Those of a plugin's texts that are about its errors; none of a file that is not what the build makes. */
function problemsOf(texts: string): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(JSON.parse(texts) as object).flatMap(([key, text]) => (key.startsWith('error.GX_') && typeof text === 'string' ? [[key.slice('error.'.length), text]] : [])));
  } catch { return {}; }
}

/** Puts what the browser build made under its addresses. Widgets of third parties come in the same layout and need no build here. */
export class BrowserFiles {
  readonly #built: BuiltManifest;
  readonly #plugins = new Map<string, ServedPlugin>();

  constructor(folder: URL, private readonly assets: AssetFiles) {
    const manifest = new URL('manifest.json', folder);
    if (!existsSync(manifest)) throw new GxError('GX_BROWSER_BUILD', 500, 'The browser files are not built. Run: npm run build');
    this.#built = JSON.parse(readFileSync(manifest, 'utf8')) as BuiltManifest;
    for (const file of readdirSync(folder)) {
      if (/\.(js|css|svg|woff2)$/.test(file) && file !== this.#built.loader.file) assets.add(RUNTIME + file, readFileSync(new URL(file, folder)));
    }
    assets.add(LOADER_URL, readFileSync(new URL(this.#built.loader.file, folder)), 300);
  }

  /** For `<script type="importmap">`: every shared module by its bare name. */
  importMap(): string {
    return JSON.stringify({ imports: Object.fromEntries(Object.entries(this.#built.specifiers).map(([name, { file }]) => [name, RUNTIME + file])) });
  }

  entry(name: 'admin' | 'storefront'): { readonly url: string; readonly preload: readonly string[]; readonly css: readonly string[] } {
    const entry = this.#built.entries[name];
    if (!entry) throw new GxError('GX_BROWSER_BUILD', 500, `The browser build has no entry "${name}". Run: npm run build`);
    return { url: RUNTIME + entry.file, preload: entry.preload.map((file) => RUNTIME + file), css: entry.css.map((file) => RUNTIME + file) };
  }

  plugin(id: string): ServedPlugin | undefined { return this.#plugins.get(id); }

  /** What a plugin's texts say to people of an error it throws. */
  readonly problemTitle = (code: string, locale: Locale): string | undefined => {
    for (const { problems } of this.#plugins.values()) { const text = problems[locale][code]; if (text) return text; }
    return undefined;
  };

  /**
   * Registers a plugin's widgets and texts. A storefront has no import map of ours, so bare names are replaced by the runtime's hashed
   * addresses, and the result is hashed.
   * @throws GX_WIDGET_MISSING, GX_WIDGET_IMPORT
   */
  async add(manifest: Manifest, root: URL): Promise<void> {
    await init();
    const folder = new URL('widgets/', root);
    const built = existsSync(folder);
    const chunks = built && existsSync(new URL('chunks/', folder)) ? readdirSync(new URL('chunks/', folder)).filter((file) => file.endsWith('.js')).map((file) => `chunks/${file}`) : [];
    const widgets: ServedWidget[] = [];
    const strings = {} as Record<Surface, Record<Locale, string>>;
    const problems = {} as Record<Locale, Record<string, string>>;
    for (const surface of ['admin', 'storefront'] as const) {
      const declared = manifest.widgets.filter((widget) => widget.surface === surface);
      const modules = declared.length ? [...declared.map((widget) => widget.module), ...chunks] : [];
      const code = new Map(modules.map((module) => [module, this.#code(manifest.id, folder, module, surface)]));
      // One address for all modules of a surface: they import each other by relative names, which so stay as they are.
      const base = `/assets/plugins/${manifest.id}/${contentHash([...code].flat().join('\0'))}/${surface}/`;
      for (const [module, text] of code) this.assets.add(base + module, text);
      for (const widget of declared) widgets.push({ widget, url: base + widget.module, bytes: Buffer.byteLength(code.get(widget.module) ?? '') });
      strings[surface] = Object.fromEntries(LOCALES.map((locale) => {
        const path = new URL(`locales/${surface}.${locale}.json`, folder);
        const text = built && existsSync(path) ? readFileSync(path, 'utf8') : '{}';
        if (surface === 'admin') problems[locale] = problemsOf(text);
        return [locale, this.assets.add(`/assets/plugins/${manifest.id}/${contentHash(text)}/${surface}.${locale}.json`, text)];
      })) as Record<Locale, string>;
    }
    this.#plugins.set(manifest.id, { widgets, strings, problems });
  }

  remove(id: string): void { this.#plugins.delete(id); }

  #code(plugin: string, folder: URL, module: string, surface: Surface): string {
    const path = new URL(module, folder);
    if (!existsSync(path)) throw new GxError('GX_WIDGET_MISSING', 500, `Plugin "${plugin}": the widget file widgets/${module} is missing. Build the plugin.`, { plugin });
    const source = readFileSync(path, 'utf8');
    const resolved = this.#resolved(plugin, module, source);
    // The admin's page has an import map for the bare names.
    return surface === 'storefront' && !this.#adminOnly(source) ? resolved : source;
  }

  /** A chunk of an admin panel may use the admin's kit; a storefront never asks for it. */
  #adminOnly(source: string): boolean { return parse(source)[0].some((each) => 'specifier' in each && each.specifier === 'guanxi/kit'); }

  #resolved(plugin: string, module: string, source: string): string {
    let code = source;
    for (const each of [...parse(source)[0]].reverse()) {
      if (!('specifier' in each) || !each.specifier || /^[./]/.test(each.specifier)) continue;
      const name = each.specifier;
      const target = this.#built.specifiers[name];
      if (!target) throw new GxError('GX_WIDGET_IMPORT', 500, `Plugin "${plugin}": ${module} imports "${name}", which the browser runtime does not offer. Bundle it.`, { plugin });
      // A dynamic import's span includes its quotes.
      code = code.slice(0, each.start) + (each.type === 'dynamic' ? `'${RUNTIME}${target.file}'` : RUNTIME + target.file) + code.slice(each.end);
    }
    return code;
  }
}
