import {
  DAY, type Balance, type CaptureResult, type Database, type HoldRequest, type HoldResult, type Instant, type LedgerLine, type Page, type PageRequest, type PointsRead, type PointsSpend, type ShopContext, type SpendRequest, type SpendResult, type Unit,
} from '../plugin-api/index.js';
import { pageOf, pageSize, positionOf } from '../commerce/list-page.js';
import { adjustPoints, type Adjusted } from './adjustments/adjust-steps.js';
import { DUE_HOLDS, HOLD_BY_ID, OPEN_HOLDS } from './holds/hold-statements.js';
import { captureHold, expireHold, extendHold, holdPoints, releaseHold } from './holds/hold-steps.js';
import { closeWallet, openFollowed, openWallet } from './ledger-entry.js';
import {
  EXPIRING, FIRST_STATEMENT_PAGE, NEXT_STATEMENT_PAGE, PEOPLE_WITH_DUE_LOTS, PEOPLE_WITH_RIPE_LOTS, READ_ACCOUNT, type TransactionRow,
} from './ledger-statements.js';
import { refundPart } from './partial-refund.js';
import { refundSpend, spendPoints } from './points-spending.js';
import { expireDueLots, matureDueLots, settleDebt } from './wallet-moves.js';

const ORDER = 'points.statement';

/** Points set aside, e.g. for a checkout. */
export interface Hold { readonly id: string; readonly amount: number; readonly source: string; readonly causeRef: string; readonly at: Instant; readonly until: Instant }

const line = (row: TransactionRow): LedgerLine => ({
  id: row.id, at: row.at, businessDate: row.business_date, kind: row.kind, available: row.available, pending: row.pending, source: row.source,
  causeRef: row.cause_ref, note: row.note, actor: row.actor, ...(row.debt === 0 ? {} : { debt: row.debt }), ...(row.detail === null ? {} : { goods: (JSON.parse(row.detail) as { readonly goods: LedgerLine['goods'] }).goods }),
});

/** The ledger of points: balances, statements, spending, staff adjustments and the two daily jobs. */
export class PointsLedgerService implements PointsRead, PointsSpend {
  readonly steps = {
    spend: (ctx: ShopContext, request: SpendRequest): Unit<SpendResult> => spendPoints(ctx, request),
    refund: (ctx: ShopContext, transactionId: string, reason: string): Unit<void> => refundSpend(ctx, transactionId, reason),
    refundPart: (ctx: ShopContext, transactionId: string, amount: number, cause: string, reason: string): Unit<void> => refundPart(ctx, transactionId, amount, cause, reason),
    hold: (ctx: ShopContext, request: HoldRequest): Unit<HoldResult> => holdPoints(ctx, request),
    extend: (ctx: ShopContext, holdId: string, minutes: number): Unit<Instant | undefined> => extendHold(ctx, holdId, minutes),
    capture: (ctx: ShopContext, holdId: string): Unit<CaptureResult> => captureHold(ctx, holdId),
    release: (ctx: ShopContext, holdId: string, reason: string): Unit<void> => releaseHold(ctx, holdId, reason),
  };

  constructor(private readonly db: Database) {}

  /** Never counts points that are due to expire, even before the job has come by. */
  balance(ctx: ShopContext, personId: string): Promise<Balance> {
    return this.db.read(ctx, async (q) => {
      const account = await q.one(READ_ACCOUNT, { person: personId });
      if (!account) return { available: 0, pending: 0, held: 0, debt: 0, expiring: [] };
      const until = ctx.now + 30 * DAY;
      const lots = account.next_expiry_at <= until ? await q.many(EXPIRING, { person: personId, until }) : [];
      const due = lots.filter((lot) => lot.expires_at <= ctx.now).reduce((total, lot) => total + lot.amount, 0);
      const expiring = lots.filter((lot) => lot.expires_at > ctx.now).map((lot) => ({ amount: lot.amount, at: lot.expires_at }));
      return { available: account.available - due, pending: account.pending, held: account.held, debt: account.debt, expiring };
    });
  }

  /** Newest first. */
  async statement(ctx: ShopContext, personId: string, page: PageRequest): Promise<Page<LedgerLine>> {
    const limit = pageSize(page);
    const from = positionOf(ORDER, page, 'number');
    return this.db.read(ctx, async (q) => {
      const rows = from === undefined ? await q.many(FIRST_STATEMENT_PAGE, { person: personId, limit: limit + 1 })
        : await q.many(NEXT_STATEMENT_PAGE, { person: personId, after: from.at, afterId: from.id, limit: limit + 1 });
      return pageOf(ORDER, rows, limit, (row) => ({ at: row.at, id: row.id }), line);
    });
  }

