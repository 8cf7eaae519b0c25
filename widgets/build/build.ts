import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBrowser } from './build-browser.js';
import { buildPlugin } from './build-plugin.js';
import { browserOut, pluginsIn, root } from './places.js';

/** One line per file, with size and time; two equal prints mean that nothing changed. */
function print(...folders: string[]): string {
  const lines = folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .map((file) => ({ file, stat: statSync(file) })).filter(({ stat }) => stat.isFile()).map(({ file, stat }) => `${file} ${stat.size} ${stat.mtimeMs}`);
  return lines.sort().join('\n');
}

/** Does the work unless the stamp says that it was done for the same sources. */
async function unlessFresh(stamp: string, sources: string, work: () => Promise<void>): Promise<boolean> {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return false;
  await work();
  writeFileSync(stamp, sources);
  return true;
}

/** `npm run build:browser`: what is stale of the core and of each bundled plugin. Needs the compiled sources (`tsc -b`). */
async function main(): Promise<void> {
  const tools = print(join(root, 'widgets/build'));
  const lock = String(statSync(join(root, 'package-lock.json')).mtimeMs);
  const core = [print(join(root, 'widgets')), lock].join('\n');
  const did: string[] = [];
  if (await unlessFresh(join(browserOut, '.stamp'), core, async () => void await buildBrowser())) did.push('core');
  for (const plugin of pluginsIn(join(root, 'plugins'))) {
    const source = join(root, 'plugins', plugin);
    const compiled = join(root, 'dist/plugins', plugin);
    try {
      const done = await unlessFresh(join(compiled, '.stamp'), [print(source), tools, lock, existsSync(join(compiled, 'manifest.js'))].join('\n'), async () => {
        for (const note of await buildPlugin(source, compiled, plugin)) console.warn(note);
      });
      if (done) did.push(plugin);
    } catch (error) {
      // The others are built all the same, so that one broken plugin shows as one.
      console.error(`${plugin}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  process.stdout.write(did.length ? `Built for browsers: ${did.join(', ')}\n` : 'Browser files are up to date.\n');
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
