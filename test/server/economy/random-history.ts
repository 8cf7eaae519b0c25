import fc from 'fast-check';
import { EarnRulesService } from '../../../server/economy/earning/earn-rules.service.js';
import { DAY, HOUR, type Instant } from '../../../server/plugin-api/index.js';
import { order, refund, START, type Economy } from './economy-fixture.js';

/** One step of a random history. Numbers are drawn once; what they pick from depends on what has happened so far. */
export type Step =
  | { readonly do: 'grant'; readonly who: number; readonly amount: number; readonly pendingDays: number; readonly key: number }
  | { readonly do: 'spend'; readonly who: number; readonly amount: number; readonly key: number }
  | { readonly do: 'give-back' | 'undo-grant'; readonly pick: number }
  | { readonly do: 'order'; readonly who: number; readonly id: number; readonly paid: readonly number[]; readonly age: number; readonly delivered: boolean; readonly cancelled: boolean }
  | { readonly do: 'refund'; readonly order: number; readonly line: number; readonly amount: number; readonly id: number }
  | { readonly do: 'adjust'; readonly who: number; readonly amount: number }
  | { readonly do: 'hold'; readonly who: number; readonly amount: number; readonly key: number; readonly minutes: number }
  | { readonly do: 'capture' | 'release' | 'split'; readonly pick: number }
  | { readonly do: 'give-part'; readonly pick: number; readonly amount: number; readonly cause: number }
  | { readonly do: 'merge'; readonly from: number; readonly into: number }
  | { readonly do: 'erase'; readonly who: number; readonly dice: number }
  | { readonly do: 'once'; readonly who: number; readonly word: number }
  | { readonly do: 'settle-debt'; readonly who: number }
  | { readonly do: 'rule'; readonly points: number; readonly excluded: boolean }
  | { readonly do: 'expire' | 'mature' | 'expire-holds' }
  | { readonly do: 'pass'; readonly days: number };

/** 0 to 2 buy, 3 and 4 are guests, 5 is a member who only plays. */
const who = fc.nat(5);
const amount = fc.integer({ min: 1, max: 120 });
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('grant' as const), who, amount, pendingDays: fc.constantFrom(0, 0, 0, 3), key: fc.nat(60) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('spend' as const), who, amount, key: fc.nat(60) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('give-back' as const, 'undo-grant' as const), pick: fc.nat() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('order' as const), who: fc.nat(2), id: fc.nat(9), paid: fc.array(fc.nat(20_000), { minLength: 1, maxLength: 4 }), age: fc.integer({ min: -20, max: 20 }), delivered: fc.boolean(), cancelled: fc.constantFrom(false, false, false, true) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refund' as const), order: fc.nat(9), line: fc.nat(3), amount: fc.nat(12_000), id: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('adjust' as const), who, amount: fc.integer({ min: -80, max: 80 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hold' as const), who, amount, key: fc.nat(60), minutes: fc.constantFrom(1, 30, 1440) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('capture' as const, 'release' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('give-part' as const), pick: fc.nat(), amount, cause: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const), from: who, into: who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('split' as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('once' as const), who, word: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), who, dice: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle-debt' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rule' as const), points: fc.integer({ min: 1, max: 7 }), excluded: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('expire' as const, 'mature' as const, 'expire-holds' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.constantFrom(0, 1, 8, 40, 200, -2) }) },
);

const REFUSALS = ['GX_LEDGER_KEY_REUSED', 'GX_POINTS_TOO_FEW', 'GX_POINTS_AMOUNT', 'GX_NOT_FOUND', 'GX_HOLD_CAPTURED', 'GX_MERGE_GUEST', 'GX_MERGE_RACED', 'GX_SPLIT_DONE', 'GX_SPLIT_LATE', 'GX_SPLIT_LATER', 'GX_POINTS_REFUND', 'GX_EARN_RULE_CHANGED'];

/** Plays a history on a shop of its own. Refusals are part of the game, any other failure is not. */
export class History {
  readonly #spends: string[] = [];
  readonly #grants: string[] = [];
  readonly #holds: string[] = [];
  readonly #merges: string[] = [];
  readonly #erased = new Set<number>();
  readonly #rules = new EarnRulesService(this.e.db, this.e.audit);
  #people: readonly string[] = [];
  now: Instant = START;

  constructor(readonly e: Economy) {}

  async play(steps: readonly Step[]): Promise<void> {
    if (this.#people.length === 0) {
      const members = [0, 1, 2].map((n) => this.e.intake.customer(this.e.at(), { externalId: `customer-${n}`, updatedAt: START }));
      this.#people = [...(await Promise.all(members)).map((member) => member.personId), await this.e.guest(), await this.e.guest(), await this.e.member()];
    }
    for (const one of steps) {
      this.now += HOUR;
      try { await this.#do(one); } catch (error) {
        if (!REFUSALS.includes((error as { code?: string }).code ?? '')) throw error;
      }
    }
  }

