import { css, html, nothing, type PropertyValues } from 'lit';
import { KitElement } from './kit-element.js';
import { kitStyles } from './kit-styles.js';
import type { ProductChoice, ProductSource } from './setting-fields.js';
import { kitText } from './strings.js';

const PAUSE_MS = 200;

/**
 * Chooses one product of the shop: a combobox that searches while one types. Arrows move, Enter takes, Esc closes.
 * @element gx-product-field
 * @fires gx-change - `{ value }`: the SKU, or null
 */
export class GxProductField extends KitElement {
  static override properties = { label: { type: String }, hint: { type: String }, value: { attribute: false }, source: { attribute: false }, chosen: { state: true }, found: { state: true }, at: { state: true } };
  declare label: string;
  declare hint: string;
  /** SKU or null. */
  declare value: string | null;
  declare source: ProductSource | undefined;
  declare chosen: ProductChoice | undefined;
  /** What the search found; undefined while the list is closed. */
  declare found: readonly ProductChoice[] | undefined;
  declare at: number;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override styles = [kitStyles, css`
    .label { display: block; margin-block-end: 4px; font-weight: 500; }
    .box { position: relative; }
    input { inline-size: 100%; min-block-size: 36px; padding: 6px 12px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); color: var(--gx-text); font: inherit; }
    input::placeholder { color: var(--gx-muted); opacity: 1; }
    input:focus-visible { outline-offset: 0; border-radius: var(--gx-radius); }
    ul { position: absolute; z-index: 5; inset-inline: 0; margin: 4px 0 0; padding: 4px; list-style: none; max-block-size: 260px; overflow: auto; border: 1px solid var(--gx-border); border-radius: var(--gx-radius); background: var(--gx-surface); box-shadow: var(--gx-shadow-overlay); }
    [role='option'] { padding: 6px 8px; border-radius: 4px; cursor: pointer; } [role='option'][aria-selected='true'] { background: var(--gx-accent-soft); }
    .now { display: flex; gap: 8px; align-items: baseline; margin-block-start: 4px; } .now span { min-inline-size: 0; overflow-wrap: anywhere; }
    @media (pointer: coarse) { input, [role='option'] { min-block-size: 44px; } }
  `];

  constructor() { super(); this.label = ''; this.hint = ''; this.value = null; this.source = undefined; this.chosen = undefined; this.found = undefined; this.at = -1; }

  override focus(): void { this.renderRoot.querySelector('input')?.focus(); }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if ((changed.has('value') || changed.has('source')) && this.value !== (this.chosen?.sku ?? null)) void this.#name();
  }

  async #name(): Promise<void> {
    const { value, source } = this;
    this.chosen = undefined;
    if (value === null || !source) return;
    const product = await source.bySku(value).catch(() => undefined);
    if (value === this.value) this.chosen = product;
  }

  #type(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(text), PAUSE_MS);
  }

  async #search(text: string): Promise<void> {
    const turn = ++this.#turn;
    const found = await this.source?.search(text.trim()).catch(() => []);
    if (turn !== this.#turn) return;
    this.found = found;
    this.at = found?.length ? 0 : -1;
  }

  #close(): void { this.#turn += 1; clearTimeout(this.#timer); this.found = undefined; this.at = -1; }

  #choose(product: ProductChoice | undefined): void {
    this.#close();
    this.chosen = product;
    this.value = product?.sku ?? null;
    const input = this.renderRoot.querySelector('input');
    if (input) { input.value = ''; input.focus(); }
    this.fire('gx-change', { value: this.value });
  }

  #key(event: KeyboardEvent): void {
    const { found } = this;
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      const product = found?.[this.at];
      if (product) this.#choose(product);
      else if (!this.source) this.#choose({ sku: (event.target as HTMLInputElement).value.trim(), title: '' });
    } else if (event.key === 'Escape' && found) {
      event.stopPropagation();
      this.#close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!found) void this.#search((event.target as HTMLInputElement).value);
      else if (found.length) this.at = (this.at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
    }
  }

  protected override render(): unknown {
    const { found, value } = this;
    const now = value === null ? kitText('noProduct') : this.chosen?.title ? `${this.chosen.title} · ${value}` : value;
    return html`<label class="label" for="search">${this.label}</label>
      <div class="box"><input id="search" type="text" role="combobox" autocomplete="off" aria-autocomplete="list" aria-controls="found" aria-expanded=${found ? 'true' : 'false'} aria-activedescendant=${found && this.at >= 0 ? `option-${this.at}` : nothing} aria-describedby="now"
        placeholder=${kitText('findProduct')} @input=${(event: Event) => this.#type((event.target as HTMLInputElement).value)} @keydown=${this.#key} @blur=${() => this.#close()}>
        <ul id="found" role="listbox" aria-label=${this.label} ?hidden=${!found?.length}>${found?.map((product, index) => html`<li id="option-${index}" role="option" aria-selected=${index === this.at ? 'true' : 'false'} @mousedown=${(event: Event) => { event.preventDefault(); this.#choose(product); }}>${product.title} <span class="muted small">${product.sku}</span></li>`)}</ul></div>
      ${found && !found.length ? html`<p class="muted small">${kitText('noProducts')}</p>` : nothing}
      <div class="now small" id="now"><span class="muted">${now}</span>${value === null ? nothing : html`<button type="button" class="link-button small" @click=${() => this.#choose(undefined)}>${kitText('clearProduct')}<span class="visually-hidden"> ${this.label}</span></button>`}</div>
      ${this.hint ? html`<p class="muted small">${this.hint}</p>` : nothing}
      <span class="visually-hidden" role="status">${found ? found.length ? kitText('productsFound', { n: found.length }) : kitText('noProducts') : ''}</span>`;
  }
}
