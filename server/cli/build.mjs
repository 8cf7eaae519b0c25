// Builds what is stale. Plain JavaScript, because it runs in a fresh clone, before anything is compiled.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const dist = join(root, 'dist');

/** A build that failed; its message is one sentence, the details were printed before. */
export class BuildError extends Error { name = 'BuildError'; }

function* filesUnder(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === 'data' || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path); else yield path;
  }
}

/** One hash over the path, size and time of every file under the folders; reading 2,000 of them takes some 20 ms. */
function fingerprint(folders) {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const path = join(root, folder);
    for (const file of existsSync(path) && statSync(path).isFile() ? [path] : [...filesUnder(path)].sort()) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

const stampFile = (name) => join(dist, `.stamp-${name}`);
const isFresh = (name, print) => existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === print;
const stamp = (name, print) => { mkdirSync(dist, { recursive: true }); writeFileSync(stampFile(name), print); };

/** Removes what was compiled from a source that is gone; otherwise a deleted test would go on running. */
function prune() {
  for (const top of ['server', 'plugins', 'widgets', 'test']) {
    for (const file of filesUnder(join(dist, top))) {
      if (!file.endsWith('.d.ts')) continue;
      const base = file.slice(0, -'.d.ts'.length);
      if (existsSync(`${join(root, relative(dist, base))}.ts`)) continue;
      for (const end of ['.d.ts', '.js', '.js.map']) rmSync(base + end, { force: true });
    }
  }
}

/** Everything that is not code but stands beside it and is read at run time, e.g. texts and icons. */
const carried = /\.(json|svg|png|webp|jpe?g|sql|csv|html|css|txt|toml)$/;
/** What `guanxi plugins new` copies: every file of it, sources too. */
const template = join('server', 'cli', 'plugins', 'template');
function carry() {
  rmSync(join(dist, template), { recursive: true, force: true });
  for (const top of ['server', 'plugins']) {
    for (const file of filesUnder(join(root, top))) {
      if (!carried.test(file) && !relative(root, file).startsWith(template)) continue;
      const target = join(dist, relative(root, file));
      mkdirSync(dirname(target), { recursive: true });
      const text = readFileSync(file);
      if (!existsSync(target) || !readFileSync(target).equals(text)) writeFileSync(target, text);
    }
  }
}

function run(command, args, sentence) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: process.env });
  if (result.error) throw new BuildError(`${sentence} (${result.error.message})`);
  if (result.status !== 0) throw new BuildError(sentence);
}

/** Compiles the TypeScript when a source changed. */
export function compile(say = () => {}) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  if (!existsSync(tsc)) throw new BuildError('The dependencies are missing. Run: npm ci');
  const print = fingerprint(['server', 'plugins', 'widgets', 'test', 'tsconfig.json', 'package-lock.json']);
  if (isFresh('server', print)) return false;
  say('Compiling …');
  prune();
  run(process.execPath, [tsc, '-b'], 'The sources do not compile; the messages above say where.');
  // npm does this only where it finds the file when it installs, and a fresh clone has none then.
  chmodSync(join(dist, 'server/cli/guanxi.js'), 0o755);
  carry();
  stamp('server', print);
  return true;
}

/** Bundles the browser's files when one of their sources changed. */
export function bundle(say = () => {}) {
  const script = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts?.['build:browser'];
  if (!script) return false;
  const print = fingerprint(['widgets', 'plugins', 'vite.config.ts', 'package-lock.json']);
  if (isFresh('browser', print)) return false;
  say('Bundling for browsers …');
  run('npm', ['run', '--silent', 'build:browser'], 'The browser files do not build; the messages above say where.');
  stamp('browser', print);
  return true;
}

export function build(say) { compile(say); bundle(say); }

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try { build((line) => console.log(line)); } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
