import { finding, type ContractCheck } from '../contract-check.js';

/** Longest time for `activate`, in milliseconds: the start of a host with a hundred plugins must not wait for one. */
const ACTIVATE_MS = 2_000;

export const started: ContractCheck = {
  name: 'starts', title: 'starts on a host, and soon', stage: 'host',
  async run(lab) {
    const report = (await lab.host()).report(lab.id);
    if (report?.state !== 'active') return [finding((report?.code ?? 'GX_PLUGIN_FAILED') as `GX_${string}`, report?.error ?? `The host does not know the plugin "${lab.id}".`)];
    const ms = report.ms['activate'] ?? 0;
    return ms > ACTIVATE_MS ? [finding('GX_ACTIVATE_SLOW', `activate takes ${ms} ms; ${ACTIVATE_MS} are allowed. Begin what takes longer there without waiting for it, and give it to app.own.`)] : [];
  },
};
