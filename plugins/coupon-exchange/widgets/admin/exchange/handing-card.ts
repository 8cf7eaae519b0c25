import { html, nothing, type TemplateResult } from 'lit';
import { confirm, formatDate, formatDateTime, PagedList, type Column } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { titleOf, type Reward } from './reward-types.js';

interface ToHandle {
  readonly id: string; readonly rewardId: string; readonly personId: string; readonly person: string | null; readonly issuedAt: number; readonly expiresAt: number; readonly usedAt: number | null; readonly handledBy: string | null;
  readonly order: { readonly number: string; readonly placedAt: number } | null;
}
type Kind = 'next-order' | 'right';

/** What staff put into parcels, and the services that somebody may claim; ticked off one by one. Shown as soon as the shop offers either. */
export class HandingCard {
  #kind: Kind = 'next-order';
  #state: 'issued' | 'used' = 'issued';
  #list: PagedList<ToHandle>;

  constructor(private readonly panel: PluginElement) {
    this.#list = new PagedList(panel, (cursor) => panel.context.api.get('to-handle', { kind: this.#kind, state: this.#state, limit: 20, cursor }));
  }

  get settled(): Promise<unknown> { return this.#list.settled; }

  async #handle(row: ToHandle, title: string): Promise<void> {
    const { panel } = this;
    const name = row.person ?? panel.t('admin.coupons.noName');
    if (!(await confirm({ title: panel.t(`admin.hand.ask.${this.#kind}`, { title, name }), body: panel.t('admin.hand.askText'), action: panel.t(`admin.hand.${this.#kind}`) }))) return;
    try {
      await panel.context.api.post(`redemptions/${encodeURIComponent(row.id)}/handle`, {});
      panel.context.toast?.(panel.t('admin.hand.done'), 'success');
    } catch (error) {
      panel.context.toast?.(panel.explain(error), 'danger');
    }
    await this.#list.reload();
  }

  #columns(titles: ReadonlyMap<string, string>): Column<ToHandle>[] {
    const { panel } = this;
    const title = ({ rewardId }: ToHandle): string => titles.get(rewardId) ?? '–';
    const open = this.#state === 'issued';
    const action = (row: ToHandle): unknown => (!open ? row.handledBy ?? '–' : this.#kind === 'next-order' && !row.order ? html`<span class="muted small">${panel.t('admin.hand.waits')}</span>`
      : html`<wa-button size="small" appearance="outlined" @click=${() => this.#handle(row, title(row))}>${panel.t(`admin.hand.${this.#kind}`)}</wa-button>`);
    return [
      { key: 'person', label: panel.t('admin.coupons.person'), primary: true, cell: (row) => html`<a href="/admin/customers/${row.personId}" dir="auto">${row.person ?? panel.t('admin.coupons.noName')}</a>` },
      { key: 'reward', label: panel.t('admin.col.title'), cell: title },
      ...(this.#kind === 'next-order' ? [{ key: 'order', label: panel.t('admin.hand.order'), cell: (row: ToHandle) => (row.order ? html`<span class="strong">${row.order.number}</span> <span class="muted small">${formatDate(row.order.placedAt)}</span>` : '–') }] : []),
      { key: 'when', label: panel.t(open ? 'admin.coupons.expires' : 'admin.hand.when'), align: 'end', cell: (row) => html`<span class="nowrap">${open ? formatDate(row.expiresAt) : row.usedAt === null ? '–' : formatDateTime(row.usedAt)}</span>` },
      { key: 'act', label: panel.t(open ? 'admin.hand.act' : 'admin.hand.by'), align: 'end', cell: action },
    ];
  }

  #choose(change: () => void): void { change(); void this.#list.reload(); }

  render(rewards: readonly Reward[]): TemplateResult | typeof nothing {
    const { panel } = this;
    const { items, error, loading, hasNext } = this.#list;
    if (!rewards.some(({ kind, state }) => state !== 'draft' && (kind === 'next-order' || kind === 'right'))) return nothing;
    const titles = new Map(rewards.map((reward) => [reward.id, titleOf(panel, reward)]));
    const label = panel.t('admin.hand');
    return html`<gx-card flush heading=${label} subtitle=${panel.t('admin.hand.text')}>${error && !items ? html`<div class="pad"><gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error></div>` : html`
      <gx-table label=${label} .columns=${this.#columns(titles)} .rows=${items} .rowKey=${(row: ToHandle) => row.id} ?loading=${loading} ?has-next=${hasNext} @gx-more=${() => this.#list.more()}>
        <select slot="filters" class="select" aria-label=${panel.t('admin.hand.kind')} @change=${(event: Event) => this.#choose(() => { this.#kind = (event.target as HTMLSelectElement).value as Kind; })}>${(['next-order', 'right'] as const).map((kind) => html`<option value=${kind} ?selected=${kind === this.#kind}>${panel.t(`admin.hand.kind.${kind}`)}</option>`)}</select>
        <select slot="filters" class="select" aria-label=${panel.t('admin.hand.state')} @change=${(event: Event) => this.#choose(() => { this.#state = (event.target as HTMLSelectElement).value as 'issued' | 'used'; })}>${(['issued', 'used'] as const).map((state) => html`<option value=${state} ?selected=${state === this.#state}>${panel.t(`admin.hand.state.${state}`)}</option>`)}</select>
        <gx-empty slot="empty" icon="check" heading=${panel.t('admin.hand.none')}></gx-empty>
      </gx-table>`}</gx-card>`;
  }
}
