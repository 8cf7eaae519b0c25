import { type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { Outbox } from '../../events/outbox.js';
import type { AuditService } from '../../privacy/audit.service.js';
import { MERGES_OF } from './merge-statements.js';
import { mergePeople, type Merged, type Moved } from './merge-steps.js';
import { splitPeople } from './split-steps.js';

export interface MergeView { readonly id: string; readonly from: string; readonly into: string; readonly at: Instant; readonly until: Instant; readonly actor: string; readonly undoneAt: Instant | null; readonly points: number }

/** Makes two people of a shop one, and two again for 30 days. */
export class PeopleMergingService {
  constructor(private readonly db: Database, private readonly audit: AuditService, private readonly outbox: Outbox) {}

  readonly steps = { merge: (ctx: ShopContext, fromId: string, intoId: string): Unit<Merged | undefined> => this.#merge(ctx, fromId, intoId) };

  /** Undefined when they are one already. Errors: 404; 409 `GX_MERGE_GUEST`, `GX_MERGE_RACED`. */
  merge(ctx: ShopContext, fromId: string, intoId: string): Promise<Merged | undefined> {
    return this.db.hot(ctx, intoId, (inner) => this.#merge(inner, fromId, intoId));
  }

  /** Errors: 404; 409 `GX_SPLIT_DONE`, `GX_SPLIT_LATE`, `GX_SPLIT_LATER`. */
  split(ctx: ShopContext, mergeId: string): Promise<void> {
    const { audit, outbox } = this;
    return this.db.hot(ctx, `merge:${mergeId}`, function* (inner) {
      const merge = yield* splitPeople(inner, mergeId);
      yield* audit.steps.record(inner, 'person.split', `person:${merge.into_id}`, { from: merge.from_id, merge: mergeId });
      yield* outbox.steps.emit(inner, 'customer.split', { personId: merge.from_id, into: merge.into_id });
    });
  }

  /** Merges that a person was part of, newest first. */
  async of(ctx: ShopContext, personId: string): Promise<readonly MergeView[]> {
    const rows = await this.db.read(ctx, (q) => q.many(MERGES_OF, { person: personId }));
    return rows.map((row) => ({
      id: row.id, from: row.from_id, into: row.into_id, at: row.at, until: row.until, actor: row.actor, undoneAt: row.undone_at, points: (JSON.parse(row.moved) as Moved).lots.reduce((sum, lot) => sum + lot.amount, 0),
    }));
  }

  *#merge(ctx: ShopContext, fromId: string, intoId: string): Unit<Merged | undefined> {
    const merged = yield* mergePeople(ctx, fromId, intoId);
    if (!merged) return undefined;
    yield* this.audit.steps.record(ctx, 'person.merged', `person:${merged.into}`, { from: merged.from, merge: merged.mergeId, points: merged.points, dropped: merged.dropped });
    yield* this.outbox.steps.emit(ctx, 'customer.merged', { personId: merged.from, into: merged.into });
    return merged;
  }
}
