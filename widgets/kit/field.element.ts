import { css, html, nothing } from 'lit';
import { KitElement } from './kit-element.js';

/**
 * Label, hint and error around a control that has none of its own (a native select, a colour, a file).
 * Web Awesome's inputs have labels and hints already; use this where they do not fit, or to show an error below them.
 * @element gx-field
 * @slot - the control
 */
export class GxField extends KitElement {
  static override properties = { label: { type: String }, hint: { type: String }, error: { type: String } };
  declare label: string;
  declare hint: string;
  declare error: string;

  static override styles = css`
    :host { display: block; min-inline-size: 0; }
    .label { display: block; margin-block-end: 4px; font-weight: 500; line-height: 1.4; }
    .hint { margin: 4px 0 0; color: var(--gx-muted); font-size: var(--gx-font-small); text-wrap: pretty; }
    .error { display: flex; gap: 4px; margin: 4px 0 0; color: var(--gx-danger); font-size: var(--gx-font-small); font-weight: 500; }
  `;

  constructor() { super(); this.label = ''; this.hint = ''; this.error = ''; }

  protected override render(): unknown {
    return html`${this.label ? html`<span class="label" aria-hidden="true">${this.label}</span>` : nothing}<slot></slot>
      ${this.hint ? html`<p class="hint">${this.hint}</p>` : nothing}
      <div aria-live="polite">${this.error ? html`<p class="error"><gx-icon name="alert"></gx-icon>${this.error}</p>` : nothing}</div>`;
  }
}
