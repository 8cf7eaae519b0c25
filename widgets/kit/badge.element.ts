import { css, html, nothing } from 'lit';
import { KitElement } from './kit-element.js';

export type Tone = 'neutral' | 'success' | 'warning' | 'danger' | 'info';

/**
 * A state in one or two words. The text says it; the colour only helps.
 * @element gx-badge
 * @slot - the text
 */
export class GxBadge extends KitElement {
  static override properties = { tone: { type: String, reflect: true }, icon: { type: String } };
  declare tone: Tone;
  declare icon: string;

  static override styles = css`
    :host { --_fill: var(--gx-sunken); --_text: var(--gx-text); display: inline-flex; align-items: center; gap: 4px; max-inline-size: 100%; padding: 1px 8px; border-radius: 999px; background: var(--_fill); color: var(--_text); font-size: var(--gx-font-tiny); font-weight: 500; line-height: 1.6; white-space: nowrap; }
    :host([tone='success']) { --_fill: var(--gx-success-fill); --_text: var(--gx-success); }
    :host([tone='warning']) { --_fill: var(--gx-warning-fill); --_text: var(--gx-warning); }
    :host([tone='danger']) { --_fill: var(--gx-danger-fill); --_text: var(--gx-danger); }
    :host([tone='info']) { --_fill: var(--gx-info-fill); --_text: var(--gx-info); }
    gx-icon { inline-size: 1em; block-size: 1em; }
  `;

  constructor() { super(); this.tone = 'neutral'; this.icon = ''; }

  protected override render(): unknown { return html`${this.icon ? html`<gx-icon name=${this.icon}></gx-icon>` : nothing}<slot></slot>`; }
}
