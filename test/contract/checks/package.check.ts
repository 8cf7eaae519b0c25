import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkPacked } from '../../../server/cli/plugins/check-package.js';
import { npmPack } from '../../../server/cli/plugins/npm.js';
import { PluginFolder } from '../../../server/cli/plugins/plugin-folder.js';
import { finding, type ContractCheck } from '../contract-check.js';

/** A plugin that is bundled with a host is no package, and there is nothing to pack. */
export const packageIsWhole: ContractCheck = {
  name: 'package', title: 'is packed by npm with everything that its manifest names and its list holds', stage: 'files',
  async run(lab) {
    const home = dirname(lab.path()), built = basename(lab.path());
    if (built !== 'dist' || !existsSync(join(home, 'package.json')) || lab.read('integrity.json') === undefined) return [];
    const json = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { name: string };
    const packed = await npmPack(home);
    const { widgets, listing } = lab.manifest;
    const carried = new Set(packed.files.map(({ path }) => path.replaceAll('\\', '/')));
    const named = ['manifest.json', 'plugin.js', ...widgets.map(({ module }) => `widgets/${module}`), ...(listing.screenshots ?? []).map(({ file }) => `pictures/${file}`)];
    const missing = named.filter((path) => !carried.has(`dist/${path}`));
    return [
      ...checkPacked(new PluginFolder(home, json), packed),
      ...missing.map((path) => finding('GX_PACKAGE_CONTENT', `npm would leave dist/${path} out of the package, which the manifest names. Add "dist" to "files" in package.json, and build the plugin.`)),
    ];
  },
};
