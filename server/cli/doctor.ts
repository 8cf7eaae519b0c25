import { existsSync, statfsSync } from 'node:fs';
import { loadConfig, type Config } from '../config.js';
import type { DataLocation } from '../data/data-store.js';
import { ProcessLock } from '../data/sqlite/process-lock.js';
import { CommandError, sentenceFor } from './command-error.js';
import { portIsFree } from './port-probe.js';
import { withPostgres } from './postgres-admin.js';
import { appliedMigrations, checkSnapshot } from './sqlite-snapshot.js';

/** One look at one thing. `run` answers what is well, or throws the sentence that says what is not. */
interface Check { readonly name: string; run(): string | Promise<string> }
export interface Finding { readonly name: string; readonly ok: boolean; readonly text: string }

function nodeVersion(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new CommandError(`Node ${process.versions.node} is too old; Guanxi needs 20.19 or newer.`);
  return process.versions.node;
}

function room(folder: string): string {
  const { bavail, bsize } = statfsSync(folder), megabytes = Math.floor(bavail * bsize / 1_048_576);
  if (megabytes < 200) throw new CommandError(`Only ${megabytes} MB are free in ${folder}; make room before the disk is full.`);
  return `${folder}, ${megabytes.toLocaleString('en')} MB free`;
}

async function reach(location: DataLocation): Promise<string> {
  if (location.engine === 'postgres') return withPostgres(location.url, async (query) => `PostgreSQL ${String((await query('SHOW server_version'))[0]?.['server_version'])} answers`);
  if (!existsSync(location.file)) return `no database yet at ${location.file}; the first start makes it`;
  try { ProcessLock.take(location.file).release(); } catch (error) { return `SQLite, ${sentenceFor(error) ?? 'in use'}`; }
  return `SQLite, ${location.file}, not in use`;
}

async function pending(location: DataLocation, known: readonly string[]): Promise<string> {
  if (location.engine === 'sqlite' && !existsSync(location.file)) return `none applied yet; the first start applies ${known.length}`;
  const applied = new Set(location.engine === 'sqlite' ? appliedMigrations(location.file)
    : await withPostgres(location.url, async (query) => ((await query("SELECT to_regclass('core_migrations') AS t"))[0]?.['t'] ? (await query('SELECT name FROM core_migrations')).map((row) => String(row['name'])) : [])));
  const newer = [...applied].filter((name) => !known.includes(name));
  if (newer.length) throw new CommandError(`The database comes from a newer Guanxi (${newer[0] ?? ''}). Install that version or restore a backup.`);
  const missing = known.filter((name) => !applied.has(name));
  return missing.length ? `${missing.length} will be applied at the next start: ${missing.slice(0, 5).join(', ')}` : `all ${known.length} applied`;
}

function integrity(location: DataLocation): string {
  if (location.engine === 'postgres') return 'PostgreSQL keeps its own; check backups with pg_restore --list';
  if (!existsSync(location.file)) return 'nothing to check yet';
  const { bytes, shops, people } = checkSnapshot(location.file);
  return `every page and reference is sound: ${Math.ceil(bytes / 1_048_576)} MB, ${shops} shops, ${people} people`;
}

/** Looks at everything a start needs, in order, and goes on after a finding. */
export async function examine(env: Readonly<Record<string, string | undefined>>, mode: Config['mode'], coreMigrations: () => Promise<readonly string[]>): Promise<readonly Finding[]> {
  let config: Config | undefined;
  const configured = (): Config => { if (!config) throw new CommandError('Not looked at, because the settings are wrong.'); return config; };
  const checks: readonly Check[] = [
    { name: 'Node', run: nodeVersion },
    { name: 'Settings', run: () => { config = loadConfig(env, mode); return mode === 'production' ? 'fit for production' : 'fit for the demo'; } },
    { name: 'Data folder', run: () => room(configured().dataDir) },
    { name: 'Port', run: () => portIsFree(configured().host, configured().port) },
    { name: 'Database', run: () => reach(configured().location) },
    { name: 'Migrations', run: async () => pending(configured().location, await coreMigrations()) },
    { name: 'Integrity', run: () => integrity(configured().location) },
  ];
  const findings: Finding[] = [];
  for (const check of checks) {
    try { findings.push({ name: check.name, ok: true, text: await check.run() }); }
    catch (error) { findings.push({ name: check.name, ok: false, text: sentenceFor(error) ?? (error instanceof Error ? error.message : String(error)) }); }
  }
  return findings;
}
