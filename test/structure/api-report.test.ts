import { readFileSync } from 'node:fs';
import { apiReport, REPORT } from './api-report.js';
import { none } from './none.js';

describe('the plugin contract', () => {
  it('changes only together with its report', () => {
    const [stored, now] = [readFileSync(REPORT, 'utf8').split('\n'), apiReport().split('\n')];
    const gone = stored.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
    const come = now.filter((line) => !stored.includes(line)).map((line) => `+ ${line}`);
    const moved = stored.join('\n') !== now.join('\n') && !gone.length && !come.length ? ['The order of the declarations changed.'] : [];
    none([...gone, ...come, ...moved].slice(0, 40), 'Contract and report differ; if that is meant, raise PLUGIN_API_VERSION as the report says and run: npm run api-report');
  });
});
