import type { PluginSource } from '../../server/host/plugin-source.js';
import { engines } from '../kit/databases.js';
import { carryOut, chosen, hasBrowser } from './check-plugin.js';
import type { ContractCheck } from './contract-check.js';
import { ContractLab, type ContractOptions } from './contract-lab.js';

/** Throws one readable error with everything that a check found; warnings are left to `checkPlugin`. */
async function hold(check: ContractCheck, lab: ContractLab): Promise<void> {
  const wrong = (await carryOut(check, lab)).filter(({ warning }) => !warning);
  if (wrong.length) throw new Error(wrong.map(({ code, message }) => `${code}  ${lab.id}: ${message}`).join('\n'));
}

/**
 * Declares a mocha suite that holds a plugin to the contract: one test for each check, those that need a database on every engine that is here.
 * `describePluginContract(builtPlugin(import.meta.url))`
 */
export function describePluginContract(source: PluginSource, options: Omit<ContractOptions, 'engine'> = {}): void {
  const checks = chosen(options), browser = options.browser ?? hasBrowser();
  describe(`the contract of ${source.id}`, function () {
    this.timeout(120_000);
    engines.forEach((engine, at) => {
      describe(engine, () => {
        const lab = new ContractLab(source, { ...options, engine });
        after(() => lab[Symbol.asyncDispose]());
        for (const check of checks) {
          if (at > 0 && !check.everyEngine) continue;
          if (check.stage === 'browser' && !browser) continue;
          it(check.title, () => hold(check, lab));
        }
      });
    });
  });
}
