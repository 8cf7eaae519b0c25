import { GxError, type Step, type Unit } from '../plugin-api/index.js';

const notAStep = (): GxError => new GxError('GX_UNIT_STEP', 500, 'A hot unit yielded something that is not a statement. Use only yield* sql.one | many | run, and yield* other units.');
export const isStep = (given: unknown): given is Step => typeof given === 'object' && given !== null && typeof (given as Step).statement === 'object';

/**
 * Runs a generator unit to its end, each step at once. A failed statement is thrown into the generator; the unit is lost even if the
 * generator catches it, because PostgreSQL has given it up by then.
 */
export function driveNow<T>(unit: Unit<T>, execute: (step: Step) => unknown): T {
  let failure: { readonly error: unknown } | undefined;
  let at = unit.next();
  while (at.done !== true) {
    let answer: unknown;
    try {
      if (failure) throw failure.error;
      if (!isStep(at.value)) throw notAStep();
      answer = execute(at.value);
    } catch (error) {
      failure ??= { error };
      at = unit.throw(error);
      continue;
    }
    at = unit.next(answer);
  }
  if (failure) throw failure.error;
  return at.value;
}

/** The same by round trips. */
export async function driveLater<T>(unit: Unit<T>, execute: (step: Step) => Promise<unknown>, advance: <R>(move: () => R) => R = (move) => move()): Promise<T> {
  let failure: { readonly error: unknown } | undefined;
  let at = advance(() => unit.next());
  while (at.done !== true) {
    let answer: unknown;
    try {
      if (failure) throw failure.error;
      if (!isStep(at.value)) throw notAStep();
      answer = await execute(at.value);
    } catch (error) {
      failure ??= { error };
      at = advance(() => unit.throw(error));
      continue;
    }
    at = advance(() => unit.next(answer));
  }
  if (failure) throw failure.error;
  return at.value;
}
