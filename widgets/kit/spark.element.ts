import { css, html, svg } from 'lit';
import { formatValue, type ValueFormat } from './format.js';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';

/**
 * A trend without axes, drawn as plain SVG; its sentence says first, last and highest value.
 * @element gx-spark
 */
export class GxSpark extends KitElement {
  static override properties = { values: { attribute: false }, label: { type: String }, format: { type: String }, currency: { type: String } };
  declare values: readonly number[];
  declare label: string;
  declare format: ValueFormat;
  declare currency: string;

  static override styles = css`
    :host { display: block; inline-size: 96px; block-size: 32px; }
    svg { display: block; inline-size: 100%; block-size: 100%; overflow: visible; }
    .line { fill: none; stroke: var(--gx-accent); stroke-width: 1.5; vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
    .area { fill: var(--gx-accent); opacity: .12; }
  `;

  constructor() { super(); this.values = []; this.label = ''; this.format = 'count'; this.currency = ''; }

  protected override render(): unknown {
    const values = this.values;
    if (values.length < 2) return html``;
    const high = Math.max(...values), low = Math.min(...values, 0), span = high - low || 1;
    const points = values.map((value, index) => `${((index / (values.length - 1)) * 100).toFixed(2)},${(30 - ((value - low) / span) * 28).toFixed(2)}`);
    const write = (value: number): string => formatValue(value, this.format, this.currency ? { currency: this.currency } : {});
    const sentence = kitText('spark', { n: values.length, first: write(values[0] ?? 0), last: write(values[values.length - 1] ?? 0), high: write(high) });
    return html`<svg viewBox="0 0 100 32" preserveAspectRatio="none" role="img" aria-label="${this.label ? `${this.label}. ` : ''}${sentence}">${svg`<polygon class="area" points="0,31 ${points.join(' ')} 100,31"></polygon><polyline class="line" points=${points.join(' ')}></polyline>`}</svg>`;
  }
}
