import { createApi, type ApiOptions } from '../runtime/api-client.js';
import type { Bootstrap } from '../runtime/listing.js';
import { bearerOf, SHOPPER_KEY, type Shopper } from '../runtime/shopper.js';
import type { WidgetEnvironment } from '../runtime/widget-context.js';
import type { PageConfig } from './page-config.js';

/** One shopper per bootstrap answer; the page's widgets share the client and the making of a guest. */
export function createSession({ shop, locale, viewer, signInUrl }: Bootstrap, { base, headers }: PageConfig): WidgetEnvironment {
  const shopper: Shopper = { base, viewer, key: SHOPPER_KEY };
  const options: ApiOptions = { base, locale, headers, shopper, token: () => bearerOf(shopper) };
  return {
    surface: 'storefront', locale, shop,
    viewer: () => shopper.viewer,
    core: createApi(options),
    rules: (id) => `${base}/../../activities/${id}/rules`,
    apiFor: (plugin) => createApi({ ...options, base: `${base}/plugins/${plugin}` }),
    // The shop's own script may take over; without one the shopper goes to the shop's sign-in page.
    signIn() { if (dispatchEvent(new Event('guanxi:sign-in', { cancelable: true })) && signInUrl) location.assign(signInUrl); },
  };
}
