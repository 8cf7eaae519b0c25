import type { ApiOptions, Call, Problem } from '../api-client.js';
import { problemText } from './problem-text.js';
import { requestKey } from './request-key.js';

/** Milliseconds before the first and the second repetition of a call that got no answer. */
const WAITS = [400, 1500];
/** A server that asks to wait longer than this (seconds) is not waited for; the person decides. */
const PATIENCE = 3;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Carries a problem up to the file that owns `ApiProblem`; this one must not import from there. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) { super(problem[1]); }
}

async function problemOf(answer: Response | undefined, locale: ApiOptions['locale']): Promise<Problem> {
  if (!answer) return [0, 'GX_OFFLINE', problemText(locale, 0)];
  const { status } = answer;
  let said: { code?: string; title?: string; detail?: string; fields?: Record<string, string> } = {};
  try {
    said = await answer.json() as typeof said;
  } catch { /* A proxy answered with a page: the status has to do. */ }
  // Of the server's two texts the long one is English, the short one in the viewer's language. What it says of its own failures helps nobody.
  const told = locale === 'en' ? said.detail : said.title;
  const message = (status < 500 && told) || problemText(locale, status);
  return [status, said.code ?? `GX_HTTP_${status}`, message, said.fields, Number(answer.headers.get('retry-after')) || undefined];
}

/**
 * Sends a call until it is answered: what repeats safely (reads, and writes with a key) is repeated twice, with the same key, when no
 * answer comes or the server is briefly full. Throws `Refusal`.
 * @param first - the answer that a first attempt already got
 */
export async function exchange(options: ApiOptions, { method, url, body, key: given }: Call, token: string | undefined, first?: Response): Promise<Response> {
  const { locale } = options;
  const writes = method !== 'GET';
  const text = body === undefined ? null : JSON.stringify(body);
  const own = writes && options.shopper && !given ? requestKey(`${method} ${url} ${text ?? ''}`) : undefined;
  const key = given ?? own?.key;
  const headers = {
    'accept-language': locale, ...options.headers,
    ...(token && { authorization: `Bearer ${token}` }), ...(text && { 'content-type': 'application/json' }), ...(key && { 'idempotency-key': key }),
  };
  for (let attempt = 0, answer = first; ; attempt++, answer = undefined) {
    answer ??= await fetch(url, { method, headers, body: text }).catch(() => undefined);
    if (answer?.ok) {
      own?.answered();
      return answer;
    }
    const problem = await problemOf(answer, locale);
    const [status, , , , retryAfter = 0] = problem;
    const wait = !writes || key ? WAITS[attempt] : undefined;
    if (wait && (!status || (status > 501 && retryAfter <= PATIENCE))) {
      await pause(Math.max(wait, retryAfter * 1000));
      continue;
    }
    if (status && status < 500 && status !== 429) own?.answered();
    throw new Refusal(problem);
  }
}
