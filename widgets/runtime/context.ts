import type { ApiClient } from './api.js';
import type { Format } from './format.js';

export type Surface = 'admin' | 'storefront';
export type WidgetLocale = 'en' | 'zh-CN';

export interface WidgetShop {
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Digits after the point by currency, where they are not 2. `format` knows them. */
  readonly currencyDigits: Readonly<Record<string, number>>;
  /** IANA zone; every date a person sees is written in it. */
  readonly zone: string;
}
export interface WidgetViewer {
  readonly kind: 'staff' | 'member' | 'guest' | 'visitor';
  readonly personId?: string;
}

/** Everything a widget may know and do; one frozen object, no globals. */
export interface WidgetContext {
  readonly plugin: string;
  readonly widget: string;
  readonly surface: Surface;
  readonly slot: string;
  readonly locale: WidgetLocale;
  readonly shop: WidgetShop;
  /** Live: a visitor becomes a guest with their first state-changing call. */
  readonly viewer: WidgetViewer;
  /** The mount's data attributes (camel case), or `{ personId }` on a customer card of the admin. */
  readonly data: Readonly<Record<string, string>>;
  /** The shop's settings of this plugin: in the admin all but secrets, on the storefront those declared with `shopper`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The plugin's own routes of this surface. */
  readonly api: ApiClient;
  /** The core's routes: `/api/admin` or `/api/storefront`. */
  readonly core: ApiClient;
  readonly strings: Readonly<Record<string, string>>;
  readonly format: Format;
  /** Tells the page: a `guanxi:<plugin>.<name>` event on window. */
  emit(name: string, detail?: unknown): void;
  /** Hears own events by `name`, those of another plugin by `<plugin>.<name>`. Returns the way to stop. */
  on(name: string, fn: (detail: unknown) => void): () => void;
  /** Admin: opens another admin page, e.g. `/customers/018f…`. */
  navigate?(path: string): void;
  /** Admin: a short notice in the corner. */
  toast?(text: string, tone?: 'neutral' | 'success' | 'warning' | 'danger'): void;
  /** Admin: fetches a file from the plugin's own routes (a CSV list) and saves it. */
  download?(path: string, query?: Query): Promise<void>;
  /** Storefront: address of the public rules of an activity. */
  rules?(activityId: string): string;
  /** Storefront: asks the shop to sign the shopper in, for things that only members may do. */
  signIn?(): void;
}

/**
 * What a page of the admin may say of itself, beside its `context`: the shell asks before it leaves a page that is `dirty`, and so does
 * the browser. A change of language builds the page anew without asking; a widget with a long form keeps what was typed over it.
 */
export interface Unsaved {
  /** Whether leaving now would lose something. */
  readonly dirty: boolean;
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;
