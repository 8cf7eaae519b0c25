import { html, nothing } from 'lit';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';
import type { Column } from './table-columns.js';
import { tableStyles } from './table.styles.js';

/**
 * A list from the server: a native table that turns into cards below 560 px of its own width.
 * It never sorts or filters by itself; it asks, and the page loads the next page by cursor.
 * @element gx-table
 * @slot filters - search field and filters above the table
 * @slot empty - what to show when there are no rows (gx-empty)
 * @fires gx-sort - `{ sort }`: `key` ascending, `-key` descending
 * @fires gx-more - the next page is wanted (paging "more")
 * @fires gx-turn - `{ direction: 'next' | 'previous' }` (paging "pages")
 * @fires gx-csv - the export button was pressed
 */
export class GxTable<Row = Record<string, unknown>> extends KitElement {
  static override properties = {
    columns: { attribute: false }, rows: { attribute: false }, rowHref: { attribute: false }, rowKey: { attribute: false }, label: { type: String }, sort: { type: String }, loading: { type: Boolean },
    hasNext: { type: Boolean, attribute: 'has-next' }, hasPrevious: { type: Boolean, attribute: 'has-previous' }, paging: { type: String }, csv: { type: Boolean }, bare: { type: Boolean, reflect: true },
  };
  declare columns: readonly Column<Row>[];
  /** `undefined` while the first page is on its way. */
  declare rows: readonly Row[] | undefined;
  /** Address that a row leads to; the whole row can be pressed. */
  declare rowHref: ((row: Row) => string | undefined) | undefined;
  /** A stable name of a row, for rendering; the index if not given. */
  declare rowKey: ((row: Row) => string) | undefined;
  /** What the table lists, for screen readers. */
  declare label: string;
  declare sort: string;
  declare loading: boolean;
  declare hasNext: boolean;
  declare hasPrevious: boolean;
  declare paging: 'more' | 'pages' | 'none';
  /** Shows the export button. */
  declare csv: boolean;
  /** Without a line above the head, for a table directly below a heading. */
  declare bare: boolean;

  #sized: ResizeObserver | undefined;

  static override styles = tableStyles;

