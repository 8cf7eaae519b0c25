import { randomInt } from 'node:crypto';
import {
  MINUTE, newId, refused, sql, type CoreEvents, type Database, type DiscountCodes, type DiscountTerms, type Instant, type ShopContext, type Unit,
} from '../plugin-api/index.js';
import type { Outbox } from '../events/outbox.js';
import {
  CODE_BY_TEXT, CODES_BY_TEXT, CODES_OF_PERSON, FREE_RESERVED_CODE, HELD_CODES, INSERT_CODE, RELEASE_USED_CODE, RESERVE_CODE, RESTORE_CODE, REVOKE_CODE, USE_CODE, type CodeRow,
} from './discount-statements.js';

/** Crockford's alphabet: no letter looks like a digit. 16 of 32 signs are 80 bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Codes that are looked at for one cart. */
export const MOST_CODES = 20;
/** How long a checkout may hold a code; a code that expires meanwhile stays good until then. */
const RESERVED_FOR = 30 * MINUTE;

/** `locked`: too many wrong codes were tried. */
export type CodeProblem = 'unknown' | 'used' | 'expired' | 'below-minimum' | 'not-yours' | 'locked';
export type EvaluatedCode =
  | { readonly code: string; readonly ok: true; readonly terms: DiscountTerms; /** Minor units off the goods; 0 for free shipping, and for the price of a product, which depends on the cart's lines. */ readonly discount: number; readonly freeShipping: boolean; readonly expiresAt: Instant }
  | { readonly code: string; readonly ok: false; readonly reason: CodeProblem; /** For `below-minimum`. */ readonly minimum?: number };
export type ReserveResult = { readonly ok: true; readonly terms: DiscountTerms; readonly expiresAt: Instant; /** Until when it is held. */ readonly until: Instant } | { readonly ok: false; readonly reason: Exclude<CodeProblem, 'below-minimum' | 'not-yours' | 'locked'> };

/** A code that a checkout had and did not take, for an order that is paid. */
export type LostCode = Pick<CoreEvents['discount.lost'], 'orderId' | 'reason' | 'difference' | 'beside'>;

const termsOf = (row: CodeRow): DiscountTerms => ({ kind: row.kind, value: row.worth, minimum: row.minimum, ...(row.sku === null ? {} : { sku: row.sku }), ...(row.stacking === null ? {} : JSON.parse(row.stacking) as Partial<DiscountTerms>) });
const plain = (code: string): string => code.trim().toUpperCase().slice(0, 60);

function problem(row: CodeRow | undefined, now: Instant, holder?: string): 'unknown' | 'used' | 'expired' | undefined {
  if (row?.state === 'reserved' && holder !== undefined && row.order_ref === holder && (row.reserved_until ?? 0) > now) return undefined;
  if (!row || row.state === 'revoked' || row.state === 'released') return 'unknown';
  if (row.state === 'used' || (row.state === 'reserved' && (row.reserved_until ?? 0) > now)) return 'used';
  return row.expires_at <= now ? 'expired' : undefined;
}

/** What of the terms is beyond what the code takes off; null for nothing. */
function stackingOf({ class: named, stacksWith, skus, returns }: DiscountTerms): string | null {
  if (skus && (skus.length === 0 || skus.length > 50)) throw refused('GX_DISCOUNT_TERMS', 'A code for products names 1 to 50 of them.');
  const text = JSON.stringify({ class: named, stacksWith, skus, returns });
  return text === '{}' ? null : text;
}

/** Codes that the shop's checkout accepts, one use each. The order reference is the platform's id of the order. */
export class DiscountCodesService implements DiscountCodes {
  readonly steps = {
    register: (ctx: ShopContext, code: Parameters<DiscountCodes['steps']['register']>[1]): Unit<void> => this.#register(ctx, code),
    *revoke(ctx: ShopContext, code: string, { held = false }: { readonly held?: boolean } = {}): Unit<boolean> {
      return (yield* sql.run(REVOKE_CODE, { code: plain(code), now: ctx.now, heldFrom: held ? Number.MAX_SAFE_INTEGER : ctx.now })) > 0;
    },
    *restore(ctx: ShopContext, code: string, expiresAt: Instant): Unit<boolean> { return (yield* sql.run(RESTORE_CODE, { code: plain(code), expiresAt, now: ctx.now })) > 0; },
    /** Holds a code for a checkout for 30 minutes. Of many checkouts at once exactly one gets it. */
    *reserve(ctx: ShopContext, code: string, orderRef: string): Unit<ReserveResult> {
      const row = yield* sql.one(RESERVE_CODE, { code: plain(code), order: orderRef, now: ctx.now, until: ctx.now + RESERVED_FOR });
      if (row) return { ok: true, terms: termsOf(row), expiresAt: row.expires_at, until: row.reserved_until ?? ctx.now };
      return { ok: false, reason: problem(yield* sql.one(CODE_BY_TEXT, { code: plain(code) }), ctx.now) ?? 'used' };
    },
    lost: (ctx: ShopContext, code: string, how: LostCode): Unit<void> => this.#lost(ctx, code, how),
    use: (ctx: ShopContext, code: string, orderRef: string, orderId: string = orderRef): Unit<boolean> => this.#use(ctx, code, orderRef, orderId),
    release: (ctx: ShopContext, code: string, cause: 'refund' | 'cancel' | 'abandoned', from?: { readonly orderRef: string; readonly orderId: string }): Unit<boolean> => this.#release(ctx, code, cause, from),
  };

  constructor(private readonly db: Database, private readonly outbox: Outbox) {}

