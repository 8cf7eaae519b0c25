import type { PageConfig } from '../../storefront/page-config.js';
import type { Bootstrap } from '../listing.js';
import type { WidgetFailure } from '../widget-failure.js';
import { briefly } from './briefly.js';
import { hearStrays } from './stray-errors.js';

const told = new Set<string>();
let current: Bootstrap | undefined;

/**
 * Tells the shop that a widget could not be shown, or could no longer be; once per widget and page, without a bearer, and although the
 * shopper may be leaving.
 * @param url - of the widget's module as the bootstrap lists it: it names the plugin, the very build and the widget
 */
export function reportFailure({ base, headers }: PageConfig, url: string, { phase, cause }: Pick<WidgetFailure, 'phase' | 'cause'>): void {
  if (told.has(url)) return;
  told.add(url);
  const body = JSON.stringify({ url, phase, message: briefly(cause, url) });
  void fetch(`${base}/widget-failures`, { method: 'POST', keepalive: true, headers: { ...headers, 'content-type': 'application/json' }, body }).catch(() => undefined);
}

/** From now on the shop is told too of what widgets throw where nobody waits for it. May be called for each mount. */
export function watchPage(page: PageConfig, boot: Bootstrap): void {
  if (!current) hearStrays(() => current?.widgets.map(({ url }) => url) ?? [], (url, cause) => reportFailure(page, url, { phase: 'later', cause }));
  current = boot;
}
