import { css, html, nothing } from 'lit';
import { KitElement } from './kit-element.js';
import { loadOverlays } from './overlays.js';

/**
 * A modal dialog that costs nothing until it is opened: Web Awesome's dialog is loaded on the first `open`.
 * Focus moves in, Esc closes, focus returns.
 * @element gx-dialog
 * @slot - the content
 * @slot footer - buttons; one primary action
 * @fires gx-close - the dialog was closed by Esc, the backdrop or its close button
 */
export class GxDialog extends KitElement {
  static override properties = { open: { type: Boolean, reflect: true }, label: { type: String }, wide: { type: Boolean, reflect: true }, ready: { state: true } };
  declare open: boolean;
  declare label: string;
  declare wide: boolean;
  declare ready: boolean;

  static override styles = css`
    :host(:not([open])) slot { display: none; }
    :host { display: contents; }
    wa-dialog { --width: min(520px, calc(100vw - 24px)); --spacing: 20px; }
    :host([wide]) wa-dialog { --width: min(760px, calc(100vw - 24px)); }
    wa-dialog::part(title) { font-size: 1rem; font-weight: 600; }
    .footer { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; inline-size: 100%; }
  `;

  constructor() { super(); this.open = false; this.label = ''; this.wide = false; this.ready = false; }

  protected override willUpdate(): void {
    if (this.open && !this.ready) void loadOverlays().then(() => { this.ready = true; });
  }

  #sized = new ResizeObserver(() => this.#reach());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sized.disconnect();
  }

  protected override updated(): void {
    const inside = this.renderRoot.querySelector('.inside');
    if (inside) this.#sized.observe(inside);
  }

  /** What scrolls must be reachable by keyboard; what does not must not be a stop. */
  #reach(): void {
    const body = this.renderRoot.querySelector('wa-dialog')?.shadowRoot?.querySelector('[part="body"]');
    if (!body) return;
    if (body.scrollHeight > body.clientHeight + 1) body.setAttribute('tabindex', '0'); else body.removeAttribute('tabindex');
  }

  #hide(event: Event): void {
    if (event.target === event.currentTarget && this.open) this.fire('gx-close');
  }

  protected override render(): unknown {
    if (!this.ready) return nothing;
    return html`<wa-dialog label=${this.label} ?open=${this.open} @wa-hide=${this.#hide}><div class="inside"><slot></slot></div><div class="footer" slot="footer"><slot name="footer"></slot></div></wa-dialog>`;
  }
}
