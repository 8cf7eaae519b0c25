/** Where a failure happened, so that a message can name the culprit. */
export interface GxErrorPlace {
  readonly plugin?: string;
  readonly shop?: string;
  /** What to tell a person besides the message; plain data, never secrets or personal fields. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * A broken rule. `code` is stable (`GX_…`), `status` is the HTTP status it answers with, `message` says what happened and what to do.
 * Expected outcomes (sold out, too few points) are typed results, not errors.
 */
export class GxError extends Error {
  readonly code: string;
  readonly status: number;
  readonly plugin: string | undefined;
  readonly shop: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: `GX_${string}`, status: number, message: string, place: GxErrorPlace = {}) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause });
    this.name = 'GxError';
    this.code = code;
    this.status = status;
    this.plugin = place.plugin;
    this.shop = place.shop;
    this.details = place.details;
  }
}

/** 404: the thing does not exist, or belongs to another shop; the two answers are the same on purpose. */
export const notFound = (what: string, id?: string): GxError =>
  new GxError('GX_NOT_FOUND', 404, `There is no such ${what}.`, { details: id === undefined ? { what } : { what, id } });

/** 422: the input is well formed, but a rule refuses it. `field` points at the culprit. */
export const refused = (code: `GX_${string}`, message: string, details?: Readonly<Record<string, unknown>>): GxError =>
  new GxError(code, 422, message, details === undefined ? {} : { details });

/** 409: the thing is in a state in which this cannot be done. */
export const conflict = (code: `GX_${string}`, message: string, details?: Readonly<Record<string, unknown>>): GxError =>
  new GxError(code, 409, message, details === undefined ? {} : { details });
