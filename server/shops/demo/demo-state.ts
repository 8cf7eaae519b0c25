import { sql, statement, type Instant, type Unit } from '../../plugin-api/index.js';

interface StateRow { clock_offset: number; next_number: number; seed_anchor: number | null; seeded_at: number | null }
export interface DemoState { readonly clockOffset: number; readonly nextNumber: number; readonly seedAnchor: Instant | null; readonly seededAt: Instant | null }

/** Numbers of orders begin here, so that they look like a shop's that has been open for a while. */
export const FIRST_NUMBER = 10001;

const ENSURE = statement(`INSERT INTO demo_state (shop_id, slot, clock_offset, next_number) VALUES (:shop, 'only', 0, :first) ON CONFLICT (shop_id, slot) DO NOTHING`);
const READ = statement<StateRow>('SELECT clock_offset, next_number, seed_anchor, seeded_at FROM demo_state WHERE shop_id = :shop');
const OFFSET = statement('UPDATE demo_state SET clock_offset = :offset WHERE shop_id = :shop AND clock_offset < :offset');
const ANCHOR = statement<{ seed_anchor: number }>('UPDATE demo_state SET seed_anchor = COALESCE(seed_anchor, :anchor) WHERE shop_id = :shop RETURNING seed_anchor');
const SEEDED = statement('UPDATE demo_state SET seeded_at = :at WHERE shop_id = :shop');
const NUMBERED = statement('UPDATE demo_state SET next_number = :next WHERE shop_id = :shop AND next_number < :next');
const NUMBER = statement<{ next_number: number }>('UPDATE demo_state SET next_number = next_number + 1 WHERE shop_id = :shop RETURNING next_number');

/** The one row that the demo keeps about itself. */
export const demoState = {
  *ensure(): Unit<void> { yield* sql.run(ENSURE, { first: FIRST_NUMBER }); },
  *read(): Unit<DemoState> {
    const row = yield* sql.one(READ);
    return { clockOffset: row?.clock_offset ?? 0, nextNumber: row?.next_number ?? FIRST_NUMBER, seedAnchor: row?.seed_anchor ?? null, seededAt: row?.seeded_at ?? null };
  },
  *moveClock(offset: number): Unit<void> { yield* sql.run(OFFSET, { offset }); },
  /** The moment that the seeded history ends at: the first attempt decides, so that a second one makes the same history. */
  *anchor(now: Instant): Unit<Instant> { return (yield* sql.one(ANCHOR, { anchor: now }))?.seed_anchor ?? now; },
  /** New orders are numbered from `next` on, or from where they are. */
  *numberFrom(next: number): Unit<void> { yield* sql.run(NUMBERED, { next }); },
  *seeded(at: Instant): Unit<void> { yield* sql.run(SEEDED, { at }); },
  *takeNumber(): Unit<number> { return ((yield* sql.one(NUMBER))?.next_number ?? FIRST_NUMBER + 1) - 1; },
} as const;
