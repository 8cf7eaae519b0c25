import type { ShopContext, Step, Unit } from '../../plugin-api/index.js';
import { bindParams } from '../compiled-statement.js';
import { normaliseError } from '../database-error.js';
import { driveNow } from '../drive.js';
import { ActiveUnit } from '../open-unit.js';
import type { SqliteSession } from './sqlite-session.js';
import type { HotEntry } from './writer-queue.js';

type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** A unit of a group without savepoints failed after it had written: nothing of the group is kept, and its units are run again. */
class Unmarked extends Error {}
/** So many groups have savepoints after one that would have needed them: what refuses once, e.g. a deck that is empty, goes on refusing. */
const CAREFUL = 32;

/**
 * Commits hot units together: one transaction, and no answer before COMMIT. Savepoints make SQLite copy each page that a unit touches, so units get
 * them only where units lately failed after writing.
 */
export class GroupCommit {
  /** True while a generator runs: whatever it calls on the database directly is a mistake. */
  driving = false;
  commits = 0;
  units = 0;
  #shopId: number | undefined;
  /** The unit has a savepoint. */
  #marked = false;
  /** The unit changed something. */
  #wrote = false;
  #alone = false;
  /** Groups that are still to have savepoints. */
  #careful = 0;
  readonly #begin; readonly #commit; readonly #rollback; readonly #mark; readonly #release; readonly #undo; readonly #beginRead;

  constructor(private readonly session: SqliteSession, prepare: (text: string) => { run(): unknown }, private readonly owner: object) {
    this.#begin = prepare('BEGIN IMMEDIATE');
    this.#beginRead = prepare('BEGIN');
    this.#commit = prepare('COMMIT');
    this.#rollback = prepare('ROLLBACK');
    this.#mark = prepare('SAVEPOINT unit');
    this.#release = prepare('RELEASE unit');
    this.#undo = prepare('ROLLBACK TO unit');
  }

  readonly run = (group: readonly HotEntry[]): void => {
    let outcomes: readonly Outcome[];
    try { outcomes = this.#together(group); } catch (error) {
      if (error instanceof Unmarked) { this.#careful = CAREFUL; this.run(group); return; }
      const normal = normaliseError(error);
      for (const entry of group) entry.reject(normal);
      return;
    }
    if (this.#careful > 0) this.#careful -= 1;
    this.commits += 1;
    this.units += group.length;
    for (let i = 0; i < group.length; i++) {
      const outcome = outcomes[i]!;
      if ('error' in outcome) group[i]!.reject(outcome.error); else group[i]!.resolve(outcome.result);
    }
  };

  /** One transaction. Throws when it failed as a whole: nothing of it was kept. */
  #together(group: readonly HotEntry[]): Outcome[] {
    const { database } = this.session;
    const outcomes: Outcome[] = [];
    try {
      this.#begin.run();
      this.#alone = group.length === 1;
      for (const entry of group) {
        outcomes.push(this.#unit(entry));
        // Errors such as a full disk end the whole transaction by themselves.
        if (!database.inTransaction) throw (outcomes.at(-1) as { error?: unknown }).error ?? new Error('The transaction ended by itself.');
      }
      this.#commit.run();
      return outcomes;
    } catch (error) {
      if (database.inTransaction) this.#rollback.run();
      throw error;
    }
  }

  #unit(entry: HotEntry): Outcome {
    const { ctx, record } = entry;
    const token = ctx && new ActiveUnit('hot', ctx.shop.id, this.owner);
    this.#shopId = ctx?.shop.id;
    this.#marked = this.#wrote = false;
    this.driving = true;
    try {
      const result = driveNow(entry.make({ ...ctx, tx: token } as ShopContext), this.#step);
      if (record && !driveNow(record.store(result), this.#step)) {
        this.#takeBack();
        return driveNow(record.lookUp(), this.#step) ?? { result };
      }
      if (this.#marked) this.#release.run();
      return { result };
    } catch (error) {
      return this.#failed(entry, error);
    } finally {
      this.driving = false;
      if (token) token.open = false;
    }
  }

  /** A unit that failed may be a repetition of one that succeeded: the stored answer goes first. */
  #failed(entry: HotEntry, error: unknown): Outcome {
    try {
      if (!this.session.database.inTransaction) return { error: normaliseError(error) };
      this.#takeBack();
      return (entry.record && driveNow(entry.record.lookUp(), this.#step)) ?? { error: normaliseError(error) };
    } catch (second) {
      if (second instanceof Unmarked) throw second;
      return { error: normaliseError(second) };
    }
  }

  #takeBack(): void {
    if (this.#alone) { this.#rollback.run(); this.#beginRead.run(); }
    else if (this.#marked) { this.#undo.run(); this.#release.run(); }
    else if (this.#wrote) throw new Unmarked();
    this.#marked = this.#wrote = false;
  }

  readonly #step = (step: Step): unknown => {
    try {
      const compiled = this.session.statements.of(step.statement);
      const prepared = this.session.prepared(compiled);
      const values = bindParams(compiled, step.params, this.#shopId);
      if (!prepared.writes) return this.session.answer(step.want, prepared, values);
      if (this.#careful > 0 && !this.#marked && !this.#alone) { this.#mark.run(); this.#marked = true; }
      const answer = this.session.answer(step.want, prepared, values);
      // A write that answers rows changed as many; what was not asked for their number may have changed some.
      this.#wrote ||= typeof answer === 'number' ? answer > 0 : !prepared.returns || (Array.isArray(answer) ? answer.length > 0 : answer !== undefined);
      return answer;
    } catch (error) { throw normaliseError(error); }
  };

  /** Runs a generator inside a transaction that is already open; undone as a whole when it fails. */
  inside<T>(shopId: number, unit: Unit<T>): T {
    this.#shopId = shopId;
    this.#alone = true;
    this.#mark.run();
    this.driving = true;
    try {
      const result = driveNow(unit, this.#step);
      this.#release.run();
      return result;
    } catch (error) {
      if (this.session.database.inTransaction) { this.#undo.run(); this.#release.run(); }
      throw error;
    } finally { this.driving = false; }
  }
}
