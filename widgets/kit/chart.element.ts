import { css, html, nothing, type PropertyValues } from 'lit';
import { readColors } from './chart-colors.js';
import { hasValues, type ChartData, type ChartKind, type ChartPick } from './chart-data.js';
import { chartTable, chartTableStyles } from './chart-table.js';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';

type Engine = typeof import('./chart-engine.js');

/**
 * A chart with a sentence that says what it shows and a table behind it. ECharts (195 KB) is loaded when the first chart comes into view;
 * the height is reserved, so nothing moves. Without data it says so and draws no frame.
 * ```ts
 * html`<gx-chart kind="stacked" label="Reviews per day" sentence="412 reviews in 7 days, up 12 %." .data=${{ categories, series, days: true }}></gx-chart>`
 * ```
 * With `pickable` a click on a part, or on its number in the table, fires `gx-pick` with `{ category, series }`.
 * @element gx-chart
 * @cssprop --gx-chart-height - 240px if not set
 */
export class GxChart extends KitElement {
  static override properties = { kind: { type: String }, data: { attribute: false }, label: { type: String }, sentence: { type: String }, pickable: { type: Boolean }, table: { state: true }, failed: { state: true } };
  declare kind: ChartKind;
  declare data: ChartData | undefined;
  /** Name of the chart, for screen readers. */
  declare label: string;
  /** What the chart says, in one sentence, shown above it. Required: a picture alone tells nobody who cannot see it. */
  declare sentence: string;
  declare pickable: boolean;
  declare table: boolean;
  declare failed: boolean;
  #chart: ReturnType<Engine['startChart']> | undefined;
  #engine: Engine | undefined;
  #seen: IntersectionObserver | undefined;
  #sized: ResizeObserver | undefined;

  static override styles = [chartTableStyles, css`
    :host { display: block; min-inline-size: 0; position: relative; }
    .sentence { margin: 0 0 8px; text-wrap: pretty; }
    .box { block-size: var(--gx-chart-height, 240px); inline-size: 100%; overflow: hidden; direction: ltr; }
    .box[hidden] { display: none; }
    .foot { display: flex; justify-content: flex-end; margin-block-start: 4px; }
    button { border: 0; padding: 4px 0; background: none; color: var(--gx-muted); font: inherit; font-size: var(--gx-font-small); text-decoration: underline; text-underline-offset: 3px; cursor: pointer; min-block-size: 24px; }
    button:hover { color: var(--gx-text); } button:focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 2px; border-radius: 4px; }
    .none { display: grid; place-items: center; min-block-size: 120px; color: var(--gx-muted); }
    .notice { color: var(--gx-muted); font-size: var(--gx-font-small); margin: 0 0 8px; }
  `];

  constructor() { super(); this.kind = 'line'; this.data = undefined; this.label = ''; this.sentence = ''; this.pickable = false; this.table = false; this.failed = false; }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen?.disconnect(); this.#sized?.disconnect(); this.#chart?.dispose();
    this.#chart = undefined; this.#seen = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override updated(_changed: PropertyValues): void {
    const box = this.renderRoot.querySelector<HTMLElement>('.box');
    if (!box) { this.#chart?.dispose(); this.#chart = undefined; this.#seen?.disconnect(); this.#seen = undefined; return; }
    if (this.#chart && this.#chart.getDom() !== box) { this.#chart.dispose(); this.#chart = undefined; }
    if (this.#chart) { this.#draw(); return; }
    if (this.#seen) return;
    this.#seen = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) void this.#begin(box); }, { rootMargin: '200px' });
    this.#seen.observe(box);
  }

  async #begin(box: HTMLElement): Promise<void> {
    this.#seen?.disconnect();
    try {
      this.#engine = await import('./chart-engine.js');
    } catch {
      this.failed = true;
      return;
    }
    if (!this.isConnected || this.#chart || !box.isConnected) return;
    this.#chart = this.#engine.startChart(box, this.#pick);
    this.#sized?.disconnect();
    this.#sized = new ResizeObserver(() => this.#draw());
    this.#sized.observe(box);
    this.#draw();
  }

  readonly #pick = (pick: ChartPick): void => { if (this.pickable) this.fire('gx-pick', pick); };

  #draw(): void {
    const box = this.renderRoot.querySelector<HTMLElement>('.box');
    if (!this.#chart || !this.#engine || !this.data || !box || box.clientWidth === 0) return;
    this.#engine.drawChart(this.#chart, this.kind, this.data, readColors(box.parentElement ?? box), matchMedia('(prefers-reduced-motion: reduce)').matches);
  }

  protected override render(): unknown {
    if (!this.data) return html`<gx-skeleton shape="chart"></gx-skeleton>`;
    if (!hasValues(this.data)) return html`<div class="none">${kitText('noData')}</div>`;
    const open = this.table || this.failed;
    return html`${this.sentence ? html`<p class="sentence">${this.sentence}</p>` : nothing}
      ${this.failed ? html`<p class="notice" role="status">${kitText('chartFailed')}</p>` : nothing}
      <div role="img" aria-label="${this.label}${this.sentence ? `. ${this.sentence}` : ''}" ?hidden=${open}><div class="box" ?hidden=${open} aria-hidden="true"></div></div>
      <div class=${open ? 'data' : 'visually-hidden'} tabindex=${open ? '0' : nothing} role=${open ? 'region' : nothing} aria-label=${open ? this.label : nothing}>${chartTable(this.data, this.label, open && this.pickable ? this.#pick : undefined)}</div>
      ${this.failed ? nothing : html`<div class="foot"><button type="button" aria-expanded=${open ? 'true' : 'false'} @click=${() => { this.table = !this.table; }}>${kitText(open ? 'hideData' : 'showData')}</button></div>`}`;
  }
}
