import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { confirm, kitStyles, Load, PagedList } from 'guanxi/kit';
import { PluginElement, type Unsaved } from 'guanxi/widgets';
import { distributionCard, kpis, overviewStyles, productsCard, trendCard } from './reviews/overview-cards.js';
import { filterStyles, reviewFilters } from './reviews/review-filters.js';
import { reviewRow, rowStyles, type RowActs } from './reviews/review-row.js';
import { QUEUES, type Filter, type Overview, type Queue, type Review } from './reviews/review-types.js';

const TYPING_MS = 250;
const RANGES = [7, 30, 90, 365, 0];
/** How long the page may wait for its numbers before it shows their places. */
const PATIENCE_MS = 2000;

/** All reviews: how they are, and the pile to work through. */
export default class Reviews extends PluginElement implements Unsaved {
  static override properties = { days: { state: true }, filter: { state: true }, editing: { state: true }, draft: { state: true }, busy: { state: true }, problem: { state: true } };
  declare days: number;
  declare filter: Filter;
  /** Id of the review that is being answered. */
  declare editing: string;
  declare draft: string;
  declare busy: string;
  declare problem: string;
  #open = new Set<string>();
  #typing: ReturnType<typeof setTimeout> | undefined;
  #focus = '';
  #overview = new Load<Overview>(this, () => this.context.api.get('/overview', { days: this.days }));
  #list = new PagedList<Review>(this, (cursor) => this.context.api.get('/reviews', { ...this.#wanted(), limit: 20, cursor }));

  static override styles = [kitStyles, overviewStyles, filterStyles, rowStyles, css`
    .foot { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; padding: 12px 16px; border-block-start: 1px solid var(--gx-border); }
    .busy { opacity: .55; }
    #list { scroll-margin-block-start: 72px; }
    #list:focus { outline: none; }
    .wait { padding: 0 16px 12px; }
  `];

  constructor() {
    super();
    this.days = 90; this.filter = { queue: 'waiting', stars: '', sku: '', language: '', search: '' }; this.editing = ''; this.draft = ''; this.busy = ''; this.problem = '';
  }

  /** A reply was begun and not sent. */
  get dirty(): boolean { return this.editing !== '' && this.draft.trim() !== (this.#list.items?.find((each) => each.id === this.editing)?.reply ?? ''); }

  override connectedCallback(): void {
    const { queue, stars = '', sku = '', language = '', search = '', days } = this.context.data;
    this.filter = { queue: QUEUES.includes(queue as Queue) ? queue as Queue : 'waiting', stars: /^[1-5]$/.test(stars) ? stars : '', sku, language: /^(en|zh|other)$/.test(language) ? language : '', search };
    if (days && RANGES.includes(Number(days))) this.days = Number(days);
    super.connectedCallback();
  }

  /** The outlet shows the panel when this resolves: with its numbers, so that nothing moves under the merchant's hand. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    await Promise.race([Promise.all([this.#overview.settled, this.#list.settled]), new Promise((late) => setTimeout(late, PATIENCE_MS))]);
    await super.getUpdateComplete();
    return done;
  }

  protected override updated(_changed: PropertyValues): void {
    const wanted = this.#focus && this.renderRoot.querySelector<HTMLElement & { readonly updateComplete?: Promise<unknown> }>(this.#focus);
    this.#focus = '';
    // A control that has just come has nothing inside that could take the focus yet.
    if (wanted) void Promise.resolve(wanted.updateComplete).then(() => wanted.focus());
  }

  #say = (key: string, params: Readonly<Record<string, string | number>> = {}): string => this.t(key, params);
  #wanted(): Record<string, string | undefined> {
    const { queue, stars, sku, language, search } = this.filter;
    return { queue, stars: stars || undefined, sku: sku || undefined, language: language || undefined, search: search || undefined };
  }

  #remember(): void {
    const url = new URL(location.href);
    const kept = { ...this.filter, queue: this.filter.queue === 'waiting' ? '' : this.filter.queue, days: this.days === 90 ? '' : String(this.days) };
    for (const [name, value] of Object.entries(kept)) if (value) url.searchParams.set(name, value); else url.searchParams.delete(name);
    history.replaceState(history.state, '', url);
  }

  #set(change: Partial<Filter>, typing = false): void {
    this.filter = { ...this.filter, ...change };
    clearTimeout(this.#typing);
    const go = (): void => { this.#remember(); void this.#list.reload(); };
    if (typing) this.#typing = setTimeout(go, TYPING_MS); else go();
  }

  /** A product or a number of stars from the numbers above: of all reviews, whatever pile was open. */
  #pick(change: Partial<Filter>): void {
    this.#set({ ...change, queue: 'all' });
    this.#focus = '#list';
    this.renderRoot.querySelector('#list')?.scrollIntoView({ block: 'start' });
  }

  #range(event: Event): void {
    this.days = Number((event.target as HTMLSelectElement).value);
    this.#remember();
    void this.#overview.reload();
  }

