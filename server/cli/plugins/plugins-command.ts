import type { Command } from 'commander';
import { relative } from 'node:path';
import { CommandError } from '../command-error.js';
import type { CommandIo } from '../program.js';
import { buildPluginPackage, type Built } from './build-plugin.js';
import { checkPlugin } from './check-plugin.js';
import { dropCommand } from './drop.js';
import { develop } from './develop.js';
import { newPlugin } from './new-plugin.js';
import { npmPack } from './npm.js';
import { openPluginFolder, type PluginFolder } from './plugin-folder.js';

function tellBuild(io: CommandIo, { manifest, notes, measures }: Built): void {
  for (const note of notes) io.err(`Note: ${note}`);
  for (const { what, bytes, limit } of measures) io.out(`${(bytes / 1024).toFixed(2).padStart(8)} KB of ${(limit / 1024).toFixed(0).padStart(3)} KB  ${what}`);
  io.out(`Built ${manifest.id} ${manifest.version} into dist/.`);
}

/** @throws CommandError when there is anything but warnings */
async function check(io: CommandIo, plugin: PluginFolder): Promise<void> {
  const { manifest, findings } = await checkPlugin(plugin);
  for (const { code, message, warning } of findings) io.err(`${warning ? 'warning' : 'error  '}  ${code}  ${message}`);
  const errors = findings.filter(({ warning }) => !warning).length;
  if (errors) throw new CommandError(`${plugin.id}: ${errors} ${errors === 1 ? 'thing is' : 'things are'} wrong.`);
  io.out(`${plugin.id} ${manifest?.version ?? ''} is sound: manifest, files, package and contract; a host took it.`);
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
  plugins.command('dev').description('builds a plugin and opens a demo shop with it, and again after every change').argument('[folder]', 'the plugin\'s folder', '.')
    .option('--data <folder>', 'keeps the demo\'s data there; without it every run begins anew').option('--port <port>', 'of the demo shop', io.env['PORT'] ?? '3000')
    .action(async (folder: string, { data, port }: { data?: string; port: string }) => {
      const plugin = openPluginFolder(folder);
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { stop.abort(); });
      await develop(plugin, io, { port, signal: stop.signal, ...(data ? { data } : {}) });
    });
  plugins.command('check').description('says everything that is wrong with a built plugin before anybody installs it').argument('[folder]', 'the plugin\'s folder', '.')
    .action(async (folder: string) => { await check(io, openPluginFolder(folder)); });
  plugins.command('pack').description('builds, checks and packs a plugin into a tarball for npm').argument('[folder]', 'the plugin\'s folder', '.')
    .action(async (folder: string) => {
      const plugin = openPluginFolder(folder);
      tellBuild(io, await buildPluginPackage(plugin));
      await check(io, plugin);
      const { filename, size, files } = await npmPack(plugin.path, plugin.path);
      io.out(`Packed ${plugin.file(filename)}: ${files.length} files, ${Math.ceil(size / 1024)} KB.\nA host installs it with: npm install ${filename}\nand loads it with: GUANXI_PLUGINS=${plugin.json.name}`);
    });
  dropCommand(plugins, io);
  for (const command of plugins.commands) command.exitOverride();
}
