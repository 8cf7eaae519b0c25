import { GxError, type Scalar } from '../plugin-api/index.js';

/**
 * Refuses everything but text, finite numbers, booleans and null. Drivers flatten arrays and objects into the parameter list, which shifts
 * the shop's own parameter and so opens other shops' rows; a zero byte is text on SQLite and an error on PostgreSQL.
 */
export function assertScalar(name: string, given: unknown): asserts given is Scalar {
  switch (typeof given) {
    case 'string':
      if (given.includes('\u0000')) throw new GxError('GX_PARAMETER', 400, `"${name}" contains a zero byte; remove it.`, { details: { parameter: name } });
      return;
    case 'number':
      if (!Number.isFinite(given)) throw new GxError('GX_PARAMETER', 400, `"${name}" is not a finite number.`, { details: { parameter: name } });
      return;
    case 'boolean': return;
    case 'undefined':
      throw new GxError('GX_PARAMETER', 500, `The statement's parameter ":${name}" was not given; pass a value, or null.`, { details: { parameter: name } });
    default:
      if (given === null) return;
      throw new GxError('GX_PARAMETER', 400, `"${name}" must be text, a number, a flag or null, not ${Array.isArray(given) ? 'a list' : `a ${typeof given}`}.`, { details: { parameter: name } });
  }
}

/** The guard at the driver: whatever reaches it, by whatever path, must be a plain value. */
export function guardArguments(values: readonly unknown[]): void {
  for (let i = 0; i < values.length; i++) {
    const given = values[i];
    if (typeof given === 'bigint') continue;
    assertScalar(String(i + 1), given);
  }
}
