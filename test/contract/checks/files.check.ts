import { INTEGRITY_FILE } from '../../../server/packages/integrity.js';
import { verifyFiles } from '../../../server/packages/verify-files.js';
import type { ContractCheck } from '../contract-check.js';

export const filesAreSound: ContractCheck = {
  name: 'files', title: 'consists of the files that were built: listed, unchanged, inside its folder, within their budgets', stage: 'files',
  run: (lab) => verifyFiles(lab.source.root, lab.manifest, lab.source.kind ?? (lab.read(INTEGRITY_FILE) === undefined ? 'bundled' : 'package')),
};
