import { css } from 'lit';

/**
 * Styles for pages and panels of the admin: `static override styles = [kitStyles, css`…`]`.
 * Colours come from the tokens (`--gx-text`, `--gx-muted`, `--gx-surface`, `--gx-accent`, …), so light and dark need no rule of their own.
 *
 * Classes: `stack` (vertical rhythm), `row` (wrapping line), `spread` (row with ends apart), `grid` (cards side by side), `columns` (2 : 1 from 768 px),
 * `tiles` (up to four key numbers), `muted`, `small`, `strong`, `num` (tabular figures), `end`, `visually-hidden`, `link-button`, `select` (a native select), `definition` (on a dl), `bare` (on a Web Awesome control: keeps its label for screen readers only).
 */
export const kitStyles = css`
  :host { display: block; color: var(--gx-text); font-size: var(--gx-font-body); line-height: 1.5; }
  :host(:lang(zh)) { line-height: 1.65; }
  :host([hidden]), [hidden] { display: none !important; }
  *, ::before, ::after { box-sizing: border-box; }
  h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; }
  h2 { font-size: var(--gx-font-h2); font-weight: 600; line-height: 1.4; }
  h3 { font-size: var(--gx-font-body); font-weight: 600; line-height: 1.4; }
  p { text-wrap: pretty; }
  ul, ol { padding-inline-start: 20px; }
  ul.plain, ol.plain { padding: 0; list-style: none; }
  a { color: var(--gx-link); text-underline-offset: 3px; text-decoration-thickness: 1px; }
  :focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 2px; border-radius: 4px; }
  .stack { display: flex; flex-direction: column; gap: 16px; }
  .stack.tight { gap: 8px; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
  .spread { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; }
  .grid { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); }
  .tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 210px), 1fr)); }
  .columns { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
  .muted { color: var(--gx-muted); }
  .small { font-size: var(--gx-font-small); }
  .strong { font-weight: 600; }
  .num { font-variant-numeric: tabular-nums; }
  .end { text-align: end; }
  .positive { color: var(--gx-success); }
  .negative { color: var(--gx-danger); }
  .clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .bare::part(label), .bare::part(form-control-label) { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  select.select { min-block-size: 36px; max-inline-size: 100%; padding: 4px 8px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); color: var(--gx-text); font: inherit; }
  .link-button { border: 0; padding: 0; background: none; font: inherit; color: var(--gx-link); text-decoration: underline; text-underline-offset: 3px; text-decoration-thickness: 1px; cursor: pointer; }
  dl.definition { display: grid; grid-template-columns: minmax(90px, max-content) minmax(0, 1fr); gap: 6px 16px; }
  dl.definition dt { color: var(--gx-muted); }
  dl.definition dd { overflow-wrap: anywhere; }
  @container page (min-width: 768px) { .columns { grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); } }
  @container page (max-width: 560px) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
`;
