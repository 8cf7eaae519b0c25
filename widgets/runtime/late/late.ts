import type { ApiOptions, Call, Problem } from '../api-client.js';
import { exchange, Refusal } from './exchange.js';
import { becomeGuest, forget } from './guest.js';

export { reportFailure, watchPage } from './report-failure.js';

/**
 * Every call but a read that succeeds at once. No page needs this to show its first widget: it is fetched when it is first used, or
 * when the page has nothing else to do. It imports nothing of the runtime's own file, which would be split by that.
 */
export async function send(options: ApiOptions, call: Call, first?: Response): Promise<Response | Problem> {
  const { shopper } = options;
  let token: string | undefined;
  try {
    token = await options.token() ?? (call.method !== 'GET' && shopper ? await becomeGuest(options, shopper) : undefined);
    return await exchange(options, call, token, first);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.problem[0] === 401 && token) {
      options.refused?.(token);
      if (shopper && token === await options.token()) forget(shopper);
    }
    return error.problem;
  }
}
