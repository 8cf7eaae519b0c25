// `npm run bench`: builds, then runs each benchmark on its own, one after the other, and ends with one table of all ratios and their targets.
// `npm run bench -- pipeline` runs those whose name contains the word. With GUANXI_BENCH_STRICT=1 a target that was not reached is a failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, BuildError, root } from '../../server/cli/build.mjs';

const words = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
try { if (!process.argv.includes('--no-build')) build((line) => console.log(line)); } catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  process.exit(1);
}
const folder = join(root, 'dist/test/bench');
const benches = (existsSync(folder) ? readdirSync(folder) : []).filter((file) => file.endsWith('.bench.js') && (!words.length || words.some((word) => file.includes(word)))).sort();
if (!benches.length) { console.error('No such benchmark.'); process.exit(1); }
console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} processors`);

const scratch = mkdtempSync(join(tmpdir(), 'guanxi-verdicts-'));
const verdicts = join(scratch, 'verdicts.jsonl');
const unfinished = [];
for (const file of benches) {
  const { status } = spawnSync(process.execPath, [join(folder, file)], { stdio: 'inherit', cwd: root, env: { ...process.env, GUANXI_BENCH_VERDICTS: verdicts } });
  if (status !== 0) unfinished.push(file.replace('.bench.js', ''));
}
const rows = existsSync(verdicts) ? readFileSync(verdicts, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
rmSync(scratch, { recursive: true, force: true });

const { inWords } = await import(pathToFileURL(join(folder, 'verdict.js')).href);
const table = [['What', 'Compared with', 'Measured', 'Wanted', 'Result'], ...rows.map(({ what, against, measured, wanted, reached }) => [what, against, measured, wanted, inWords(reached)])];
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
const line = (row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd();
if (rows.length) console.log(`\n${line(table[0])}\n${widths.map((width) => '-'.repeat(width)).join('  ').trimEnd()}\n${table.slice(1).map(line).join('\n')}`);
const missed = rows.filter(({ reached }) => reached === false).length, asked = rows.filter(({ reached }) => reached !== undefined).length;
console.log(`\n${asked - missed} of ${asked} targets reached.${unfinished.length ? ` Did not finish: ${unfinished.join(', ')}.` : ''}`);
if (unfinished.length || (missed && process.env.GUANXI_BENCH_STRICT)) process.exitCode = 1;
