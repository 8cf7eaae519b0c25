import type { WidgetLocale, WidgetShop, WidgetViewer } from './context.js';

/** One widget that the shop has switched on, as both bootstrap answers list it. */
export interface WidgetListing {
  readonly plugin: string;
  readonly name: string;
  /** `<plugin>-<name>`; the host defines it, the module never does. */
  readonly tag: string;
  readonly slot: string;
  /** Content-hashed, one per module, no query string. */
  readonly url: string;
  /** The plugin's texts in the answer's locale; loaded beside the module. */
  readonly stringsUrl?: string;
  /** `widgetRuntime` of the manifest. */
  readonly runtime: number;
  /** In the answer's locale. */
  readonly title: string;
  readonly icon?: string;
  /** Height in px to reserve on a storefront. */
  readonly minHeight?: number;
  /** Without secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Answer of `GET /api/storefront/bootstrap`; the admin's has the same fields but for the last three. Widgets come in display order. */
export interface Bootstrap {
  readonly shop: WidgetShop;
  readonly viewer: WidgetViewer;
  readonly locale: WidgetLocale;
  readonly widgets: readonly WidgetListing[];
  /** The storefront entry of the browser manifest. */
  readonly runtimeUrl?: string;
  /** Files that the entry imports; fetched at the same time as it. */
  readonly preload?: readonly string[];
  /** Where a shopper signs in when no script of the shop handles `guanxi:sign-in`. */
  readonly signInUrl?: string;
}