  /** Everything that was promised comes true: all pending points ripen. */
  async settle(): Promise<void> {
    this.now += 20 * DAY;
    await this.e.points.expireHolds(this.e.at(this.now));
    await this.e.points.mature(this.e.at(this.now));
    await this.e.points.expireDue(this.e.at(this.now));
  }

  async #do(one: Step): Promise<void> {
    const { e, now } = this;
    switch (one.do) {
      case 'grant': {
        const result = await e.give(this.#people[one.who]!, one.amount, now, `g${one.key}`, one.pendingDays > 0 ? now + one.pendingDays * DAY : undefined);
        if (result.ok) this.#grants.push(result.grantId);
        return;
      }
      case 'spend': {
        const result = await e.spend(this.#people[one.who]!, one.amount, now, `s${one.key}`);
        if (result.ok) this.#spends.push(result.transactionId);
        return;
      }
      case 'give-back': if (this.#spends.length > 0) await e.points.refund(e.at(now), this.#spends[one.pick % this.#spends.length]!, 'given back'); return;
      case 'undo-grant': if (this.#grants.length > 0) await e.grants.reverse(e.at(now), this.#grants[one.pick % this.#grants.length]!, 'undone'); return;
      case 'order':
        await e.intake.order(e.at(now), order({ id: `o${one.id}`, customer: `customer-${one.who}`, paid: one.paid, at: START, paidAt: START + one.id * DAY, updatedAt: now + one.age * DAY, deliveredAt: one.delivered ? now : null, cancelledAt: one.cancelled ? now : null }));
        return;
      case 'refund': await e.intake.refund(e.at(now), refund(`o${one.order}`, [[String(one.line + 1), one.amount]], now, `r${one.id}`)); return;
      case 'adjust': await e.points.adjust(e.at(now), this.#people[one.who]!, one.amount, 'adjusted'); return;
      case 'hold': {
        const result = await e.points.hold(e.at(now), { personId: this.#people[one.who]!, amount: one.amount, source: 'core.checkout', causeRef: 'cart', key: `h${one.key}`, minutes: one.minutes });
        if (result.ok) this.#holds.push(result.holdId);
        return;
      }
      case 'capture': {
        const result = this.#holds.length > 0 ? await e.points.capture(e.at(now), this.#holds[one.pick % this.#holds.length]!) : undefined;
        if (result?.ok) this.#spends.push(result.transactionId);
        return;
      }
      case 'release': if (this.#holds.length > 0) await e.points.release(e.at(now), this.#holds[one.pick % this.#holds.length]!, 'left'); return;
      case 'give-part': {
        const spend = this.#spends[one.pick % this.#spends.length];
        if (spend !== undefined) await e.db.hot(e.at(now), spend, (inner) => e.points.steps.refundPart(inner, spend, one.amount, `part-${one.cause}`, 'a part'));
        return;
      }
      case 'merge': {
        const merged = await e.merging.merge(e.at(now), this.#people[one.from]!, this.#people[one.into]!);
        if (merged) this.#merges.push(merged.mergeId);
        return;
      }
      case 'split': if (this.#merges.length > 0) await e.merging.split(e.at(now), this.#merges[one.pick % this.#merges.length]!); return;
      case 'once': await e.grants.grant(e.at(now), { personId: this.#people[one.who]!, reward: { kind: 'points', amount: 25 }, source: 'test.task', causeRef: 'task', key: `once-${one.who}-${one.word}`, once: `task-${one.word}` }); return;
      case 'erase':
        // Seldom, or nobody is left to play.
        if (one.dice > 0 || this.#erased.size > 1) return;
        this.#erased.add(one.who);
        await e.privacy.erasePerson(e.at(now), this.#people[one.who]!);
        return;
      case 'settle-debt': await e.points.settleDebt(e.at(now), this.#people[one.who]!); return;
      case 'rule': {
        const { version, at: _at, actor: _actor, startsAt: _begins, ...rule } = (await this.#rules.versions(e.at(now)))[0]!;
        await this.#rules.save(e.at(now), version, { ...rule, startsAt: null, ratePoints: one.points, excluded: { skus: one.excluded ? ['SKU-1'] : [], types: [] } });
        return;
      }
      case 'expire-holds': await e.points.expireHolds(e.at(now)); return;
      case 'expire': await e.points.expireDue(e.at(now)); return;
      case 'mature': await e.points.mature(e.at(now)); return;
      case 'pass': this.now += one.days * DAY;
    }
  }
}
