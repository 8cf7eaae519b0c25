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
  readonly navigate?: NonNullable<WidgetContext['navigate']>;
  readonly toast?: NonNullable<WidgetContext['toast']>;
  readonly signIn?: NonNullable<WidgetContext['signIn']>;
  readonly rules?: NonNullable<WidgetContext['rules']>;
  readonly downloadFor?: (plugin: string) => NonNullable<WidgetContext['download']>;
}

/** The context of one widget on one page. */
export function createContext(
  { plugin, name: widget, slot, settings }: WidgetListing, environment: WidgetEnvironment, data: Readonly<Record<string, string>>, strings: Readonly<Record<string, string>>,
): WidgetContext {
  const { viewer, apiFor, downloadFor, ...rest } = environment;
  const typeOf = (event: string): string => `guanxi:${event.includes('.') ? event : `${plugin}.${event}`}`;
  return Object.freeze({
    ...rest, plugin, widget, slot, settings, data, strings,
    get viewer() { return viewer(); },
    api: apiFor(plugin),
    format: createFormat(rest.locale, rest.shop),
    emit(event: string, detail?: unknown) { dispatchEvent(new CustomEvent(`guanxi:${plugin}.${event}`, { detail })); },
    on(event: string, fn: (detail: unknown) => void) {
      const type = typeOf(event);
      const hear = (heard: Event): void => fn((heard as CustomEvent).detail);
      addEventListener(type, hear);
      return () => removeEventListener(type, hear);
    },
    ...(downloadFor && { download: downloadFor(plugin) }),
  });
}
