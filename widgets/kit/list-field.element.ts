import { css, html, nothing } from 'lit';
import { KitElement } from './kit-element.js';
import { kitStyles } from './kit-styles.js';
import { kitText } from './strings.js';

/**
 * Short texts in an order, one line each. Enter adds a line below, removing one moves the focus to its neighbour.
 * @element gx-list-field
 * @fires gx-change - `{ value }`: the new list
 */
export class GxListField extends KitElement {
  static override properties = { label: { type: String }, hint: { type: String }, value: { attribute: false }, max: { type: Number } };
  declare label: string;
  declare hint: string;
  declare value: readonly string[];
  /** Entries at most. */
  declare max: number;

  static override styles = [kitStyles, css`
    fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; } legend { padding: 0; margin-block-end: 4px; font-weight: 500; }
    ol { display: grid; gap: 6px; margin-block-end: 8px; padding: 0; list-style: none; }
    li { display: flex; gap: 6px; align-items: center; } li wa-input { flex: 1; min-inline-size: 0; }
    button.icon { display: grid; place-items: center; flex: none; inline-size: 36px; block-size: 36px; border: 0; border-radius: var(--gx-radius); background: none; color: var(--gx-muted); cursor: pointer; }
    button.icon:hover { background: var(--gx-hover); color: var(--gx-text); }
    @media (pointer: coarse) { button.icon { inline-size: 44px; block-size: 44px; } }
    .hint { margin-block-start: 4px; color: var(--gx-muted); font-size: var(--gx-font-small); }
  `];

  constructor() { super(); this.label = ''; this.hint = ''; this.value = []; this.max = 20; }

  override focus(): void { this.#inputs()[0]?.focus(); }
  #inputs(): HTMLElement[] { return [...this.renderRoot.querySelectorAll<HTMLElement>('wa-input')]; }

  async #change(value: readonly string[], focus?: number): Promise<void> {
    this.value = value;
    this.fire('gx-change', { value });
    if (focus === undefined) return;
    await this.updateComplete;
    (this.#inputs()[Math.min(focus, value.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>('.add'))?.focus();
  }

  #add(after: number): void {
    if (this.value.length < this.max) void this.#change([...this.value.slice(0, after), '', ...this.value.slice(after)], after);
  }

  protected override render(): unknown {
    return html`<fieldset><legend>${this.label}</legend>
      ${this.value.length ? html`<ol>${this.value.map((entry, index) => html`<li>
        <wa-input class="bare" label=${kitText('entry', { n: index + 1 })} .value=${entry} @input=${(event: Event) => { void this.#change(this.value.map((each, at) => (at === index ? (event.target as HTMLInputElement).value ?? '' : each))); }}
          @keydown=${(event: KeyboardEvent) => { if (event.key === 'Enter' && !event.isComposing) { event.preventDefault(); this.#add(index + 1); } }}></wa-input>
        <button type="button" class="icon" aria-label=${kitText('removeEntry', { n: index + 1 })} @click=${() => this.#change(this.value.filter((_, at) => at !== index), index)}><gx-icon name="x"></gx-icon></button></li>`)}</ol>` : nothing}
      <wa-button class="add" size="s" appearance="outlined" ?disabled=${this.value.length >= this.max} @click=${() => this.#add(this.value.length)}><gx-icon slot="start" name="plus"></gx-icon>${kitText('addEntry')}</wa-button>
      ${this.hint ? html`<p class="hint">${this.hint}</p>` : nothing}</fieldset>`;
  }
}
