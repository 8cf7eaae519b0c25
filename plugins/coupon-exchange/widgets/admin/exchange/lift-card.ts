import { html, nothing, type TemplateResult } from 'lit';
import { formatDate, formatMoney, formatNumber, formatPercent, Load, type ChartPick, type Column } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { field } from './field.js';
import type { RowsDialog } from './rows-dialog.js';

interface Group { readonly people: number; readonly buyers: number; readonly marginEach: number }
interface Lift { readonly rewardId: string; readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly holdout: number; readonly shown: Group; readonly heldOut: Group; readonly each: number | null; readonly low: number | null; readonly high: number | null; readonly total: number | null }
interface Measured { readonly personId: string; readonly person: string | null; readonly at: number; readonly orders: number; readonly margin: number }
type GroupName = 'shown' | 'heldOut';
const BASIS = 100;

/** What measured rewards add to the margin: those who were shown one against those who were not. */
export class LiftCard {
  #margin = '40';
  #lifts: Load<readonly Lift[]>;

  constructor(private readonly panel: PluginElement, private readonly dialog: RowsDialog) {
    this.#lifts = new Load(panel, async () => (await panel.context.api.get<{ items: Lift[] }>('lift', { margin: this.#basisPoints })).items);
  }

  get settled(): Promise<unknown> { return this.#lifts.settled; }
  get #basisPoints(): string { return String(Math.round(Number(this.#margin) * BASIS)); }

  #again(margin: string): void {
    const value = Math.round(Number(margin) * BASIS);
    if (!(value >= 1 && value <= 9_999)) { this.panel.context.toast?.(this.panel.t('admin.ladder.marginBad'), 'danger'); return; }
    this.#margin = margin;
    void this.#lifts.reload();
  }

