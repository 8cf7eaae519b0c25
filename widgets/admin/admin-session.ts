import { createApi, type RawApiClient } from '../runtime/api-client.js';
import type { Query } from '../runtime/context.js';
import { briefly } from '../runtime/late/briefly.js';
import { hearStrays } from '../runtime/late/stray-errors.js';
import type { WidgetListing } from '../runtime/listing.js';
import type { WidgetFailed } from '../runtime/widget-failure.js';
import type { WidgetEnvironment } from '../runtime/widget-context.js';
import { configureFormat } from '../kit/format.js';
import { uiLocale, type UiLocale } from '../kit/locale.js';
import { toast } from '../kit/toast.js';
import type { AdminBootstrap, AdminWidget } from './api-types.js';
import { saveFile } from './save-file.js';

const BEARER = 'guanxi.admin.bearer';

/** Who is signed in, how the API is reached and what the shop has. One per page; pages get it as a property. */
export class AdminSession extends EventTarget {
  bootstrap: AdminBootstrap | undefined;
  api: RawApiClient;
  environment: WidgetEnvironment | undefined;
  #bearer: string | undefined;
  /** Widgets that broke on this page. */
  readonly #broken = new Set<string>();

  constructor() {
    super();
    try { this.#bearer = sessionStorage.getItem(BEARER) ?? undefined; } catch { /* Forbidden storage: the bearer lives as long as the page. */ }
    this.api = this.#client('/api/admin');
  }

  get signedIn(): boolean { return this.#bearer !== undefined; }
  get bearer(): string | undefined { return this.#bearer; }
  /** The clock's time as the server told it, UTC ms. */
  get now(): number { return this.bootstrap?.now ?? 0; }

  #client(base: string): RawApiClient {
    return createApi({ base, locale: uiLocale(), token: () => this.#bearer, refused: () => this.#expire() });
  }

  #keep(bearer: string | undefined): void {
    this.#bearer = bearer;
    try {
      if (bearer === undefined) sessionStorage.removeItem(BEARER); else sessionStorage.setItem(BEARER, bearer);
    } catch { /* As above. */ }
  }

  /** Trades the token of an admin link for a bearer. Throws `ApiProblem`. */
  async signIn(token: string): Promise<void> {
    const { bearer } = await this.api.post<{ bearer: string }>('/sign-in', { token });
    this.#keep(bearer);
  }

  signOut(): void {
    this.#keep(undefined);
    this.bootstrap = undefined;
    this.dispatchEvent(new Event('signed-out'));
  }

  #expire(): void {
    if (this.#bearer === undefined) return;
    this.#keep(undefined);
    this.dispatchEvent(new Event('expired'));
  }

  /** Tells the page "What runs here" that a widget broke; nothing of its message, which may quote somebody. */
  async widgetFailed({ plugin, widget, phase, brief }: Omit<WidgetFailed, 'message'>): Promise<void> {
    this.#broken.add(`${plugin} ${widget}`);
    try { await this.api.post('/system/widget-failures', { plugin, widget, phase, message: brief }); } catch { /* The card in its place says it already. */ }
  }

  /** From now on it is told too of what widgets throw where nobody waits for it, unless they broke before. */
  watchWidgets(): void {
    const widgets = (): AdminBootstrap['widgets'] => this.bootstrap?.widgets ?? [];
    hearStrays(() => widgets().map(({ url }) => url), (url, error) => {
      const widget = widgets().find((each) => each.url === url);
      if (widget && !this.#broken.has(`${widget.plugin} ${widget.name}`)) void this.widgetFailed({ plugin: widget.plugin, widget: widget.name, phase: 'later', brief: briefly(error, url) });
    });
  }

  /** Reads who, which shop and which widgets; again after a change of language or of the installed plugins. */
  async load(): Promise<AdminBootstrap> {
    this.api = this.#client('/api/admin');
    const bootstrap = await this.api.get<AdminBootstrap>('/bootstrap');
    configureFormat(bootstrap.shop);
    this.bootstrap = bootstrap;
    this.environment = this.#environment(uiLocale(), bootstrap);
    this.dispatchEvent(new Event('changed'));
    return bootstrap;
  }

  #environment(locale: UiLocale, { shop }: AdminBootstrap): WidgetEnvironment {
    const base = (plugin: string): string => `/api/admin/plugins/${plugin}`;
    return {
      surface: 'admin', locale, shop: { name: shop.name, currency: shop.currency, currencyDigits: shop.currencyDigits, zone: shop.zone }, viewer: () => ({ kind: 'staff' }), core: this.api, apiFor: (plugin) => this.#client(base(plugin)),
      navigate: (path) => { dispatchEvent(new CustomEvent('gx-navigate', { detail: { path } })); },
      toast, downloadFor: (plugin) => async (path, query) => { await saveFile(await this.#client(base(plugin)).raw(path, query)); },
    };
  }

  /** Fetches a file from the core's routes and saves it. */
  async download(path: string, query?: Query): Promise<void> { await saveFile(await this.api.raw(path, query)); }

  /** Widgets of a slot in display order, as the outlet takes them. */
  widgets(slot: string): readonly WidgetListing[] {
    return [...(this.bootstrap?.widgets ?? [])].filter((widget) => widget.slot === slot).sort((a, b) => (a.weight ?? 0) - (b.weight ?? 0)).map(listingOf);
  }

  /** The title of a plugin in the page's language; made from its id when it is not enabled. */
  pluginTitle(id: string): string { return this.bootstrap?.plugins.find((plugin) => plugin.id === id)?.title[uiLocale()] ?? id.charAt(0).toUpperCase() + id.slice(1).replace(/-/g, ' '); }
}

function listingOf(widget: AdminWidget): WidgetListing {
  const { plugin, name, tag, slot, url, runtime, stringsUrl, icon, settings = {} } = widget;
  return { plugin, name, tag, slot, url, settings, runtime, title: typeof widget.title === 'string' ? widget.title : widget.title[uiLocale()], ...(stringsUrl && { stringsUrl }), ...(icon && { icon }) };
}
