/** The error with which `work` ends; fails the test when it does not. */
export async function failure(work: Promise<unknown>): Promise<unknown> {
  try { await work; } catch (error) { return error; }
  throw new Error('Expected a failure, but the call succeeded.');
}
