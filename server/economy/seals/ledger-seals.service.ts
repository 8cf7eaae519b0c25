import { createHash } from 'node:crypto';
import { MINUTE, sql, statement, type Database, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { pointsDate } from '../points-calendar.js';
import { sideBySide } from '../side-by-side.js';

interface Seal { readonly seq: number; readonly sealed_on: string; readonly last_id: string; readonly entries: number; readonly prev_hash: string; readonly hash: string }

/** What was read to verify the seals. */
export interface SealReport {
  readonly count: number;
  /** Sealed ledger entries, all of them hashed anew. */
  readonly entries: number;
  /** Dates of the first and the last seal; null before there is one. */
  readonly since: string | null; readonly until: string | null;
  /** Numbers of the seals that no longer fit what they sealed; empty when the ledger is as it was. */
  readonly broken: readonly number[];
}

/** Some megabytes of text, hashed in milliseconds. */
const PAGE = 10_000;
/** Ids carry the system's time; what is younger may still be under way in some unit. */
const SETTLED = 10 * MINUTE;
/** Seals are verified side by side: each is hashed on its own. */
const LANES = 2;
/** Texts and whole numbers in the order in which they are hashed. */
const RUNS: readonly (readonly string[])[] = [['id', 'person_id', 'kind', 'source', 'cause_ref'], ['at'], ['business_date'], ['available', 'pending', 'held', 'debt'], ['note', 'actor']];
const WHOLE = new Set(['at', 'available', 'pending', 'held', 'debt']);
const COLUMNS = RUNS.flat().join(', ');
const ENTRIES = `(SELECT ${COLUMNS} FROM ledger_transaction WHERE shop_id = :shop AND id > :after AND id <= :until ORDER BY id LIMIT ${PAGE}) AS e`;
/** On PostgreSQL each run of texts becomes JSON in one go; a call for each text takes three times as long. */
const LISTED = RUNS.map((run) => (WHOLE.has(run[0]!) ? run.join(", ',', ") : `btrim(CAST(array_to_json(ARRAY[${run.join(', ')}]) AS TEXT), '[]')`)).join(", ',', ");
/**
 * A page of entries as one text, each the same compact JSON list that `JSON.stringify` makes of its columns: a million rows need not become
 * objects to be hashed. SQLite adds up in the order in which the inner statement hands over.
 */
const PAGE_TEXT = statement<{ entries: number; last: string | null; text: string | null }>(
  `SELECT COUNT(*) AS entries, MAX(id) AS last, group_concat(json_array(${COLUMNS}), '') AS text FROM ${ENTRIES}`,
  { postgres: `SELECT COUNT(*) AS entries, MAX(id) AS last, string_agg(concat('[', ${LISTED}, ']'), '' ORDER BY id) AS text FROM ${ENTRIES}` });
const SEALS = statement<Seal>('SELECT seq, sealed_on, last_id, entries, prev_hash, hash FROM ledger_seal WHERE shop_id = :shop ORDER BY seq');
const LAST = statement<Seal>('SELECT seq, sealed_on, last_id, entries, prev_hash, hash FROM ledger_seal WHERE shop_id = :shop ORDER BY seq DESC LIMIT 1');
const INSERT = statement(`INSERT INTO ledger_seal (shop_id, seq, sealed_on, last_id, entries, prev_hash, hash, at) VALUES (:shop, :seq, :date, :lastId, :entries, :prevHash, :hash, :now) ON CONFLICT DO NOTHING`);

/** Sorts after every id made up to `at`, in system milliseconds. */
function idsUntil(at: number): string {
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-ffff-ffff-ffffffffffff`;
}
/** Before every id. */
const FIRST = '0';

/**
 * Seals the ledger once a day: one hash over all entries since the seal before, and over that seal. Who changes, removes or adds an old
 * entry cannot do so unnoticed. A hash with each entry would make all shoppers of a shop wait for each other.
 */
export class LedgerSealsService {
  constructor(private readonly db: Database, private readonly systemNow: () => number) {}

  /** Job. Answers how many entries were sealed. */
  async seal(ctx: ShopContext): Promise<number> {
    const last = await this.db.read(ctx, (q) => q.one(LAST));
    const sealed = await this.#hash(ctx, last?.last_id ?? FIRST, idsUntil(this.systemNow() - SETTLED), last?.hash ?? '');
    if (sealed.entries === 0) return 0;
    await this.db.hot(ctx, 'ledger-seal', function* (inner): Unit<void> {
      yield* sql.run(INSERT, { seq: (last?.seq ?? 0) + 1, date: pointsDate(inner.shop, inner.now), lastId: sealed.lastId, entries: sealed.entries, prevHash: last?.hash ?? '', hash: sealed.hash, now: inner.now });
    });
    return sealed.entries;
  }

  /** Hashes everything that was ever sealed anew. */
  async verify(ctx: ShopContext): Promise<SealReport> {
    const seals = await this.db.read(ctx, (q) => q.scan(SEALS));
    const fits = await sideBySide(LANES, seals.map((seal, n) => ({ seal, before: seals[n - 1] })), async ({ seal, before }) => {
      const now = await this.#hash(ctx, before?.last_id ?? FIRST, seal.last_id, before?.hash ?? '');
      return { entries: now.entries, sound: seal.seq === (before?.seq ?? 0) + 1 && seal.prev_hash === (before?.hash ?? '') && now.hash === seal.hash && now.entries === seal.entries };
    });
    return {
      count: seals.length, entries: fits.reduce((sum, each) => sum + each.entries, 0), since: seals[0]?.sealed_on ?? null, until: seals.at(-1)?.sealed_on ?? null,
      broken: seals.filter((_, n) => !fits[n]!.sound).map(({ seq }) => seq),
    };
  }

  async #hash(ctx: ShopContext, after: string, until: string, prevHash: string): Promise<{ readonly hash: string; readonly entries: number; readonly lastId: string }> {
    const hash = createHash('sha256').update(prevHash);
    let entries = 0, lastId = after;
    for (;;) {
      const page = (await this.db.read(ctx, (q) => q.scan(PAGE_TEXT, { after: lastId, until })))[0]!;
      hash.update(page.text ?? '');
      entries += page.entries;
      lastId = page.last ?? lastId;
      if (page.entries < PAGE) return { hash: hash.digest('hex'), entries, lastId };
    }
  }
}
