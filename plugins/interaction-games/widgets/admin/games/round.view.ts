import { html, nothing, type TemplateResult } from 'lit';
import { formatDateTime, formatMoney, formatNumber, Load, localised, minorDigits, PagedList, toast, type Column } from 'guanxi/kit';
import type { GuessRules } from '../../../activities/guess-rules.js';
import { minorUnits } from '../../storefront/guess-price/typed.js';
import { everyDay } from './every-day.js';
import { act, actionsOf, iconOf, TONES, type Action } from './game-actions.js';
import { Form } from './form.js';
import type { Game, Panel, Round, View } from './game.js';
import { datesOf } from './list.view.js';

interface Guess { readonly id: string; readonly at: number; readonly personId: string; readonly person: string | null; readonly no: number; readonly amount: number }
interface Winner { readonly personId: string; readonly person: string | null; readonly amount: number; readonly under: 'sealed' | 'real'; readonly state: keyof typeof STATE_TONES; readonly note: string | null }

const STATE_TONES = { waiting: 'warning', held: 'warning', given: 'success', fallback: 'info', over: 'neutral', refused: 'danger' } as const;

/** A published round: guesses day by day, the sealed price, who was right and how their prize stands. */
export class RoundView implements View {
  #load: Load<Round>;
  #guesses: PagedList<Guess>;
  #winners: PagedList<Winner>;
  #form: Form;
  #real = '';

  constructor(private readonly panel: Panel, private game: Game<GuessRules>, first: Round) {
    const { api } = panel.context, path = `rounds/${game.id}`;
    this.#load = new Load(panel, () => api.get<Round>(path), false);
    this.#load.set(first);
    this.#guesses = new PagedList<Guess>(panel, (cursor) => api.get(`${path}/guesses`, { limit: 20, cursor }));
    this.#winners = new PagedList<Winner>(panel, (cursor) => api.get(`${path}/winners`, { limit: 20, cursor }));
    this.#form = new Form(panel, () => (this.#typed === undefined ? { real: panel.t('admin.form.price') } : {}));
  }

