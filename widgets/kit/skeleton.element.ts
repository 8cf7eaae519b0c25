import { css, html } from 'lit';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';

/**
 * Grey shapes in the place of content that is on its way. Give it the shape of what comes, so that nothing moves.
 * @element gx-skeleton
 */
export class GxSkeleton extends KitElement {
  static override properties = { shape: { type: String, reflect: true }, lines: { type: Number } };
  /** `text` lines, a `card`, a `chart`, a `table`, `tiles` or a whole `page`. */
  declare shape: 'text' | 'card' | 'chart' | 'table' | 'tiles' | 'page';
  declare lines: number;

  static override styles = css`
    :host { display: block; }
    .block, i { display: block; background: var(--gx-sunken); border-radius: 6px; }
    i { block-size: 12px; margin-block: 10px; }
    i:nth-child(3n + 2) { inline-size: 82%; } i:nth-child(3n) { inline-size: 64%; }
    .card, .tile { border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); background: var(--gx-surface); padding: 8px 16px; }
    .chart { block-size: 240px; } .table i { block-size: 16px; margin-block: 20px; inline-size: auto; }
    .tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); } .tile { block-size: 92px; box-sizing: border-box; }
    .page { max-inline-size: 1040px; margin-inline: auto; padding: 24px 16px; display: grid; gap: 20px; }
    .title { block-size: 26px; inline-size: 200px; }
    @media (prefers-reduced-motion: no-preference) { .block, i { animation: breathe 1.6s ease-in-out infinite; } }
    @keyframes breathe { 50% { opacity: .55; } }
  `;

  constructor() { super(); this.shape = 'text'; this.lines = 3; }

  #shape(shape: GxSkeleton['shape']): unknown {
    const lines = (count: number): unknown => Array.from({ length: count }, () => html`<i></i>`);
    switch (shape) {
      case 'chart': return html`<div class="block chart"></div>`;
      case 'table': return html`<div class="table">${lines(Math.max(this.lines, 6))}</div>`;
      case 'card': return html`<div class="card">${lines(this.lines)}</div>`;
      case 'tiles': return html`<div class="tiles">${[0, 1, 2, 3].map(() => html`<div class="tile"><i></i><i></i></div>`)}</div>`;
      case 'page': return html`<div class="page"><div class="block title"></div>${this.#shape('tiles')}<div class="card"><div class="block chart"></div></div></div>`;
      default: return html`<div>${lines(this.lines)}</div>`;
    }
  }

  protected override render(): unknown { return html`<div role="status" aria-busy="true" aria-label=${kitText('loading')}><div aria-hidden="true">${this.#shape(this.shape)}</div></div>`; }
}
