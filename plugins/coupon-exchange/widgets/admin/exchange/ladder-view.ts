import { html, nothing, type TemplateResult } from 'lit';
import { confirm, formatDate, formatMoney, formatNumber, formatPercent, Load, minorDigits, shopCurrency } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { field } from './field.js';
import { rungOf, wrongRung, type Rung, type RungDraft, type RungField } from './ladder-draft.js';
import { ladderPicture, spanOf, type Bar } from './ladder-picture.js';
import { RowsDialog } from './rows-dialog.js';
import { homeHref, homePath, type View } from './reward-types.js';

interface Proposal {
  readonly orders: number; readonly median: number; readonly middle: number; readonly high: number; readonly bars: readonly Bar[]; readonly rungs: readonly (Rung & { readonly step: string })[];
  readonly fit: readonly { readonly id: string; readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly minimum: number; readonly reach: number; readonly near: number; readonly reaching: number; readonly nearly: number; readonly nearFrom: number }[];
}
interface Row { readonly id: string; readonly number: string | null; readonly personId: string; readonly person: string | null; readonly paidAt: number; readonly worth: number }
const BASIS = 100;

/** A ladder of coupons from what the shop's orders were worth: seen over the orders, changed, published in one click. */
export class LadderView implements View {
  #margin = '40';
  #proposal: Load<Proposal>;
  #rungs: readonly RungDraft[] = [];
  #busy = false;
  #dialog: RowsDialog;

