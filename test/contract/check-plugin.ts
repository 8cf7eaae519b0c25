import type { Finding } from '../../server/packages/finding.js';
import type { PluginSource } from '../../server/host/plugin-source.js';
import { isInstalled } from '../kit/tool.js';
import { contractChecks } from './contract-checks.js';
import { finding, remark, said, type ContractCheck } from './contract-check.js';
import { ContractLab, type ContractOptions } from './contract-lab.js';

/** Whether widgets can be tried here. */
export const hasBrowser = (): boolean => isInstalled('playwright-core') && isInstalled('axe-core');
/** The checks that were asked for. @throws Error for a name that is none */
export function chosen({ only }: ContractOptions): readonly ContractCheck[] {
  const unknown = only?.find((name) => !contractChecks.some((check) => check.name === name));
  if (unknown !== undefined) throw new Error(`There is no check "${unknown}". There are: ${contractChecks.map(({ name }) => name).join(', ')}.`);
  return contractChecks.filter(({ name }) => !only || only.includes(name));
}
/** One check; what it throws is a finding too. */
export async function carryOut(check: ContractCheck, lab: ContractLab): Promise<readonly Finding[]> {
  try { return distinct(await check.run(lab)); }
  catch (error) { return [finding('GX_CONTRACT_CHECK', `the check "${check.name}" (${check.title}) could not be carried out: ${said(error)}.`)]; }
}
const distinct = (findings: readonly Finding[]): readonly Finding[] => [...new Map(findings.map((each) => [`${each.code} ${each.message}`, each])).values()];

const STAGES = ['files', 'code', 'host', 'browser'] as const;

/**
 * Holds a built plugin to the whole contract on a host and a database of its own, and answers everything that is wrong with it; warnings are marked.
 * Needs no test runner. None of the plugin's code runs before its files are sound; a plugin that does not start is not asked further.
 */
export async function checkPlugin(source: PluginSource, options: ContractOptions = {}): Promise<readonly Finding[]> {
  await using lab = new ContractLab(source, options);
  const checks = chosen(options), findings: Finding[] = [];
  const browser = options.browser ?? hasBrowser();
  for (const stage of STAGES) {
    const due = checks.filter((check) => check.stage === stage);
    if (stage === 'browser' && !browser && due.length) {
      findings.push(remark('GX_BROWSER_LEFT_OUT', `not checked without a browser: ${due.map(({ title }) => title).join('; ')}. Run: npm install --save-dev playwright-core axe-core`));
      continue;
    }
    for (const check of due) findings.push(...await carryOut(check, lab));
    if (findings.some(({ warning, code }) => !warning && (stage === 'files' || code.startsWith('GX_IMPORT_')))) break;
    if (stage === 'code' && checks.some((check) => check.stage === 'host' || check.stage === 'browser')) {
      const start = await carryOut(contractChecks.find(({ name }) => name === 'starts')!, lab);
      if (start.some(({ code }) => code !== 'GX_ACTIVATE_SLOW')) { findings.push(...start); break; }
    }
  }
  return distinct(findings);
}
