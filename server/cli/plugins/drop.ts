import type { Command } from 'commander';
import type { CommandIo } from '../program.js';
import type { DropOptions } from './drop-plugin.js';

/** `guanxi plugins drop <id>`; what it needs is loaded when it runs. */
export function dropCommand(plugins: Command, io: CommandIo): void {
  plugins.command('drop').description('removes the tables of a plugin that is no longer on this host').argument('<id>', 'the plugin\'s id')
    .option('--yes', 'removes them; without it they are only shown').option('--force', 'also while a shop has the plugin, or may still want its data back')
    .option('--package <name>', 'the npm package or folder with the plugin\'s code, when it is not called like the plugin')
    .action(async (id: string, options: DropOptions) => { await (await import('./drop-plugin.js')).dropPlugin(io, id, options); });
}
