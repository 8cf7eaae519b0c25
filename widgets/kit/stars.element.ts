import { css, html, svg } from 'lit';
import { iconPath } from './icon-paths.js';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';
import { formatNumber } from './format.js';

/**
 * A rating from 0 to 5 as stars, read out as one sentence.
 * @element gx-stars
 */
export class GxStars extends KitElement {
  static override properties = { value: { type: Number }, number: { type: Boolean } };
  declare value: number;
  /** Writes the number beside the stars. */
  declare number: boolean;

  static override styles = css`
    :host { display: inline-flex; align-items: center; gap: 4px; white-space: nowrap; }
    span { display: inline-flex; }
    svg { inline-size: 1.1em; block-size: 1.1em; fill: none; stroke: var(--gx-star); stroke-width: 1.75; stroke-linejoin: round; }
    .full { fill: var(--gx-star); }
    b { font-weight: 500; font-variant-numeric: tabular-nums; }
  `;

  constructor() { super(); this.value = 0; this.number = false; }

  protected override render(): unknown {
    const path = iconPath('star');
    return html`<span role="img" aria-label=${kitText('stars', { n: formatNumber(this.value, 1) })}>${[0, 1, 2, 3, 4].map((index) => {
      const share = Math.max(0, Math.min(1, this.value - index));
      return html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${path} class=${share >= 0.75 ? 'full' : ''}></path>${share >= 0.25 && share < 0.75 ? svg`<path class="full" d=${path} clip-path="inset(0 50% 0 0)"></path>` : ''}`}</svg>`;
    })}</span>${this.number ? html`<b aria-hidden="true">${formatNumber(this.value, 1)}</b>` : ''}`;
  }
}