  spend(ctx: ShopContext, request: SpendRequest): Promise<SpendResult> {
    return this.db.hot(ctx, request.personId, (inner) => spendPoints(inner, request));
  }

  refund(ctx: ShopContext, transactionId: string, reason: string): Promise<void> {
    return this.db.hot(ctx, transactionId, (inner) => refundSpend(inner, transactionId, reason));
  }

  hold(ctx: ShopContext, request: HoldRequest): Promise<HoldResult> { return this.db.hot(ctx, request.personId, (inner) => holdPoints(inner, request)); }
  extend(ctx: ShopContext, holdId: string, minutes: number): Promise<Instant | undefined> { return this.db.hot(ctx, holdId, (inner) => extendHold(inner, holdId, minutes)); }
  capture(ctx: ShopContext, holdId: string): Promise<CaptureResult> { return this.db.hot(ctx, holdId, (inner) => captureHold(inner, holdId)); }
  release(ctx: ShopContext, holdId: string, reason: string): Promise<void> { return this.db.hot(ctx, holdId, (inner) => releaseHold(inner, holdId, reason)); }

  /** A person pays what they owe from the points they have. Answers how much was paid. */
  settleDebt(ctx: ShopContext, personId: string): Promise<number> {
    return this.db.hot(ctx, personId, function* (inner) {
      const wallet = yield* openFollowed(inner, personId);
      yield* expireDueLots(inner, wallet);
      yield* matureDueLots(inner, wallet);
      const before = wallet.debt;
      yield* settleDebt(inner, wallet);
      yield* closeWallet(wallet);
      return before - wallet.debt;
    });
  }

  /** A person's points that are set aside now, the oldest first. */
  async holds(ctx: ShopContext, personId: string): Promise<readonly Hold[]> {
    const rows = await this.db.read(ctx, (q) => q.many(OPEN_HOLDS, { person: personId }));
    return rows.map((row) => ({ id: row.id, amount: row.amount, source: row.source, causeRef: row.cause_ref, at: row.at, until: row.until }));
  }

  /** Whose points a hold set aside; undefined for an unknown one. */
  async holder(ctx: ShopContext, holdId: string): Promise<string | undefined> {
    return (await this.db.read(ctx, (q) => q.one(HOLD_BY_ID, { id: holdId })))?.person_id;
  }

  /** Job: puts back what was held for too long. Answers how many points. */
  async expireHolds(ctx: ShopContext, signal?: AbortSignal): Promise<number> {
    let total = 0;
    for (;;) {
      const due = await this.db.read(ctx, (q) => q.many(DUE_HOLDS, { now: ctx.now }));
      for (const { id, person_id } of due) {
        if (signal?.aborted === true) return total;
        total += await this.db.hot(ctx, person_id, (inner) => expireHold(inner, id));
      }
      if (due.length === 0) return total;
    }
  }

  /** Gives or takes points by hand at once; errors as `adjustPoints`. */
  async adjust(ctx: ShopContext, personId: string, amount: number, reason: string): Promise<Adjusted> {
    return this.db.hot(ctx, personId, (inner) => adjustPoints(inner, personId, amount, reason));
  }

  /** Job: expires every lot that is due. Answers how many points expired. Spending does not wait for it. */
  expireDue(ctx: ShopContext, signal?: AbortSignal): Promise<number> {
    return this.#forEach(ctx, PEOPLE_WITH_DUE_LOTS, function* (inner, person) {
      const wallet = yield* openWallet(inner, person);
      if (!wallet) return 0;
      const expired = yield* expireDueLots(inner, wallet);
      yield* closeWallet(wallet);
      return expired;
    }, signal);
  }

  /** Job: makes pending points available whose time has come. Answers how many points matured. */
  mature(ctx: ShopContext, signal?: AbortSignal): Promise<number> {
    return this.#forEach(ctx, PEOPLE_WITH_RIPE_LOTS, function* (inner, person) {
      const wallet = yield* openWallet(inner, person);
      if (!wallet) return 0;
      yield* expireDueLots(inner, wallet);
      const matured = yield* matureDueLots(inner, wallet);
      yield* closeWallet(wallet);
      return matured;
    }, signal);
  }

  async #forEach(ctx: ShopContext, people: typeof PEOPLE_WITH_DUE_LOTS, unit: (ctx: ShopContext, personId: string) => Unit<number>, signal?: AbortSignal): Promise<number> {
    let total = 0;
    for (const { person_id } of await this.db.read(ctx, (q) => q.scan(people, { now: ctx.now }))) {
      if (signal?.aborted === true) break;
      total += await this.db.hot(ctx, person_id, (inner) => unit(inner, person_id));
    }
    return total;
  }
}
