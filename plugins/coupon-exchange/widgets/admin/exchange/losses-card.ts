import { html, type TemplateResult } from 'lit';
import { formatDateTime, formatMoney, PagedList, type Column } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';

export type LossReason = 'stacking' | 'better' | 'floor' | 'no-effect' | 'too-many';
interface Row { readonly id: string; readonly rewardId: string; readonly personId: string | null; readonly person: string | null; readonly order: string | null; readonly reason: LossReason; readonly difference: number; readonly beside: string; readonly at: number }

/** The checkouts at which coupons lost, one line each. */
export class LossesCard {
  #list: PagedList<Row>;
  #filter: Readonly<Record<string, string | undefined>> = {};

  constructor(private readonly panel: PluginElement) { this.#list = new PagedList(panel, (cursor) => panel.context.api.get('losses', { ...this.#filter, limit: 20, cursor })); }

  get settled(): Promise<unknown> { return this.#list.settled; }

  /** Of one reward, or of all. */
  async only(since: number, rewardId: string | undefined, reason: LossReason | undefined): Promise<void> {
    this.#filter = { since: String(since), rewardId, reason };
    const shown = this.#list.reload();
    await this.panel.updateComplete;
    const card = this.panel.renderRoot.querySelector<HTMLElement>('#losses');
    card?.scrollIntoView({ block: 'start' });
    card?.focus({ preventScroll: true });
    await shown;
  }

  async #csv(): Promise<void> {
    const { panel } = this;
    try { await panel.context.download?.('losses.csv', this.#filter); } catch (error) { panel.context.toast?.(panel.explain(error), 'danger'); }
  }

  render(titles: ReadonlyMap<string, string>): TemplateResult {
    const { panel } = this;
    const { items, error, loading, hasNext } = this.#list;
    const label = panel.t('admin.losses.rows');
    const columns: Column<Row>[] = [
      { key: 'person', label: panel.t('admin.coupons.person'), primary: true, cell: (row) => (row.personId === null ? '–' : html`<a href="/admin/customers/${row.personId}" dir="auto">${row.person ?? panel.t('admin.coupons.noName')}</a>`) },
      { key: 'reward', label: panel.t('admin.col.title'), cell: (row) => titles.get(row.rewardId) ?? '–' },
      { key: 'order', label: panel.t('admin.losses.order'), cell: (row) => row.order ?? '–' },
      { key: 'reason', label: panel.t('admin.losses.reason'), cell: (row) => html`${panel.t(`admin.losses.${row.reason}`)}${row.beside ? html` <span class="muted small">${panel.t('admin.losses.beside', { codes: row.beside })}</span>` : ''}` },
      { key: 'difference', label: panel.t('admin.losses.difference'), align: 'end', cell: (row) => formatMoney(row.difference) },
      { key: 'at', label: panel.t('admin.coupons.when'), align: 'end', wideOnly: true, cell: (row) => html`<span class="nowrap">${formatDateTime(row.at)}</span>` },
    ];
    return html`<gx-card flush heading=${label} id="losses" tabindex="-1">${error && !items ? html`<div class="pad"><gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error></div>`
      : html`<gx-table label=${label} csv .columns=${columns} .rows=${items} .rowKey=${(row: Row) => row.id} ?loading=${loading} ?has-next=${hasNext} @gx-more=${() => this.#list.more()} @gx-csv=${() => this.#csv()}></gx-table>`}</gx-card>`;
  }
}
