import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import { t } from '../texts.js';
import type { Picture } from './market-types.js';

/**
 * The pictures of a module: one large, the others as a row to choose from. Pressing the large one shows it as wide as the screen allows.
 * @element gx-gallery
 */
export class Gallery extends KitElement {
  static override properties = { pictures: { attribute: false }, at: { state: true }, large: { state: true } };
  declare pictures: readonly Picture[];
  declare at: number;
  declare large: boolean;

  static override styles = [kitStyles, css`
    button { display: block; padding: 0; border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); background: var(--gx-sunken); overflow: clip; cursor: pointer; }
    button { position: relative; } button::after { content: ''; position: absolute; inset: 0; background: light-dark(transparent, rgb(0 0 0 / .2)); }
    .big { inline-size: 100%; } img { display: block; inline-size: 100%; block-size: auto; aspect-ratio: 16 / 10; }
    .row { margin-block-start: 8px; } .row button { inline-size: 96px; border-radius: var(--gx-radius); } .row button[aria-current='true'] { border-color: var(--gx-accent); box-shadow: 0 0 0 1px var(--gx-accent); }
    figcaption { margin-block-start: 8px; color: var(--gx-muted); font-size: var(--gx-font-small); text-wrap: pretty; }
    .full { border-radius: var(--gx-radius); }
  `];

  constructor() { super(); this.pictures = []; this.at = 0; this.large = false; }

  protected override render(): unknown {
    const { pictures } = this;
    const picture = pictures[this.at] ?? pictures[0];
    if (!picture) return nothing;
    const alt = localised(picture.alt), n = this.at + 1, total = pictures.length;
    return html`<figure><button type="button" class="big" aria-label="${t('module.enlarge', { n })}: ${alt}" @click=${() => { this.large = true; }}><img src=${picture.url} alt="" width="1280" height="800"></button><figcaption aria-live="polite">${alt}</figcaption></figure>
      ${total > 1 ? html`<div class="row" role="group" aria-label=${t('module.pictures')}>${pictures.map((each, index) => html`<button type="button" aria-current=${index === this.at ? 'true' : 'false'} aria-label=${t('module.pictureOf', { n: index + 1, total })} @click=${() => { this.at = index; }}><img src=${each.url} alt="" width="96" height="60"></button>`)}</div>` : nothing}
      <gx-dialog wide label=${t('module.pictureOf', { n, total })} ?open=${this.large} @gx-close=${(event: Event) => { event.stopPropagation(); this.large = false; }}><img class="full" src=${picture.url} alt=${alt} width="1280" height="800"></gx-dialog>`;
  }
}
define('gx-gallery', Gallery);
