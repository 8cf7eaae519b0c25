import { createApi } from '../runtime/api-client.js';
import { readStored, store } from '../runtime/browser-store.js';
import type { WidgetViewer } from '../runtime/context.js';
import type { Bootstrap } from '../runtime/listing.js';
import { requestKey } from '../runtime/request-key.js';
import type { WidgetEnvironment } from '../runtime/widget-context.js';
import { SHOPPER_KEY, type PageConfig } from './page-config.js';

/** Asks the shop's own script first; without one the shopper goes to the shop's sign-in page. */
function signIn(url: string | undefined): void {
  if (dispatchEvent(new CustomEvent('guanxi:sign-in', { cancelable: true })) && url) location.assign(url);
}

/** The shopper behind the page. Who has no identity yet becomes a guest with the first call that changes something. */
export function createSession({ shop, locale, viewer: known, signInUrl }: Bootstrap, { base, headers }: PageConfig): WidgetEnvironment {
  let viewer: WidgetViewer = known;
  let enrolling: Promise<string> | undefined;
  const token = (): string | undefined => readStored(SHOPPER_KEY);
  const shared = { base, locale, headers, token };

  async function becomeGuest(): Promise<string> {
    const { key, answered } = requestKey('guest');
    const { bearer, personId } = await createApi(shared).post<{ bearer: string; personId?: string }>('guests', {}, { key });
    answered();
    store(SHOPPER_KEY, bearer);
    viewer = { kind: 'guest', ...(personId && { personId }) };
    return bearer;
  }
  const client = (path: string): ReturnType<typeof createApi> => createApi({
    ...shared,
    base: base + path,
    enroll: () => (enrolling ??= becomeGuest().finally(() => { enrolling = undefined; })),
    refused: (sent) => {
      if (token() !== sent) return;
      store(SHOPPER_KEY, undefined);
      dispatchEvent(new Event('guanxi:identity'));
    },
  });
  return {
    surface: 'storefront', locale, shop, viewer: () => viewer,
    core: client(''),
    apiFor: (plugin) => client(`/plugins/${plugin}`),
    signIn: () => signIn(signInUrl),
  };
}
