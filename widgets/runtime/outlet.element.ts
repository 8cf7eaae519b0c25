import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { briefly } from './late/briefly.js';
import type { WidgetListing } from './listing.js';
import { loadStrings, openWidget } from './open-widget.js';
import { countFailure, isOff } from './outlet-failures.js';
import { outletStyles } from './outlet.styles.js';
import { outletTexts } from './outlet-texts.js';
import { settled } from './settled.js';
import { createContext, type WidgetEnvironment } from './widget-context.js';
import { WidgetFailure, type WidgetFailed } from './widget-failure.js';

type State = 'loading' | 'ready' | 'failed';

/**
 * Shows one widget and is its error boundary: whatever goes wrong in it ends in a card in its place, never in the page.
 * The widget stays invisible, in its own box, until its size is final. A new `environment` or `data` reaches the running widget as a
 * new context; a new `listing.url` starts it anew.
 *
 * @element gx-outlet
 * @fires gx-outlet-ready - the widget is visible
 * @fires gx-outlet-failed - detail `{ plugin, widget, phase, message, brief }`
 * @csspart card - what stands in place of a failed widget
 * @cssprop --gx-outlet-height - height reserved while loading, 120px if not set
 */
export class Outlet extends LitElement {
  static override properties = {
    listing: { attribute: false }, environment: { attribute: false }, data: { attribute: false }, timeout: { type: Number },
    state: { reflect: true }, failure: { state: true },
  };
  static override styles = outletStyles;

  declare listing: WidgetListing | undefined;
  declare environment: WidgetEnvironment | undefined;
  declare data: Readonly<Record<string, string>>;
  /** Milliseconds that loading and the first render may take each; those of `openWidget` if not given. */
  declare timeout: number | undefined;
  declare state: State;
  declare failure: WidgetFailure | undefined;

  #element: (HTMLElement & { context?: unknown }) | undefined;
  /** Of the module that was started last. */
  #url: string | undefined;
  /** Raised by every start; work of an older start is dropped. */
  #turn = 0;
  /** How often a module was asked for once more after it could not be loaded. */
  #refetches = 0;
  #box = document.createElement('div');

  constructor() {
    super();
    this.data = {};
    this.state = 'loading';
    this.#box.className = 'box';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#turn += 1;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.state === 'loading') void this.#start();
  }

  protected override updated(changed: PropertyValues): void {
    if (!this.listing || !this.environment) return;
    if (this.#url !== this.listing.url) void this.#start();
    else if (this.#element && (changed.has('environment') || changed.has('data') || changed.has('listing'))) void this.#renew(this.#element);
  }

  /** Starts the widget again, e.g. after a failure. */
  retry(): void {
    void this.#start();
  }

  async #start(): Promise<void> {
    const { listing, environment, data, timeout } = this;
    if (!listing || !environment) return;
    const turn = ++this.#turn;
    this.#url = listing.url;
    // Some browsers remember that a module could not be fetched and never ask again; under another fragment they do, at the same address.
    const lost = (failure: unknown): boolean => failure instanceof WidgetFailure && ['import', 'timeout'].includes(failure.phase) && !customElements.get(listing.tag);
    const anew = lost(this.failure) ? `${listing.url}#${++this.#refetches}` : undefined;
    this.#drop();
    this.failure = undefined;
    if (isOff(listing)) {
      this.state = 'failed';
      return;
    }
    this.state = 'loading';
    const broken = (failure: WidgetFailure): void => {
      if (turn === this.#turn) this.#fail(listing, failure);
    };
    try {
      const open = (url: string): Promise<HTMLElement> => openWidget(
        { ...listing, url }, (strings) => createContext(listing, environment, data, strings),
        (made) => { if (turn === this.#turn) this.#box.replaceChildren(made); }, broken, timeout);
      const element = await open(listing.url).catch((error: unknown) => {
        if (anew && lost(error)) return open(anew);
        throw error;
      });
      if (turn !== this.#turn) return;
      this.#element = element;
      await settled(this.#box);
      if (turn !== this.#turn || this.failure) return;
      this.state = 'ready';
      this.dispatchEvent(new CustomEvent('gx-outlet-ready'));
      if (listing !== this.listing || environment !== this.environment || data !== this.data) void this.#renew(element);
    } catch (error) {
      broken(error instanceof WidgetFailure ? error : new WidgetFailure('render', listing.tag, error));
    }
  }

  /** The page changed around a running widget: another language, another customer. */
  async #renew(element: HTMLElement & { context?: unknown }): Promise<void> {
    const { listing, environment, data } = this;
    if (!listing || !environment) return;
    const strings = await loadStrings(listing.stringsUrl).catch(() => undefined);
    if (!strings || element !== this.#element || environment !== this.environment || data !== this.data) return;
    element.context = createContext(listing, environment, data, strings);
  }

  #drop(): void {
    this.#element = undefined;
    this.#box.replaceChildren();
  }

  #fail(listing: WidgetListing, failure: WidgetFailure): void {
    this.#turn += 1;
    this.#drop();
    countFailure(listing);
    this.failure = failure;
    this.state = 'failed';
    console.error(failure.message, failure.cause ?? '');
    const detail: WidgetFailed = { plugin: listing.plugin, widget: listing.name, phase: failure.phase, message: failure.message, brief: briefly(failure.cause, listing.url) };
    this.dispatchEvent(new CustomEvent('gx-outlet-failed', { detail, bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const texts = outletTexts[this.environment?.locale ?? 'en'];
    const name = this.listing?.title ?? '';
    return html`${this.#box}
      ${this.state === 'loading' ? html`<div class="wait" role="status" aria-label=${texts.loading(name)}></div>` : nothing}
      <div class="alert" role="alert">${this.state === 'failed' ? this.#card() : nothing}</div>`;
  }

  #card(): TemplateResult {
    const { listing, failure } = this;
    const texts = outletTexts[this.environment?.locale ?? 'en'];
    const off = !listing || isOff(listing);
    return html`<div class="card" part="card">
      <p class="title">${texts.title(listing?.title ?? '')}</p>
      <p>${off ? texts.off : texts[failure?.phase ?? 'import']} ${texts.rest}</p>
      ${listing ? html`<p class="id">${listing.plugin} · ${listing.name}${failure ? ` · ${failure.phase}` : ''}</p>` : nothing}
      ${off ? nothing : html`<button type="button" @click=${() => this.retry()}>${texts.retry}</button>`}
    </div>`;
  }
}
