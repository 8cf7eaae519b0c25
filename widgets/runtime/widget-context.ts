import type { ApiClient } from './api.js';
import type { Surface, WidgetContext, WidgetLocale, WidgetShop, WidgetViewer } from './context.js';
import { createFormat } from './format.js';
import type { WidgetListing } from './listing.js';

/** What a page gives to every widget on it. */
export interface WidgetEnvironment {
  readonly surface: Surface;
  readonly locale: WidgetLocale;
  readonly shop: WidgetShop;
  readonly viewer: () => WidgetViewer;
  readonly core: ApiClient;
  /** A client bound to the routes of one plugin. */
  readonly apiFor: (plugin: string) => ApiClient;
  readonly navigate?: WidgetContext['navigate'];
  readonly toast?: WidgetContext['toast'];
  readonly signIn?: WidgetContext['signIn'];
  readonly downloadFor?: (plugin: string) => NonNullable<WidgetContext['download']>;
}

/** The context of one widget on one page. */
export function createContext(
  listing: WidgetListing, environment: WidgetEnvironment, data: Readonly<Record<string, string>>, strings: Readonly<Record<string, string>>,
): WidgetContext {
  const { plugin, name, slot, settings } = listing;
  const { surface, locale, shop, core, navigate, toast, signIn, downloadFor } = environment;
  return Object.freeze({
    plugin, widget: name, slot, settings, surface, locale, shop, core, data, strings,
    get viewer() { return environment.viewer(); },
    api: environment.apiFor(plugin),
    format: createFormat(locale, shop),
    emit: (event: string, detail?: unknown) => void dispatchEvent(new CustomEvent(`guanxi:${plugin}.${event}`, { detail })),
    on: (event: string, fn: (detail: unknown) => void) => {
      const type = `guanxi:${event.includes('.') ? event : `${plugin}.${event}`}`;
      const hear = (heard: Event): void => fn((heard as CustomEvent).detail);
      addEventListener(type, hear);
      return () => removeEventListener(type, hear);
    },
    ...(navigate && { navigate }), ...(toast && { toast }), ...(signIn && { signIn }), ...(downloadFor && { download: downloadFor(plugin) }),
  });
}
