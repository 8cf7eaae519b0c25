// A process of `npm test`: asks its parent for one test file after the other, runs it with mocha and tells each result over IPC.
import { readFileSync } from 'node:fs';
import Mocha from 'mocha';

const rc = JSON.parse(readFileSync(new URL('../../.mocharc.json', import.meta.url), 'utf8'));
const tell = (message) => new Promise((resolve) => { process.send(message, resolve); });

class Reporter {
  constructor(runner) {
    runner.on('pass', (test) => { void tell({ type: 'pass', title: test.titlePath(), ms: test.duration ?? 0, slow: (test.duration ?? 0) > test.slow() }); });
    runner.on('pending', (test) => { void tell({ type: 'skip', title: test.titlePath() }); });
    runner.on('fail', (test, error) => {
      // chai's `actual` and `expected` say more than its one-line message, where they are plain data.
      const compare = error && error.showDiff !== false && 'expected' in error && 'actual' in error
        ? `\n  expected: ${show(error.expected)}\n  actual:   ${show(error.actual)}` : '';
      void tell({ type: 'fail', title: test.titlePath(), error: `${error?.stack ?? String(error)}${compare}${error?.cause ? `\ncaused by ${error.cause?.stack ?? error.cause}` : ''}` });
    });
  }
}
function show(value) {
  try { const text = JSON.stringify(value); return text === undefined ? String(value) : text.length > 2_000 ? `${text.slice(0, 2_000)} …` : text; } catch { return String(value); }
}

async function run(file) {
  const mocha = new Mocha({ timeout: rc.timeout, slow: rc.slow, forbidOnly: true, reporter: Reporter });
  mocha.addFile(file);
  try {
    await mocha.loadFilesAsync();
    await new Promise((resolve) => { mocha.run(resolve); });
  } catch (error) {
    await tell({ type: 'fail', title: [`loading ${file}`], error: error?.stack ?? String(error) });
  }
  mocha.dispose();
  await tell({ type: 'end', rss: process.memoryUsage.rss() });
}

process.on('message', ({ file }) => {
  if (file) void run(file);
  // What the kit keeps between files, it ends with the process.
  else void import('../../dist/test/kit/at-end.js').then(({ end }) => end()).finally(() => { process.exit(0); });
});
await tell({ type: 'ready' });
