export interface ProblemFields { readonly [field: string]: string }

/** What a call failed with. `message` is fit to show and in the viewer's language. */
export class ApiProblem extends Error {
  /**
   * @param status - HTTP status; 0 when no answer came
   * @param code - stable, `GX_…`; `GX_OFFLINE` when no answer came
   * @param fields - what is wrong with which field, when the server says
   * @param retryAfter - seconds to wait, when the server says
   */
  constructor(
    readonly status: number, readonly code: string, message: string, readonly fields: ProblemFields = {}, readonly retryAfter?: number,
  ) {
    super(message);
  }
}
