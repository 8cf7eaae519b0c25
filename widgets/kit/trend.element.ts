import { css, html, nothing, svg } from 'lit';
import { hasValues, type ChartData } from './chart-data.js';
import { categoryText, chartTable, chartTableStyles } from './chart-table.js';
import { formatDay, formatValue } from './format.js';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';

const WIDTH = 600, HEIGHT = 150;

/**
 * A small chart with a time axis, drawn as plain SVG: for the first page, which must not wait for ECharts.
 * Up to two series; the first is an area, the second a dashed line. Same data as `gx-chart`.
 * @element gx-trend
 */
export class GxTrend extends KitElement {
  static override properties = { data: { attribute: false }, label: { type: String }, sentence: { type: String }, shape: { type: String }, table: { state: true } };
  declare data: ChartData | undefined;
  declare label: string;
  declare sentence: string;
  declare shape: 'area' | 'bars';
  declare table: boolean;

  static override styles = [chartTableStyles, css`
    :host { display: block; min-inline-size: 0; position: relative; }
    .sentence { margin: 0 0 8px; text-wrap: pretty; }
    .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0 0 8px; padding: 0; list-style: none; font-size: var(--gx-font-small); color: var(--gx-muted); }
    .legend li { display: flex; gap: 6px; align-items: center; }
    .legend svg { inline-size: 18px; block-size: 8px; }
    .plot { position: relative; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 8px; direction: ltr; }
    .scale { display: flex; flex-direction: column; justify-content: space-between; text-align: end; block-size: 150px; }
    .scale, .days { color: var(--gx-muted); font-size: var(--gx-font-tiny); line-height: 1; font-variant-numeric: tabular-nums; }
    .plot[hidden] { display: none; }
    .plot > svg { inline-size: 100%; block-size: 150px; overflow: visible; }
    .days { grid-column: 2; display: flex; justify-content: space-between; padding-block-start: 4px; }
    .one { stroke: var(--gx-chart-1); } .two { stroke: var(--gx-chart-2); stroke-dasharray: 5 4; }
    .line { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
    .area { fill: var(--gx-chart-1); opacity: .12; } .bar { fill: var(--gx-chart-1); } .hit { fill: transparent; } .bar-group:hover .bar { opacity: .75; }
    .rule { stroke: var(--gx-border); stroke-width: 1; vector-effect: non-scaling-stroke; }
    .foot { display: flex; justify-content: flex-end; margin-block-start: 4px; }
    button { border: 0; padding: 4px 0; background: none; color: var(--gx-muted); font: inherit; font-size: var(--gx-font-small); text-decoration: underline; text-underline-offset: 3px; cursor: pointer; min-block-size: 24px; }
    button:hover { color: var(--gx-text); } button:focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 2px; border-radius: 4px; }
    .none { display: grid; place-items: center; min-block-size: 150px; color: var(--gx-muted); }
  `];

  constructor() { super(); this.data = undefined; this.label = ''; this.sentence = ''; this.shape = 'area'; this.table = false; }

  #marks(data: ChartData, top: number): unknown {
    const count = data.categories.length;
    const y = (value: number): number => HEIGHT - (value / top) * HEIGHT;
    const write = (value: number): string => formatValue(value, data.format, data.currency ? { currency: data.currency } : {});
    const step = WIDTH / Math.max(1, count);
    const title = (index: number): string => [categoryText(data, data.categories[index] ?? ''), ...data.series.map((series) => `${series.name} ${write(series.values[index] ?? 0)}`)].join('\n');
    const points = (values: readonly (number | null)[]): string => values.map((value, index) => `${(count < 2 ? WIDTH / 2 : (index / (count - 1)) * WIDTH).toFixed(1)},${y(value ?? 0).toFixed(1)}`).join(' ');
    const first = data.series[0]?.values ?? [];
    return svg`${[0, 0.5, 1].map((share) => svg`<line class="rule" x1="0" x2=${WIDTH} y1=${HEIGHT * share} y2=${HEIGHT * share}></line>`)}
      ${this.shape === 'bars' ? '' : svg`<polygon class="area" points="0,${HEIGHT} ${points(first)} ${WIDTH},${HEIGHT}"></polygon>${data.series.slice(0, 2).map((series, index) => svg`<polyline class="line ${index ? 'two' : 'one'}" points=${points(series.values)}></polyline>`)}`}
      ${data.categories.map((_, index) => svg`<g class="bar-group"><title>${title(index)}</title><rect class="hit" x=${index * step} y="0" width=${step} height=${HEIGHT}></rect>${this.shape === 'bars' ? svg`<rect class="bar" x=${index * step + step * 0.15} width=${step * 0.7} y=${y(first[index] ?? 0)} height=${HEIGHT - y(first[index] ?? 0)}></rect>` : ''}</g>`)}`;
  }

  protected override render(): unknown {
    const data = this.data;
    if (!data) return html`<gx-skeleton shape="chart"></gx-skeleton>`;
    if (!hasValues(data)) return html`<div class="none">${kitText('noData')}</div>`;
    const highest = Math.max(1, ...data.series.flatMap((series) => series.values.map((value) => value ?? 0)));
    const size = 10 ** Math.floor(Math.log10(highest));
    const top = Math.max(2, Math.ceil(highest / size * 2) / 2 * size);
    const write = (value: number): string => formatValue(value, data.format, { short: true, ...(data.currency ? { currency: data.currency } : {}) }).replace(/[.,]00(?=\D*$)/, '');
    const day = (index: number): string => (data.days ? formatDay(data.categories[index] ?? '') : data.categories[index] ?? '');
    const last = data.categories.length - 1;
    return html`${this.sentence ? html`<p class="sentence">${this.sentence}</p>` : nothing}
      ${data.series.length > 1 ? html`<ul class="legend" aria-hidden="true">${data.series.slice(0, 2).map((series, index) => html`<li><svg viewBox="0 0 18 8">${svg`<line class="line ${index ? 'two' : 'one'}" x1="0" x2="18" y1="4" y2="4"></line>`}</svg>${series.name}</li>`)}</ul>` : nothing}
      <div class="plot" ?hidden=${this.table} role="img" aria-label="${this.label}${this.sentence ? `. ${this.sentence}` : ''}">
        <div class="scale" aria-hidden="true"><span>${write(top)}</span><span>${write(top / 2)}</span><span>${write(0)}</span></div>
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${this.#marks(data, top)}</svg>
        <div class="days" aria-hidden="true"><span>${day(0)}</span><span>${day(Math.round(last / 2))}</span><span>${day(last)}</span></div>
      </div>
      <div class=${this.table ? 'data' : 'visually-hidden'} tabindex=${this.table ? '0' : nothing} role=${this.table ? 'region' : nothing} aria-label=${this.table ? this.label : nothing}>${chartTable(data, this.label)}</div>
      <div class="foot"><button type="button" aria-expanded=${this.table ? 'true' : 'false'} @click=${() => { this.table = !this.table; }}>${kitText(this.table ? 'hideData' : 'showData')}</button></div>`;
  }
}
