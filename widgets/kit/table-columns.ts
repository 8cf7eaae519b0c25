/** How one column of a `gx-table` is shown. */
export interface Column<Row = Record<string, unknown>> {
  /** Name of the column and of its sort key. */
  readonly key: string;
  readonly label: string;
  /** Numbers stand at the end, in tabular figures. */
  readonly align?: 'start' | 'end';
  /** The server can order by this column. */
  readonly sortable?: boolean;
  /** The heading of the card on narrow screens; also carries the row's link. One per table, by default the first. */
  readonly primary?: boolean;
  /** Left out of the cards on narrow screens. */
  readonly wideOnly?: boolean;
  /** What the cell shows: text, a number or a Lit template; `row[key]` if not given. */
  readonly cell?: (row: Row) => unknown;
}
