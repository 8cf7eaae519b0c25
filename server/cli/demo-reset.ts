import { existsSync } from 'node:fs';
import type { DataLocation } from '../data/data-store.js';
import { CommandError } from './command-error.js';
import { OWN_TABLES, withPostgres } from './postgres-admin.js';
import { platformsOf, removeDatabase } from './sqlite-snapshot.js';

function assertDemoOnly(platforms: readonly string[]): void {
  const real = platforms.filter((platform) => platform !== 'demo');
  if (real.length) throw new CommandError(`This database holds a real shop (${real.join(', ')}). "demo reset" only clears demo shops; nothing was changed.`);
}

/** Clears a demo's database; the next start makes and seeds a new one. Refuses when a shop of another platform is in it. Answers a sentence. */
export async function resetDemo(location: DataLocation): Promise<string> {
  if (location.engine === 'sqlite') {
    if (!existsSync(location.file)) return `There is no database ${location.file}; the next start makes a new one.`;
    assertDemoOnly(platformsOf(location.file));
    removeDatabase(location.file);
    return `Removed ${location.file}. The next start makes a new demo shop.`;
  }
  return withPostgres(location.url, async (query) => {
    const tables = (await query(OWN_TABLES)).map((row) => String(row['name']));
    if (!tables.length) return 'There are no tables of Guanxi in this database; the next start makes them.';
    if (tables.includes('shop')) assertDemoOnly((await query('SELECT DISTINCT platform FROM shop')).map((row) => String(row['platform'])));
    await query(`DROP TABLE ${tables.map((name) => `"${name}"`).join(', ')} CASCADE`);
    // What keeps the audit as it was written outlives its table, and would stand in the way of the next one.
    await query('DROP FUNCTION IF EXISTS audit_refuse()');
    return `Removed ${tables.length} tables. The next start makes a new demo shop.`;
  });
}
