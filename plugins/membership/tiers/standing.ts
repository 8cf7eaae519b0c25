import { addDays, daysBetween } from 'guanxi/plugin';
import { metricsAt, termEnd, windowStart, type Facts } from './metrics.js';
import { keeps, qualified, type PlanRules } from './plan-rules.js';
import type { MemberState } from '../entities/member.entity.js';

/** Where somebody stands. Days are business dates; each end is the last day of what it ends. */
export interface Standing {
  readonly rank: number;
  readonly since: string | null;
  readonly termStart: string | null;
  readonly termEnd: string | null;
  readonly graceEnd: string | null;
  /** When the tier was last lowered. */
  readonly droppedOn: string | null;
}
/** A standing to go on from, as it was at the end of a day. */
export interface Base extends Standing { readonly day: string }
export interface Step { readonly day: string; readonly from: number; readonly to: number; readonly cause: 'entry' | 'term' | 'refund' }
/** How long before a term ends somebody who would not stay is told. */
export const WARN_DAYS = 30;

export const newcomer = (day: string): Base => ({ rank: 0, since: null, termStart: null, termEnd: null, graceEnd: null, droppedOn: null, day });

/**
 * Replays what happened to one person, day by day: up at once; down by one tier when a term and its grace have ended, or when what had
 * earned the tier was given back. The result depends on what is known of orders alone, not on when it became known.
 */
class Replay {
  readonly steps: Step[] = [];
  #now: Standing;

  constructor(private readonly rules: PlanRules, private readonly facts: Facts, private readonly unit: number, { rank, since, termStart, termEnd: end, graceEnd, droppedOn }: Base) { this.#now = { rank, since, termStart, termEnd: end, graceEnd, droppedOn }; }

  get standing(): Standing { return this.#now; }

  #enough(rank: number, end: string, on: string): boolean { return keeps(this.rules, rank, metricsAt(this.rules, this.facts, end, on, this.unit)); }

  #drop(day: string, cause: 'term' | 'refund'): void {
    const { rank } = this.#now;
    this.steps.push({ day, from: rank, to: rank - 1, cause });
    this.#now = { rank: rank - 1, since: day, termStart: day, termEnd: rank > 1 ? termEnd(this.rules, day) : null, graceEnd: null, droppedOn: day };
  }

  /** Lets time pass up to the beginning of `day`. */
  pass(day: string): void {
    for (let end = this.#now.graceEnd ?? this.#now.termEnd; end !== null && end < day; end = this.#now.graceEnd ?? this.#now.termEnd) {
      if (this.#now.graceEnd !== null) this.#drop(addDays(end, 1), 'term');
      else if (this.#enough(this.#now.rank, end, end)) this.#now = { ...this.#now, termStart: end, termEnd: termEnd(this.rules, end) };
      else this.#now = { ...this.#now, graceEnd: addDays(end, this.rules.graceDays) };
    }
  }

  /** What orders, refunds and growth value of one day do. */
  settle(day: string, refunded: boolean): void {
    const { rank, termStart } = this.#now;
    if (refunded && rank > 0 && this.#now.graceEnd === null && this.#now.droppedOn !== day && !this.#enough(rank, termStart ?? day, day) && !this.#enough(rank, day, day)) {
      this.#drop(day, 'refund');
      if (rank > 1 && !this.#enough(rank - 1, termStart ?? day, day) && !this.#enough(rank - 1, day, day)) this.#now = { ...this.#now, graceEnd: addDays(day, this.rules.graceDays) };
    }
    if (this.#now.graceEnd !== null && this.#enough(this.#now.rank, day, day)) this.#now = { ...this.#now, termStart: day, termEnd: termEnd(this.rules, day), graceEnd: null };
    const open = qualified(this.rules, metricsAt(this.rules, this.facts, day, day, this.unit));
    if (open <= this.#now.rank) return;
    this.steps.push({ day, from: this.#now.rank, to: open, cause: 'entry' });
    this.#now = { rank: open, since: day, termStart: day, termEnd: termEnd(this.rules, day), graceEnd: null, droppedOn: null };
  }
}

/** Where somebody stands on the day `today`, from where they stood on the base's day. `unit`: minor units in one unit of the currency. */
export function replay(rules: PlanRules, base: Base, facts: Facts, today: string, unit: number): { readonly standing: Standing; readonly steps: readonly Step[] } {
  const run = new Replay(rules, facts, unit, base);
  const refunds = new Set(facts.purchases.flatMap(({ returns }) => returns.map(({ on }) => on)));
  const days = new Set([base.day, ...facts.purchases.map(({ day }) => day), ...refunds, ...facts.growth.map(({ day }) => day)]);
  for (const day of [...days].filter((each) => each >= base.day && each <= today).sort()) {
    run.pass(day);
    run.settle(day, refunds.has(day) && day > base.day);
  }
  run.pass(today);
  return { standing: run.standing, steps: run.steps };
}

/** What to call it: in grace, about to lose the tier, just lowered, or neither. */
export function stateOf(rules: PlanRules, { rank, termEnd: end, graceEnd, droppedOn }: Standing, facts: Facts, today: string, unit: number): MemberState {
  if (graceEnd !== null) return 'grace';
  if (end !== null && daysBetween(today, end) <= WARN_DAYS && !keeps(rules, rank, metricsAt(rules, facts, end, today, unit))) return 'at-risk';
  return droppedOn !== null && daysBetween(droppedOn, today) <= WARN_DAYS ? 'downgraded' : 'normal';
}

/** The next day after `today` on which time alone could change the standing, its name or the numbers of the window. */
export function nextReview(rules: PlanRules, { termEnd: end, graceEnd, droppedOn }: Standing, facts: Facts, today: string): string {
  const start = windowStart(rules, today);
  const inside = [...facts.purchases, ...facts.growth].map(({ day }) => day).filter((day) => day >= start).sort()[0];
  const leaves = inside === undefined || rules.window.kind === 'lifetime' ? undefined : rules.window.kind === 'calendar' ? `${Number(today.slice(0, 4)) + 1}-01-01` : addDays(inside, rules.window.days);
  const days = [leaves, end && addDays(end, -WARN_DAYS), end && addDays(end, 1), graceEnd && addDays(graceEnd, 1), droppedOn && addDays(droppedOn, WARN_DAYS + 1)];
  return days.filter((day): day is string => typeof day === 'string' && day > today).sort()[0] ?? '9999-12-31';
}