  generate(): string {
    const signs = Array.from({ length: 16 }, () => ALPHABET[randomInt(32)]).join('');
    return `GX-${signs.match(/.{4}/g)!.join('-')}`;
  }

  /** Says of each code what it would take off, or why it does not apply. Holds nothing. `goodsTotal` in minor units; the reductions are not combined. `holder`: the order for which codes may be held already. */
  evaluate(ctx: ShopContext, codes: readonly string[], goodsTotal: number, personId: string | null, holder?: string): Promise<EvaluatedCode[]> {
    return this.db.read(ctx, async (q) => {
      const answers: EvaluatedCode[] = [], asked = [...new Set(codes.map(plain))].slice(0, MOST_CODES);
      const rows = asked.length ? await q.many(CODES_BY_TEXT, { ids: JSON.stringify(asked) }) : [];
      for (const code of asked) {
        const row = rows.find((each) => each.code === code);
        const wrong = problem(row, ctx.now, holder);
        if (!row || wrong === 'unknown') answers.push({ code, ok: false, reason: 'unknown' });
        else if (row.person_id !== personId) answers.push({ code, ok: false, reason: 'not-yours' });
        else if (wrong) answers.push({ code, ok: false, reason: wrong });
        else if (goodsTotal < row.minimum) answers.push({ code, ok: false, reason: 'below-minimum', minimum: row.minimum });
        else {
          const discount = row.kind === 'amount' ? Math.min(row.worth, goodsTotal) : row.kind === 'percent' ? Math.min(Math.floor((goodsTotal * row.worth) / 10_000), goodsTotal) : 0;
          answers.push({ code, ok: true, terms: termsOf(row), discount, freeShipping: row.kind === 'free-shipping', expiresAt: row.expires_at });
        }
      }
      return answers;
    });
  }

  async held(ctx: ShopContext, codes: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
    if (codes.length > 1_000) throw refused('GX_DISCOUNT_CODE', 'At most 1,000 codes are looked up at once.');
    const rows = codes.length ? await this.db.read(ctx, (q) => q.many(HELD_CODES, { ids: JSON.stringify(codes), now: ctx.now })) : [];
    return new Map(rows.map((row) => [row.code, row.reserved_until]));
  }

  /** What a person could use now, soonest end first; at most `MOST_CODES`. */
  async ofPerson(ctx: ShopContext, personId: string): Promise<readonly string[]> {
    return (await this.db.read(ctx, (q) => q.many(CODES_OF_PERSON, { person: personId, now: ctx.now }))).map(({ code }) => code);
  }

  /** Where a code stands, for its owner's page. */
  byCode(ctx: ShopContext, code: string): Promise<{ readonly state: CodeRow['state']; readonly personId: string; readonly expiresAt: Instant; readonly orderRef: string | null } | undefined> {
    return this.db.read(ctx, async (q) => {
      const row = await q.one(CODE_BY_TEXT, { code: plain(code) });
      return row && { state: row.state, personId: row.person_id, expiresAt: row.expires_at, orderRef: row.order_ref };
    });
  }

  *#register(ctx: ShopContext, code: Parameters<DiscountCodes['steps']['register']>[1]): Unit<void> {
    const { terms } = code;
    if (code.code !== plain(code.code) || code.code === '') throw refused('GX_DISCOUNT_CODE', 'A code is written in capitals and has at most 60 characters.');
    if (!Number.isSafeInteger(terms.value) || terms.value < 0 || (terms.kind === 'percent' && terms.value > 10_000)) throw refused('GX_DISCOUNT_TERMS', 'The value is in minor units, or in basis points up to 10,000.');
    if ((terms.kind === 'price') !== Boolean(terms.sku)) throw refused('GX_DISCOUNT_TERMS', 'A code for the price of a product names the product, and no other code does.');
    yield* sql.run(INSERT_CODE, {
      id: newId(), code: code.code, kind: terms.kind, worth: terms.value, sku: terms.sku ?? null, stacking: stackingOf(terms), minimum: terms.minimum, person: code.personId, expiresAt: code.expiresAt, owner: code.owner, ownerRef: code.ownerRef, now: ctx.now,
    });
  }

  /** Told to who made the code; unknown codes are nobody's. */
  *#lost(ctx: ShopContext, code: string, { orderId, reason, difference, beside }: LostCode): Unit<void> {
    const row = yield* sql.one(CODE_BY_TEXT, { code: plain(code) });
    if (row) yield* this.outbox.steps.emit(ctx, 'discount.lost', { code: row.code, owner: row.owner, ownerRef: row.owner_ref, orderId, reason, difference, beside });
  }

  *#use(ctx: ShopContext, code: string, orderRef: string, orderId: string): Unit<boolean> {
    const row = yield* sql.one(USE_CODE, { code: plain(code), order: orderRef, now: ctx.now });
    if (!row) return false;
    yield* this.outbox.steps.emit(ctx, 'discount.used', { code: row.code, owner: row.owner, ownerRef: row.owner_ref, orderId });
    return true;
  }

  *#release(ctx: ShopContext, code: string, cause: 'refund' | 'cancel' | 'abandoned', from: { readonly orderRef: string; readonly orderId: string } | undefined): Unit<boolean> {
    const key = { code: plain(code), order: from?.orderRef ?? null, now: ctx.now };
    if ((yield* sql.run(FREE_RESERVED_CODE, key)) > 0) return true;
    if (cause === 'abandoned') return false;
    const row = yield* sql.one(RELEASE_USED_CODE, key);
    if (!row) return false;
    yield* this.outbox.steps.emit(ctx, 'discount.released', { code: row.code, owner: row.owner, ownerRef: row.owner_ref, orderId: from?.orderId ?? row.order_ref ?? '', cause });
    return true;
  }
}
