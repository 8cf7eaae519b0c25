import { css, html, nothing } from 'lit';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';

/**
 * Nothing to show: one line what, one line why or what to do, at most one primary action.
 * “First run” and “nothing matches the filter” are different states; write a text for each.
 * @element gx-empty
 * @slot - text below the heading
 * @slot action - one button
 */
export class GxEmpty extends KitElement {
  static override properties = { heading: { type: String }, icon: { type: String }, compact: { type: Boolean, reflect: true } };
  declare heading: string;
  declare icon: string;
  /** Smaller, for cards. */
  declare compact: boolean;

  static override styles = css`
    :host { display: block; }
    div { display: flex; flex-direction: column; gap: 8px; align-items: center; text-align: center; padding: 40px 16px; color: var(--gx-muted); text-wrap: pretty; }
    :host([compact]) div { padding: 16px 8px; }
    .mark { display: grid; place-items: center; inline-size: 44px; block-size: 44px; border-radius: 50%; background: var(--gx-sunken); color: var(--gx-muted); }
    strong { color: var(--gx-text); font-weight: 600; font-size: var(--gx-font-h2); }
    :host([compact]) strong { font-size: var(--gx-font-body); }
    ::slotted(*) { max-inline-size: 46ch; margin: 0; }
    slot[name='action'] { display: block; margin-block-start: 8px; }
  `;

  constructor() { super(); this.heading = ''; this.icon = ''; this.compact = false; }

  protected override render(): unknown {
    return html`<div>${this.icon ? html`<span class="mark"><gx-icon name=${this.icon}></gx-icon></span>` : nothing}<strong>${this.heading || kitText('emptyTitle')}</strong><slot></slot><slot name="action"></slot></div>`;
  }
}
