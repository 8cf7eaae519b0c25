import { css, html, nothing } from 'lit';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';

/**
 * The frame of every page: one title, actions beside it, a banner only when something needs the merchant, then the content.
 * Its content may use the container `page` (`@container page (min-width: 768px)`).
 * @element gx-page
 * @slot - the content
 * @slot actions - buttons; one primary action per page
 * @slot banner - a callout above the content
 * @slot meta - a line below the title (state, dates)
 */
export class GxPage extends KitElement {
  static override properties = { heading: { type: String }, subtitle: { type: String }, back: { type: String }, backLabel: { type: String, attribute: 'back-label' }, narrow: { type: Boolean, reflect: true } };
  declare heading: string;
  /** One sentence below the title. */
  declare subtitle: string;
  /** Address of the page above this one; shows a back link. */
  declare back: string;
  declare backLabel: string;
  /** For forms: 720 px in place of 1040. */
  declare narrow: boolean;

  static override styles = css`
    :host { display: block; container: page / inline-size; }
    .frame { max-inline-size: 1040px; margin-inline: auto; padding: 24px 16px 64px; display: flex; flex-direction: column; gap: 20px; box-sizing: border-box; }
    :host([narrow]) .frame { max-inline-size: 760px; }
    header { display: flex; flex-wrap: wrap; gap: 12px 16px; align-items: flex-start; justify-content: space-between; }
    .title { min-inline-size: 0; flex: 1 1 260px; }
    h1 { margin: 0; font-size: var(--gx-font-h1); font-weight: 600; line-height: 1.35; overflow-wrap: anywhere; text-wrap: balance; }
    h1:focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 4px; border-radius: 4px; }
    h1:focus:not(:focus-visible) { outline: none; }
    p { margin: 2px 0 0; color: var(--gx-muted); text-wrap: pretty; }
    .back { display: inline-flex; align-items: center; gap: 4px; margin-block-end: 4px; color: var(--gx-muted); font-size: var(--gx-font-small); text-decoration: none; min-block-size: 24px; }
    .back:hover { color: var(--gx-text); text-decoration: underline; text-underline-offset: 3px; }
    .back:focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 2px; border-radius: 4px; }
    slot[name='actions'] { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
    ::slotted([slot='banner']) { display: block; }
    ::slotted(wa-button:not([slot])) { align-self: flex-start; }
    slot[name='meta']::slotted(*) { margin-block-start: 6px; }
    .content { display: flex; flex-direction: column; gap: 16px; min-inline-size: 0; }
    @container page (min-width: 768px) { .frame { padding-inline: 24px; } }
  `;

  constructor() { super(); this.heading = ''; this.subtitle = ''; this.back = ''; this.backLabel = ''; this.narrow = false; }

  /** Moves focus to the title, as after a change of page. */
  override focus(): void { this.renderRoot.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }); }

  protected override render(): unknown {
    return html`<div class="frame">
      <header>
        <div class="title">
          ${this.back ? html`<a class="back" href=${this.back}><gx-icon name="arrow-left" flip-rtl></gx-icon>${this.backLabel || kitText('back')}</a>` : nothing}
          <h1 tabindex="-1">${this.heading}</h1>
          ${this.subtitle ? html`<p>${this.subtitle}</p>` : nothing}
          <slot name="meta"></slot>
        </div>
        <slot name="actions"></slot>
      </header>
      <slot name="banner"></slot>
      <div class="content"><slot></slot></div>
    </div>`;
  }
}
