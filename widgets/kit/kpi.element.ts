import { css, html, nothing } from 'lit';
import { formatNumber, formatValue, type ValueFormat } from './format.js';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';

/**
 * A key number with its name, what it is compared with in words, and a small trend. With `href` it leads somewhere; with `pickable` it fires `gx-pick`.
 * @element gx-kpi
 */
export class GxKpi extends KitElement {
  static override properties = {
    label: { type: String }, value: { type: Number }, format: { type: String }, currency: { type: String }, note: { type: String }, change: { type: Number }, trend: { attribute: false }, href: { type: String }, pickable: { type: Boolean }, attention: { type: String }, text: { type: String },
  };
  declare label: string;
  declare value: number | null;
  /** `money` takes minor units, `percent` a share from 0 to 1. */
  declare format: ValueFormat;
  declare currency: string;
  /** A line in words below the number, e.g. “last 30 days”. */
  declare note: string;
  /** Change in percent against the period before; undefined hides it. */
  declare change: number | undefined;
  /** Up to 30 values, oldest first. */
  declare trend: readonly number[] | undefined;
  declare href: string;
  declare pickable: boolean;
  /** Something that needs the merchant; takes the place of the note. */
  declare attention: string;
  /** Shown in place of the number. */
  declare text: string;

  static override styles = css`
    :host { display: block; min-inline-size: 0; }
    article { position: relative; display: flex; flex-direction: column; gap: 2px; block-size: 100%; box-sizing: border-box; padding: 12px 14px; border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); background: var(--gx-surface); box-shadow: var(--gx-shadow); }
    .label { color: var(--gx-muted); font-size: var(--gx-font-small); line-height: 1.4; }
    a, button { color: inherit; text-decoration: none; }
    button { padding: 0; border: 0; background: none; font: inherit; text-align: start; cursor: pointer; }
    a::after, button::after { content: ''; position: absolute; inset: 0; border-radius: inherit; }
    a:hover, button:hover { text-decoration: underline; text-underline-offset: 3px; }
    a:focus-visible, button:focus-visible { outline: none; } a:focus-visible::after, button:focus-visible::after { outline: 2px solid var(--gx-focus); outline-offset: 2px; border-radius: var(--gx-radius-card); }
    .line { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-block-size: 34px; }
    .value { font-size: var(--gx-font-kpi); font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; letter-spacing: -.01em; white-space: nowrap; }
    :host(:lang(zh)) .value { letter-spacing: 0; }
    gx-spark { inline-size: 72px; block-size: 28px; flex: 0 1 72px; min-inline-size: 0; }
    .note { color: var(--gx-muted); font-size: var(--gx-font-tiny); line-height: 1.45; }
    .attention { display: flex; gap: 4px; color: var(--gx-warning); font-size: var(--gx-font-tiny); font-weight: 500; line-height: 1.45; }
    .attention gx-icon { inline-size: 1.2em; block-size: 1.2em; margin-block-start: .1em; }
    .up { color: var(--gx-success); } .down { color: var(--gx-danger); }
    @media (max-width: 420px) { .value { font-size: 1.25rem; } gx-spark { display: none; } article { padding: 10px 12px; } }
  `;

  constructor() {
    super();
    this.label = ''; this.value = null; this.format = 'count'; this.currency = ''; this.note = ''; this.change = undefined; this.trend = undefined; this.href = ''; this.pickable = false; this.attention = ''; this.text = '';
  }

  #change(): unknown {
    if (this.change === undefined || !Number.isFinite(this.change)) return nothing;
    const up = this.change >= 0;
    return html`<span class=${up ? 'up' : 'down'}>${kitText(up ? 'trendUp' : 'trendDown', { n: formatNumber(Math.abs(this.change), 1) })}</span> `;
  }

  protected override render(): unknown {
    const written = this.text || (this.value === null ? '–' : formatValue(this.value, this.format, { short: true, ...(this.currency ? { currency: this.currency } : {}) }));
    return html`<article>
      <span class="label">${this.href ? html`<a href=${this.href}>${this.label}</a>` : this.pickable ? html`<button type="button" @click=${() => { this.fire('gx-pick'); }}>${this.label}</button>` : this.label}</span>
      <div class="line"><span class="value">${written}</span>${this.trend && this.trend.length > 1 ? html`<gx-spark .values=${this.trend} .format=${this.format} .currency=${this.currency} label=${this.label}></gx-spark>` : nothing}</div>
      ${this.attention ? html`<span class="attention"><gx-icon name="alert"></gx-icon>${this.attention}</span>` : this.note || this.change !== undefined ? html`<span class="note">${this.#change()}${this.note}</span>` : nothing}
    </article>`;
  }
}
