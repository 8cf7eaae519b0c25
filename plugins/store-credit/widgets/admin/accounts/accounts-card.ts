import { html, type TemplateResult } from 'lit';
import { formatDateTime, formatMoney, PagedList, type Column, type ListPage } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import type { Account } from './account-types.js';

/** So long after the last key a search begins. */
const PAUSE_MS = 250;

/** Accounts, the richest first. A search finds every member, also those who have no account yet. */
export class AccountsCard {
  #search = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #list: PagedList<Account>;

  constructor(private readonly panel: PluginElement, private readonly adjust: (account: Account) => void, private readonly entries: (account: Account) => void) {
    this.#list = new PagedList(panel, (cursor) => this.#page(cursor));
  }

  get settled(): Promise<unknown> { return this.#list.settled; }
  reload(): Promise<void> { return this.#list.reload(); }

  async #page(cursor: string | undefined): Promise<ListPage<Account>> {
    const { api, core } = this.panel.context;
    if (!this.#search) return api.get('accounts', { limit: 20, cursor });
    const found = await core.get<ListPage<{ readonly id: string }>>('customers', { search: this.#search, kind: 'member', limit: 20, cursor });
    return found.items.length ? { items: (await api.get<ListPage<Account>>('accounts', { people: found.items.map(({ id }) => id).join(',') })).items, next: found.next } : { items: [] };
  }

  #type(event: Event): void {
    this.#search = ((event.target as HTMLInputElement).value ?? '').trim();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#list.reload(), PAUSE_MS);
  }

  async #csv(): Promise<void> {
    try { await this.panel.context.download?.('accounts.csv'); } catch (error) { this.panel.context.toast?.(this.panel.explain(error), 'danger'); }
  }

  get #columns(): Column<Account>[] {
    const { panel } = this;
    const name = (row: Account): string => row.name ?? panel.t('admin.noName');
    // Short for the eye, with the name for whoever hears it.
    const said = (short: string, whole: string, row: Account): TemplateResult => html`<span aria-hidden="true">${panel.t(short)}</span><span class="visually-hidden">${panel.t(whole, { name: name(row) })}</span>`;
    return [
      { key: 'name', label: panel.t('admin.col.name'), primary: true, cell: name },
      { key: 'balance', label: panel.t('admin.col.balance'), align: 'end', cell: (row) => formatMoney(row.balance) },
      { key: 'changed', label: panel.t('admin.col.changed'), align: 'end', cell: (row) => (row.changedAt === null ? '–' : formatDateTime(row.changedAt)) },
      { key: 'act', label: '', align: 'end', cell: (row) => html`<wa-button size="s" appearance="plain" @click=${() => { this.entries(row); }}>${said('admin.entriesShort', 'admin.entriesOf', row)}</wa-button><wa-button size="s" appearance="outlined" @click=${() => { this.adjust(row); }}>${said('admin.adjust', 'admin.adjustOf', row)}</wa-button>` },
    ];
  }

  render(): TemplateResult {
    const { panel } = this;
    const { items, error, loading, hasNext } = this.#list;
    return html`<gx-card flush heading=${panel.t('admin.accounts')}>${error && !items ? html`<gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error>` : html`
      <gx-table label=${panel.t('admin.accounts')} csv .columns=${this.#columns} .rows=${items} .rowKey=${(row: Account) => row.personId} .rowHref=${(row: Account) => `/admin/customers/${row.personId}`} ?loading=${loading} ?has-next=${hasNext} @gx-more=${() => this.#list.more()} @gx-csv=${() => this.#csv()}>
        <wa-input slot="filters" type="search" with-clear class="bare search" label=${panel.t('admin.search')} placeholder=${panel.t('admin.search')} @input=${(event: Event) => { this.#type(event); }}><gx-icon slot="start" name="search"></gx-icon></wa-input>
        <gx-empty slot="empty" icon=${this.#search ? 'search' : 'coins'} heading=${panel.t(this.#search ? 'admin.noneFound' : 'admin.noneYet')}>${this.#search ? '' : html`<p>${panel.t('admin.noneYetText')}</p>`}</gx-empty></gx-table>`}</gx-card>`;
  }
}
