import { css, html, nothing } from 'lit';
import { ApiProblem } from '../runtime/api-problem.js';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';

/**
 * A load that failed, with what happened and a retry.
 * @element gx-error
 * @fires gx-retry - the retry button was pressed
 */
export class GxError extends KitElement {
  static override properties = { error: { attribute: false }, heading: { type: String }, final: { type: Boolean } };
  /** Whatever was thrown. */
  declare error: unknown;
  declare heading: string;
  /** Hides the retry button. */
  declare final: boolean;

  static override styles = css`
    :host { display: block; }
    div { display: flex; flex-direction: column; gap: 8px; align-items: flex-start; padding: 16px; border: 1px solid var(--gx-border); border-inline-start: 3px solid var(--gx-danger); border-radius: var(--gx-radius-card); background: var(--gx-surface); }
    p { margin: 0; overflow-wrap: anywhere; }
    .code { color: var(--gx-muted); font-size: var(--gx-font-tiny); }
  `;

  constructor() { super(); this.error = undefined; this.heading = ''; this.final = false; }

  #sentence(): string {
    if (this.error instanceof ApiProblem && this.error.status === 0) return kitText('offline');
    return this.error instanceof Error ? this.error.message : '';
  }

  protected override render(): unknown {
    const code = this.error instanceof ApiProblem ? this.error.code : '';
    return html`<div role="alert"><strong>${this.heading || kitText('errorTitle')}</strong><p>${this.#sentence()}</p>
      ${code ? html`<p class="code">${kitText('errorId', { code })}</p>` : nothing}
      ${this.final ? nothing : html`<wa-button size="s" appearance="outlined" @click=${() => this.fire('gx-retry')}>${kitText('retry')}</wa-button>`}</div>`;
  }
}
