import { businessDate, GxError, minorUnits, newId, sql, type Database, type Events, type Grants, type ShopContext, type Unit } from 'guanxi/plugin';
import { metricsAt, termEnd, type Facts, type Purchase, type Return } from '../tiers/metrics.js';
import { rankOf, type PlanRules, type Tier } from '../tiers/plan-rules.js';
import { newcomer, nextReview, replay, stateOf, type Base, type Standing, type Step } from '../tiers/standing.js';
import { ADD_MOVE, DROP_MOVE, DUE_MEMBERS, GROWTH_OF, HOLD_MEMBER, LATEST_PLAN, MOVES_OF, PLANS_FROM, PROGRESS, PURCHASES_OF, STORE_MEMBER, type MemberRow, type PurchaseRow } from './member.statements.js';
import type { Stop } from './time-left.js';

export interface CurrentPlan { readonly version: number; readonly rules: PlanRules; readonly startsOn: string }
/** Day from which members have been counted; who was in a tier before gets no gift for it. */
export const STARTED = 'started';
const BATCH = 50;
/** Before everything that is known of anybody. */
const FIRST_DAY = '1970-01-01';

/** A step between tiers by their keys, with the tiers that were come into. */
interface Move { readonly day: string; readonly from: string; readonly to: string; readonly steps: number; readonly cause: Step['cause']; readonly entered: readonly Tier[] }
const movesOf = ({ tiers }: PlanRules, steps: readonly Step[]): Move[] =>
  steps.map(({ day, from, to, cause }) => ({ day, from: tiers[from]!.key, to: tiers[to]!.key, steps: to - from, cause, entered: tiers.slice(from + 1, to + 1) }));

/** The plan that holds now. The module makes one when it is switched on. */
export function* currentPlan(): Unit<CurrentPlan> {
  const row = yield* sql.one(LATEST_PLAN);
  if (!row) throw new GxError('GX_MEMBERSHIP_PLAN', 503, 'The membership module has no tier plan yet. Switch it off and on again.');
  return { version: row.version, rules: JSON.parse(row.content) as PlanRules, startsOn: row.starts_on };
}

export const purchaseOf = (row: PurchaseRow): Purchase => ({
  day: row.paid_on, goods: row.goods, returns: row.returns === null ? row.refunded_on === null ? [] : [{ on: row.refunded_on, left: row.net }] : JSON.parse(row.returns) as readonly Return[],
});

function* factsOf(person: string): Unit<Facts> {
  return { purchases: (yield* sql.many(PURCHASES_OF, { person })).map(purchaseOf), growth: yield* sql.many(GROWTH_OF, { person }) };
}

/** Evaluates members: always by replaying what is known, so that events may come late, twice or in any order. */
export class Standings {
  constructor(private readonly db: Database, private readonly grants: Grants, private readonly events: Events) {}

  evaluate(ctx: ShopContext, person: string): Promise<void> {
    return this.db.hot(ctx, `membership:${person}`, (inner) => this.steps(inner, person));
  }

  /** Everybody whose day has come or who stands under an older plan, some at a time; what was cut short goes on with the next call. */
  async evaluateDue(ctx: ShopContext, signal: Stop): Promise<number> {
    const today = businessDate(ctx.shop, ctx.now);
    let after = '', done = 0;
    for (;;) {
      const due = await this.db.read(ctx, async (q) => q.many(DUE_MEMBERS, { after, today, version: (await q.one(LATEST_PLAN))?.version ?? 0, limit: BATCH }));
      if (due.length === 0 || signal.aborted) return done;
      await this.db.write(ctx, async (unit, inner) => { for (const { person_id: person } of due) await unit.steps(this.steps(inner, person)); });
      done += due.length;
      after = due.at(-1)!.person_id;
    }
  }

