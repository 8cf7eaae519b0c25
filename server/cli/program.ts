import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { loadConfig } from '../config.js';
import { CommandError, explain } from './command-error.js';
import { resetDemo } from './demo-reset.js';
import { examine } from './doctor.js';
import type { ImportOptions } from './import-file.js';
import { pluginsCommand } from './plugins/plugins-command.js';
import { restoreSnapshot, writeSnapshot, type SnapshotReport } from './sqlite-snapshot.js';

/** What a command needs from outside; tests hand in their own. */
export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(line: string): void;
  err(line: string): void;
}

/** `name=Column` pairs of `--map`. */
function pairs(text: string, before: Record<string, string> = {}): Record<string, string> {
  const map = { ...before };
  for (const part of text.split(',').filter(Boolean)) {
    const at = part.indexOf('=');
    if (at < 1) throw new InvalidArgumentError('Write it as field=Column, several separated by commas.');
    map[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  return map;
}
const told = (report: SnapshotReport): string => `${Math.max(1, Math.round(report.bytes / 1024)).toLocaleString('en')} KB, ${report.shops} shops, ${report.people} people`;
/** `20260131-142530`, for the name of a file that is kept. */
const fileStamp = (): string => new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
const mode = (env: CommandIo['env']): 'demo' | 'production' => (env['SHOPIFY_API_KEY'] ? 'production' : 'demo');

/** Names of the core's migrations, as the history tables keep them. */
const coreMigrationNames = async (): Promise<string[]> => (await import('../compose.js')).coreMigrations.map((one) => new one().name ?? one.name);

/** The `guanxi` program. Heavy parts are loaded by the command that needs them, so that `--help` is instant. */
export function program(io: CommandIo): Command {
  const guanxi = new Command('guanxi').description('A plugin platform inside a shop\'s admin panel.').showHelpAfterError('(guanxi --help tells what there is)')
    .exitOverride().configureOutput({ writeOut: (text) => { io.out(text.trimEnd()); }, writeErr: (text) => { io.err(text.trimEnd()); } });

  guanxi.command('start').description('starts the server for production: needs DATABASE_URL or DATA_DIR, GUANXI_SECRET and a shop platform')
    .action(async () => { await (await import('./serve.js')).serveProduction(io.env); });

  guanxi.command('import').description('reads orders, customers, products or reviews from a CSV file; a second run changes nothing')
    .argument('<kind>', 'orders, customers, products, or what a module takes, such as reviews').argument('<file>', 'a CSV or TSV file, plain or .gz')
    .option('--map <pairs>', 'columns by field where they are not recognised: sku=StockCode,placedAt=InvoiceDate', pairs)
    .option('--join <file>', 'a second file with the rows\' lines or texts', (file: string, before: string[]) => [...before, file], [] as string[])
    .option('--shop <key>', 'the shop that it is for', 'demo').option('--currency <code>', 'of amounts without one; the shop\'s if not given')
    .option('--source <name>', 'stands before the file\'s ids, so that the numbers of two systems do not meet').option('--day-first', '03/04/2026 is the third of April')
    .option('--dry-run', 'only shows how the columns would be read')
    .action(async (kind: string, file: string, options: ImportOptions) => {
      await (await import('./import-file.js')).importFile(io, kind, file, options);
    });

  guanxi.command('backup').description('writes a consistent, checked copy of the SQLite database, also while the server runs').argument('<file>')
    .action(async (file: string) => {
      const { location } = loadConfig(io.env, mode(io.env));
      if (location.engine === 'postgres') throw new CommandError(`"guanxi backup" copies SQLite. For PostgreSQL run: pg_dump --format=custom --file=${file} "$DATABASE_URL"`);
      io.out(`Saved ${file}: ${told(await writeSnapshot(location.file, file))}. Keep GUANXI_SECRET with it if you set one; without it stored secrets cannot be read.`);
    });

  guanxi.command('restore').description('puts a backup in the place of the database; the old one is kept beside it').argument('<file>')
    .action((file: string) => {
      const { location } = loadConfig(io.env, mode(io.env));
      if (location.engine === 'postgres') throw new CommandError(`"guanxi restore" is for SQLite. For PostgreSQL run: pg_restore --clean --if-exists --dbname="$DATABASE_URL" ${file}`);
      const { report, kept } = restoreSnapshot(file, location.file, fileStamp());
      io.out(`Restored ${file} (${told(report)}) to ${location.file}.${kept ? ` The former database is ${kept}.` : ''}`);
    });

  const demo = guanxi.command('demo').description('the demo shop');
  demo.command('start').description('opens the demo shop, as "npm start" does in a checkout; for a folder in which Guanxi is installed')
    .action(async () => { await (await import('./serve.js')).serveDemo(io.env); });
  demo.command('reset').description('removes the demo shop\'s data; the next start seeds it anew')
    .action(async () => { io.out(await resetDemo(loadConfig(io.env, 'demo').location)); });

  guanxi.command('doctor').description('looks at everything a start needs and says what is wrong')
    .addOption(new Option('--production', 'judge the settings as for production'))
    .action(async (options: { production?: boolean }) => {
      const findings = await examine(io.env, options.production ? 'production' : mode(io.env), coreMigrationNames);
      for (const { name, ok, text } of findings) io.out(`${ok ? 'ok ' : 'BAD'}  ${name.padEnd(12)} ${text}`);
      const bad = findings.filter(({ ok }) => !ok).length;
      if (bad) throw new CommandError(`${bad} of ${findings.length} need attention.`);
    });
  pluginsCommand(guanxi, io);
  for (const command of guanxi.commands) command.exitOverride();
  return guanxi;
}

/** Runs one command line (without node and script). Answers the exit code; every failure is one sentence on standard error. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const guanxi = program(io);
  if (!args.length) { guanxi.outputHelp(); return 0; }
  try {
    await guanxi.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has already written its own message.
    if (error instanceof CommanderError) return error.exitCode;
    explain(error, (line) => { io.err(line); });
    return 1;
  }
}
