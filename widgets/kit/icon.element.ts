import { css, html, svg } from 'lit';
import { KitElement } from './kit-element.js';
import { iconPath } from './icon-paths.js';

/**
 * An icon of the product, drawn inline (nothing is fetched). Decorative unless it has a `label`.
 * @element gx-icon
 * @cssprop --gx-icon-stroke - 1.75 if not set
 */
export class GxIcon extends KitElement {
  static override properties = { name: { type: String }, label: { type: String } };
  /** Name in `icon-paths.ts`, e.g. `star`, `coins`, `ticket`. */
  declare name: string;
  /** Text for screen readers; leave it out when a visible text stands beside the icon. */
  declare label: string;

  static override styles = css`
    :host { display: inline-flex; inline-size: 1.25em; block-size: 1.25em; flex: none; vertical-align: -0.25em; }
    svg { inline-size: 100%; block-size: 100%; fill: none; stroke: currentColor; stroke-width: var(--gx-icon-stroke, 1.75); stroke-linecap: round; stroke-linejoin: round; }
    :host([flip-rtl]:dir(rtl)) svg { transform: scaleX(-1); }
  `;

  constructor() { super(); this.name = ''; this.label = ''; }

  protected override render(): unknown {
    return html`<svg viewBox="0 0 24 24" role=${this.label ? 'img' : 'presentation'} aria-label=${this.label || ''} aria-hidden=${this.label ? 'false' : 'true'}>${svg`<path d=${iconPath(this.name)}></path>`}</svg>`;
  }
}
