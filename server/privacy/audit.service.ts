import { actorName, GxError, refused, sql, statement, type Audit, type Database, type Page, type PageRequest, type ShopContext, type Unit } from '../plugin-api/index.js';
import { auditEntry, auditHash, type AuditEntry, type AuditRow } from './audit-entry.js';

const BEGIN_CHAIN = statement(`INSERT INTO audit_head (shop_id, chain, seq, hash) VALUES (:shop, 'main', 0, '') ON CONFLICT (shop_id, chain) DO NOTHING`);
/** Locks the head until the unit ends: the next line of the shop waits for this one, so numbers have no gaps. */
const NEXT = statement<{ seq: number; hash: string }>(`UPDATE audit_head SET seq = seq + 1 WHERE shop_id = :shop AND chain = 'main' RETURNING seq, hash`);
const INSERT = statement(`INSERT INTO audit (shop_id, seq, at, actor, action, target, detail, prev_hash, hash)
  VALUES (:shop, :seq, :at, :actor, :action, :target, :detail, :prev_hash, :hash)`);
const MOVE_HEAD = statement(`UPDATE audit_head SET hash = :hash WHERE shop_id = :shop AND chain = 'main'`);
const HEAD = statement<{ seq: number; hash: string }>(`SELECT seq, hash FROM audit_head WHERE shop_id = :shop AND chain = 'main'`);
const COLUMNS = 'seq, at, actor, action, target, detail, prev_hash, hash';
const AFTER = statement<AuditRow>(`SELECT ${COLUMNS} FROM audit WHERE shop_id = :shop AND seq > :after ORDER BY seq LIMIT 1000`);
const LIST = statement<AuditRow>(`SELECT ${COLUMNS} FROM audit WHERE shop_id = :shop AND seq < :before
  AND (CAST(:action AS TEXT) IS NULL OR action = :action) AND (CAST(:actor AS TEXT) IS NULL OR actor = :actor) AND (CAST(:target AS TEXT) IS NULL OR target = :target)
  AND at >= :since AND at < :until ORDER BY seq DESC LIMIT :limit`);

type Detail = Readonly<Record<string, unknown>>;
export interface AuditFilter { readonly action?: string; readonly actor?: string; readonly target?: string; readonly since?: number; readonly until?: number }
export type AuditCheck = { readonly ok: true; readonly entries: number; readonly head: string } | { readonly ok: false; readonly seq: number; readonly reason: string };

/** A shop's audit: every line is numbered, names the one before it by hash and can never be changed. */
export class AuditService implements Audit {
  readonly steps = { record: (ctx: ShopContext, action: string, target: string, detail: Detail = {}): Unit<void> => this.#append(ctx, action, target, detail) };

  constructor(private readonly db: Database) {}

  /** Joins the unit of its cause, so that neither stands without the other. No personal fields in `detail`: name persons by id. */
  record(ctx: ShopContext, action: string, target: string, detail: Detail = {}): Promise<void> {
    return this.db.hot(ctx, 'audit', (inner) => this.#append(inner, action, target, detail));
  }

  /** Newest first. Errors: 422 `GX_INVALID` for a cursor that is not one. */
  async list(ctx: ShopContext, page: PageRequest = {}, filter: AuditFilter = {}): Promise<Page<AuditEntry>> {
    const limit = Math.min(200, Math.max(1, page.limit ?? 50));
    if (page.cursor !== undefined && !/^\d{1,15}$/.test(page.cursor)) throw refused('GX_INVALID', 'The cursor is not one of this list. Begin again without it.', { fields: { cursor: 'not a cursor of this list' } });
    const rows = await this.db.read(ctx, (q) => q.many(LIST, {
      before: page.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(page.cursor), limit: limit + 1,
      action: filter.action ?? null, actor: filter.actor ?? null, target: filter.target ?? null, since: filter.since ?? 0, until: filter.until ?? Number.MAX_SAFE_INTEGER,
    }));
    const items = rows.slice(0, limit).map(auditEntry);
    const last = items.at(-1);
    return rows.length > limit && last ? { items, next: String(last.seq) } : { items };
  }

  /** Recomputes the whole chain; the first line that does not fit is named. A shortened chain is seen by its head. */
  verify(ctx: ShopContext): Promise<AuditCheck> {
    return this.db.read(ctx, async (q): Promise<AuditCheck> => {
      const head = await q.one(HEAD) ?? { seq: 0, hash: '' };
      let seq = 0;
      let hash = '';
      // Lines written after the head was read belong to a later check.
      while (seq < head.seq) {
        const rows = (await q.many(AFTER, { after: seq })).filter((row) => row.seq <= head.seq);
        if (rows.length === 0) return { ok: false, seq: seq + 1, reason: 'missing' };
        for (const row of rows) {
          if (row.seq !== seq + 1) return { ok: false, seq: seq + 1, reason: 'missing' };
          if (row.prev_hash !== hash) return { ok: false, seq: row.seq, reason: 'chain' };
          if (auditHash(ctx.shop.id, row) !== row.hash) return { ok: false, seq: row.seq, reason: 'content' };
          seq = row.seq;
          hash = row.hash;
        }
      }
      return hash === head.hash ? { ok: true, entries: seq, head: hash } : { ok: false, seq, reason: 'head' };
    });
  }

  *#append(ctx: ShopContext, action: string, target: string, detail: Detail): Unit<void> {
    yield* sql.run(BEGIN_CHAIN);
    const head = yield* sql.one(NEXT);
    if (!head) throw new GxError('GX_AUDIT', 500, 'The head of the audit is missing. Restore the table audit_head from a backup.');
    const row = { seq: head.seq, at: ctx.now, actor: actorName(ctx.actor), action, target, detail: JSON.stringify(detail), prev_hash: head.hash };
    const hash = auditHash(ctx.shop.id, row);
    yield* sql.run(INSERT, { ...row, hash });
    yield* sql.run(MOVE_HEAD, { hash });
  }
}
