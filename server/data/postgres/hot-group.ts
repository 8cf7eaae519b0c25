import type { Pool } from 'pg';
import type { ShopContext, Step, Unit } from '../../plugin-api/index.js';
import { bindParams } from '../compiled-statement.js';
import { driverCode, isRetryable, normaliseError } from '../database-error.js';
import { driveLater } from '../drive.js';
import { ActiveUnit } from '../open-unit.js';
import type { HotUnit } from './hot-keys.js';
import { isConnectionLoss, PgTransaction } from './pg-transaction.js';
import type { PostgresSession } from './postgres-session.js';
import { retried } from './retry.js';

type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** An answer in the group was stored before: the group is run again, and this time each unit waits to know. */
class Repeated extends Error {}

/**
 * A unit that runs behind others in one transaction holds their locks, and whoever holds what it waits for may wait for one of those. It
 * therefore waits this long, in ms, and then the group is given up and its units run one by one: the server would take a second to
 * find out that two transactions wait for each other, and everybody behind them would wait as well.
 */
const PATIENCE = 100;
const waitedTooLong = (error: unknown): boolean => driverCode(error) === '55P03';

/** Answers on their way to the disk while the next unit runs already; most are new, and waiting for each would cost every unit a round trip. */
class StoresAhead {
  readonly #stored: Promise<boolean>[] = [];
  push(stored: Promise<boolean>): void {
    stored.catch(() => {});
    this.#stored.push(stored);
  }
  /** Throws when one of them was not stored, so that nothing of the group is kept. */
  async settled(): Promise<void> {
    if ((await Promise.all(this.#stored)).includes(false)) throw new Repeated();
  }
}

/** Commits hot units of one key together, a savepoint each; when the group as a whole fails, its units are run one by one. */
export class HotGroups {
  driving = false;
  commits = 0;
  units = 0;

  constructor(private readonly pool: Pool, private readonly session: PostgresSession, private readonly owner: object) {}

  readonly run = async (group: readonly HotUnit[]): Promise<void> => {
    try {
      this.#settle(group, await this.#ahead(group));
    } catch (error) {
      const hopeless = isConnectionLoss(error) || (group.length === 1 && !isRetryable(error));
      if (hopeless) { for (const unit of group) unit.reject(normaliseError(error)); return; }
      for (const unit of group) {
        try { this.#settle([unit], await retried(() => this.#together([unit]))); } catch (single) { unit.reject(normaliseError(single)); }
      }
    }
  };

  #settle(group: readonly HotUnit[], outcomes: readonly Outcome[]): void {
    this.commits += 1;
    this.units += group.length;
    group.forEach((unit, i) => {
      const outcome = outcomes[i]!;
      if ('error' in outcome) unit.reject(outcome.error); else unit.resolve(outcome.result);
    });
  }

  async #ahead(group: readonly HotUnit[]): Promise<Outcome[]> {
    if (group.length === 1) return this.#together(group);
    try { return await this.#together(group, new StoresAhead()); } catch (error) {
      if (!(error instanceof Repeated)) throw error;
      return this.#together(group);
    }
  }

  /** One transaction. Throws when it failed as a whole: nothing of it was kept. */
  async #together(group: readonly HotUnit[], stores?: StoresAhead): Promise<Outcome[]> {
    const transaction = new PgTransaction(await this.pool.connect());
    const session = this.session.on(transaction);
    const outcomes: Outcome[] = [];
    try {
      for (const [place, unit] of group.entries()) {
        if (place === 1) transaction.waitAtMost(PATIENCE);
        outcomes.push(await this.#unit(unit, place > 0, transaction, session, stores));
      }
      await stores?.settled();
      await transaction.commit();
      return outcomes;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  async #unit(unit: HotUnit, behind: boolean, transaction: PgTransaction, session: PostgresSession, stores: StoresAhead | undefined): Promise<Outcome> {
    const { ctx, record } = unit;
    const token = new ActiveUnit('hot', ctx.shop.id, this.owner);
    const step = this.stepper(ctx.shop.id, session);
    const drive = <T>(generator: Unit<T>): Promise<T> => driveLater(generator, step, this.advance);
    transaction.mark();
    try {
      const result = await drive(this.advance(() => unit.make({ ...ctx, tx: token } as ShopContext)));
      if (record && stores) { stores.push(drive(record.store(result))); transaction.release(); return { result }; }
      if (!record || await drive(record.store(result))) { transaction.release(); return { result }; }
      await transaction.undo();
      return await drive(record.lookUp()) ?? { result };
    } catch (error) {
      if (isRetryable(error) || isConnectionLoss(error) || (behind && waitedTooLong(error))) throw error;
      await transaction.undo();
      try {
        return (record && await drive(record.lookUp())) ?? { error: normaliseError(error) };
      } catch (second) {
        if (isConnectionLoss(second)) throw second;
        return { error: normaliseError(second) };
      }
    } finally { token.open = false; }
  }

  /** Moves a generator on; whatever it calls on the database directly meanwhile is a mistake. */
  readonly advance = <R>(move: () => R): R => {
    this.driving = true;
    try { return move(); } finally { this.driving = false; }
  };

  stepper(shopId: number, session: PostgresSession): (step: Step) => Promise<unknown> {
    return async (step) => {
      try {
        const compiled = session.statements.of(step.statement);
        return await session.execute(step.want, compiled, bindParams(compiled, step.params, shopId));
      } catch (error) { throw normaliseError(error); }
    };
  }
}
