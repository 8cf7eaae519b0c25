import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { loaderConfig, pageEntries, pagesConfig, RUNTIME, runtimeConfig, sharedSpecifiers } from './browser-config.js';
import { browserOut, root } from './places.js';

/** How the server finds a browser file. Names are relative to `dist/browser`. */
export interface BrowserFile {
  readonly file: string;
  /** Files that it imports statically, in all; to be preloaded with it. */
  readonly preload: readonly string[];
  readonly css: readonly string[];
}
export interface BrowserManifest {
  /** Bare name → file: `lit`, `lit/directives/repeat.js`, `guanxi/widgets`, `guanxi/kit`. */
  readonly specifiers: Readonly<Record<string, BrowserFile>>;
  /** `admin`, `storefront`. */
  readonly entries: Readonly<Record<string, BrowserFile>>;
  /** The classic script. Its name is stable, so it is cached briefly; `hash` is for its ETag. */
  readonly loader: { readonly file: string; readonly hash: string };
}

/** Vite takes Lit's larger development build where NODE_ENV names anything but production, e.g. while tests run. */
async function buildForProduction(config: InlineConfig): ReturnType<typeof build> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try { return await build(config); } finally {
    if (before === undefined) delete process.env['NODE_ENV']; else process.env['NODE_ENV'] = before;
  }
}

/** Runs a build and returns the files of code that it wrote. */
export async function buildChunks(config: InlineConfig): Promise<Rolldown.OutputChunk[]> {
  const result = await buildForProduction(config);
  const outputs = Array.isArray(result) ? result : [result as Rolldown.RolldownOutput];
  return outputs.flatMap(({ output }) => output).filter((file) => file.type === 'chunk');
}

const importsOf = (chunk: Rolldown.OutputChunk): string[] => chunk.imports.map((name) => name.replace(/^\.\//, ''));

/** The one file of the runtime; refuses a build that split it or that takes from it what it does not give. */
function runtimeOf(chunks: Rolldown.OutputChunk[]): Rolldown.OutputChunk {
  const entry = chunks.find(({ facadeModuleId }) => facadeModuleId === RUNTIME);
  if (!entry) throw new Error('The build made no runtime file.');
  if (entry.imports.length) throw new Error(`The runtime was split into ${[entry.fileName, ...entry.imports].join(', ')}; see widgets/runtime/late/late.ts.`);
  return entry;
}
function checkNames(pages: Rolldown.OutputChunk[], runtime: Rolldown.OutputChunk): void {
  const from = new RegExp(`(?:import|export)\\s*\\{([^}]*)\\}\\s*from\\s*["'\`]\\./${runtime.fileName.replaceAll('.', '\\.')}["'\`]`, 'g');
  for (const page of pages) {
    const taken = [...page.code.matchAll(from)].flatMap(([, names = '']) => names.split(',').map((name) => name.trim().split(' as ')[0] ?? ''));
    const missing = taken.filter((name) => !runtime.exports.includes(name));
    if (missing.length) throw new Error(`${page.fileName} takes ${missing.join(', ')} from the runtime; export it from widgets/runtime/shared.ts.`);
  }
}

function manifestOf(pages: Rolldown.OutputChunk[], entries: Record<string, string>, runtime: string, loader: Buffer): BrowserManifest {
  const byName = new Map(pages.map((chunk) => [chunk.fileName, chunk]));
  const find = (name: string, source: string): BrowserFile => {
    if (source === RUNTIME) return { file: runtime, preload: [], css: [] };
    const chunk = pages.find(({ facadeModuleId }) => facadeModuleId === source);
    if (!chunk) throw new Error(`The build made no file for ${name} (${relative(root, source)}).`);
    const reached = new Set<string>();
    const css = new Set<string>();
    const walk = (from: Rolldown.OutputChunk): void => {
      for (const style of from.viteMetadata?.importedCss ?? []) css.add(style);
      for (const next of importsOf(from)) {
        const known = byName.get(next);
        if (!known || reached.has(next)) continue;
        reached.add(next);
        walk(known);
      }
    };
    walk(chunk);
    return { file: chunk.fileName, preload: [runtime, ...reached], css: [...css] };
  };
  const all = (inputs: Record<string, string>): Record<string, BrowserFile> =>
    Object.fromEntries(Object.entries(inputs).map(([name, source]) => [name, find(name, source)]));
  const hash = createHash('sha256').update(loader).digest('hex').slice(0, 16);
  return { specifiers: all(sharedSpecifiers()), entries: all(entries), loader: { file: 'loader.js', hash } };
}

/**
 * Builds what the core serves under `/runtime/v1`: the runtime, Lit's directives, kit, admin and loader; the server compresses what it serves.
 * The folder is replaced only when everything is there, so a failed build leaves the last good one.
 */
export async function buildBrowser(entries = pageEntries(), target = browserOut): Promise<BrowserManifest> {
  mkdirSync(dirname(target), { recursive: true });
  const outDir = mkdtempSync(join(dirname(target), '.browser-'));
  try {
    const runtime = runtimeOf(await buildChunks(runtimeConfig(outDir)));
    const pages = await buildChunks(pagesConfig(outDir, runtime.fileName, entries));
    checkNames(pages, runtime);
    await buildForProduction(loaderConfig(outDir));
    const manifest = manifestOf(pages, entries, runtime.fileName, readFileSync(join(outDir, 'loader.js')));
    writeFileSync(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
    rmSync(target, { recursive: true, force: true });
    renameSync(outDir, target);
    return manifest;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

export const readBrowserManifest = (folder = browserOut): BrowserManifest => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as BrowserManifest;
