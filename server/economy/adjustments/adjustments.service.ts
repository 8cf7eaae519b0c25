import { actorName, businessDate, conflict, newId, notFound, sql, startOfBusinessDate, type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { AuditService } from '../../privacy/audit.service.js';
import { openFollowed } from '../ledger-entry.js';
import { checkAmount, checkReason } from '../ledger-input.js';
import { programmeOf } from '../programme/programme.js';
import { adjustPoints } from './adjust-steps.js';
import { ADJUSTMENT, ADJUSTMENTS, ALONE_SINCE, DECIDE, INSERT_ADJUSTMENT, LINK_TRANSACTION, type AdjustmentRow } from './adjustment-statements.js';

export type AdjustmentState = 'pending' | 'approved' | 'rejected';
export interface Adjustment {
  readonly id: string; readonly personId: string; readonly name: string | null; readonly amount: number; readonly reason: string; readonly state: AdjustmentState; readonly requestedBy: string; readonly requestedAt: Instant;
  readonly decidedBy: string | null; readonly decidedAt: Instant | null; /** Whether who asks made the request, and so cannot decide it. */ readonly own: boolean;
}

/** Who acts, as the four-eyes rule tells people apart. */
const actorOf = (ctx: ShopContext): { readonly id: string; readonly name: string } => (ctx.actor.kind === 'staff' ? { id: ctx.actor.id, name: ctx.actor.name } : { id: ctx.actor.kind, name: ctx.actor.kind });
const viewOf = (ctx: ShopContext, row: AdjustmentRow): Adjustment => ({
  id: row.id, personId: row.person_id, name: row.name, amount: row.amount, reason: row.reason, state: row.state, requestedBy: row.requested_by, requestedAt: row.requested_at, decidedBy: row.decided_by,
  decidedAt: row.decided_at, own: row.requested_by_id === actorOf(ctx).id,
});

/** Points that staff give and take by hand. Above what the shop's programme lets one of them move a customer's points in a day, a second person has to agree. */
export class AdjustmentsService {
  constructor(private readonly db: Database, private readonly audit: AuditService) {}

  /** Books at once, or keeps the wish until somebody else decides: then `waiting` is its id. Errors: as `adjustPoints`. */
  request(ctx: ShopContext, personId: string, amount: number, reason: string): Promise<{ readonly waiting: string | undefined }> {
    checkAmount(Math.abs(amount));
    const note = checkReason(reason);
    const { audit } = this;
    return this.db.hot(ctx, personId, function* (inner) {
      // Whoever has the account is alone with what was given and taken today.
      const person = (yield* openFollowed(inner, personId)).personId;
      const since = startOfBusinessDate(inner.shop, businessDate(inner.shop, inner.now));
      const alone = (yield* sql.one(ALONE_SINCE, { person, since, actor: actorName(inner.actor).slice(0, 300) }))?.total ?? 0;
      if (alone + Math.abs(amount) <= programmeOf(inner.shop).adjustmentLimit) {
        yield* adjustPoints(inner, person, amount, note);
        yield* audit.steps.record(inner, 'points.adjusted', `person:${person}`, { amount, reason: note });
        return { waiting: undefined };
      }
      const id = newId(), by = actorOf(inner);
      yield* sql.run(INSERT_ADJUSTMENT, { id, person, amount, reason: note, by: by.name, byId: by.id, now: inner.now });
      yield* audit.steps.record(inner, 'points.adjustment-requested', `person:${person}`, { adjustment: id, amount, reason: note });
      return { waiting: id };
    });
  }

  /** Errors: 404; 409 `GX_ADJUSTMENT_OWN` for one's own wish, `GX_ADJUSTMENT_DECIDED`; 422 `GX_POINTS_TOO_FEW`, and the wish stays. */
  decide(ctx: ShopContext, id: string, approve: boolean): Promise<void> {
    const { audit } = this;
    return this.db.hot(ctx, `adjustment:${id}`, function* (inner): Unit<void> {
      const wish = yield* sql.one(ADJUSTMENT, { id });
      if (!wish) throw notFound('adjustment', id);
      const by = actorOf(inner);
      if (approve && wish.requested_by_id === by.id) throw conflict('GX_ADJUSTMENT_OWN', 'Who asks for so many points cannot agree to it alone. Let somebody else decide.');
      if (!(yield* sql.one(DECIDE, { id, state: approve ? 'approved' : 'rejected', by: by.name, now: inner.now }))) throw conflict('GX_ADJUSTMENT_DECIDED', 'Somebody has decided this already. Reload the list.');
      if (approve) {
        const { transactionId } = yield* adjustPoints(inner, wish.person_id, wish.amount, wish.reason);
        yield* sql.run(LINK_TRANSACTION, { id, transactionId });
      }
      yield* audit.steps.record(inner, approve ? 'points.adjustment-approved' : 'points.adjustment-rejected', `person:${wish.person_id}`, { adjustment: id, amount: wish.amount, requestedBy: wish.requested_by });
    });
  }

  /** The latest 100, newest first. */
  async list(ctx: ShopContext, filter: { readonly state?: AdjustmentState | undefined; readonly personId?: string | undefined } = {}): Promise<readonly Adjustment[]> {
    const rows = await this.db.read(ctx, (q) => q.many(ADJUSTMENTS, { state: filter.state ?? null, person: filter.personId ?? null }));
    return rows.map((row) => viewOf(ctx, row));
  }
}
