import { css, html, nothing, type TemplateResult } from 'lit';
import { PluginElement, shopperStyles } from 'guanxi/widgets';
import type { WriteForm } from './product-reviews/write-form.js';

interface Review { readonly id: string; readonly stars: number | null; readonly title: string | null; readonly body: string; readonly author: string | null; readonly verified: boolean; readonly writtenAt: number; readonly language: string; readonly reply: string | null }
export interface Standing { readonly mayWrite: boolean; readonly review: { readonly visible: boolean; readonly writtenAt: number } | null }
interface Page { readonly summary: { readonly count: number; readonly average: number | null; readonly stars: readonly number[] }; readonly items: readonly Review[]; readonly next?: string; readonly you?: Standing }

/** Longer texts begin folded. */
const LONG = 420;
const FIVE = [0, 20, 40, 60, 80].map((x) => `M${x + 10} 1.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z`).join('');

/** What buyers say about a product: average, distribution, reviews. Writing one is a chunk of its own. */
export default class ProductReviews extends PluginElement {
  static override properties = { shown: { state: true }, problem: { state: true }, form: { state: true } };
  declare shown: Page | undefined;
  declare problem: unknown;
  declare form: WriteForm | undefined;
  #busy = false;
  #open = new Set<string>();

  static override styles = [shopperStyles, css`
    .card { container: card / inline-size; }
    .top { display: grid; gap: 16px 32px; align-items: center; }
    .sum, .who { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; }
    .sum b { font-size: 2.5em; line-height: 1; font-variant-numeric: tabular-nums; }
    svg { block-size: 1.15em; fill: var(--_border); }
    .on { fill: var(--gx-star, #b7791f); }
    ol { display: grid; gap: 4px; margin: 0; padding: 0; list-style: none; font-size: .875em; }
    li { display: grid; grid-template-columns: 1.5em 1fr 2.5em; gap: 8px; align-items: center; font-variant-numeric: tabular-nums; }
    li svg { inline-size: 100%; block-size: 8px; border-radius: 4px; background: var(--_border); }
    article { padding-block: 20px; border-block-start: 1px solid var(--_border); outline-offset: -3px; }
    .top + * { margin-block-start: 16px; }
    h3 { margin-block: 6px 2px; font-size: 1em; }
    .text { margin-block: 4px 0; max-inline-size: 68ch; white-space: pre-line; overflow-wrap: anywhere; }
    .cut { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
    .link { min-block-size: 32px; padding: 0; border: 0; background: none; color: inherit; font: inherit; text-decoration: underline; text-underline-offset: 3px; cursor: pointer; }
    .reply { margin: 12px 0 0; padding: 12px 16px; border-radius: 8px; background: var(--_soft); }
    @container card (min-width: 600px) { .top { grid-template-columns: auto minmax(0, 320px) 1fr; } .top .button { justify-self: end; } }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  /** The first page, or the one after what is shown. */
  async load(next?: string): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.problem = undefined;
    try {
      const page = await this.context.api.get<Page>(`products/${encodeURIComponent(this.context.data['sku'] ?? '')}/reviews`, { limit: next ? 10 : 5, cursor: next });
      const before = next && this.shown;
      this.shown = before ? { ...page, ...(before.you && { you: before.you }), items: [...before.items, ...page.items] } : page;
      if (before) {
        await this.updateComplete;
        this.renderRoot.querySelectorAll('article')[before.items.length]?.focus();
      }
    } catch (error) {
      this.problem = this.explain(error);
    }
    this.#busy = false;
    this.requestUpdate();
  }

  async #write(): Promise<void> {
    try {
      const { WriteForm } = await import('./product-reviews/write-form.js');
      this.form = new WriteForm(this);
    } catch (error) {
      this.problem = this.explain(error);
    }
  }

  #stars = (n: number): TemplateResult => html`<svg viewBox="0 0 100 20" role="img" aria-label=${this.t('stars', { n })}><path d=${FIVE}/><svg class="on" width=${n * 20} height="20"><path d=${FIVE}/></svg></svg>`;

  #review = ({ id, stars, title, body, author, verified, writtenAt, language, reply }: Review): TemplateResult => {
    const long = body.length > LONG, open = this.#open.has(id);
    return html`<article tabindex="-1">
      <div class="who">${stars && this.#stars(stars)}<strong dir="auto">${author ?? this.t('someone')}</strong><span class="muted">${verified ? `${this.t('verified')} · ` : ''}${this.context.format.date(writtenAt)}</span></div>
      <div lang=${language === 'other' ? nothing : language}>${title && html`<h3 dir="auto">${title}</h3>`}<p class="text ${long && !open ? 'cut' : ''}" dir="auto">${body}</p></div>
      ${long ? html`<button class="link" aria-expanded=${open} @click=${() => { this.#open[open ? 'delete' : 'add'](id); this.requestUpdate(); }}>${this.t(open ? 'less' : 'more')}</button>` : ''}
      ${reply && html`<div class="reply"><strong>${this.t('reply', { shop: this.context.shop.name })}</strong><p class="text" dir="auto">${reply}</p></div>`}
    </article>`;
  };

  protected override render(): unknown {
    const { shown, problem, form } = this;
    const failed = problem && html`<p class="danger" role="alert">${problem}</p>`;
    if (!shown) return html`<div class="card" aria-busy=${!problem}>${failed ? html`${failed}<button class="button quiet" @click=${() => this.load()}>${this.t('retry')}</button>` : html`<p class="muted">${this.t('loading')}</p>`}</div>`;
    const { summary: { count, average, stars }, items, next } = shown;
    return html`<div class="card">
      <div class="top">
        ${count ? html`<div class="sum"><b>${average?.toFixed(1)}</b><div>${this.#stars(average ?? 0)}<div class="muted">${this.t('count', { n: count })}</div></div></div>
          <ol>${[5, 4, 3, 2, 1].map((n) => html`<li><span aria-hidden="true">${n}★</span><svg preserveAspectRatio="none" viewBox="0 0 ${count} 1" role="img" aria-label=${this.t('share', { n, count: stars[n - 1] ?? 0 })}><rect class="on" width=${stars[n - 1] ?? 0} height="1"/></svg><span aria-hidden="true">${stars[n - 1]}</span></li>`)}</ol>` : html`<p>${this.t('none')}</p>`}
        ${form ? '' : html`<button class="button" @click=${() => this.#write()}>${this.t('write')}</button>`}
      </div>
      ${form?.render()}${items.map(this.#review)}${failed}
      ${next ? html`<button class="button quiet" ?disabled=${this.#busy} @click=${() => this.load(next)}>${this.t('next')}</button>` : ''}
    </div>`;
  }
}