  constructor(private readonly panel: PluginElement) {
    this.#dialog = new RowsDialog(panel);
    this.#proposal = new Load(panel, async () => {
      const found = await panel.context.api.get<Proposal>('ladder', { margin: String(Math.round(Number(this.#margin) * BASIS)) });
      const unit = 10 ** minorDigits();
      this.#rungs = found.rungs.map((rung) => ({ step: rung.step, on: true, discount: String(rung.discount / unit), minimum: String(rung.minimum / unit), cost: String(rung.cost), validDays: String(rung.validDays) }));
      return found;
    });
  }

  get settled(): Promise<unknown> { return this.#proposal.settled; }
  get #chosen(): readonly RungDraft[] { return this.#rungs.filter(({ on }) => on); }

  #set(at: number, change: Partial<RungDraft>): void {
    this.#rungs = this.#rungs.map((rung, i) => (i === at ? { ...rung, ...change } : rung));
    this.panel.requestUpdate();
  }

  async #publish(): Promise<void> {
    const { panel } = this;
    const rungs = this.#chosen.map((rung) => rungOf(rung, minorDigits()));
    if (this.#busy || !rungs.length || this.#chosen.some((rung) => wrongRung(rung, minorDigits()).length)) { panel.context.toast?.(panel.t('admin.form.check'), 'danger'); return; }
    if (!(await confirm({ title: panel.t('admin.ladder.ask', { n: rungs.length }), body: panel.t('admin.askText.publish'), action: panel.t('admin.ladder.publish') }))) return;
    this.#busy = true;
    panel.requestUpdate();
    try {
      await panel.context.api.post('ladder', { rungs });
      panel.context.toast?.(panel.t('admin.ladder.done'), 'success');
      panel.context.navigate?.(homePath());
    } catch (error) {
      panel.context.toast?.(panel.explain(error), 'danger');
    }
    this.#busy = false;
    panel.requestUpdate();
  }

  #rung(rung: RungDraft, at: number): TemplateResult {
    const { panel } = this;
    const wrong = wrongRung(rung, minorDigits());
    const number = (name: RungField, label: string, unit: string): TemplateResult => field({ name: `${rung.step}.${name}`, label, unit, problem: rung.on && wrong.includes(name) ? panel.t(name === 'discount' ? 'admin.ladder.bad' : 'admin.ladder.whole') : undefined }, (id, described, bad) =>
      html`<input id=${id} class="num" inputmode="decimal" autocomplete="off" ?disabled=${!rung.on} .value=${rung[name]} aria-describedby=${described} aria-invalid=${bad} @input=${(event: Event) => this.#set(at, { [name]: (event.target as HTMLInputElement).value })}>`);
    return html`<div class="rung-fields" role="group" aria-labelledby="rung-${rung.step}"><h3 id="rung-${rung.step}"><label class="tick"><input type="checkbox" .checked=${rung.on} @change=${(event: Event) => this.#set(at, { on: (event.target as HTMLInputElement).checked })}>${panel.t(`admin.ladder.${rung.step}`)}</label></h3>
      ${number('discount', panel.t('admin.form.worth.amount'), shopCurrency())}${number('minimum', panel.t('admin.form.minimum'), shopCurrency())}${number('cost', panel.t('admin.form.cost'), panel.t('admin.form.points'))}${number('validDays', panel.t('admin.form.validDays'), panel.t('admin.form.dayUnit'))}</div>`;
  }

  #lines(): readonly { readonly label: string; readonly at: number }[] {
    return this.#chosen.map((rung) => ({ ...rungOf(rung, minorDigits()), step: rung.step })).filter(({ minimum, discount }) => minimum > 0 && Number.isFinite(discount)).map(({ minimum, discount }) => ({ label: `−${formatMoney(discount)} · ${formatMoney(minimum)}`, at: minimum }));
  }

  /** The orders that are worth so much; without an end for null. */
  #show(title: string, from: number, to: number | null): void {
    const { panel } = this;
    this.#dialog.open<Row>({
      title, href: ({ personId }) => `/admin/customers/${personId}`, page: (cursor) => panel.context.api.get('ladder/orders', { from: String(from), to: to?.toString(), cursor }),
      columns: [
        { key: 'person', label: panel.t('admin.coupons.person'), primary: true, cell: (row) => row.person ?? panel.t('admin.coupons.noName') }, { key: 'number', label: panel.t('admin.losses.order'), cell: (row) => row.number ?? '–' },
        { key: 'worth', label: panel.t('admin.ladder.worth'), align: 'end', cell: (row) => formatMoney(row.worth) }, { key: 'paidAt', label: panel.t('admin.ladder.paidAt'), align: 'end', cell: (row) => formatDate(row.paidAt) },
      ],
    });
  }
  #opens(number: number, text: string, title: string, from: number, to: number | null): TemplateResult {
    return html`<button type="button" class="link-button" data-rows=${number} aria-label="${title}: ${text}" @click=${() => { this.#show(title, from, to); }}>${text}</button>`;
  }

  #bars(bars: readonly Bar[]): TemplateResult {
    const { panel } = this;
    return html`<details><summary>${panel.t('admin.ladder.bars')}</summary><gx-table label=${panel.t('admin.ladder.bars')} paging="none" bare .rows=${bars.filter(({ count }) => count > 0)} .rowKey=${(bar: Bar) => String(bar.from)} .columns=${[
      { key: 'from', label: panel.t('admin.ladder.worth'), primary: true, cell: (bar: Bar) => spanOf(bar) }, { key: 'count', label: panel.t('admin.lift.orders'), align: 'end', cell: (bar: Bar) => this.#opens(bar.count, formatNumber(bar.count), spanOf(bar), bar.from, bar.to) },
    ]}></gx-table></details>`;
  }

  #body({ orders, median, middle, high, bars, fit }: Proposal): TemplateResult {
    const { panel } = this;
    const { locale } = panel.context;
    if (!orders) return html`<gx-card><gx-empty icon="ticket" heading=${panel.t('admin.ladder.none')}><p>${panel.t('admin.ladder.noneText')}</p><wa-button slot="action" variant="brand" href=${homeHref('new')}>${panel.t('admin.create')}</wa-button></gx-empty></gx-card>`;
    const sentence = panel.t('admin.ladder.sentence', { orders: formatNumber(orders), median: formatMoney(median), middle: formatMoney(middle), high: formatMoney(high) });
    return html`<gx-card heading=${panel.t('admin.ladder.orders')}><p>${sentence} ${this.#opens(orders, panel.t('admin.ladder.rows'), panel.t('admin.ladder.orders'), 0, null)}</p>${ladderPicture(bars, this.#lines(), sentence, (bar) => { this.#show(spanOf(bar), bar.from, bar.to); })}${this.#bars(bars)}</gx-card>
      <gx-card heading=${panel.t('admin.ladder.steps')} subtitle=${panel.t('admin.ladder.text')}><form class="stack" novalidate @submit=${(event: Event) => { event.preventDefault(); void this.#publish(); }}>
        ${field({ name: 'margin', label: panel.t('admin.ladder.margin'), unit: '%', hint: panel.t('admin.ladder.marginHint') }, (id, described) => html`<input id=${id} class="num" inputmode="decimal" aria-describedby=${described} .value=${this.#margin} @change=${(event: Event) => this.#again((event.target as HTMLInputElement).value)}>`)}
        ${this.#rungs.map((rung, at) => this.#rung(rung, at))}
        <div class="row"><wa-button variant="brand" ?loading=${this.#busy} ?disabled=${!this.#chosen.length} @click=${() => this.#publish()}>${panel.t('admin.ladder.publish')}</wa-button></div></form></gx-card>
      ${fit.length ? html`<gx-card flush heading=${panel.t('admin.ladder.fit')} subtitle=${panel.t('admin.ladder.fitText')}><gx-table label=${panel.t('admin.ladder.fit')} paging="none" .rows=${fit} .rowKey=${(row: Proposal['fit'][number]) => row.id} .columns=${[
        { key: 'title', label: panel.t('admin.col.title'), primary: true, cell: (row: Proposal['fit'][number]) => row.title[locale] },
        { key: 'reach', label: panel.t('admin.ladder.reach'), align: 'end', cell: (row: Proposal['fit'][number]) => this.#opens(row.reaching, formatPercent(row.reach), `${row.title[locale]}, ${panel.t('admin.ladder.reach')}`, row.minimum, null) },
        { key: 'near', label: panel.t('admin.ladder.near'), align: 'end', cell: (row: Proposal['fit'][number]) => (row.minimum ? this.#opens(row.nearly, formatPercent(row.near), `${row.title[locale]}, ${panel.t('admin.ladder.near')}`, row.nearFrom, row.minimum) : '–') },
      ]}></gx-table></gx-card>` : nothing}`;
  }

  #again(margin: string): void {
    const value = Math.round(Number(margin) * BASIS);
    if (!(value >= 1 && value <= 9_999)) { this.panel.context.toast?.(this.panel.t('admin.ladder.marginBad'), 'danger'); return; }
    this.#margin = margin;
    void this.#proposal.reload();
  }

  render(): TemplateResult {
    const { panel } = this;
    const { value, error } = this.#proposal;
    return html`<gx-page heading=${panel.t('admin.ladder')} subtitle=${panel.t('admin.ladder.subtitle')} back=${homeHref()} back-label=${panel.t('admin.title')}>
      ${error && !value ? html`<gx-error .error=${error} @gx-retry=${() => this.#proposal.reload()}></gx-error>` : value ? this.#body(value) : html`<gx-skeleton shape="page"></gx-skeleton>`}${this.#dialog.render()}</gx-page>`;
  }
}
