import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeIntegrity } from '../../packages/integrity.js';
import { packageFolder } from '../../package-source.js';
import { manifestSchema, type Manifest } from '../../plugin-api/index.js';
import { CommandError } from '../command-error.js';
import { compile, runNode } from './compile.js';
import type { PluginFolder } from './plugin-folder.js';

export interface Measure { readonly what: string; readonly bytes: number; readonly limit: number }
export interface Built {
  readonly manifest: Manifest;
  /** What an author should know, e.g. a text that one language lacks. */
  readonly notes: readonly string[];
  readonly measures: readonly Measure[];
}

const widgetBuild = fileURLToPath(new URL('../../../widgets/build/build-package.js', import.meta.url));
const filesBelow = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

/** What a host needs of the compiled files: neither tests nor the widgets' sources, nothing whose source is gone. */
function stageServer(plugin: PluginFolder, stage: string): void {
  for (const file of filesBelow(plugin.compiled)) {
    const source = file.replace(/\.d\.ts$|\.js$/, '.ts');
    if (!existsSync(plugin.file(source)) && !existsSync(plugin.file(file))) { rmSync(join(plugin.compiled, file)); continue; }
    if (/^(widgets|test)\//.test(file)) continue;
    mkdirSync(dirname(join(stage, file)), { recursive: true });
    cpSync(join(plugin.compiled, file), join(stage, file));
  }
}

async function stageWidgets(plugin: PluginFolder, stage: string): Promise<{ readonly notes: readonly string[]; readonly measures: readonly Measure[] }> {
  if (!packageFolder('vite', plugin.path) && !packageFolder('vite', dirname(widgetBuild))) throw new CommandError('Vite is not installed, which builds the widgets. Run: npm install --save-dev vite');
  const { code, out, err } = await runNode(widgetBuild, [plugin.path, stage, plugin.id], plugin.path);
  if (code !== 0) throw new CommandError(`The widgets do not build:\n${(err || out).trim()}`);
  return JSON.parse(out) as { notes: string[]; measures: Measure[] };
}

function readManifest(plugin: PluginFolder, stage: string): Manifest {
  const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(join(stage, 'manifest.json'), 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new CommandError(`manifest.ts: the field "${issue.path.join('.')}" is wrong: ${issue.message}.`);
  }
  const manifest = parsed.data as unknown as Manifest;
  if (manifest.id !== plugin.id) throw new CommandError(`manifest.ts calls the plugin "${manifest.id}", package.json "${plugin.id}". Both must be the same; a scope in front of the package's name does not count.`);
  for (const { name, surface, module } of manifest.widgets) {
    if (!existsSync(join(stage, 'widgets', module))) throw new CommandError(`manifest.ts names the widget "${name}" with the module ${module}, which no file makes. Write widgets/${surface}/${module.replace(/\.js$/, '')}.element.ts, or remove it.`);
  }
  for (const { file } of manifest.listing.screenshots ?? []) if (!existsSync(plugin.file(`pictures/${file}`))) throw new CommandError(`manifest.ts names the picture ${file}, which is not in pictures/. Add it, or remove it.`);
  return manifest;
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

/**
 * Builds `dist/` as a host loads it: server code, widgets, texts, pictures, `manifest.json`, `integrity.json`. A build that fails leaves the
 * last good one.
 * @throws CommandError with the messages of whoever refused
 */
export async function buildPluginPackage(plugin: PluginFolder): Promise<Built> {
  if (plugin.json.type !== 'module') throw new CommandError(`${plugin.file('package.json')} needs "type": "module"; plugins are ES modules.`);
  await compile(plugin);
  const stage = plugin.file('.guanxi/stage');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  stageServer(plugin, stage);
  const { notes, measures } = await stageWidgets(plugin, stage);
  const manifest = readManifest(plugin, stage);
  const over = measures.filter(({ bytes, limit }) => bytes > limit);
  if (over.length) throw new CommandError(`Over the budget after gzip: ${over.map(({ what, bytes, limit }) => `${what} has ${kilobytes(bytes)} of ${kilobytes(limit)}`).join('; ')}. Import less, or load what is not needed at once with a dynamic import.`);
  if (existsSync(plugin.file('pictures'))) cpSync(plugin.file('pictures'), join(stage, 'pictures'), { recursive: true });
  await writeIntegrity(pathToFileURL(`${stage}/`));
  rmSync(plugin.dist, { recursive: true, force: true });
  renameSync(stage, plugin.dist);
  return { manifest, notes, measures };
}
