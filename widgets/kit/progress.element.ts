import { css, html, nothing } from 'lit';
import { formatDuration, formatNumber } from './format.js';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';

/**
 * Long work: a bar, counts, the time left after ten seconds, cancel. It reads its state from the server's answers, so it survives a reload.
 * Screen readers hear every tenth percent, not every step.
 * @element gx-progress
 * @fires gx-cancel - the cancel button was pressed
 */
export class GxProgress extends KitElement {
  static override properties = { label: { type: String }, done: { type: Number }, total: { type: Number }, elapsed: { type: Number }, cancellable: { type: Boolean }, note: { type: String }, leave: { type: Boolean } };
  declare label: string;
  declare done: number;
  /** 0 or less: the end is not known yet and the bar only says that it runs. */
  declare total: number;
  /** Milliseconds since the start, for the estimate. */
  declare elapsed: number;
  declare cancellable: boolean;
  declare note: string;
  /** Says that the page can be left. */
  declare leave: boolean;

  static override styles = css`
    :host { display: block; }
    .line { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; align-items: baseline; }
    .label { font-weight: 500; } .count { font-variant-numeric: tabular-nums; color: var(--gx-muted); }
    progress { appearance: none; display: block; inline-size: 100%; block-size: 8px; margin-block: 8px; border: 0; border-radius: 999px; overflow: hidden; background: var(--gx-sunken); }
    progress::-webkit-progress-bar { background: var(--gx-sunken); border-radius: 999px; }
    progress::-webkit-progress-value { background: var(--gx-accent); border-radius: 999px; }
    progress::-moz-progress-bar { background: var(--gx-accent); border-radius: 999px; }
    p { margin: 0; color: var(--gx-muted); font-size: var(--gx-font-small); }
    wa-button { margin-block-start: 12px; }
    .visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    @media (prefers-reduced-motion: no-preference) { progress::-webkit-progress-value { transition: inline-size .3s; } }
  `;

  constructor() { super(); this.label = ''; this.done = 0; this.total = 0; this.elapsed = 0; this.cancellable = false; this.note = ''; this.leave = false; }

  protected override render(): unknown {
    const known = this.total > 0;
    const share = known ? Math.min(1, this.done / this.total) : 0;
    const left = known && this.elapsed > 10_000 && share > 0.02 && share < 1 ? kitText('eta', { text: formatDuration((this.elapsed / share) * (1 - share)) }) : '';
    const counted = known ? kitText('step', { done: formatNumber(this.done), total: formatNumber(this.total) }) : formatNumber(this.done);
    const bar = known ? html`<progress max="1" .value=${share} aria-label=${this.label}></progress>` : html`<progress aria-label=${this.label}></progress>`;
    return html`<div class="line"><span class="label">${this.label}</span><span class="count">${counted}${left ? ` · ${left}` : ''}</span></div>
      ${bar}
      ${this.note || this.leave ? html`<p>${this.note} ${this.leave ? kitText('leave') : ''}</p>` : nothing}
      <span class="visually-hidden" role="status">${known ? `${this.label} ${Math.floor(share * 10) * 10}%` : ''}</span>
      ${this.cancellable ? html`<wa-button size="s" appearance="outlined" @click=${() => this.fire('gx-cancel')}>${kitText('cancel')}</wa-button>` : nothing}`;
  }
}
