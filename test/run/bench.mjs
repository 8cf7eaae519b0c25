// `npm run bench`: builds, then runs each benchmark on its own, one after the other. `npm run bench -- pipeline` runs those whose name contains the word.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
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
console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}`);
for (const file of benches) {
  const { status } = spawnSync(process.execPath, [join(folder, file)], { stdio: 'inherit', cwd: root });
  if (status !== 0) { console.error(`${file} did not finish.`); process.exitCode = 1; }
}
