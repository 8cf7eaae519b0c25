import { css, html, nothing } from 'lit';
import { KitElement } from './kit-element.js';
import { loadOverlays } from './overlays.js';
import { kitText } from './strings.js';

export interface MenuItem { readonly name: string; readonly label: string; readonly icon?: string; readonly danger?: boolean; readonly disabled?: boolean }

/**
 * A button with a list of actions, for rows and cards. The dropdown is loaded when the button is first pressed.
 * @element gx-menu
 * @fires gx-select - `{ name }` of the chosen item
 */
export class GxMenu extends KitElement {
  static override properties = { items: { attribute: false }, label: { type: String }, ready: { state: true } };
  declare items: readonly MenuItem[];
  /** Name of the button for screen readers; say of which row. */
  declare label: string;
  declare ready: boolean;

  static override styles = css`
    :host { display: inline-block; }
    button { display: grid; place-items: center; inline-size: 32px; block-size: 32px; border: 0; border-radius: var(--gx-radius); background: none; color: var(--gx-muted); cursor: pointer; }
    button:hover { background: var(--gx-sunken); color: var(--gx-text); }
    button:focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 1px; }
    button gx-icon { --gx-icon-stroke: 3; }
    @media (pointer: coarse) { button { inline-size: 44px; block-size: 44px; } }
  `;

  constructor() { super(); this.items = []; this.label = ''; this.ready = false; }

  async #first(event: Event): Promise<void> {
    if (this.ready) return;
    event.preventDefault(); event.stopPropagation();
    await loadOverlays();
    this.ready = true;
    await this.updateComplete;
    const dropdown = this.renderRoot.querySelector('wa-dropdown');
    await dropdown?.updateComplete;
    if (dropdown) dropdown.open = true;
  }

  protected override render(): unknown {
    const button = html`<button slot="trigger" type="button" aria-haspopup="menu" aria-label=${this.label || kitText('actions')} @click=${this.#first}><gx-icon name="more"></gx-icon></button>`;
    if (!this.ready) return button;
    return html`<wa-dropdown placement="bottom-end" @wa-select=${(event: CustomEvent<{ item: { value: string } }>) => { event.stopPropagation(); this.fire('gx-select', { name: event.detail.item.value }); }}>${button}
      ${this.items.map((item) => html`<wa-dropdown-item value=${item.name} ?disabled=${item.disabled === true} variant=${item.danger ? 'danger' : 'default'}>${item.icon ? html`<gx-icon slot="icon" name=${item.icon}></gx-icon>` : nothing}${item.label}</wa-dropdown-item>`)}</wa-dropdown>`;
  }
}
