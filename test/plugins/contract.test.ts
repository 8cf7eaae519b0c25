import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundledPlugins } from '../../plugins/index.js';
import { experience } from '../../plugins/questionnaires/surveys/templates.js';
import { buildPluginPackage } from '../../server/cli/plugins/build-plugin.js';
import { linkTools } from '../../server/cli/plugins/link-tools.js';
import { openPluginFolder } from '../../server/cli/plugins/plugin-folder.js';
import { packageSource } from '../../server/package-source.js';
import { describePluginContract } from '../contract/describe-plugin-contract.js';
import type { RouteSample } from '../contract/contract-lab.js';
import { packageRoot } from '../kit/package-root.js';
import type { TestHost } from '../kit/test-host.js';

const survey = { title: 'Sample', config: experience.config };
/** Rules between a survey's questions cannot be guessed from their schema. */
const samples: Readonly<Record<string, RouteSample>> = { 'POST /surveys': { body: survey }, 'PUT /surveys/:id': { body: survey } };

/** One survey that runs and has an answer; the demo's thousands of answers would say no more. */
async function seed(host: TestHost, shop: string): Promise<void> {
  const { body } = await host.request<{ id: string }>('admin', 'post', '/surveys', { shop, body: survey });
  await host.request('admin', 'post', `/surveys/${body.id}/publish`, { shop, body: {} });
  await host.request('storefront', 'post', `/surveys/${body.id}/answers`, { shop, body: { questionId: 'recommend', value: 9 } });
}

for (const plugin of bundledPlugins) describePluginContract({ ...plugin, onBootFailure: 'continue' }, plugin.id === 'questionnaires' ? { samples, seed } : {});

/** The package that is written as outside authors write theirs, built where they would build it. */
async function builtOutside(name: string): Promise<string> {
  const folder = join(mkdtempSync(join(tmpdir(), 'guanxi-contract-')), name);
  cpSync(join(packageRoot, 'test/fixtures/packages', name), folder, { recursive: true, filter: (path) => !/node_modules|[\\/]dist|\.guanxi/.test(path) });
  linkTools(folder);
  await buildPluginPackage(openPluginFolder(folder));
  return folder;
}
const outside = await builtOutside('wish-list');
describe('a third party\'s package', () => {
  after(() => { rmSync(dirname(outside), { recursive: true, force: true }); });
  describePluginContract(packageSource(outside));
});
