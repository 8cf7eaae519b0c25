import { css } from 'lit';

/** Styles of gx-table. Cells may use the classes `muted`, `small`, `strong`, `num`, `clip`, `stacked`, `nowrap`, `mono`, `link-button`. */
export const tableStyles = css`
  :host { display: block; container: table / inline-size; min-inline-size: 0; }
  .bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; justify-content: space-between; padding: 12px 16px; }
  .bar slot[name='filters'] { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; flex: 1 1 auto; min-inline-size: 0; }
  .sorter { display: none; align-items: center; gap: 6px; color: var(--gx-muted); font-size: var(--gx-font-small); }
  select { font: inherit; color: var(--gx-text); background: var(--gx-surface); border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); min-block-size: 36px; padding: 0 8px; }
  .scroll { overflow-x: auto; position: relative; }
  table { inline-size: 100%; border-collapse: collapse; font-size: var(--gx-font-body); }
  th, td { padding: 10px 12px; text-align: start; vertical-align: middle; border-block-end: 1px solid var(--gx-border); }
  th:first-child, td:first-child { padding-inline-start: 16px; } th:last-child, td:last-child { padding-inline-end: 16px; }
  tbody tr:last-child td { border-block-end: 0; }
  th { color: var(--gx-muted); font-size: var(--gx-font-small); font-weight: 500; white-space: nowrap; background: var(--gx-surface); padding-block: 8px; }
  thead th { border-block-start: 1px solid var(--gx-border); }
  :host([bare]) thead th { border-block-start: 0; }
  .end { text-align: end; font-variant-numeric: tabular-nums; }
  th button { display: inline-flex; align-items: center; gap: 4px; margin: -4px -6px; padding: 4px 6px; border: 0; border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer; min-block-size: 28px; }
  th button:hover { color: var(--gx-text); background: var(--gx-sunken); }
  th button gx-icon { inline-size: 1em; block-size: 1em; opacity: .5; } th[aria-sort] button { color: var(--gx-text); } th[aria-sort] gx-icon { opacity: 1; }
  tbody tr { position: relative; }
  tbody tr.linked:hover { background: var(--gx-hover); }
  a { color: inherit; font-weight: 500; text-decoration: none; }
  a.row::after { content: ''; position: absolute; inset: 0; }
  a.row:hover { text-decoration: underline; text-underline-offset: 3px; }
  td gx-menu, td wa-button, td button, td a:not(.row) { position: relative; z-index: 1; }
  td a:not(.row) { color: var(--gx-link); text-decoration: underline; text-underline-offset: 3px; font-weight: inherit; }
  :focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 2px; border-radius: 4px; }
  a.row:focus-visible { outline: none; } a.row:focus-visible::after { outline: 2px solid var(--gx-focus); outline-offset: -2px; border-radius: 4px; }
  .muted { color: var(--gx-muted); } .small { font-size: var(--gx-font-small); } .strong { font-weight: 600; } .num { font-variant-numeric: tabular-nums; }
  .positive { color: var(--gx-success); } .negative { color: var(--gx-danger); }
  .clip { display: block; max-inline-size: 32ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .nowrap { white-space: nowrap; } .mono { font-family: ui-monospace, Menlo, Consolas, monospace; white-space: nowrap; }
  .link-button { min-block-size: 24px; padding: 0; border: 0; background: none; color: var(--gx-link); font: inherit; font-variant-numeric: tabular-nums; text-align: inherit; text-decoration: underline; text-underline-offset: 3px; text-decoration-thickness: 1px; cursor: pointer; }
  .stacked { display: flex; flex-direction: column; } .line { display: inline-flex; gap: 6px; align-items: center; flex-wrap: wrap; }
  .foot { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; padding: 10px 16px; border-block-start: 1px solid var(--gx-border); color: var(--gx-muted); font-size: var(--gx-font-small); }
  .busy { opacity: .55; }
  .visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .wait { padding: 4px 16px 12px; }
  @container table (max-width: 560px) {
    .sorter { display: inline-flex; }
    .scroll { overflow: visible; }
    table, tbody, tr, td { display: block; }
    thead { display: none; }
    table { border-block-start: 1px solid var(--gx-border); }
    tbody tr { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 3px 16px; padding: 12px 16px; border-block-end: 1px solid var(--gx-border); }
    tbody tr:last-child { border-block-end: 0; }
    td, td:first-child, td:last-child { display: contents; }
    td.wide { display: none; }
    td > .name { color: var(--gx-muted); font-size: var(--gx-font-small); grid-column: 1; align-self: center; justify-self: start; text-align: start; white-space: nowrap; }
    td > .cell { grid-column: 2; justify-self: end; text-align: end; min-inline-size: 0; max-inline-size: 100%; overflow-wrap: anywhere; }
    td.first > .name { display: none; }
    td.first > .cell { grid-column: 1 / -1; justify-self: start; text-align: start; font-size: var(--gx-font-body); padding-block-end: 2px; }
    td.silent > .name { display: none; } td.silent > .cell { grid-column: 1 / -1; }
    tr:has(td.silent gx-menu) td.first > .cell { padding-inline-end: 44px; }
    td.silent:has(gx-menu) > .cell { position: absolute; inset-block-start: 6px; inset-inline-end: 8px; }
    .clip { max-inline-size: 52cqi; } td.first .clip { max-inline-size: 84cqi; }
  }
  @container table (max-width: 720px) { th.wide, td.wide, td.wide:first-child, td.wide:last-child { display: none; } }
  @container table (min-width: 560.1px) { td > .name { display: none; } }
`;
