import { html, nothing, type TemplateResult } from 'lit';
import { formatBusinessDate, formatDate, formatMoney, formatNumber, formatPercent, Load, type ChartPick, type Column } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { CouponsCard, type CouponFilter } from './coupons-card.js';
import { LiftCard } from './lift-card.js';
import { LossesCard, type LossReason } from './losses-card.js';
import { RowsDialog } from './rows-dialog.js';
import { COUPON_STATES, homeHref, titleOf, type CouponState, type Reward, type View } from './reward-types.js';

interface Words { readonly en: string; readonly 'zh-CN': string }
interface Open { readonly rewardId: string; readonly title: Words; readonly number: number; readonly worth: number | null; readonly expected: number | null; readonly soonest: number }
interface Runway { readonly rewardId: string; readonly title: Words; readonly remaining: number; readonly taken: number; readonly pace: number; readonly daysLeft: number | null }
interface Seen { readonly day: string; readonly title: Words; readonly people: number }
interface Lost { readonly rewardId: string; readonly title: Words; readonly reason: LossReason; readonly number: number; readonly difference: number }
interface Report {
  readonly from: number; readonly at: number; readonly paceFrom: number; readonly funnel: { readonly seen: number; readonly seenFrom: string; readonly issued: number; readonly points: number; readonly states: readonly { readonly state: CouponState; readonly number: number }[] };
  readonly outstanding: readonly Open[]; readonly timeToUse: readonly { readonly days: number; readonly number: number }[]; readonly runway: readonly Runway[];
  readonly losses: readonly Lost[];
}
/** What was taken back is free in the stock again. */
const TAKEN = COUPON_STATES.filter((state) => state !== 'cancelled' && state !== 'revoked');
/** Days to use, as bars; the last has no end. */
const SPANS = [1, 3, 7, 14, 30, Infinity] as const;
const rangeOf = (span: number): string => `${SPANS[span - 1] ?? 0}-${SPANS[span] === Infinity ? 99_999 : SPANS[span]! - 1}`;
const SOON_DAYS = 7;

/** What became of rewards in numbers; each number shows the rows behind it below. */
export class ReportView implements View {
  #days = '90';
  #report: Load<{ readonly report: Report; readonly rewards: readonly Reward[] }>;
  #rows: CouponsCard;
  #dialog: RowsDialog;
  #lift: LiftCard;
  #lostRows: LossesCard | undefined;

