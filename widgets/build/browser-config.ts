import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InlineConfig, Plugin } from 'vite';
import { reachedFrom } from './core-modules.js';
import { modernLit, plainImports, tightStyles } from './fewer-bytes.js';
import { root } from './places.js';

/** The file behind `lit` and `guanxi/widgets`; see there for why it is one. */
export const RUNTIME = join(root, 'widgets/runtime/shared.ts');

/** Lit's modules that a plugin may import by name; the decorators stay out, they cost a storefront 2 KB. */
function litModules(): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'node_modules/lit/package.json'), 'utf8')) as { exports: Record<string, unknown> };
  return Object.keys(exports).filter((path) => /^\.\/(directives\/|directive|async-directive|static-html)/.test(path)).map((path) => `lit/${path.slice(2)}`);
}

/** What a widget may import from outside, and the source it stands for. A source that is not there yet is left out. */
export function sharedSpecifiers(): Record<string, string> {
  const kit = join(root, 'widgets/kit/index.ts');
  return {
    lit: RUNTIME, 'lit/html.js': RUNTIME, 'guanxi/widgets': RUNTIME,
    ...Object.fromEntries(litModules().map((name) => [name, join(root, 'node_modules', name)])),
    ...(existsSync(kit) && { 'guanxi/kit': kit }),
  };
}

/** Entries that pages start, by the name under which the manifest lists them. */
export function pageEntries(): Record<string, string> {
  const admin = join(root, 'widgets/admin/main.ts');
  return { storefront: RUNTIME, ...(existsSync(admin) && { admin }) };
}

const fileName = (name: string): string => name.replace(/\.js$/, '').replace(/[^a-z0-9-]+/gi, '-');

/** Lit's own files that the runtime holds. */
const LIT_CORE = /node_modules[\\/](lit[\\/](index|html)|lit-html[\\/](lit-html|is-server)|lit-element[\\/](index|lit-element)|@lit[\\/]reactive-element[\\/](reactive-element|css-tag))\.js$/;

/**
 * Whoever imports a module of the runtime gets it from the runtime's file: there is one copy, and a change of the admin does not change
 * what storefronts have in their caches.
 */
function oneRuntime(file: string): Plugin {
  const core = reachedFrom(RUNTIME);
  const shared: { readonly id: string; readonly external: true } = { id: 'runtime-file', external: true };
  return {
    name: 'one-runtime', enforce: 'pre',
    async resolveId(source, importer) {
      if (!importer || source.startsWith('\0')) return null;
      if (source === 'guanxi/widgets') return shared;
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found && (core.has(found.id) || LIT_CORE.test(found.id)) ? shared : found;
    },
    renderChunk: (code) => code.replaceAll(/(["'`])runtime-file\1/g, JSON.stringify(`./${file}`)),
  };
}

const common = { root, configFile: false, publicDir: false, logLevel: 'warn', clearScreen: false, base: './' } satisfies InlineConfig;
const output = { comments: { legal: false } };
const buildCommon = { target: 'es2022', modulePreload: false, reportCompressedSize: false, emptyOutDir: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 } as const;
const hashed = { ...output, entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js', assetFileNames: '[name]-[hash][extname]' };

/** Lit's core and the runtime in one file, with what it fetches late. */
export function runtimeConfig(outDir: string): InlineConfig {
  return {
    ...common, plugins: [modernLit, plainImports, tightStyles],
    build: { ...buildCommon, outDir, rolldownOptions: { input: { runtime: RUNTIME }, preserveEntrySignatures: 'strict', output: hashed } },
  };
}

/** Lit's directives, the kit and the admin: one graph that stands on the runtime's file. */
export function pagesConfig(outDir: string, runtimeFile: string, entries: Record<string, string>): InlineConfig {
  const sources = Object.entries({ ...sharedSpecifiers(), ...entries }).filter(([, path]) => path !== RUNTIME);
  return {
    ...common, plugins: [oneRuntime(runtimeFile), plainImports, tightStyles],
    resolve: { alias: [{ find: /^guanxi\/kit$/, replacement: join(root, 'widgets/kit/index.ts') }] },
    build: {
      ...buildCommon, outDir,
      rolldownOptions: { input: Object.fromEntries(sources.map(([name, path]) => [fileName(name), path])), preserveEntrySignatures: 'strict', output: hashed },
    },
  };
}

/** The classic script for shops' themes: one file, no imports. */
export function loaderConfig(outDir: string): InlineConfig {
  return {
    ...common,
    build: { ...buildCommon, outDir, rolldownOptions: { input: { loader: join(root, 'widgets/storefront/loader.ts') }, output: { ...output, format: 'iife', entryFileNames: '[name].js' } } },
  };
}

/**
 * A plugin's widget: one file, shared modules left as bare names. What it imports dynamically lies in `chunks/`. Third parties build theirs
 * with the same settings.
 */
export function widgetConfig(file: string, name: string, outDir: string): InlineConfig {
  return {
    ...common, plugins: [plainImports, tightStyles],
    build: {
      ...buildCommon, outDir,
      rolldownOptions: {
        input: { [name]: file }, preserveEntrySignatures: 'strict', external: [/^lit($|\/)/, /^guanxi\/(widgets|kit)$/],
        output: { ...output, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  };
}
