import { GxError } from '../plugin-api/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** What the code offers must be what the manifest said: merchants consented to that. */
export function checkDeclared(unit: PluginUnit): void {
  const { manifest, handlers, jobs, contributions, provided } = unit;
  if (!manifest) return;
  const refuse = (code: `GX_${string}`, message: string): never => { throw new GxError(code, 500, `Plugin "${unit.id}": ${message}`, { plugin: unit.id }); };
  for (const name of Object.keys(handlers)) if (!manifest.events.handles.includes(name)) refuse('GX_EVENT_UNDECLARED', `it handles "${name}", which its manifest does not name under events.handles.`);
  for (const name of Object.keys(jobs)) if (!manifest.jobs.some((job) => job.name === name)) refuse('GX_JOB_UNDECLARED', `the job "${name}" is not in its manifest.`);
  for (const { name } of manifest.jobs) if (!jobs[name]) refuse('GX_JOB_MISSING', `its manifest names the job "${name}", which its code does not have.`);
  for (const part of ['activityTypes', 'rewardKinds', 'segmentAttributes'] as const) {
    const declared = (manifest[part] ?? []).map(({ name }) => name);
    const offered = Object.keys(contributions[part] ?? {});
    for (const name of offered) if (!declared.includes(name)) refuse('GX_CONTRIBUTION_UNDECLARED', `it contributes "${name}" to ${part}, which its manifest does not name there.`);
    for (const name of declared) if (!offered.includes(name)) refuse('GX_CONTRIBUTION_MISSING', `its manifest names "${name}" under ${part}, and its code does not contribute it.`);
  }
  const multipliers = Object.keys(contributions.earningMultipliers ?? {});
  for (const name of multipliers) if (!manifest.earningMultipliers?.includes(name)) refuse('GX_CONTRIBUTION_UNDECLARED', `it contributes "${name}" to earningMultipliers, which its manifest does not name there.`);
  for (const name of manifest.earningMultipliers ?? []) if (!multipliers.includes(name)) refuse('GX_CONTRIBUTION_MISSING', `its manifest names "${name}" under earningMultipliers, and its code does not contribute it.`);
  for (const { token } of manifest.provides ?? []) if (!provided.has(token)) refuse('GX_CONTRACT_UNFILLED', `its manifest promises "${token}" under provides, and services did not fill it with app.provide.`);
}
