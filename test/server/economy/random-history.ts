import fc from 'fast-check';
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
  | { readonly do: 'expire' | 'mature' }
  | { readonly do: 'pass'; readonly days: number };

const who = fc.nat(3);
const amount = fc.integer({ min: 1, max: 120 });
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('grant' as const), who, amount, pendingDays: fc.constantFrom(0, 0, 0, 3), key: fc.nat(60) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('spend' as const), who, amount, key: fc.nat(60) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('give-back' as const, 'undo-grant' as const), pick: fc.nat() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('order' as const), who: fc.nat(2), id: fc.nat(9), paid: fc.array(fc.nat(20_000), { minLength: 1, maxLength: 4 }), age: fc.integer({ min: -20, max: 20 }), delivered: fc.boolean(), cancelled: fc.constantFrom(false, false, false, true) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refund' as const), order: fc.nat(9), line: fc.nat(3), amount: fc.nat(12_000), id: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('adjust' as const), who, amount: fc.integer({ min: -80, max: 80 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('expire' as const, 'mature' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.constantFrom(0, 1, 8, 40, 200) }) },
);

/** Plays a history on a shop of its own; person 3 is a guest. Refusals are part of the game, any other failure is not. */
export class History {
  readonly #spends: string[] = [];
  readonly #grants: string[] = [];
  #people: readonly string[] = [];
  now: Instant = START;

  constructor(readonly e: Economy) {}

  async play(steps: readonly Step[]): Promise<void> {
    if (this.#people.length === 0) {
      const members = [0, 1, 2].map((n) => this.e.intake.customer(this.e.at(), { externalId: `customer-${n}`, updatedAt: START }));
      this.#people = [...(await Promise.all(members)).map((member) => member.personId), await this.e.guest()];
    }
    for (const one of steps) {
      this.now += HOUR;
      try { await this.#do(one); } catch (error) {
        if (!['GX_LEDGER_KEY_REUSED', 'GX_POINTS_TOO_FEW', 'GX_POINTS_AMOUNT'].includes((error as { code?: string }).code ?? '')) throw error;
      }
    }
  }

  /** Everything that was promised comes true: all pending points ripen. */
  async settle(): Promise<void> {
    this.now += 20 * DAY;
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
      case 'expire': await e.points.expireDue(e.at(now)); return;
      case 'mature': await e.points.mature(e.at(now)); return;
      case 'pass': this.now += one.days * DAY;
    }
  }
}
