import type { ShopContext, Step, Unit } from '../../plugin-api/index.js';
import { bindParams } from '../compiled-statement.js';
import { normaliseError } from '../database-error.js';
import { driveNow } from '../drive.js';
import { ActiveUnit } from '../open-unit.js';
import type { SqliteSession } from './sqlite-session.js';
import type { HotEntry } from './writer-queue.js';

type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** Commits hot units together: one transaction, a savepoint for each that writes, and no answer before COMMIT. */
export class GroupCommit {
  /** True while a generator runs: whatever it calls on the database directly is a mistake. */
  driving = false;
  commits = 0;
  units = 0;
  #shopId: number | undefined;
  #marked = false;
  #alone = false;
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
    } catch (error) {
      if (database.inTransaction) this.#rollback.run();
      const normal = normaliseError(error);
      for (const entry of group) entry.reject(normal);
      return;
    }
    this.commits += 1;
    this.units += group.length;
    for (let i = 0; i < group.length; i++) {
      const outcome = outcomes[i]!;
      if ('error' in outcome) group[i]!.reject(outcome.error); else group[i]!.resolve(outcome.result);
    }
  };

  #unit(entry: HotEntry): Outcome {
    const { ctx, record } = entry;
    const token = ctx && new ActiveUnit('hot', ctx.shop.id, this.owner);
    this.#shopId = ctx?.shop.id;
    this.#marked = false;
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
    } catch (second) { return { error: normaliseError(second) }; }
  }

  #takeBack(): void {
    if (this.#alone) { this.#rollback.run(); this.#beginRead.run(); }
    else if (this.#marked) { this.#undo.run(); this.#release.run(); }
    this.#marked = false;
  }

  readonly #step = (step: Step): unknown => {
    try {
      const compiled = this.session.statements.of(step.statement);
      const values = bindParams(compiled, step.params, this.#shopId);
      if (!this.#marked && !this.#alone && this.session.writes(compiled)) { this.#mark.run(); this.#marked = true; }
      return this.session.execute(step.want, compiled, values);
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
