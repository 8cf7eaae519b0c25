import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { compileStatement } from '../../../server/data/compiled-statement.js';
import { serverLocation } from '../../kit/server-schema.js';
import { none } from '../../structure/none.js';

/** Names of what a shop has more of every day. */
const KEY = '(?:person|order|order_line|transaction|lot|grant|refund|event|session|redemption)_id';
/** A statement that is told whose rows it wants. */
const TOLD = new RegExp(`\\b${KEY} (?:= (?:CAST\\()?:|IN \\()`);
/** Statements that may read all rows of a shop nevertheless, by a part of their text. */
const ALLOWED: Readonly<Record<string, string>> = {
  'FROM event_delivery': 'Events that are a week old, or those of a plugin that goes: once a day, and once.',
  'UPDATE privacy_request': 'A few rows a month.',
  points_adjustment: 'Rows that staff make by hand, one by one.',
  'UPDATE lot SET expires_at = ': 'A new programme moves all lots.',
};

describe('plans', () => {
  it('begin with the person, the order or the entry that a statement names, on a database without statistics', async function () {
    this.timeout(60_000);
    const made = JSON.parse(execFileSync(process.execPath, [fileURLToPath(new URL('made-statements.js', import.meta.url))], { encoding: 'utf8', maxBuffer: 1e8 })) as string[];
    const place = await serverLocation('sqlite', 'bundled');
    if (place.location.engine !== 'sqlite') throw new Error('SQLite has a file.');
    const database = new Database(place.location.file, { readonly: true });
    try {
      const ask = <T>(text: string, values: readonly unknown[] = []): T[] => database.prepare<unknown[], T>(text).all(...values);
      const grows = (table: string): boolean => table === 'person' || ask<{ name: string }>(`PRAGMA table_info(${table})`).some(({ name }) => new RegExp(`^${KEY}$`).test(name));
      const breaches: string[] = [];
      for (const text of made) {
        if (!TOLD.test(text) || Object.keys(ALLOWED).some((part) => text.includes(part))) continue;
        const compiled = compileStatement(text, 'sqlite');
        const tables = new Map([...text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z]\w*)(?:\s+(?:AS\s+)?([a-z]\w*))?/g)].flatMap(([, table, alias]) => [[alias ?? table!, table!], [table!, table!]] as const));
        for (const { detail } of ask<{ detail: string }>(`EXPLAIN QUERY PLAN ${compiled.text}`, compiled.names.map(() => null))) {
          const [, how, alias, by] = /^(SCAN|SEARCH) (\w+)(.*)$/.exec(detail) ?? [];
          const table = tables.get(alias ?? '');
          if (table !== undefined && (how === 'SCAN' || by!.endsWith('(shop_id=?)')) && grows(table)) breaches.push(`${detail} in ${text.trim().replaceAll(/\s+/g, ' ').slice(0, 300)}`);
        }
      }
      none(breaches, 'Reads all rows of a shop');
    } finally {
      database.close();
      await place.drop();
    }
  });
});
