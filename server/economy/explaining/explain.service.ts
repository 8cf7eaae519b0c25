import type { Database, Instant, LedgerLine, ShopContext } from '../../plugin-api/index.js';
import { OPEN_HOLDS } from '../holds/hold-statements.js';
import { NEVER } from '../ledger-rules.js';
import { READ_ACCOUNT } from '../ledger-statements.js';
import { DEBT_ENTRIES, LOT_USES, LOTS_LEFT, REPLAY, type LotOrigin, type LotUse } from './explain-statements.js';

type Goods = NonNullable<LedgerLine['goods']>;
/** What was taken from a lot (negative) or put back (positive). */
export interface Use { readonly amount: number; readonly kind: string; readonly source: string; readonly at: Instant; readonly note: string | null; readonly goods: Goods }
export interface LotStory {
  readonly id: string; readonly got: number; readonly left: number; readonly pending: boolean; /** When it became, or becomes, spendable. */ readonly activatesAt: Instant; readonly expiresAt: Instant | null; readonly reopened: boolean;
  readonly kind: string; readonly source: string; readonly at: Instant; readonly note: string | null;
  /** Where it came from an order: what was paid for which goods (minor units), and under which version of the rules (null: before there were versions). */
  readonly order: { readonly id: string; readonly number: string; readonly title: string; readonly paid: number; readonly currency: string; readonly rule: number | null } | null;
  readonly uses: readonly Use[];
}
export interface Explanation {
  readonly available: number; readonly pending: number; readonly held: number; readonly debt: number;
  /** At most 200 lots, the soonest expiry first. */
  readonly lots: readonly LotStory[];
  readonly holds: readonly { readonly amount: number; readonly source: string; readonly until: Instant }[];
  /** The latest 20 entries that made or paid debt; `amount` is positive when it grew. */
  readonly debts: readonly { readonly amount: number; readonly kind: string; readonly source: string; readonly at: Instant; readonly goods: Goods }[];
  /** The same balance counted anew from every entry, and whether both agree with each other and with the lots. */
  readonly replay: { readonly entries: number; readonly available: number; readonly agrees: boolean };
}

const goodsOf = (detail: string | null): Goods => (detail === null ? [] : (JSON.parse(detail) as { goods?: Goods }).goods ?? []);
const ruleVersion = (rule: string | null): number | null => {
  const version = rule === null ? undefined : (JSON.parse(rule) as { version?: unknown }).version;
  return typeof version === 'number' ? version : null;
};
const storyOf = (lot: LotOrigin, uses: readonly LotUse[]): LotStory => ({
  id: lot.id, got: lot.quantity, left: lot.remaining, pending: lot.state === 'pending', activatesAt: lot.activates_at, expiresAt: lot.expires_at === NEVER ? null : lot.expires_at, reopened: lot.reopened_at !== null,
  kind: lot.kind, source: lot.source, at: lot.at, note: lot.note,
  order: lot.order_id === null ? null : { id: lot.order_id, number: lot.order_number ?? '', title: lot.line_title ?? '', paid: lot.line_paid ?? 0, currency: lot.currency ?? '', rule: ruleVersion(lot.rule) },
  uses: uses.filter((use) => use.lot_id === lot.id).map((use) => ({ amount: -use.amount, kind: use.kind, source: use.source, at: use.at, note: use.note, goods: goodsOf(use.detail) })),
});

/** Answers "why do I have 37 points?": what is left of which lot, where it came from, and what was taken from it. */
export class ExplainService {
  constructor(private readonly db: Database) {}

  explain(ctx: ShopContext, personId: string): Promise<Explanation> {
    const person = { person: personId };
    return this.db.read(ctx, async (q) => {
      const account = await q.one(READ_ACCOUNT, person) ?? { available: 0, pending: 0, held: 0, debt: 0 };
      const lots = await q.many(LOTS_LEFT, person), uses = await q.many(LOT_USES, person);
      const replay = (await q.one(REPLAY, person))!;
      const inLots = lots.reduce((sum, lot) => sum + lot.remaining, 0);
      const { available, pending, held, debt } = account;
      const agrees = replay.available === available && replay.pending === pending && replay.held === held && replay.debt === debt && (lots.length === 200 || inLots === available + pending);
      // What is due to expire is no longer theirs, even before the job has come by.
      const due = lots.filter((lot) => lot.state === 'active' && lot.expires_at <= ctx.now);
      return {
        available: available - due.reduce((sum, lot) => sum + lot.remaining, 0), pending, held, debt, lots: lots.filter((lot) => !due.includes(lot)).map((lot) => storyOf(lot, uses)),
        holds: (await q.many(OPEN_HOLDS, person)).map(({ amount, source, until }) => ({ amount, source, until })),
        debts: (await q.many(DEBT_ENTRIES, person)).map((entry) => ({ amount: entry.debt, kind: entry.kind, source: entry.source, at: entry.at, goods: goodsOf(entry.detail) })),
        replay: { entries: replay.entries, available: replay.available, agrees },
      };
    });
  }
}
