// One mocha process: runs the files it is given and tells its parent each result over IPC.
import { readFileSync } from 'node:fs';
import Mocha from 'mocha';

const rc = JSON.parse(readFileSync(new URL('../../.mocharc.json', import.meta.url), 'utf8'));
const tell = (message) => new Promise((resolve) => { process.send(message, resolve); });

class Reporter {
  constructor(runner) {
    runner.on('pass', (test) => { void tell({ type: 'pass', title: test.titlePath(), ms: test.duration ?? 0, slow: (test.duration ?? 0) > test.slow() }); });
    const began = new Map();
    runner.on('suite', (suite) => { if (suite.parent?.root) began.set(suite, Date.now()); });
    runner.on('suite end', (suite) => { if (began.has(suite)) void tell({ type: 'suite', title: suite.title, ms: Date.now() - began.get(suite) }); });
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

const mocha = new Mocha({ timeout: rc.timeout, slow: rc.slow, forbidOnly: true, reporter: Reporter });
for (const file of process.argv.slice(2)) mocha.addFile(file);
try {
  await mocha.loadFilesAsync();
  mocha.run(() => { void tell({ type: 'end' }).then(() => { process.disconnect(); }); });
} catch (error) {
  await tell({ type: 'fail', title: ['loading the files'], error: error?.stack ?? String(error) });
  await tell({ type: 'end' });
  process.disconnect();
}
