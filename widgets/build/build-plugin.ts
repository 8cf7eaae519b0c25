import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { widgetConfig } from './browser-config.js';
import { buildChunks } from './build-browser.js';
import { widgetsOf } from './places.js';

interface ManifestLike { readonly id: string; readonly widgets: readonly { readonly name: string; readonly surface: string; readonly module: string }[] }
type Texts = Record<string, string>;
const LOCALES = ['en', 'zh-CN'] as const;

const readTexts = (file: string): Texts => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Texts : {});

/**
 * Texts as browsers get them: a key that one language lacks is taken from English. Keys that begin with `admin.` stay out of storefronts.
 * Returns what is missing, one line each.
 */
function writeTexts(source: string, out: string): string[] {
  const texts = Object.fromEntries(LOCALES.map((locale) => [locale, readTexts(join(source, 'locales', `${locale}.json`))])) as Record<(typeof LOCALES)[number], Texts>;
  mkdirSync(join(out, 'locales'), { recursive: true });
  for (const locale of LOCALES) {
    const all = { ...texts.en, ...texts[locale] };
    const shopper = Object.fromEntries(Object.entries(all).filter(([key]) => !key.startsWith('admin.')));
    writeFileSync(join(out, 'locales', `admin.${locale}.json`), JSON.stringify(all));
    writeFileSync(join(out, 'locales', `storefront.${locale}.json`), JSON.stringify(shopper));
  }
  const lacking = (one: Texts, other: Texts, locale: string): string[] => Object.keys(other).filter((key) => !(key in one)).map((key) => `${key} is missing in ${locale}`);
  return [...lacking(texts['zh-CN'], texts.en, 'zh-CN'), ...lacking(texts.en, texts['zh-CN'], 'en')];
}

/** The compiled manifest as data, for everybody who must not run the plugin's code. */
async function writeManifest(compiled: string): Promise<ManifestLike | undefined> {
  const file = join(compiled, 'manifest.js');
  if (!existsSync(file)) return undefined;
  const module = await import(`${pathToFileURL(file).href}?${statSync(file).mtimeMs}`) as { manifest?: ManifestLike; default?: ManifestLike };
  const manifest = module.manifest ?? module.default;
  if (!manifest) throw new Error(`${file} exports no manifest.`);
  writeFileSync(join(compiled, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  return manifest;
}

/**
 * Builds one plugin for browsers: `<compiled>/widgets/<name>.js` for every `widgets/{admin,storefront}/<name>.element.ts`, texts in
 * `<compiled>/widgets/locales/<surface>.<locale>.json`, and `<compiled>/manifest.json`. Returns what a developer should know.
 * @param source - the plugin's folder
 * @param compiled - where the compiler put it, e.g. `dist/plugins/<id>`
 */
export async function buildPlugin(source: string, compiled: string, plugin: string): Promise<string[]> {
  const out = join(compiled, 'widgets');
  const widgets = widgetsOf(source, plugin);
  const twice = widgets.filter(({ name }, at) => widgets.findIndex((other) => other.name === name) !== at);
  if (twice[0]) throw new Error(`${plugin}: two widgets are named ${twice[0].name}; names are unique across admin and storefront.`);
  mkdirSync(out, { recursive: true });
  rmSync(join(out, 'chunks'), { recursive: true, force: true });
  for (const file of readdirSync(out)) if (/\.(js|gz|br)$/.test(file)) rmSync(join(out, file));
  const pictures = join(source, 'pictures');
  rmSync(join(compiled, 'pictures'), { recursive: true, force: true });
  if (existsSync(pictures)) cpSync(pictures, join(compiled, 'pictures'), { recursive: true });
  const notes = writeTexts(source, out);
  for (const { file, name } of widgets) {
    const chunk = (await buildChunks(widgetConfig(file, name, out))).find(({ isEntry }) => isEntry);
    if (!chunk?.exports.includes('default')) throw new Error(`${plugin}: ${file} must default-export its class.`);
  }
  const manifest = await writeManifest(compiled);
  const missing = manifest?.widgets.filter(({ module }) => !widgets.some(({ name }) => `${name}.js` === module)) ?? [];
  const unlisted = manifest ? widgets.filter(({ name }) => !manifest.widgets.some(({ module }) => module === `${name}.js`)) : [];
  return [
    ...notes, ...missing.map(({ module }) => `the manifest names ${module}, but no widget file makes it; the host will refuse the plugin`),
    ...unlisted.map(({ name }) => `widget ${name} is not in the manifest`),
  ].map((note) => `${plugin}: ${note}`);
}
