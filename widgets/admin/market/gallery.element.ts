import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import { t } from '../texts.js';
import type { Picture } from './market-types.js';

/**
 * The pictures of a module: one large, the others as a row to choose from. Pressing the large one shows it as wide as the screen allows; there
 * arrow keys and buttons go from one to the next.
 * @element gx-gallery
 */
export class Gallery extends KitElement {
  static override properties = { pictures: { attribute: false }, at: { state: true }, large: { state: true } };
  declare pictures: readonly Picture[];
  declare at: number;
  declare large: boolean;

  static override styles = [kitStyles, css`
    figure button, .row button { display: block; padding: 0; border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); background: var(--gx-sunken); overflow: clip; cursor: pointer; }
    figure button, .row button, .full { position: relative; } figure button::after, .row button::after, .full::after { content: ''; position: absolute; inset: 0; background: light-dark(transparent, rgb(0 0 0 / .12)); pointer-events: none; }
    .big { inline-size: 100%; } img { display: block; inline-size: 100%; block-size: auto; aspect-ratio: 16 / 10; }
    .row { margin-block-start: 8px; } .row button { inline-size: 96px; border-radius: var(--gx-radius); } .row button[aria-current='true'] { border-color: var(--gx-accent); box-shadow: 0 0 0 1px var(--gx-accent); }
    figcaption { margin-block-start: 8px; color: var(--gx-muted); font-size: var(--gx-font-small); text-wrap: pretty; }
    .full { border: 1px solid var(--gx-border); border-radius: var(--gx-radius); background: var(--gx-sunken); overflow: clip; } .full + p { margin-block-start: 12px; }
  `];

  constructor() { super(); this.pictures = []; this.at = 0; this.large = false; }

  #step(by: number): void { this.at = (this.at + by + this.pictures.length) % this.pictures.length; }

  #key(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by) { event.preventDefault(); this.#step(by); }
  }

  async #close(event: Event): Promise<void> {
    event.stopPropagation();
    this.large = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.big')?.focus();
  }

  protected override render(): unknown {
    const { pictures } = this;
    const picture = pictures[this.at] ?? pictures[0];
    if (!picture) return nothing;
    const alt = localised(picture.alt), n = this.at + 1, total = pictures.length;
    return html`<figure><button type="button" class="big" aria-label="${t('module.enlarge', { n })}: ${alt}" @click=${() => { this.large = true; }}><img src=${picture.url} alt="" width="1280" height="800"></button><figcaption aria-live="polite">${alt}</figcaption></figure>
      ${total > 1 ? html`<div class="row" role="group" aria-label=${t('module.pictures')}>${pictures.map((each, index) => html`<button type="button" aria-current=${index === this.at ? 'true' : 'false'} aria-label=${t('module.pictureOf', { n: index + 1, total })} @click=${() => { this.at = index; }}><img src=${each.url} alt="" width="96" height="60"></button>`)}</div>` : nothing}
      <gx-dialog wide label=${t('module.pictureOf', { n, total })} ?open=${this.large} @gx-close=${this.#close} @keydown=${this.#key}><div class="full"><img src=${picture.url} alt=${alt} width="1280" height="800"></div><p class="muted" aria-live="polite">${alt}</p>
        ${total > 1 ? html`<wa-button slot="footer" appearance="outlined" @click=${() => this.#step(-1)}><gx-icon slot="start" name="chevron-left"></gx-icon>${t('module.pictureBefore')}</wa-button><wa-button slot="footer" appearance="outlined" @click=${() => this.#step(1)}>${t('module.pictureNext')}<gx-icon slot="end" name="chevron-right"></gx-icon></wa-button>` : nothing}</gx-dialog>`;
  }
}
define('gx-gallery', Gallery);
