import type { PageConfig } from '../../storefront/page-config.js';
import type { WidgetFailure } from '../widget-failure.js';
import { briefly } from './briefly.js';

const told = new Set<string>();

/**
 * Tells the shop that a widget could not be shown, or could no longer be; once per widget and page, without a bearer, and although the
 * shopper may be leaving.
 * @param url - of the widget's module as the bootstrap lists it: it names the plugin, the very build and the widget
 */
export function reportFailure({ base, headers }: PageConfig, url: string, { phase, cause }: WidgetFailure): void {
  if (told.has(url)) return;
  told.add(url);
  const body = JSON.stringify({ url, phase, message: briefly(cause, url) });
  void fetch(`${base}/widget-failures`, { method: 'POST', keepalive: true, headers: { ...headers, 'content-type': 'application/json' }, body }).catch(() => undefined);
}
