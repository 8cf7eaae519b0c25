import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPluginPackage } from '../../server/cli/plugins/build-plugin.js';
import { runNode, type Outcome } from '../../server/cli/plugins/compile.js';
import { newPlugin } from '../../server/cli/plugins/new-plugin.js';
import { openPluginFolder } from '../../server/cli/plugins/plugin-folder.js';
import type { PluginSource } from '../../server/host/plugin-source.js';
import { packageSource } from '../../server/package-source.js';
import { writeIntegrity } from '../../server/packages/integrity.js';
import { assemble, type Snippet } from './guide-source.js';

/** What a recipe writes itself; the rest of the package is as `plugins new` makes it. */
const OWN = ['entities', 'migrations', 'services', 'routes', 'widgets', 'locales', 'test', 'manifest.ts', 'plugin.ts'];

/** A folder in which the guide's reader works. */
export class GuideWorkshop implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'guanxi-guide-'));
  path(...names: readonly string[]): string { return join(this.folder, ...names); }

  /** Makes each plugin that the blocks name with `plugins new`, writes the blocks over it and builds it. `fresh` begins without the template's own code. */
  async build(snippets: readonly Snippet[], fresh: boolean): Promise<readonly PluginSource[]> {
    const files = assemble(snippets);
    const ids = [...new Set([...files.keys()].map((file) => file.split('/')[0]!))];
    for (const id of ids) {
      newPlugin(id, { parent: this.folder, now: Date.now(), link: true });
      if (!fresh) continue;
      for (const part of OWN) rmSync(this.path(id, part), { recursive: true, force: true });
      const json = readFileSync(this.path(id, 'package.json'), 'utf8');
      writeFileSync(this.path(id, 'package.json'), json.replace('"version": "0.1.0"', '"version": "1.0.0"'));
    }
    for (const [file, text] of files) {
      mkdirSync(dirname(this.path(file)), { recursive: true });
      writeFileSync(this.path(file), text);
    }
    await Promise.all(ids.map((id) => buildPluginPackage(openPluginFolder(this.path(id)))));
    return ids.map((id) => packageSource(this.path(id)));
  }

  /** What a plugin built here would be in another version that changes nothing else. */
  async inVersion(id: string, version: string): Promise<PluginSource> {
    const source = packageSource(this.path(id)), folder = this.path('later', id);
    cpSync(source.root, folder, { recursive: true });
    for (const file of ['manifest.json', 'manifest.js']) writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(/("?version"?): ?(["'])1\.0\.0\2/, `$1: $2${version}$2`));
    symlinkSync(this.path(id, 'node_modules'), this.path('node_modules'), 'junction');
    const root = pathToFileURL(`${folder}/`);
    await writeIntegrity(root);
    return { ...source, root };
  }

  /** The tests of a plugin, as its author runs them after a build. */
  mocha(id: string): Promise<Outcome> {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GUANXI_')));
    return runNode(this.path(id, 'node_modules/mocha/bin/mocha.js'), ['.guanxi/compiled/test/*.test.js', '--exit', '--no-color', '--timeout', '30000'], this.path(id), { ...env, GUANXI_TEST_ENGINES: 'sqlite' });
  }

  [Symbol.dispose](): void { rmSync(this.folder, { recursive: true, force: true }); }
}
