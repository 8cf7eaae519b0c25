import { css, html, nothing } from 'lit';
import { KitElement } from './kit-element.js';

/**
 * A bordered surface with a heading. Cards group; they do not nest.
 * @element gx-card
 * @slot - the content
 * @slot actions - small buttons or a link at the end of the heading
 * @slot footer - a line below the content
 */
export class GxCard extends KitElement {
  static override properties = { heading: { type: String }, subtitle: { type: String }, icon: { type: String }, flush: { type: Boolean, reflect: true } };
  declare heading: string;
  declare subtitle: string;
  declare icon: string;
  /** No padding around the content, for a table or a list that draws its own lines. */
  declare flush: boolean;

  static override styles = css`
    :host { display: block; min-inline-size: 0; }
    section { display: flex; flex-direction: column; block-size: 100%; box-sizing: border-box; border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); background: var(--gx-surface); box-shadow: var(--gx-shadow); overflow: clip; container: card / inline-size; }
    header { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; justify-content: space-between; padding: 14px 16px 0; }
    .text { min-inline-size: 0; flex: 1 1 auto; max-inline-size: 100%; }
    h2 { display: flex; gap: 8px; align-items: center; margin: 0; font-size: var(--gx-font-h2); font-weight: 600; line-height: 1.4; }
    gx-icon { color: var(--gx-muted); }
    p { margin: 2px 0 0; color: var(--gx-muted); font-size: var(--gx-font-small); text-wrap: pretty; }
    .body { flex: 1; min-inline-size: 0; padding: 12px 16px 16px; }
    :host([flush]) .body { padding: 0; }
    :host([flush]) header { padding-block-end: 12px; }
    section:not(:has(header)) .body { padding-block-start: 16px; }
    :host([flush]) section:not(:has(header)) .body { padding: 0; }
    slot[name='footer']::slotted(*) { padding: 10px 16px; border-block-start: 1px solid var(--gx-border); }
  `;

  constructor() { super(); this.heading = ''; this.subtitle = ''; this.icon = ''; this.flush = false; }

  protected override render(): unknown {
    return html`<section>
      ${this.heading ? html`<header><div class="text"><h2>${this.icon ? html`<gx-icon name=${this.icon}></gx-icon>` : nothing}<span>${this.heading}</span></h2>${this.subtitle ? html`<p>${this.subtitle}</p>` : nothing}</div><slot name="actions"></slot></header>` : nothing}
      <div class="body"><slot></slot></div>
      <slot name="footer"></slot>
    </section>`;
  }
}
