import type { Finding } from '../../../server/packages/finding.js';
import { finding, type ContractCheck } from '../contract-check.js';

/** The contract says 1 s; a busy machine gets three times as long. */
const STOP_MS = 3_000;

export const jobsStop: ContractCheck = {
  name: 'jobs', title: 'ends its jobs soon after they are told to stop', stage: 'host',
  async run(lab) {
    const host = await lab.host(), [shop] = await lab.shops(), findings: Finding[] = [];
    const limit = lab.options.stopMs ?? STOP_MS;
    for (const name of Object.keys(host.unit(lab.id).jobs)) {
      const stop = new AbortController();
      // A job may end by throwing what it was told to stop with.
      const ended = host.runJob(name, shop.key, lab.id, stop.signal).then(() => true, () => true);
      setImmediate(() => { stop.abort(new Error('The contract suite stops the job.')); });
      let late: NodeJS.Timeout | undefined;
      const inTime = await Promise.race([ended, new Promise<false>((resolve) => { late = setTimeout(() => { resolve(false); }, limit); })]);
      clearTimeout(late);
      if (!inTime) findings.push(finding('GX_JOB_DEAF', `the job "${name}" goes on for more than ${limit} ms after it was told to stop. Ask signal.throwIfAborted() between two steps, and hand the signal on.`));
    }
    return findings;
  },
};