  async #csv(): Promise<void> {
    const { panel } = this;
    try { await panel.context.download?.('lift.csv', { margin: this.#basisPoints }); } catch (error) { panel.context.toast?.(panel.explain(error), 'danger'); }
  }

  /** Who is in one of the two groups. */
  #show({ rewardId, title }: Lift, group: GroupName, buyers: boolean): void {
    const { panel } = this;
    this.dialog.open<Measured>({
      title: `${title[panel.context.locale]}: ${panel.t(`admin.lift.who.${group}`)}`, href: ({ personId }) => `/admin/customers/${personId}`,
      page: (cursor) => panel.context.api.get('lift/people', { margin: this.#basisPoints, rewardId, group: group === 'shown' ? 'shown' : 'held-out', buyers: buyers ? 'yes' : 'no', cursor }),
      columns: [
        { key: 'person', label: panel.t('admin.coupons.person'), primary: true, cell: (row) => row.person ?? panel.t('admin.coupons.noName') }, { key: 'at', label: panel.t('admin.lift.since'), cell: (row) => formatDate(row.at) },
        { key: 'orders', label: panel.t('admin.lift.orders'), align: 'end', cell: (row) => formatNumber(row.orders) }, { key: 'margin', label: panel.t('admin.ladder.margin'), align: 'end', cell: (row) => formatMoney(row.margin) },
      ],
    });
  }

  #group(row: Lift, name: GroupName): TemplateResult {
    const { panel } = this;
    const { people, buyers, marginEach } = row[name];
    const opens = (number: number, label: string, text: string, only: boolean): TemplateResult => html`<button type="button" class="link-button" data-rows=${number} aria-label="${row.title[panel.context.locale]}, ${panel.t(`admin.lift.who.${name}`)}, ${label}: ${text}" @click=${() => { this.#show(row, name, only); }}>${text}</button>`;
    return html`<span class="nowrap">${people ? opens(people, panel.t('admin.ladder.margin'), formatMoney(marginEach), false) : formatMoney(marginEach)}</span> <span class="small nowrap">${opens(buyers, panel.t('admin.lift.buyers'), formatNumber(buyers), true)} / ${opens(people, panel.t('admin.report.people'), formatNumber(people), false)} <span class="muted">${panel.t('admin.lift.bought')}</span></span>`;
  }

  #verdict({ each, low, high }: Lift): TemplateResult {
    const { panel } = this;
    if (each === null || low === null || high === null) return html`<gx-badge>${panel.t('admin.lift.few')}</gx-badge>`;
    return low > 0 ? html`<gx-badge tone="success">${panel.t('admin.lift.pays')}</gx-badge>` : high < 0 ? html`<gx-badge tone="danger">${panel.t('admin.lift.costs')}</gx-badge>` : html`<gx-badge tone="warning">${panel.t('admin.lift.open')}</gx-badge>`;
  }

  render(): TemplateResult {
    const { panel } = this;
    const { locale } = panel.context;
    const { value, error } = this.#lifts;
    const label = panel.t('admin.lift');
    const columns: Column<Lift>[] = [
      { key: 'title', label: panel.t('admin.col.title'), primary: true, cell: (row) => html`${row.title[locale]} <span class="muted small">${panel.t('admin.lift.held', { share: formatPercent(row.holdout / 10_000, 1) })}</span>` },
      { key: 'shown', label: panel.t('admin.lift.shown'), align: 'end', cell: (row) => this.#group(row, 'shown') },
      { key: 'heldOut', label: panel.t('admin.lift.heldOut'), align: 'end', cell: (row) => this.#group(row, 'heldOut') },
      { key: 'each', label: panel.t('admin.lift.each'), align: 'end', cell: (row) => (row.each === null ? '–' : html`<span class="nowrap strong">${formatMoney(row.each)}</span> <span class="muted small nowrap">${formatMoney(row.low ?? 0)} … ${formatMoney(row.high ?? 0)}</span>`) },
      { key: 'total', label: panel.t('admin.lift.total'), align: 'end', cell: (row) => (row.total === null ? '–' : html`<button type="button" class="link-button" aria-label="${row.title[locale]}, ${panel.t('admin.lift.total')}: ${formatMoney(row.total)}" data-rows=${row.shown.people} @click=${() => { this.#show(row, 'shown', false); }}>${formatMoney(row.total)}</button>`) },
      { key: 'verdict', label: panel.t('admin.lift.verdict'), cell: (row) => this.#verdict(row) },
    ];
    const told = (value ?? []).filter(({ each }) => each !== null);
    const chart = told.length ? html`<div class="pad"><gx-chart kind="bars" pickable @gx-pick=${({ detail }: CustomEvent<ChartPick>) => { this.#show(told[detail.category]!, 'shown', false); }} label=${label} sentence=${panel.t('admin.lift.sentence', { n: told.length, total: formatMoney(told.reduce((sum, { total }) => sum + (total ?? 0), 0)) })} .data=${{ format: 'money' as const, categories: told.map((row) => row.title[locale]), series: [{ name: panel.t('admin.lift.each'), values: told.map(({ each }) => each ?? 0) }] }}></gx-chart></div>` : nothing;
    return html`<gx-card flush heading=${label} subtitle=${panel.t('admin.lift.text')}>${error && !value ? html`<div class="pad"><gx-error .error=${error} @gx-retry=${() => this.#lifts.reload()}></gx-error></div>` : !value ? html`<div class="pad"><gx-skeleton shape="table"></gx-skeleton></div>`
      : value.length ? html`<div class="pad">${field({ name: 'lift-margin', label: panel.t('admin.ladder.margin'), unit: '%', hint: panel.t('admin.ladder.marginHint') }, (id, described) => html`<input id=${id} class="num" inputmode="decimal" aria-describedby=${described} .value=${this.#margin} @change=${(event: Event) => this.#again((event.target as HTMLInputElement).value)}>`)}</div>${chart}
        <gx-table label=${label} paging="none" csv .rows=${value} .rowKey=${(row: Lift) => row.rewardId} .columns=${columns} @gx-csv=${() => this.#csv()}></gx-table>`
        : html`<gx-empty icon="filter" heading=${panel.t('admin.lift.none')}><p>${panel.t('admin.lift.noneText')}</p></gx-empty>`}</gx-card>`;
  }
}
