import { html, nothing, type TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';
import { formatDateTime, PagedList } from 'guanxi/kit';

interface TextAnswer { readonly id: string; readonly at: number; readonly text: string; readonly personId: string | null }

/** The texts that shoppers wrote to one question: newest first, searchable, page by page. */
export class TextAnswers {
  #search = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #list: PagedList<TextAnswer>;

  constructor(private readonly host: PluginElement, survey: string, question: string) {
    this.#list = new PagedList<TextAnswer>(host, (cursor) => host.context.api.get(`/surveys/${survey}/texts`, { question, search: this.#search || undefined, limit: 8, cursor }));
    void this.#list.reload();
  }

  #find(text: string): void {
    this.#search = text.trim();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { void this.#list.reload(); }, 250);
  }

  render(label: string): TemplateResult {
    const { host } = this;
    const list = this.#list;
    return html`<div class="stack tight">
      <wa-input size="s" type="search" with-clear class="bare search" label=${host.t('admin.searchIn', { title: label })} placeholder=${host.t('admin.search')} @input=${(event: Event) => this.#find((event.target as HTMLInputElement).value ?? '')}><gx-icon slot="start" name="search"></gx-icon></wa-input>
      ${list.error ? html`<gx-error .error=${list.error} @gx-retry=${() => list.reload()}></gx-error>`
      : !list.items ? html`<gx-skeleton shape="text"></gx-skeleton>`
      : !list.items.length ? html`<p class="muted" role="status">${host.t(this.#search ? 'admin.noTextFound' : 'admin.noTexts')}</p>`
      : html`<ul class="plain texts">${list.items.map((each) => html`<li><p>${each.text}</p><span class="muted small">${formatDateTime(each.at)}${each.personId ? html` · <a href="/admin/customers/${each.personId}">${host.t('admin.customer')}</a>` : nothing}</span></li>`)}</ul>
        ${list.hasNext ? html`<div><wa-button size="s" appearance="outlined" ?loading=${list.loading} @click=${() => list.more()}>${host.t('admin.moreTexts')}</wa-button></div>` : nothing}`}
    </div>`;
  }
}
