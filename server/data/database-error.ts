import { GxError } from '../plugin-api/index.js';

/** A driver's error, as far as we look into it. */
interface DriverError { readonly code?: string; readonly message: string; readonly constraint?: string; readonly table?: string; readonly column?: string; readonly driverError?: unknown }

const KINDS: readonly (readonly [RegExp, `GX_${string}`, number, string])[] = [
  [/^(SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)|23505)$/, 'GX_UNIQUE', 409, 'There is already a row with the same key.'],
  [/^(SQLITE_CONSTRAINT_FOREIGNKEY|23503)$/, 'GX_REFERENCE', 409, 'The row refers to one that does not exist, or others still refer to it.'],
  [/^(SQLITE_CONSTRAINT_NOTNULL|23502)$/, 'GX_CHECK', 422, 'A value that must be given is missing.'],
  [/^(SQLITE_CONSTRAINT_CHECK|SQLITE_CONSTRAINT_DATATYPE|SQLITE_MISMATCH|23514|22\w{3})$/, 'GX_CHECK', 422, 'A value is outside what its column allows.'],
  [/^(SQLITE_BUSY\w*|SQLITE_LOCKED\w*|55P03|53300)$/, 'GX_BUSY', 503, 'The database is busy; try again in a moment.'],
  [/^57014$/, 'GX_TIMEOUT', 503, 'The database took too long to answer; try again, or ask for less.'],
  [/^(SQLITE_READONLY\w*|25006)$/, 'GX_READ_ONLY', 500, 'A read tried to write; use db.write or db.hot.'],
  [/^(40001|40P01)$/, 'GX_CONFLICT', 503, 'The change collided with others several times; try again.'],
  [/^(57P0\d|08\w{3}|25P03|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|SQLITE_FULL|SQLITE_IOERR\w*|SQLITE_CORRUPT\w*|SQLITE_NOTADB)$/, 'GX_DATA_UNAVAILABLE', 503, 'The database cannot be reached or used at the moment.'],
];

/** The driver's error code under any wrapping. */
export function driverCode(error: unknown): string | undefined {
  let inner = error;
  for (let depth = 0; depth < 4 && inner !== null && typeof inner === 'object'; depth++) {
    const { code, driverError, cause } = inner as DriverError & { readonly cause?: unknown };
    if (typeof code === 'string' && !code.startsWith('GX_')) return code;
    inner = driverError ?? cause;
  }
  return undefined;
}

export const isRetryable = (error: unknown): boolean => {
  const code = driverCode(error);
  return code === '40001' || code === '40P01';
};

/** Gives both engines' errors the same codes. Errors that are not the driver's pass through unchanged. */
export function normaliseError(error: unknown): unknown {
  if (error instanceof GxError || !(error instanceof Error)) return error;
  const code = driverCode(error);
  // Waiting for a free connection of the pool, not for the server.
  if (code === undefined && /timeout exceeded when trying to connect/i.test(error.message)) return new GxError('GX_BUSY', 503, 'Too many changes are waiting for the database; try again in a moment.', { cause: error, details: { retryAfter: 1 } });
  const lost = /Connection terminated|not queryable/i.test(error.message);
  if (code === undefined && !lost) return error;
  if (code === undefined) return new GxError('GX_DATA_UNAVAILABLE', 503, 'The database cannot be reached at the moment.', { cause: error, details: { retryAfter: 1 } });
  const kind = KINDS.find(([pattern]) => pattern.test(code));
  if (!kind) {
    // A programming error (unknown column, syntax): the engine's own words help whoever reads the log.
    return /^(SQLITE_|[0-9A-Z]{5}$)/.test(code) ? new GxError('GX_SQL', 500, `The database refused a statement: ${error.message}`, { cause: error, details: { engineCode: code } }) : error;
  }
  const source = ((error as DriverError).driverError ?? error) as DriverError;
  const where = source.constraint ?? source.column ?? /constraint failed: (.+)$/.exec(error.message)?.[1];
  const details = { engineCode: code, ...(where === undefined ? {} : { constraint: where }), ...(kind[2] === 503 ? { retryAfter: 1 } : {}) };
  return new GxError(kind[1], kind[2], kind[3], { cause: error, details });
}

/** The queue of units is full: tell the client to come back. */
export const busy = (waiting: number): GxError =>
  new GxError('GX_BUSY', 503, 'Too many changes are waiting for the database; try again in a moment.', { details: { retryAfter: 1, waiting } });