  get settled(): Promise<unknown> { return Promise.all([this.#guesses.settled, this.#winners.settled]); }

  get #typed(): number | undefined { return minorUnits(this.#real, minorDigits(this.game.config.currency)); }
  #money(minor: number | null): string { return minor === null ? '–' : formatMoney(minor, this.game.config.currency); }

  async #act(action: Action): Promise<void> {
    const changed = await act(this.panel, this.game, action);
    if (changed && action === 'duplicate') this.panel.go(changed.id);
    else if (changed) { this.game = changed as Game<GuessRules>; await this.#load.reload(); }
  }

  async #csv(): Promise<void> {
    try { await this.panel.context.download?.('winners.csv', { game: this.game.id }); }
    catch (error) { toast(this.panel.explain(error), 'danger'); }
  }

  async #saveReal(event: Event): Promise<void> {
    event.preventDefault();
    const { panel, game } = this;
    const saved = await this.#form.submit(() => panel.context.api.put(`rounds/${game.id}/real-price`, { price: this.#typed }));
    if (saved === undefined) return;
    toast(panel.t('admin.guess.realSaved'), 'success');
    await Promise.all([this.#load.reload(), this.#winners.reload()]);
  }

  #sealed({ price, realPrice, nonce }: Round): TemplateResult {
    const { panel, game: { config } } = this, t = panel.t.bind(panel);
    return html`<gx-card heading=${t('admin.guess.sealed')} subtitle=${t('admin.guess.sealText')}><div class="stack"><dl class="definition small">
        <dt>${t('admin.guess.price')}</dt><dd>${this.#money(price)}</dd><dt>${t('admin.guess.real')}</dt><dd>${this.#money(realPrice)}</dd></dl>
      <p class="small">SHA-256<br><code class="wrap">${config.commitment}</code></p>${nonce ? html`<p class="small">${t('admin.guess.text')}<br><code class="wrap">guanxi-guess/1:${config.sku}:${price}:${config.currency}:${nonce}</code></p>` : nothing}
      <form class="stack" novalidate @submit=${(event: Event) => this.#saveReal(event)}>${this.#form.text({ path: 'real', label: t('admin.guess.realNew'), hint: t('admin.guess.realHint'), unit: config.currency, value: this.#real, max: 12, set: (text) => { this.#real = text; } })}
        <div><wa-button type="submit" appearance="outlined" ?loading=${this.#form.busy} @click=${(event: Event) => this.#saveReal(event)}>${t('admin.guess.realSave')}</wa-button></div></form></div></gx-card>`;
  }

  #rules(): TemplateResult {
    const { panel, game: { config: { productTitle, sku, mode, tolerance, guesses, hints, prize, coupon, currency } } } = this, t = panel.t.bind(panel);
    return html`<gx-card heading=${t('admin.rules')} subtitle=${t('admin.rulesText')}><dl class="lines small"><dt>${t('admin.guess.which')}</dt><dd>${productTitle}<br><span class="muted">${sku}</span></dd>
      <dt>${t('admin.guess.mode')}</dt><dd>${t(`admin.guess.mode.${mode}`)}${mode === 'within' ? ` (${tolerance / 100} %)` : ''}</dd><dt>${t('admin.guess.guesses')}</dt><dd>${formatNumber(guesses)}</dd><dt>${t('admin.guess.hints')}</dt><dd>${t(hints ? 'admin.yes' : 'admin.no')}</dd>
      <dt>${t('admin.prizeTitle')}</dt><dd>${localised(prize.title)}${coupon ? html`<br><span class="muted">−${coupon.off === 'percent' ? `${coupon.value / 100} %` : formatMoney(coupon.value, currency)} · ${t('admin.until', { date: formatDateTime(coupon.saleEndsAt) })}</span>` : nothing}</dd></dl></gx-card>`;
  }

  #winnerColumns(): Column<Winner & { readonly id: string }>[] {
    const t = this.panel.t.bind(this.panel);
    return [
      { key: 'person', label: t('admin.person'), primary: true, cell: ({ person }) => person ?? t('admin.guest') }, { key: 'amount', label: t('admin.guess.one'), align: 'end', cell: ({ amount }) => this.#money(amount) },
      { key: 'under', label: t('admin.guess.under'), cell: ({ under }) => t(`admin.guess.under.${under}`) },
      { key: 'state', label: t('admin.prizeTitle'), cell: ({ state, note }) => html`<gx-badge tone=${STATE_TONES[state]}>${t(`admin.guess.state.${state}`)}</gx-badge>${state === 'waiting' && note ? html` <span class="muted small">${t(`admin.guess.why.${note}`)}</span>` : nothing}` },
    ];
  }

  #guessColumns(): Column<Guess>[] {
    const t = this.panel.t.bind(this.panel);
    return [
      { key: 'person', label: t('admin.person'), primary: true, cell: ({ person }) => person ?? t('admin.guest') }, { key: 'amount', label: t('admin.guess.one'), align: 'end', cell: ({ amount }) => this.#money(amount) },
      { key: 'no', label: t('admin.guess.no'), align: 'end', cell: ({ no }) => formatNumber(no) }, { key: 'at', label: t('admin.at'), align: 'end', cell: ({ at }) => html`<span class="nowrap muted">${formatDateTime(at)}</span>` },
    ];
  }

  render(): unknown {
    const { panel, game } = this, t = panel.t.bind(panel), { value, error } = this.#load;
    if (error) return html`<gx-page heading=${t('admin.title')} back=${panel.address()}><gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error></gx-page>`;
    if (!value) return html`<gx-skeleton shape="page"></gx-skeleton>`;
    const { totals, byDay, decidedAt } = value, days = everyDay(byDay), guesses = this.#guesses, winners = this.#winners;
    const list = <T>(items: PagedList<T>, label: string, columns: readonly Column<never>[], rows: readonly unknown[] | undefined, none: string): TemplateResult => (items.error ? html`<gx-error .error=${items.error} @gx-retry=${() => items.reload()}></gx-error>`
      : html`<gx-table label=${label} .columns=${columns} .rows=${rows} .rowHref=${(row: { personId: string }) => panel.address(`/customers/${row.personId}`)} ?loading=${items.loading} ?has-next=${items.hasNext} @gx-more=${() => items.more()}><gx-empty slot="empty" compact icon="gamepad" heading=${none}></gx-empty></gx-table>`);
    return html`<gx-page heading=${game.title} back=${panel.address()} back-label=${t('admin.title')}>
      <div slot="meta" class="row small muted"><gx-badge tone=${TONES[value.state]}>${t(`admin.state.${value.state}`)}</gx-badge><span>${t('admin.guess')} · ${datesOf(panel, game)}</span></div>
      ${actionsOf({ ...game, state: value.state }).map((action) => html`<wa-button slot="actions" variant=${action === 'resume' ? 'brand' : 'neutral'} appearance=${action === 'resume' ? 'accent' : 'outlined'} @click=${() => this.#act(action)}><gx-icon slot="start" name=${iconOf(action)}></gx-icon>${t(`admin.action.${action}`)}</wa-button>`)}
      <div class="tiles"><gx-kpi label=${t('admin.guess.plural')} .value=${totals.guesses} note=${t('admin.byPlayers', { n: totals.players })}></gx-kpi>
        <gx-kpi label=${t('admin.guess.right')} .value=${totals.winners} note=${decidedAt === null ? t('admin.guess.afterClose') : t('admin.guess.givenOf', { n: totals.given, all: totals.winners })}></gx-kpi>
        <gx-kpi label=${t('admin.guess.mean')} .value=${totals.mean} format="money" currency=${game.config.currency} note=${totals.lowest === null ? '' : `${this.#money(totals.lowest)} – ${this.#money(totals.highest)}`}></gx-kpi></div>
      <div class="columns"><div class="stack"><gx-card heading=${t('admin.guess.byDay')}>${days.length ? html`<gx-chart kind="stacked" label=${t('admin.guess.byDay')} sentence=${t('admin.guess.byDayText', { n: totals.guesses, days: byDay.length })} .data=${{ categories: days.map(({ date }) => date), days: true, series: [{ name: t('admin.guess.plural'), values: days.map(({ plays }) => plays) }] }}></gx-chart>`
          : html`<gx-empty compact icon="chart" heading=${t('admin.guess.none')}><p>${t('admin.noPlaysText')}</p></gx-empty>`}</gx-card>
        <gx-card flush heading=${t('admin.guess.winners')}><wa-button slot="actions" size="s" appearance="outlined" @click=${() => this.#csv()}><gx-icon slot="start" name="download"></gx-icon>CSV</wa-button>${list(winners, t('admin.guess.winners'), this.#winnerColumns() as Column<never>[], winners.items?.map((each) => ({ ...each, id: each.personId })), t(decidedAt === null ? 'admin.guess.afterClose' : 'admin.guess.nobody'))}</gx-card>
        <gx-card flush heading=${t('admin.guess.plural')}>${list(guesses, t('admin.guess.plural'), this.#guessColumns() as Column<never>[], guesses.items, t('admin.guess.none'))}</gx-card></div>
      <div class="stack">${this.#sealed(value)}${this.#rules()}</div></div></gx-page>`;
  }
}
