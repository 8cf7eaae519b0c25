import { createHash } from 'node:crypto';
import { MINUTE, sql, statement, type Database, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { pointsDate } from '../points-calendar.js';

interface Entry {
  readonly id: string; readonly person_id: string; readonly kind: string; readonly source: string; readonly cause_ref: string | null; readonly at: number; readonly business_date: string; readonly available: number;
  readonly pending: number; readonly held: number; readonly debt: number; readonly note: string | null; readonly actor: string;
}
interface Seal { readonly seq: number; readonly last_id: string; readonly entries: number; readonly prev_hash: string; readonly hash: string }

const PAGE = 20_000;
/** Ids carry the system's time; what is younger may still be under way in some unit. */
const SETTLED = 10 * MINUTE;
const ENTRIES = statement<Entry>(`
  SELECT id, person_id, kind, source, cause_ref, at, business_date, available, pending, held, debt, note, actor FROM ledger_transaction WHERE shop_id = :shop AND id > :after AND id <= :until ORDER BY id LIMIT ${PAGE}`);
const SEALS = statement<Seal>('SELECT seq, last_id, entries, prev_hash, hash FROM ledger_seal WHERE shop_id = :shop ORDER BY seq');
const LAST = statement<Seal>('SELECT seq, last_id, entries, prev_hash, hash FROM ledger_seal WHERE shop_id = :shop ORDER BY seq DESC LIMIT 1');
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

  /** Numbers of the seals that no longer fit what they sealed; empty when the ledger is as it was. */
  async broken(ctx: ShopContext): Promise<readonly number[]> {
    const broken: number[] = [];
    let before: Seal | undefined;
    for (const seal of await this.db.read(ctx, (q) => q.scan(SEALS))) {
      const now = await this.#hash(ctx, before?.last_id ?? FIRST, seal.last_id, before?.hash ?? '');
      if (seal.seq !== (before?.seq ?? 0) + 1 || seal.prev_hash !== (before?.hash ?? '') || now.hash !== seal.hash || now.entries !== seal.entries) broken.push(seal.seq);
      before = seal;
    }
    return broken;
  }

  async #hash(ctx: ShopContext, after: string, until: string, prevHash: string): Promise<{ readonly hash: string; readonly entries: number; readonly lastId: string }> {
    const hash = createHash('sha256').update(prevHash);
    let entries = 0, lastId = after;
    for (;;) {
      const page = await this.db.read(ctx, (q) => q.scan(ENTRIES, { after: lastId, until }));
      for (const e of page) hash.update(JSON.stringify([e.id, e.person_id, e.kind, e.source, e.cause_ref, e.at, e.business_date, e.available, e.pending, e.held, e.debt, e.note, e.actor]));
      entries += page.length;
      lastId = page.at(-1)?.id ?? lastId;
      if (page.length < PAGE) return { hash: hash.digest('hex'), entries, lastId };
    }
  }
}
