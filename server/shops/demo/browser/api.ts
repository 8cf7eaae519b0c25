import { locale, moment, text } from './page-texts.js';

const KEY = 'gx-shopper';

export function bearer(): string | undefined {
  try { return localStorage.getItem(KEY) ?? undefined; } catch { return undefined; }
}

/** Signs in or out; every widget on the page hears of it. */
export function setBearer(token: string | undefined): void {
  try {
    if (token === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, token);
  } catch { /* Forbidden storage: signed in for this page alone is not possible. */ }
  dispatchEvent(new Event('guanxi:identity'));
}

/** Signs in. What somebody had as a guest on this device comes along; without it the member is signed in all the same. */
export async function signIn(token: string): Promise<void> {
  const before = bearer();
  setBearer(token);
  if (before === undefined || before === token) return;
  // Refused for the bearer of a member, who takes nothing along.
  await call('/api/storefront/me/guest', { bearer: before }).then(() => { dispatchEvent(new Event('guanxi:identity')); }, () => undefined);
}

/** An answer that says no, with a sentence for the shopper. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly details: Readonly<Record<string, unknown>> = {}) { super(message); }
}

/** Details are written in English; the title is in the reader's language. */
const sentence = ({ detail, title, code, product, at }: Readonly<Record<string, unknown>>): string | undefined =>
  [...(code === 'GX_NOT_OPEN_YET' ? [text('notOpenYet', { title: String(product), date: moment(Number(at)) })] : locale === 'en' ? [detail] : []), title].find((each) => typeof each === 'string');

/** Calls a door of this server as the signed-in shopper. @throws Refusal */
export async function call<T>(path: string, body?: unknown): Promise<T> {
  const token = bearer();
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'accept-language': locale, 'x-gx-locale': locale, ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }), ...(token ? { authorization: `Bearer ${token}` } : {}) },
    });
  } catch { throw new Refusal(0, 'OFFLINE', text('offline')); }
  if (answer.status === 401 && token) {
    setBearer(undefined);
    return call(path, body);
  }
  const said = await answer.json().catch(() => ({})) as Record<string, unknown>;
  if (!answer.ok) throw new Refusal(answer.status, String(said['code'] ?? ''), sentence(said) ?? text('failed'), said);
  return said as T;
}
