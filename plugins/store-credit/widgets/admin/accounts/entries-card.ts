import { html, nothing, type TemplateResult } from 'lit';
import { formatDateTime, formatMoney, PagedList, type Column } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import type { Account, Entry } from './account-types.js';

/** Every movement, newest first; of one account when that is asked for. */
export class EntriesCard {
  #of: Account | undefined;
  #list: PagedList<Entry>;

  constructor(private readonly panel: PluginElement) {
    this.#list = new PagedList(panel, (cursor) => panel.context.api.get('entries', { personId: this.#of?.personId, limit: 20, cursor }));
  }

  get settled(): Promise<unknown> { return this.#list.settled; }
  reload(): Promise<void> { return this.#list.reload(); }

  /** Shows the movements of one account, and takes the reader there. */
  async only(account: Account | undefined): Promise<void> {
    this.#of = account;
    await this.#list.reload();
    await this.panel.updateComplete;
    const card = this.panel.renderRoot.querySelector<HTMLElement>('#entries');
    card?.scrollIntoView({ block: 'start' });
    card?.focus({ preventScroll: true });
  }

  async #csv(): Promise<void> {
    try { await this.panel.context.download?.('entries.csv'); } catch (error) { this.panel.context.toast?.(this.panel.explain(error), 'danger'); }
  }

  get #columns(): Column<Entry>[] {
    const { panel } = this;
    return [
      { key: 'kind', label: panel.t('admin.col.kind'), primary: true, cell: ({ kind }) => panel.t(`admin.kind.${kind}`) },
      { key: 'name', label: panel.t('admin.col.name'), cell: ({ name }) => name ?? panel.t('admin.noName') },
      { key: 'amount', label: panel.t('admin.col.amount'), align: 'end', cell: ({ amount }) => `${amount > 0 ? '+' : ''}${formatMoney(amount)}` },
      { key: 'reason', label: panel.t('admin.col.reason'), cell: ({ reason, handledBy }) => [reason, handledBy].filter(Boolean).join(' · ') || '–' },
      { key: 'at', label: panel.t('admin.col.at'), align: 'end', cell: ({ at }) => formatDateTime(at) },
    ];
  }

  render(): TemplateResult {
    const { panel } = this;
    const { items, error, loading, hasNext } = this.#list;
    const heading = this.#of ? panel.t('admin.entriesOf', { name: this.#of.name ?? panel.t('admin.noName') }) : panel.t('admin.entries');
    return html`<gx-card flush id="entries" tabindex="-1" heading=${heading}>${error && !items ? html`<gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error>` : html`
      <gx-table label=${heading} csv .columns=${this.#columns} .rows=${items} .rowKey=${(row: Entry) => row.id} ?loading=${loading} ?has-next=${hasNext} @gx-more=${() => this.#list.more()} @gx-csv=${() => this.#csv()}>
        ${this.#of ? html`<button slot="filters" type="button" class="link-button" @click=${() => this.only(undefined)}>${panel.t('admin.showAll')}</button>` : nothing}
        <gx-empty slot="empty" icon="list" heading=${panel.t('admin.noEntries')}></gx-empty></gx-table>`}</gx-card>`;
  }
}
