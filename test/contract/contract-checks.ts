import { started } from './checks/started.check.js';
import { twoShops } from './checks/two-shops.check.js';
import type { ContractCheck } from './contract-check.js';

/** The whole contract, in the order in which it is checked: each check finds the host as those before it left it. */
export const contractChecks: readonly ContractCheck[] = [started, twoShops];
