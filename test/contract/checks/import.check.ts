import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Finding } from '../../../server/packages/finding.js';
import { finding, type ContractCheck } from '../contract-check.js';

/** Longest time for importing a plugin, in milliseconds; the host's own limit. */
const IMPORT_MS = 10_000;

/** Looked at in a thread of its own, where nothing has been imported before and nothing that is left behind does harm. */
export const importIsSilent: ContractCheck = {
  name: 'import', title: 'declares when it is imported, and does nothing', stage: 'code',
  async run(lab) {
    const probe = new Worker(new URL('../import-probe.js', import.meta.url), { workerData: new URL('plugin.js', lab.source.root).href, stdout: true, stderr: true });
    const late = setTimeout(() => { probe.emit('message', { failed: `it has not been imported after ${IMPORT_MS / 1000} s`, effects: [] }); }, IMPORT_MS);
    try {
      const [{ failed, effects }] = (await once(probe, 'message')) as [{ readonly failed?: string; readonly effects: readonly string[] }];
      return [
        ...effects.map((effect): Finding => {
          const [code, ...words] = effect.split(' ');
          return finding(code as `GX_${string}`, `importing plugin.js does something: ${words.join(' ')}. Move it into services, activate or a handler; settings come from app.settings.`);
        }),
        ...(failed === undefined ? [] : [finding('GX_PLUGIN_IMPORT', `plugin.js cannot be imported: ${failed}.`)]),
      ];
    } finally {
      clearTimeout(late);
      await probe.terminate();
    }
  },
};
