import { readManifest } from '../../../server/packages/verify-manifest.js';
import { finding, type ContractCheck } from '../contract-check.js';

export const manifestIsSound: ContractCheck = {
  name: 'manifest', title: 'has a manifest of the schema, with its own names and a pinned API', stage: 'files',
  run: (lab) => {
    const text = lab.read('manifest.json');
    return Promise.resolve(text === undefined ? [finding('GX_MANIFEST_UNREADABLE', 'manifest.json is missing. Build the plugin: guanxi plugins build')] : readManifest(lab.id, text).findings);
  },
};
