import type { ApiOptions } from '../api-client.js';
import { store } from '../browser-store.js';
import type { Shopper } from '../shopper.js';
import { exchange } from './exchange.js';
import { requestKey } from './request-key.js';

interface Guest { readonly bearer: string; readonly personId?: string }
let making: Promise<string> | undefined;

async function make({ locale, headers }: ApiOptions, shopper: Shopper): Promise<string> {
  const { key, answered } = requestKey('guest');
  const call = { method: 'POST', url: `${shopper.base}/guests`, body: {}, key };
  const answer = await exchange({ base: shopper.base, locale, token: () => undefined, ...(headers && { headers }) }, call, undefined);
  const { bearer, personId } = await answer.json() as Guest;
  answered();
  store(shopper.key, bearer);
  shopper.bearer = bearer;
  shopper.viewer = { kind: 'guest', ...(personId && { personId }) };
  return bearer;
}

/** Makes the person behind the page a guest, once, however many widgets ask; after a lost answer the same guest comes back. */
export const becomeGuest = (options: ApiOptions, shopper: Shopper): Promise<string> =>
  (making ??= make(options, shopper).finally(() => { making = undefined; }));

/** A bearer that is no longer good: the page starts anew as a visitor. */
export function forget(shopper: Shopper): void {
  store(shopper.key, undefined);
  delete shopper.bearer;
  dispatchEvent(new Event('guanxi:identity'));
}