  async #change(review: Review, what: 'reply' | 'handled' | 'visible', body: object, done: string): Promise<boolean> {
    this.busy = review.id;
    this.problem = '';
    try {
      const changed = await this.context.api.put<Review>(`/reviews/${encodeURIComponent(review.id)}/${what}`, body);
      this.#list.replace((each) => each.id === changed.id, changed);
      this.context.toast?.(this.t(done), 'success');
      void this.#overview.reload();
      return true;
    } catch (error) {
      if (what === 'reply' && this.editing === review.id) this.problem = this.explain(error);
      else this.context.toast?.(this.explain(error), 'danger');
      return false;
    } finally { this.busy = ''; }
  }

  #acts(review: Review): RowActs {
    const row = `[data-id="${review.id}"]`;
    return {
      fold: () => { if (!this.#open.delete(review.id)) this.#open.add(review.id); this.requestUpdate(); },
      edit: (on) => { this.editing = on ? review.id : ''; this.draft = on ? review.reply ?? '' : ''; this.problem = ''; this.#focus = on ? `${row} wa-textarea` : row; },
      type: (text) => { this.draft = text; },
      reply: () => {
        if (!this.draft.trim() || this.busy) return;
        void this.#change(review, 'reply', { reply: this.draft.trim() }, 'admin.said.replied').then((worked) => { if (worked) { this.editing = ''; this.#focus = row; } });
      },
      takeBack: () => void confirm({ title: this.t('admin.takeBack.title'), body: this.t('admin.takeBack.text'), action: this.t('admin.reply.takeBack'), danger: true }).then((agreed) => { if (agreed) void this.#change(review, 'reply', { reply: null }, 'admin.said.takenBack'); }),
      handle: (handled) => void this.#change(review, 'handled', { handled }, handled ? 'admin.said.handled' : 'admin.said.reopened'),
      show: (visible) => void this.#change(review, 'visible', { visible }, visible ? 'admin.said.shown' : 'admin.said.hidden'),
      product: (sku) => this.#pick({ sku }),
    };
  }

  async #csv(): Promise<void> {
    try { await this.context.download?.('/reviews.csv', this.#wanted()); } catch (error) { this.context.toast?.(this.explain(error), 'danger'); }
  }

  async #more(): Promise<void> {
    const before = this.#list.items?.length ?? 0;
    await this.#list.more();
    const next = this.#list.items?.[before];
    if (next) { this.#focus = `[data-id="${next.id}"]`; this.requestUpdate(); }
  }

  #none(): TemplateResult {
    const { queue, stars, sku, language, search } = this.filter;
    if (stars || sku || language || search) return html`<gx-empty icon="search" heading=${this.t('admin.none.filter')}><p>${this.t('admin.none.filterText')}</p></gx-empty>`;
    if (queue === 'waiting') return html`<gx-empty icon="check" heading=${this.t('admin.none.waiting')}><p>${this.t('admin.none.waitingText')}</p><wa-button slot="action" appearance="outlined" @click=${() => this.#set({ queue: 'all' })}>${this.t('admin.none.showAll')}</wa-button></gx-empty>`;
    return html`<gx-empty icon="star" heading=${this.t(queue === 'hidden' ? 'admin.none.hidden' : 'admin.none.unanswered')}></gx-empty>`;
  }

  #rows(): TemplateResult {
    const { items, error, loading, hasNext } = this.#list;
    if (error && !items) return html`<div class="wait"><gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error></div>`;
    if (!items) return html`<div class="wait"><gx-skeleton shape="table"></gx-skeleton></div>`;
    const row = (review: Review): TemplateResult => reviewRow(review, { open: this.#open.has(review.id), editing: this.editing === review.id, draft: this.draft, busy: this.busy === review.id, problem: this.problem }, this.#say, this.#acts(review));
    return html`${error ? html`<div class="wait"><gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error></div>` : nothing}
      <div class=${loading ? 'busy' : ''} aria-busy=${loading ? 'true' : 'false'}>${items.length ? repeat(items, ({ id }) => id, row) : this.#none()}</div>
      ${items.length ? html`<div class="foot"><span class="muted small" role="status">${this.t('admin.shownOf', { n: items.length })}</span>${hasNext ? html`<wa-button size="s" appearance="outlined" ?loading=${loading} @click=${() => this.#more()}>${this.t('next')}</wa-button>` : nothing}</div>` : nothing}`;
  }

  #numbers(): TemplateResult {
    const { value, error } = this.#overview;
    if (error && !value) return html`<gx-error .error=${error} @gx-retry=${() => this.#overview.reload()}></gx-error>`;
    if (!value) return html`<gx-skeleton shape="tiles"></gx-skeleton><gx-skeleton shape="chart"></gx-skeleton>`;
    return html`${kpis(value, this.days, this.#say)}
      <div class="columns">${trendCard(value, this.#say)}<div class="stack">${distributionCard(value, this.filter.stars, this.#say, (stars) => this.#pick({ stars }))}${productsCard(value, this.#say, (sku) => this.#pick({ sku }))}</div></div>`;
  }

  protected override render(): TemplateResult {
    const { value } = this.#overview;
    if (value && !value.queues.all) {
      return html`<gx-page heading=${this.t('admin.title')} subtitle=${this.t('admin.subtitle')}><gx-card><gx-empty icon="star" heading=${this.t('admin.first')}><p>${this.t('admin.firstText')}</p><wa-button slot="action" variant="brand" href="/admin/imports">${this.t('admin.import')}</wa-button></gx-empty></gx-card></gx-page>`;
    }
    return html`<gx-page heading=${this.t('admin.title')} subtitle=${this.t('admin.subtitle')}>
      <select slot="actions" class="select" aria-label=${this.t('admin.range')} @change=${(event: Event) => this.#range(event)}>${RANGES.map((days) => html`<option value=${days} ?selected=${days === this.days}>${days ? this.t('admin.range.days', { n: days }) : this.t('admin.range.all')}</option>`)}</select>
      <wa-button slot="actions" size="s" appearance="outlined" @click=${() => this.#csv()}><gx-icon slot="start" name="download"></gx-icon>${this.t('admin.csv')}</wa-button>
      <wa-button slot="actions" size="s" appearance="outlined" href="/admin/imports"><gx-icon slot="start" name="upload"></gx-icon>${this.t('admin.import')}</wa-button>
      ${this.#numbers()}
      <gx-card flush><section id="list" tabindex="-1" aria-labelledby="list-title"><h2 class="visually-hidden" id="list-title">${this.t('admin.list')}</h2>${reviewFilters(this.filter, value?.queues, this.#say, (change, typing) => this.#set(change, typing))}${this.#rows()}</section></gx-card>
    </gx-page>`;
  }
}