  constructor(private readonly panel: PluginElement) {
    this.#report = new Load(panel, async () => {
      const [report, { items }] = await Promise.all([panel.context.api.get<Report>('report', { days: this.#days }), panel.context.api.get<{ items: Reward[] }>('rewards')]);
      return { report, rewards: items };
    });
    this.#rows = new CouponsCard(panel);
    this.#dialog = new RowsDialog(panel);
    this.#lift = new LiftCard(panel, this.#dialog);
  }

  get settled(): Promise<unknown> { return Promise.all([this.#report.settled, this.#rows.settled, this.#lift.settled]); }

  #opens(number: number, name: string, show: () => unknown, text = formatNumber(number)): TemplateResult { return html`<button type="button" class="link-button" data-rows=${number} aria-label=${`${name}: ${text}`} @click=${show}>${text}</button>`; }
  #coupons(filter: CouponFilter): () => Promise<void> { return () => this.#rows.only(filter); }

  /** Days on which rewards were seen, and by how many. */
  #showSeen(since: string): void {
    const { panel } = this;
    this.#dialog.open<Seen>({
      title: panel.t('admin.report.seen'), csv: ['views.csv', { since }], page: (cursor) => panel.context.api.get('views', { since, cursor }),
      columns: [
        { key: 'day', label: panel.t('admin.report.day'), primary: true, cell: (row) => formatBusinessDate(row.day) }, { key: 'reward', label: panel.t('admin.col.title'), cell: (row) => row.title[panel.context.locale] },
        { key: 'people', label: panel.t('admin.report.people'), align: 'end', cell: (row) => formatNumber(row.people) },
      ],
    });
  }

  #funnel({ from, funnel: { seen, seenFrom, issued, states } }: Report): TemplateResult {
    const { panel } = this;
    const found = states.filter(({ number }) => number > 0);
    const number = (state: CouponState): number => states.find((each) => each.state === state)?.number ?? 0;
    const share = (part: number): string => formatPercent(issued ? part / issued : 0);
    const sentence = panel.t('admin.report.funnel.sentence', { seen: formatNumber(seen), issued: formatNumber(issued), used: share(number('used')), expired: share(number('expired')) });
    const rows = [{ state: 'seen' as const, number: seen }, { state: '' as const, number: issued }, ...found];
    const name = (state: CouponState | '' | 'seen'): string => panel.t(state === 'seen' ? 'admin.report.seen' : state ? `admin.coupon.${state}` : 'admin.kpi.issued');
    const show = (state: CouponState | '' | 'seen'): unknown => (state === 'seen' ? this.#showSeen(seenFrom) : this.#rows.only({ states: state ? [state] : undefined, since: from }));
    const steps = [['seen', seen], ['', issued], ['used', number('used')]] as const;
    const columns: Column<(typeof rows)[number]>[] = [
      { key: 'state', label: panel.t('admin.col.state'), primary: true, cell: (row) => name(row.state) },
      { key: 'number', label: panel.t('admin.report.number'), align: 'end', cell: (row) => this.#opens(row.number, name(row.state), () => show(row.state)) },
      { key: 'share', label: panel.t('admin.report.share'), align: 'end', cell: (row) => (row.state === 'seen' ? '–' : share(row.number)) },
    ];
    return html`<gx-card heading=${panel.t('admin.report.funnel')} subtitle=${panel.t('admin.report.seenText')}><gx-chart kind="funnel" pickable @gx-pick=${({ detail }: CustomEvent<ChartPick>) => { show(steps[detail.category]![0]); }} label=${panel.t('admin.report.funnel')} sentence=${sentence} .data=${{ categories: steps.map(([state]) => name(state)), series: [{ name: panel.t('admin.report.number'), values: steps.map(([, value]) => value) }] }}></gx-chart>
      <gx-table label=${panel.t('admin.report.funnel')} paging="none" .rows=${rows} .rowKey=${(row: (typeof rows)[number]) => row.state || 'all'} .columns=${columns}></gx-table></gx-card>`;
  }

  #outstanding({ outstanding, at }: Report): TemplateResult {
    const { panel } = this;
    const { locale } = panel.context;
    const sum = (of: 'number' | 'worth' | 'expected'): number => outstanding.reduce((total, each) => total + (each[of] ?? 0), 0);
    const label = panel.t('admin.report.outstanding');
    const open = (row: Open): (() => Promise<void>) => this.#coupons({ reward: row.rewardId, states: ['issued'], expiresAfter: at });
    const money = (row: Open, of: 'worth' | 'expected'): unknown => (row[of] === null ? '–' : this.#opens(row.number, `${row.title[locale]}, ${panel.t(`admin.report.${of}`)}`, open(row), formatMoney(row[of])));
    const columns: Column<Open>[] = [
      { key: 'title', label: panel.t('admin.col.title'), primary: true, cell: (row) => row.title[locale] },
      { key: 'number', label: panel.t('admin.report.number'), align: 'end', cell: (row) => this.#opens(row.number, row.title[locale], open(row)) },
      { key: 'worth', label: panel.t('admin.report.worth'), align: 'end', cell: (row) => money(row, 'worth') },
      { key: 'expected', label: panel.t('admin.report.expected'), align: 'end', cell: (row) => money(row, 'expected') },
      { key: 'soonest', label: panel.t('admin.report.soonest'), align: 'end', wideOnly: true, cell: (row) => html`<span class="nowrap">${formatDate(row.soonest)}</span>` },
    ];
    return html`<gx-card flush heading=${label} subtitle=${panel.t('admin.report.outstanding.sentence', { n: formatNumber(sum('number')), worth: formatMoney(sum('worth')), expected: formatMoney(sum('expected')) })}>
      <gx-table label=${label} paging="none" csv .rows=${outstanding} .rowKey=${(row: Open) => row.rewardId} .columns=${columns} @gx-csv=${() => this.#csv('outstanding.csv')}><gx-empty slot="empty" icon="check" heading=${panel.t('admin.report.outstanding.none')}></gx-empty></gx-table></gx-card>`;
  }

  async #csv(name: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
    const { panel } = this;
    try { await panel.context.download?.(name, query); } catch (error) { panel.context.toast?.(panel.explain(error), 'danger'); }
  }

  #used(since: number, usedAfter: string): () => Promise<void> { return this.#coupons({ states: ['used'], since, usedAfter }); }

  #time({ timeToUse, from }: Report): TemplateResult {
    const { panel } = this;
    const all = timeToUse.reduce((total, { number }) => total + number, 0);
    const values = SPANS.map((end, i) => timeToUse.filter(({ days }) => days < end && days >= (SPANS[i - 1] ?? 0)).reduce((total, { number }) => total + number, 0));
    const names = SPANS.map((end, i) => (end === Infinity ? panel.t('admin.report.time.more', { n: SPANS[i - 1] ?? 0 }) : panel.t('admin.report.time.under', { n: end })));
    const spans = SPANS.map((_, i) => ({ name: names[i]!, number: values[i]!, range: rangeOf(i) })).filter(({ number }) => number > 0);
    const columns: Column<(typeof spans)[number]>[] = [
      { key: 'name', label: panel.t('admin.report.time.span'), primary: true, cell: (row) => row.name },
      { key: 'number', label: panel.t('admin.report.number'), align: 'end', cell: (row) => this.#opens(row.number, row.name, this.#used(from, row.range)) },
      { key: 'share', label: panel.t('admin.report.share'), align: 'end', cell: (row) => formatPercent(row.number / all) },
    ];
    let passed = 0;
    const half = timeToUse.find(({ number }) => (passed += number) * 2 >= all)?.days ?? 0;
    const label = panel.t('admin.report.time');
    return html`<gx-card heading=${label}>${all ? html`<gx-chart kind="bars" pickable @gx-pick=${({ detail }: CustomEvent<ChartPick>) => { void this.#used(from, rangeOf(detail.category))(); }} label=${label} sentence=${panel.t('admin.report.time.sentence', { n: half + 1 })} .data=${{ categories: names, series: [{ name: panel.t('admin.report.number'), values }] }}></gx-chart>
      <gx-table label=${label} paging="none" csv .rows=${spans} .rowKey=${(row: (typeof spans)[number]) => row.range} .columns=${columns} @gx-csv=${() => this.#csv('time-to-use.csv', { days: this.#days })}></gx-table>` : html`<gx-empty icon="ticket" heading=${panel.t('admin.report.time.none')}></gx-empty>`}</gx-card>`;
  }

  #runway({ runway, paceFrom }: Report): TemplateResult | typeof nothing {
    const { panel } = this;
    const { locale } = panel.context;
    const label = panel.t('admin.report.runway');
    const columns: Column<Runway>[] = [
      { key: 'title', label: panel.t('admin.col.title'), primary: true, cell: (row) => row.title[locale] },
      { key: 'left', label: panel.t('admin.col.stock'), align: 'end', cell: (row) => formatNumber(row.remaining) },
      { key: 'taken', label: panel.t('admin.report.taken'), align: 'end', cell: (row) => this.#opens(row.taken, `${row.title[locale]}, ${panel.t('admin.report.taken')}`, this.#coupons({ reward: row.rewardId, states: TAKEN })) },
      { key: 'pace', label: panel.t('admin.report.pace'), align: 'end', cell: (row) => this.#opens(row.pace, `${row.title[locale]}, ${panel.t('admin.report.pace')}`, this.#coupons({ reward: row.rewardId, since: paceFrom })) },
      { key: 'days', label: panel.t('admin.report.lasts'), align: 'end', cell: (row) => (row.remaining === 0 ? html`<gx-badge tone="danger">${panel.t('soldOut')}</gx-badge>` : row.daysLeft === null ? '–' : html`<gx-badge tone=${row.daysLeft < SOON_DAYS ? 'warning' : 'neutral'}>${panel.t('admin.days', { n: row.daysLeft })}</gx-badge>`) },
    ];
    return runway.length ? html`<gx-card flush heading=${label} subtitle=${panel.t('admin.report.runwayText')}><gx-table label=${label} paging="none" csv .rows=${runway} .rowKey=${(row: Runway) => row.rewardId} .columns=${columns} @gx-csv=${() => this.#csv('runway.csv')}></gx-table></gx-card>` : nothing;
  }

  #losses({ losses, from }: Report): TemplateResult {
    const { panel } = this;
    const { locale } = panel.context;
    const label = panel.t('admin.losses');
    const all = losses.reduce((sum, { number }) => sum + number, 0);
    const reasons = [...new Set(losses.map(({ reason }) => reason))];
    const columns: Column<Lost>[] = [
      { key: 'title', label: panel.t('admin.col.title'), primary: true, cell: (row) => row.title[locale] },
      { key: 'reason', label: panel.t('admin.losses.reason'), cell: (row) => panel.t(`admin.losses.${row.reason}`) },
      { key: 'number', label: panel.t('admin.losses.number'), align: 'end', cell: (row) => this.#opens(row.number, `${row.title[locale]}, ${panel.t(`admin.losses.${row.reason}`)}`, () => this.#showLost(from, row.rewardId, row.reason)) },
      { key: 'difference', label: panel.t('admin.losses.mean'), align: 'end', cell: (row) => this.#opens(row.number, `${row.title[locale]}, ${panel.t('admin.losses.mean')}`, () => this.#showLost(from, row.rewardId, row.reason), formatMoney(Math.round(row.difference / row.number))) },
    ];
    return html`<gx-card flush heading=${label} subtitle=${panel.t('admin.losses.text')}>${losses.length ? html`<div class="pad"><gx-chart kind="bars" pickable @gx-pick=${({ detail }: CustomEvent<ChartPick>) => { void this.#showLost(from, undefined, reasons[detail.category]); }} label=${label} sentence=${panel.t('admin.losses.sentence', { n: all })} .data=${{
      categories: reasons.map((reason) => panel.t(`admin.losses.${reason}`)), series: [{ name: panel.t('admin.losses.number'), values: reasons.map((reason) => losses.filter((each) => each.reason === reason).reduce((sum, { number }) => sum + number, 0)) }] }}></gx-chart></div>
      <gx-table label=${label} paging="none" csv .rows=${losses} .rowKey=${(row: Lost) => `${row.rewardId}/${row.reason}`} .columns=${columns} @gx-csv=${() => this.#csv('losses.csv', { since: String(from) })}></gx-table>` : html`<gx-empty icon="check" heading=${panel.t('admin.losses.none')}></gx-empty>`}</gx-card>`;
  }

  async #showLost(from: number, rewardId: string | undefined, reason: LossReason | undefined): Promise<void> {
    this.#lostRows ??= new LossesCard(this.panel);
    await this.#lostRows.only(from, rewardId, reason);
  }

  render(): TemplateResult {
    const { panel } = this;
    const { value, error } = this.#report;
    const body = error && !value ? html`<gx-error .error=${error} @gx-retry=${() => this.#report.reload()}></gx-error>` : !value ? html`<gx-skeleton shape="page"></gx-skeleton>`
      : html`<p><select class="select" aria-label=${panel.t('admin.report.span')} @change=${(event: Event) => { this.#days = (event.target as HTMLSelectElement).value; void this.#report.reload(); }}>${['30', '90', '365'].map((days) => html`<option value=${days} ?selected=${days === this.#days}>${panel.t('admin.report.last', { n: Number(days) })}</option>`)}</select></p>
        ${this.#funnel(value.report)}${this.#outstanding(value.report)}${this.#time(value.report)}${this.#lift.render()}${this.#losses(value.report)}${this.#lostRows?.render(new Map(value.rewards.map((reward) => [reward.id, titleOf(panel, reward)]))) ?? nothing}${this.#runway(value.report)}${this.#rows.render(value.rewards)}${this.#dialog.render()}`;
    return html`<gx-page heading=${panel.t('admin.report')} subtitle=${panel.t('admin.report.subtitle')} back=${homeHref()} back-label=${panel.t('admin.title')}>${body}</gx-page>`;
  }
}
