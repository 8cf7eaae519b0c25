import { css, html, type TemplateResult } from 'lit';
import { formatNumber } from 'guanxi/kit';
import { pictureStyles, slicesOf, wheelPicture } from '../../storefront/wheel/picture.js';
import type { Panel } from './game.js';

/** The wheel as shoppers will see it, by the same drawing. */
export const wheelPreview = (panel: Panel, titles: readonly string[], blanks: number): TemplateResult =>
  html`<svg viewBox="-164 -164 328 328" aria-hidden="true">${wheelPicture(slicesOf(titles.length ? titles : [''], blanks > 0 ? panel.t('wheel.nothing') : undefined), 0)}</svg>`;

/** The first days of a check-in. */
export const tilesPreview = (panel: Panel, cycle: readonly number[]): TemplateResult =>
  html`<ol class="tiles7" aria-hidden="true">${cycle.slice(0, 7).map((points, at) => html`<li class=${at === 0 ? 'today' : ''}><span>${panel.t('checkIn.short', { day: at + 1 })}</span><b>+${Number.isFinite(points) ? formatNumber(points) : '–'}</b></li>`)}</ol>`;

/** A price tag whose price nobody knows yet. */
export const tagPreview = (): TemplateResult => html`<svg viewBox="0 0 200 140" aria-hidden="true" class="tag"><path d="M64 16h112a12 12 0 0 1 12 12v84a12 12 0 0 1-12 12H64L16 78a12 12 0 0 1 0-16z"/><circle cx="52" cy="70" r="8"/><text x="122" y="92">?</text></svg>`;

export const previewStyles = [pictureStyles, css`
  :host { --_accent: var(--gx-accent); --_on-accent: var(--gx-on-accent); --_surface: var(--gx-surface); --_text: var(--gx-text); --_muted: var(--gx-muted); }
  svg { margin-inline: auto; }
  .template { display: flex; flex-direction: column; gap: 12px; block-size: 100%; }
  .template p { flex: 1; }
  .stage { display: grid; place-items: center; min-block-size: 216px; }
  .stage svg { inline-size: 208px; }
  .tag { inline-size: min(100%, 160px); } .tag path { fill: var(--gx-accent-soft); stroke: var(--gx-accent); stroke-width: 3; } .tag circle { fill: var(--gx-surface); stroke: var(--gx-accent); stroke-width: 3; } .tag text { fill: var(--gx-accent); font-size: 64px; font-weight: 700; text-anchor: middle; }
  li > gx-card { block-size: 100%; }
  ol.tiles7 { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 6px; inline-size: 100%; padding: 0; list-style: none; }
  .tiles7 li { display: grid; justify-items: center; padding: 6px 2px; border: 1px solid var(--gx-border); border-radius: 8px; color: var(--gx-muted); font-size: var(--gx-font-tiny); }
  .tiles7 li:nth-child(7) { grid-column: span 2; background: var(--gx-accent-soft); color: var(--gx-text); }
  .tiles7 b { color: var(--gx-text); font-size: 1rem; font-weight: 600; font-variant-numeric: tabular-nums; }
  .tiles7 .today { border-color: var(--gx-accent); box-shadow: 0 0 0 1px var(--gx-accent); }
`];
