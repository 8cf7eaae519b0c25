import type { Command } from 'commander';
import { relative } from 'node:path';
import type { CommandIo } from '../program.js';
import { buildPluginPackage, type Built } from './build-plugin.js';
import { newPlugin } from './new-plugin.js';
import { openPluginFolder } from './plugin-folder.js';

function tellBuild(io: CommandIo, { manifest, notes, measures }: Built): void {
  for (const note of notes) io.err(`Note: ${note}`);
  for (const { what, bytes, limit } of measures) io.out(`${(bytes / 1024).toFixed(2).padStart(8)} KB of ${(limit / 1024).toFixed(0).padStart(3)} KB  ${what}`);
  io.out(`Built ${manifest.id} ${manifest.version} into dist/.`);
}

/** `guanxi plugins …`: what authors of plugins need. */
export function pluginsCommand(guanxi: Command, io: CommandIo): void {
  const plugins = guanxi.command('plugins').description('for authors of plugins');
  plugins.command('new').description('makes the package of a new plugin: it builds, runs and passes its tests as it is').argument('<name>', 'the plugin\'s id, for example gift-wrap or @acme/gift-wrap')
    .option('--dir <folder>', 'the folder to make; one called like the plugin if not given').option('--no-link', 'leaves node_modules to npm install')
    .action((name: string, options: { dir?: string; link: boolean }) => {
      const { folder, id, files, missing } = newPlugin(name, { parent: process.cwd(), now: Date.now(), link: options.link, ...(options.dir ? { folder: options.dir } : {}) });
      io.out(`Made ${folder} with ${files.length} files.${options.link ? ' Its node_modules links this Guanxi and its tools, so that it runs at once.' : ''}`);
      if (missing.length || !options.link) io.out(`Install ${missing.length ? missing.join(', ') : 'the tools'} first: npm install`);
      io.out(`\n  cd ${relative(process.cwd(), folder) || '.'}\n  npm run dev    a demo shop with ${id} in it\n  npm test       its tests`);
    });
  plugins.command('build').description('compiles a plugin and bundles its widgets into dist/, as a host loads it').argument('[folder]', 'the plugin\'s folder', '.')
    .action(async (folder: string) => { tellBuild(io, await buildPluginPackage(openPluginFolder(folder))); });
  for (const command of plugins.commands) command.exitOverride();
}