  *steps(ctx: ShopContext, person: string): Unit<void> {
    const plan = yield* currentPlan();
    const today = businessDate(ctx.shop, ctx.now);
    const unit = minorUnits(ctx.shop.currency);
    const member = (yield* sql.one(HOLD_MEMBER, { id: newId(), person, tier: plan.rules.tiers[0]!.key, today, version: plan.version, now: ctx.now }))!;
    const facts = yield* factsOf(person);
    const { base, before } = yield* this.#base(member, plan, facts, unit);
    const { standing, steps } = replay(plan.rules, base, facts, today, unit);
    const metrics = metricsAt(plan.rules, facts, today, today, unit);
    yield* sql.run(STORE_MEMBER, {
      person, tier: plan.rules.tiers[standing.rank]!.key, rank: standing.rank, state: stateOf(plan.rules, standing, facts, today, unit), since: standing.since, termEnd: standing.termEnd, graceEnd: standing.graceEnd,
      spent: metrics.spend, orders: metrics.orders, growth: metrics.growth, reviewOn: nextReview(plan.rules, standing, facts, today), version: plan.version, base: JSON.stringify(base), now: ctx.now,
    });
    yield* this.#record(ctx, person, base, [...before, ...movesOf(plan.rules, steps)]);
  }

  /** Under a new plan somebody goes on from where the old one had left them when the new one began; also over plans during which nobody looked. */
  *#base(member: MemberRow, plan: CurrentPlan, facts: Facts, unit: number): Unit<{ readonly base: Base; readonly before: readonly Move[] }> {
    let base = member.base === null ? newcomer(FIRST_DAY) : JSON.parse(member.base) as Base;
    const before: Move[] = [];
    if (member.plan_version === plan.version || member.base === null) return { base, before };
    let rules: PlanRules | undefined;
    for (const next of yield* sql.many(PLANS_FROM, { version: member.plan_version })) {
      const to = JSON.parse(next.content) as PlanRules;
      if (rules) {
        const { standing, steps } = replay(rules, base, facts, next.starts_on, unit);
        before.push(...movesOf(rules, steps));
        base = { ...under(to, next.starts_on, standing, rules), day: next.starts_on };
      }
      rules = to;
    }
    return { base, before };
  }

  *#record(ctx: ShopContext, person: string, base: Base, moves: readonly Move[]): Unit<void> {
    const keyOf = (day: string, from: string, to: string): string => `${day} ${from} ${to}`;
    const wanted = new Set(moves.map(({ day, from, to }) => keyOf(day, from, to)));
    const known = new Set<string>();
    for (const row of yield* sql.many(MOVES_OF, { person })) {
      const key = keyOf(row.day, row.from_tier, row.to_tier);
      // What older plans did, up to the day on which this one began, is history.
      if ((row.day > base.day || base.day === FIRST_DAY) && !wanted.has(key)) yield* sql.run(DROP_MOVE, { id: row.id });
      else known.add(key);
    }
    const started = (yield* sql.one(PROGRESS, { name: STARTED }))?.value ?? '';
    for (const { day, from, to, steps, cause, entered } of moves) {
      if (known.has(keyOf(day, from, to))) continue;
      yield* sql.run(ADD_MOVE, { id: newId(), person, day, from, to, steps, cause, now: ctx.now });
      if (day < started) continue;
      yield* this.events.steps.emit(ctx, 'membership.tier-changed', { personId: person, day, from, to, cause });
      for (const tier of entered) yield* this.#welcome(ctx, person, tier);
    }
  }

  /** The gift for coming into a tier: once in a life, and kept when the tier is lost. A gift that the budget or a guest's limit refuses is not owed. */
  *#welcome(ctx: ShopContext, person: string, { key, entryGift }: Tier): Unit<void> {
    if (entryGift === 0) return;
    try {
      yield* this.grants.steps.grant(ctx, { personId: person, source: 'membership.entry', causeRef: key, key: `membership:entry:${key}:${person}`, once: `membership-entry-${key}`, reward: { kind: 'points', amount: entryGift } });
    } catch (error) {
      // Who was erased meanwhile gets nothing. A gift whose amount was changed since has been given.
      if (!(error instanceof GxError) || !['GX_NOT_FOUND', 'GX_LEDGER_KEY_REUSED'].includes(error.code)) throw error;
    }
  }
}

/** The same standing under another plan: the term that was promised stays, unless the new plan has none or the old one had none. */
function under(rules: PlanRules, startsOn: string, standing: Standing, old: PlanRules): Standing {
  const rank = rankOf(rules, old.tiers[standing.rank]!.key, old);
  if (rank === 0 || rules.window.kind === 'lifetime') return { ...standing, rank, termEnd: null, graceEnd: null };
  return standing.termEnd === null ? { ...standing, rank, termStart: startsOn, termEnd: termEnd(rules, startsOn) } : { ...standing, rank };
}
