import { setTimeout as sleep } from 'node:timers/promises';
import { finding, type ContractCheck } from '../contract-check.js';
import { OpenHandles } from '../open-handles.js';

/** How often it is looked whether what was open is closed; what takes longer than all of them has been left. */
const LOOKS = 20, LOOK_MS = 50;

export const disposalIsWhole: ContractCheck = {
  name: 'disposal', title: 'leaves nothing open when it is stopped', stage: 'host',
  async run(lab) {
    using handles = new OpenHandles(lab.source.root.href);
    const host = await lab.ownHost();
    await host.install('demo', lab.id);
    await host.services.host.halt(lab.id, new Error('The contract suite stops the plugin.'));
    for (let look = 0; look < LOOKS && handles.left().length; look++) await sleep(LOOK_MS);
    return [...new Set(handles.left())].map((what) => finding('GX_DISPOSE_LEFT', `${what} of its own is still open after it was stopped. Hand whatever lasts to app.own, or end it in deactivate.`));
  },
};
