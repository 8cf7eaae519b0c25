import { existsSync } from 'node:fs';
import { bundledPlugins } from '../../plugins/index.js';
import { compose, type Composition } from '../compose.js';
import { complaint, openImport, runImport, type ImportRequest } from '../commerce/import/run-import.js';
import { ImportTargets } from '../commerce/import/import-targets.js';
import { PROBLEM_NAMES, type ImportReport, type ProblemCode } from '../commerce/import/import-report.js';
import { loadConfig } from '../config.js';
import type { Shop } from '../plugin-api/index.js';
import { SystemClock } from '../shops/clock.js';
import { CommandError } from './command-error.js';
import { keepMemoryFlat } from './flat-memory.js';
import type { CommandIo } from './program.js';

export interface ImportOptions {
  readonly map?: Readonly<Record<string, string>>;
  readonly join: readonly string[];
  readonly shop: string;
  readonly currency?: string;
  readonly source?: string;
  readonly dayFirst?: boolean;
  readonly dryRun?: boolean;
}

const count = (n: number): string => n.toLocaleString('en');

/** What can be imported into a shop: the core's kinds and those of modules that are switched on there. */
function targetsOf({ host, installs }: Composition['services'], shop: Shop): ImportTargets {
  const targets = new ImportTargets();
  for (const { id } of host.report()) {
    if (!installs.isEnabled(shop.id, id)) continue;
    for (const [kind, target] of Object.entries(host.unit(id)?.contributions.importTargets ?? {})) targets.register(kind, id, target);
  }
  return targets;
}

function tell(io: CommandIo, report: ImportReport, ms: number): void {
  const rate = Math.round(report.read / Math.max(0.001, ms / 1000));
  io.out(`Read ${count(report.read)} rows in ${(ms / 1000).toFixed(1)} s (${count(rate)}/s): ${count(report.taken)} new or changed, ${count(report.unchanged)} unchanged, ${count(report.skipped)} rows skipped.`);
  for (const [code, times] of Object.entries(report.counts)) io.out(`  ${count(times)} × ${PROBLEM_NAMES[code as ProblemCode].en}`);
  for (const problem of report.problems.slice(0, 20)) io.out(`  row ${problem.row}: ${problem.message}${problem.taken ? ' (taken)' : ''}`);
  if (report.problems.length > 20) io.out('  … and more of the kind.');
}

/** Reports at each tenth of the file, so that a log stays short and a person sees that it moves. */
function progress(io: CommandIo): NonNullable<ImportRequest['onProgress']> {
  let next = 0.1;
  return ({ share, read, taken, skipped }) => {
    if (share < next || share >= 1) return;
    next = Math.floor(share * 10) / 10 + 0.1;
    io.err(`${Math.floor(share * 100)} %: ${count(read)} rows read, ${count(taken)} taken, ${count(skipped)} skipped`);
  };
}

/** `guanxi import`: opens the shop's data without serving it, and streams the file in. */
export async function importFile(io: CommandIo, kind: string, file: string, options: ImportOptions): Promise<void> {
  keepMemoryFlat();
  for (const path of [file, ...options.join]) if (!existsSync(path)) throw new CommandError(`There is no file ${path}.`);
  const config = loadConfig(io.env, io.env['SHOPIFY_API_KEY'] ? 'production' : 'demo');
  const composition = await compose(config, bundledPlugins.map(({ id, root }) => ({ id, root, onBootFailure: 'continue' as const })), new SystemClock());
  try {
    const { services } = composition;
    const shop = services.shops.byKey(options.shop);
    if (!shop) throw new CommandError(`There is no shop "${options.shop}". Shops: ${services.shops.all().map(({ key }) => key).join(', ') || 'none yet; start Guanxi once'}.`);
    const targets = targetsOf(services, shop);
    const known = targets.kinds().map((each) => each.kind);
    if (!known.includes(kind)) throw new CommandError(`"${kind}" cannot be imported into this shop. Possible: ${known.join(', ')}. A module's kinds need the module to be switched on.`);
    const request: ImportRequest = {
      kind, file, joins: options.join, ...(options.map ? { map: options.map } : {}), ...(options.currency ? { currency: options.currency } : {}),
      ...(options.source ? { source: options.source } : {}), ...(options.dayFirst ? { dayFirst: true } : {}),
    };
    if (options.dryRun) {
      const source = await openImport(targets, request);
      for (const [field, place] of source.result.mapping) io.out(`  ${field.padEnd(16)} ← ${source.header[place] ?? ''}`);
      if (source.result.unused.length) io.out(`Not used: ${source.result.unused.join(', ')}`);
      const wrong = complaint(kind, source);
      if (wrong) throw new CommandError(wrong);
      return;
    }
    const began = performance.now();
    const ctx = await composition.contextFor(shop.id, { kind: 'staff', id: 'cli', name: 'command line', role: 'owner' });
    const stop = new AbortController();
    const interrupt = (): void => { io.err('Stopping after this batch; what was taken stays.'); stop.abort(); };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const report = await runImport(ctx, { db: services.store, intake: services.intake, targets }, { ...request, signal: stop.signal, onProgress: progress(io) })
      .finally(() => { process.off('SIGINT', interrupt).off('SIGTERM', interrupt); });
    tell(io, report, performance.now() - began);
    if (report.cancelled) throw new CommandError('Stopped before the end. Run it again to take the rest; what is there is not taken twice.');
    if (report.read > 0 && report.taken + report.unchanged === 0) throw new CommandError('Nothing in the file could be taken.');
  } finally { await composition.stop(); }
}
