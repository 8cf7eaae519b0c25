import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'vite';
import { loaderConfig, pageEntries, pagesConfig, RUNTIME, runtimeConfig, sharedSpecifiers } from './browser-config.js';
import { compress } from './compress.js';
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
interface ViteChunk { readonly file: string; readonly src?: string; readonly imports?: string[]; readonly css?: string[] }
type ViteFiles = Record<string, ViteChunk>;

function take(outDir: string, name: string): ViteFiles {
  const path = join(outDir, name);
  const files = JSON.parse(readFileSync(path, 'utf8')) as ViteFiles;
  rmSync(path);
  return files;
}

/** A file with all that it imports; `runtime` stands at the end of every chain that is not its own. */
function closure(files: ViteFiles, chunk: ViteChunk, runtime: string): BrowserFile {
  const reached = new Set<ViteChunk>();
  const walk = (from: ViteChunk): void => {
    for (const name of from.imports ?? []) {
      const next = files[name];
      if (!next || reached.has(next)) continue;
      reached.add(next);
      walk(next);
    }
  };
  walk(chunk);
  const css = new Set([chunk, ...reached].flatMap((part) => part.css ?? []));
  return { file: chunk.file, preload: [runtime, ...[...reached].map(({ file }) => file)].filter((file) => file !== chunk.file), css: [...css] };
}

function runtimeFileOf(files: ViteFiles): string {
  const entry = Object.values(files).find(({ src }) => src && join(root, src) === RUNTIME);
  if (!entry) throw new Error('The build made no runtime file.');
  if (entry.imports?.length) throw new Error(`The runtime was split into ${[entry.file, ...entry.imports].join(', ')}; see widgets/runtime/shared.ts.`);
  return entry.file;
}

function manifestOf(pages: ViteFiles, entries: Record<string, string>, runtime: string, loader: Buffer): BrowserManifest {
  const bySource = new Map(Object.entries(pages).map(([name, chunk]) => [join(root, chunk.src ?? name), chunk]));
  const find = (name: string, source: string): BrowserFile => {
    if (source === RUNTIME) return { file: runtime, preload: [], css: [] };
    const chunk = bySource.get(source);
    if (!chunk) throw new Error(`The build made no file for ${name} (${relative(root, source)}).`);
    return closure(pages, chunk, runtime);
  };
  const all = (inputs: Record<string, string>): Record<string, BrowserFile> =>
    Object.fromEntries(Object.entries(inputs).map(([name, source]) => [name, find(name, source)]));
  const hash = createHash('sha256').update(loader).digest('hex').slice(0, 16);
  return { specifiers: all(sharedSpecifiers()), entries: all(entries), loader: { file: 'loader.js', hash } };
}

/**
 * Builds what the core serves under `/runtime/v1`: the runtime, Lit's directives, kit, admin and loader, each with `.gz` and `.br`.
 * The folder is replaced only when everything is there, so a failed build leaves the last good one.
 */
export async function buildBrowser(entries = pageEntries()): Promise<BrowserManifest> {
  const outDir = mkdtempSync(join(dirname(browserOut), '.browser-'));
  try {
    await build(runtimeConfig(outDir));
    const runtime = runtimeFileOf(take(outDir, 'runtime-files.json'));
    await build(pagesConfig(outDir, runtime, entries));
    await build(loaderConfig(outDir));
    const manifest = manifestOf(take(outDir, 'page-files.json'), entries, runtime, readFileSync(join(outDir, 'loader.js')));
    await compress(outDir);
    writeFileSync(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
    rmSync(browserOut, { recursive: true, force: true });
    renameSync(outDir, browserOut);
    return manifest;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

export const readBrowserManifest = (): BrowserManifest => JSON.parse(readFileSync(join(browserOut, 'manifest.json'), 'utf8')) as BrowserManifest;
