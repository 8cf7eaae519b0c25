import { css, html, nothing } from 'lit';
import { formatDateTime, formatRelative } from './format.js';
import { KitElement } from './kit-element.js';

/** One thing that happened. `title` and `detail` are in the page's language already. */
export interface TimelineItem {
  readonly id: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly icon: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly href?: string | undefined;
  /** Where it comes from, e.g. the plugin's title. */
  readonly source?: string | undefined;
}

/**
 * What happened, newest first.
 * @element gx-timeline
 */
export class GxTimeline extends KitElement {
  static override properties = { items: { attribute: false }, now: { type: Number } };
  declare items: readonly TimelineItem[];
  /** UTC milliseconds; the moment from which “3 days ago” counts. */
  declare now: number;

  static override styles = css`
    :host { display: block; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { position: relative; display: grid; grid-template-columns: 32px minmax(0, 1fr); gap: 12px; padding-block-end: 18px; }
    li:last-child { padding-block-end: 0; }
    li:not(:last-child)::before { content: ''; position: absolute; inset-block: 32px 0; inset-inline-start: 15.5px; border-inline-start: 1px solid var(--gx-border); }
    .mark { display: grid; place-items: center; inline-size: 32px; block-size: 32px; border-radius: 50%; background: var(--gx-sunken); color: var(--gx-muted); }
    .mark gx-icon { inline-size: 17px; block-size: 17px; }
    p { margin: 0; overflow-wrap: anywhere; text-wrap: pretty; }
    .title { line-height: 1.45; padding-block-start: 5px; } a { color: inherit; text-underline-offset: 3px; }
    .detail { color: var(--gx-muted); }
    .when { color: var(--gx-muted); font-size: var(--gx-font-tiny); }
  `;

  constructor() { super(); this.items = []; this.now = 0; }

  protected override render(): unknown {
    return html`<ol>${this.items.map((item) => html`<li><span class="mark" aria-hidden="true"><gx-icon name=${item.icon}></gx-icon></span><div>
      <p class="title">${item.href ? html`<a href=${item.href}>${item.title}</a>` : item.title}</p>
      ${item.detail ? html`<p class="detail">${item.detail}</p>` : nothing}
      <p class="when"><time datetime=${new Date(item.at).toISOString()} title=${formatDateTime(item.at)}>${this.now && Math.abs(this.now - item.at) < 172_800_000 ? formatRelative(item.at, this.now) : formatDateTime(item.at)}</time>${item.source ? html` · ${item.source}` : nothing}</p>
    </div></li>`)}</ol>`;
  }
}
