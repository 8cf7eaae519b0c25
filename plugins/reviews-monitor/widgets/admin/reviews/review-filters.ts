import { css, html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from 'guanxi/kit';
import { QUEUES, type Filter, type Queue, type Say } from './review-types.js';

export const filterStyles = css`
  .queues { display: flex; gap: 2px; overflow-x: auto; padding: 10px 12px 0; }
  .queues button { display: inline-flex; gap: 6px; align-items: center; min-block-size: 38px; padding: 6px 12px; border: 0; border-block-end: 2px solid transparent; background: none; color: var(--gx-muted); font: inherit; white-space: nowrap; cursor: pointer; }
  .queues button:hover { color: var(--gx-text); } .queues button:focus-visible { outline-offset: -2px; }
  .queues [aria-pressed='true'] { border-color: var(--gx-accent); color: var(--gx-text); font-weight: 600; }
  .filters { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 12px 16px; border-block-start: 1px solid var(--gx-border); }
  .filters wa-input { flex: 1 1 180px; max-inline-size: 320px; } .filters wa-input.sku { flex: 0 1 150px; }
  @container page (max-width: 560px) { .filters wa-input, .filters wa-input.sku { flex: 1 1 100%; max-inline-size: none; } .filters select { flex: 1 1 40%; } }
`;

const LANGUAGES = ['en', 'zh', 'other'] as const;

/** Which pile, and what of it. `set` is told what changed. */
export function reviewFilters(filter: Filter, counts: Readonly<Record<Queue, number>> | undefined, say: Say, set: (change: Partial<Filter>, typing?: boolean) => void): TemplateResult {
  const { queue, stars, sku, language, search } = filter;
  const picked = (event: Event): string => (event.target as HTMLSelectElement).value;
  const typed = (event: Event): string => ((event.target as HTMLInputElement).value ?? '').trim();
  return html`<div class="queues" role="group" aria-label=${say('admin.queue')}>${QUEUES.map((each) => html`<button type="button" aria-pressed=${each === queue ? 'true' : 'false'} @click=${() => set({ queue: each })}>${say(`admin.queue.${each}`)}${counts ? html`<gx-badge tone=${each === 'waiting' && counts[each] ? 'warning' : 'neutral'}>${formatNumber(counts[each])}</gx-badge>` : nothing}</button>`)}</div>
    <div class="filters">
      <wa-input type="search" size="s" with-clear class="bare" label=${say('admin.search')} placeholder=${say('admin.search')} .value=${search} @input=${(event: Event) => set({ search: typed(event) }, true)}><gx-icon slot="start" name="search"></gx-icon></wa-input>
      <wa-input type="search" size="s" with-clear class="bare sku" label=${say('admin.sku')} placeholder=${say('admin.sku')} .value=${sku} @input=${(event: Event) => set({ sku: typed(event) }, true)}></wa-input>
      <select class="select" aria-label=${say('admin.stars')} @change=${(event: Event) => set({ stars: picked(event) })}><option value="" ?selected=${!stars}>${say('admin.stars.all')}</option>${['5', '4', '3', '2', '1'].map((n) => html`<option value=${n} ?selected=${stars === n}>${say('admin.stars.n', { n: Number(n) })}</option>`)}</select>
      <select class="select" aria-label=${say('admin.language')} @change=${(event: Event) => set({ language: picked(event) })}><option value="" ?selected=${!language}>${say('admin.language.all')}</option>${LANGUAGES.map((each) => html`<option value=${each} ?selected=${language === each}>${say(`admin.language.${each}`)}</option>`)}</select>
      ${stars || sku || language || search ? html`<button type="button" class="link-button small" @click=${() => set({ stars: '', sku: '', language: '', search: '' })}>${say('admin.clear')}</button>` : nothing}
    </div>`;
}