  constructor() {
    super();
    this.columns = []; this.rows = undefined; this.rowHref = undefined; this.rowKey = undefined; this.label = ''; this.sort = ''; this.loading = false; this.hasNext = false; this.hasPrevious = false;
    this.paging = 'more'; this.csv = false; this.bare = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sized ??= new ResizeObserver(() => this.#reach());
    this.#sized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sized?.disconnect();
  }

  protected override updated(): void { this.#reach(); }

  /** What scrolls sideways must be reachable by keyboard; what does not must not be a stop. */
  #reach(): void {
    const scroll = this.renderRoot.querySelector('.scroll');
    if (!scroll) return;
    if (scroll.scrollWidth > scroll.clientWidth + 1) for (const [name, value] of [['tabindex', '0'], ['role', 'region'], ['aria-label', this.label]] as const) scroll.setAttribute(name, value);
    else for (const name of ['tabindex', 'role', 'aria-label']) scroll.removeAttribute(name);
  }

  #ask(key: string): void { this.fire('gx-sort', { sort: this.sort === `-${key}` ? key : `-${key}` }); }

  #head(column: Column<Row>): unknown {
    const direction = this.sort === column.key ? 'ascending' : this.sort === `-${column.key}` ? 'descending' : nothing;
    return html`<th role="columnheader" scope="col" class="${column.align === 'end' ? 'end' : ''} ${column.wideOnly ? 'wide' : ''}" aria-sort=${direction}>${column.sortable
      ? html`<button type="button" @click=${() => this.#ask(column.key)}>${column.label}<gx-icon name=${direction === 'ascending' ? 'arrow-up' : direction === 'descending' ? 'arrow-down' : 'sort'}></gx-icon></button>`
      : column.label || html`<span class="visually-hidden">${kitText('actions')}</span>`}</th>`;
  }

  #cell(row: Row, column: Column<Row>, first: boolean): unknown {
    const shown = column.cell ? column.cell(row) : (row as Record<string, unknown>)[column.key];
    const href = first ? this.rowHref?.(row) : undefined;
    const classes = `${column.align === 'end' ? 'end ' : ''}${first ? 'first ' : ''}${column.wideOnly ? 'wide ' : ''}${column.label ? '' : 'silent'}`;
    return html`<td role="cell" class=${classes}><span class="name" aria-hidden="true">${column.label}</span><span class="cell">${href ? html`<a class="row" href=${href}>${shown ?? '–'}</a>` : shown ?? '–'}</span></td>`;
  }

  #sorter(): unknown {
    const sortable = this.columns.filter((column) => column.sortable);
    if (!sortable.length) return nothing;
    return html`<label class="sorter">${kitText('sortBy')}<select @change=${(event: Event) => this.fire('gx-sort', { sort: (event.target as HTMLSelectElement).value })}>
      ${sortable.flatMap((column) => [html`<option value="-${column.key}" ?selected=${this.sort === `-${column.key}`}>${column.label} ↓</option>`, html`<option value=${column.key} ?selected=${this.sort === column.key}>${column.label} ↑</option>`])}</select></label>`;
  }

  #foot(rows: readonly Row[]): unknown {
    if (this.paging === 'none' || !rows.length || (!this.hasNext && !this.hasPrevious && rows.length < 10)) return nothing;
    const button = (text: string, act: () => void, on: boolean, busy = false): unknown => html`<wa-button size="s" appearance="outlined" ?disabled=${!on} ?loading=${busy} @click=${act}>${text}</wa-button>`;
    return html`<div class="foot"><span role="status">${kitText('rowsShown', { n: rows.length })}${this.hasNext || this.paging === 'pages' ? '' : kitText('allShown') && ` · ${kitText('allShown')}`}</span>${this.paging === 'more'
      ? this.hasNext ? button(kitText('more'), () => this.fire('gx-more'), true, this.loading) : nothing
      : html`<span class="line">${button(kitText('previous'), () => this.fire('gx-turn', { direction: 'previous' }), this.hasPrevious)}${button(kitText('next'), () => this.fire('gx-turn', { direction: 'next' }), this.hasNext)}</span>`}</div>`;
  }

  protected override render(): unknown {
    const rows = this.rows ?? [];
    const first = this.columns.find((column) => column.primary) ?? this.columns[0];
    const bar = this.csv || this.querySelector('[slot="filters"]') !== null || this.columns.some((column) => column.sortable);
    return html`
      ${bar ? html`<div class="bar ${this.csv || this.querySelector('[slot="filters"]') ? '' : 'only-sort'}"><slot name="filters"></slot>${this.#sorter()}${this.csv ? html`<wa-button size="s" appearance="outlined" @click=${() => this.fire('gx-csv')}><gx-icon slot="start" name="download"></gx-icon>${kitText('exportCsv')}</wa-button>` : nothing}</div>` : nothing}
      ${this.rows === undefined ? html`<div class="wait"><gx-skeleton shape="table"></gx-skeleton></div>`
      : rows.length === 0 ? html`<slot name="empty"><gx-empty></gx-empty></slot>`
      : html`<div class="scroll ${this.loading ? 'busy' : ''}"><table role="table" aria-label=${this.label} aria-busy=${this.loading ? 'true' : 'false'}>
          <thead role="rowgroup"><tr role="row">${this.columns.map((column) => this.#head(column))}</tr></thead>
          <tbody role="rowgroup">${rows.map((row) => html`<tr role="row" class=${this.rowHref?.(row) ? 'linked' : ''}>${this.columns.map((column) => this.#cell(row, column, column === first))}</tr>`)}</tbody>
        </table></div>`}
      ${this.#foot(rows)}`;
  }
}
