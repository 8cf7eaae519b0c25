import { css, html, type TemplateResult } from 'lit';
import type { ChartData, ChartPick } from './chart-data.js';
import { formatBusinessDate, formatValue } from './format.js';
import { kitText } from './strings.js';

/** A category as people read it. */
export const categoryText = (data: ChartData, category: string): string => (data.days ? formatBusinessDate(category) : category);

const write = (data: ChartData, value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : formatValue(value, data.format, data.currency ? { currency: data.currency } : {});

function cell(data: ChartData, at: ChartPick, pick: ((pick: ChartPick) => void) | undefined): unknown {
  const series = data.series[at.series], value = series?.values[at.category], band = series?.band?.[at.category];
  const text = band ? `${write(data, value)} (${write(data, band[0])} – ${write(data, band[1])})` : write(data, value);
  return pick && value ? html`<button type="button" class="pick" @click=${() => { pick(at); }}>${text}</button>` : text;
}

/** The table behind a chart: its text alternative and its “show data” view. With `pick` each number opens what is behind it. */
export const chartTable = (data: ChartData, label: string, pick?: (pick: ChartPick) => void): TemplateResult => html`<table aria-label=${label}>
  <thead><tr><th scope="col">${kitText('category')}</th>${data.series.map((series) => html`<th scope="col">${series.name}</th>`)}</tr></thead>
  <tbody>${data.categories.map((category, index) => html`<tr><th scope="row">${categoryText(data, category)}</th>${data.series.map((_series, series) => html`<td>${cell(data, { category: index, series }, pick)}</td>`)}</tr>`)}</tbody></table>`;

export const chartTableStyles = css`
  .data { overflow: auto; max-block-size: 320px; border: 1px solid var(--gx-border); border-radius: var(--gx-radius); }
  .data:focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 2px; }
  table { inline-size: 100%; border-collapse: collapse; font-size: var(--gx-font-small); font-variant-numeric: tabular-nums; }
  th, td { padding: 6px 12px; border-block-end: 1px solid var(--gx-border); text-align: end; white-space: nowrap; }
  th:first-child { text-align: start; } thead th { position: sticky; inset-block-start: 0; background: var(--gx-surface); color: var(--gx-muted); font-weight: 500; }
  .pick { padding: 0; color: var(--gx-accent); font-size: inherit; font-variant-numeric: inherit; }
  tbody th { font-weight: 400; } tbody tr:last-child > * { border-block-end: 0; }
  .visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); }
`;
