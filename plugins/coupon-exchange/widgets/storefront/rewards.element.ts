import { css, html, type TemplateResult } from 'lit';
import { PluginElement, shopperStyles } from 'guanxi/widgets';
import { rewardCard, rewardCardStyles, type CardReward } from '../reward-card.js';
import type { MyCoupons } from './rewards/my-coupons.js';
import type { Redeeming } from './rewards/redeeming.js';

export interface Offer extends CardReward {
  readonly id: string;
  /** How often this person may still redeem it. */
  readonly left: number;
  /** Points that are lacking; `null` when nobody is known. */
  readonly missing: number | null;
  /** This week's share is used up. */
  readonly nextWeek: boolean;
  /** What gives it is not there right now. */
  readonly unavailable: boolean;
}
interface Offers { readonly available: number | null; readonly ending: { readonly number: number; readonly at: number } | null; readonly items: readonly Offer[] }

/** What points can be turned into. The confirmation, the code and the shopper's coupons are fetched when they are first wanted. */
export default class Rewards extends PluginElement {
  static override properties = { offers: { state: true }, problem: { state: true }, redeeming: { state: true }, mine: { state: true } };
  declare offers: Offers | undefined;
  declare problem: unknown;
  declare redeeming: Redeeming | undefined;
  declare mine: MyCoupons | undefined;
  #stops: (() => void)[] = [];

  static override styles = [shopperStyles, rewardCardStyles, css`
    .card { container: card / inline-size; }
    .top { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; margin-block-end: 16px; }
    .top p { margin: 0; }
    .top b { display: block; font-size: 1.75em; line-height: 1.2; font-variant-numeric: tabular-nums; }
    .reward .button { padding-inline: 12px; }
    ul { display: grid; gap: 12px; margin: 0; padding: 0; list-style: none; }
    @container card (min-width: 640px) { ul { grid-template-columns: 1fr 1fr; } }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.#stops = ['interaction-games.checked-in', 'interaction-games.played', 'questionnaires.completed', 'membership.task-done'].map((event) => this.context.on(event, () => void this.load()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
  }

  async load(): Promise<void> {
    this.problem = undefined;
    await this.#try(async () => { this.offers = await this.context.api.get<Offers>('rewards'); });
  }

  async #try(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.problem = this.explain(error);
    }
  }

  #action = (offer: Offer): unknown => {
    const { remaining, left, missing, nextWeek, unavailable } = offer;
    const why = unavailable ? 'unavailable' : remaining === 0 ? 'soldOut' : !left ? 'limit' : missing ? 'missing' : nextWeek ? 'nextWeek' : '';
    if (why) return html`<span class="muted">${this.t(why, { n: missing ?? 0 })}</span>`;
    if (this.context.viewer.kind !== 'member') return '';
    return html`<button class="button" aria-label=${this.t('redeemFor', { title: offer.title[this.context.locale], n: offer.cost })} @click=${() => this.#try(async () => { this.redeeming = new (await import('./rewards/redeeming.js')).Redeeming(this, offer); })}>${this.t('redeem')}</button>`;
  };

  #top(available: number | null): TemplateResult {
    const { viewer, signIn, format } = this.context;
    const member = viewer.kind === 'member';
    return html`<div class="top"><p>${available === null ? '' : html`<span class="muted">${this.t('balance')}</span><b>${format.points(available)}</b>`}${member ? '' : this.t('signInText')}</p>
      ${member
        ? html`<button class="button quiet" aria-expanded=${!!this.mine} @click=${() => this.#try(async () => { this.mine = this.mine ? undefined : new (await import('./rewards/my-coupons.js')).MyCoupons(this); })}>${this.t('mine')}</button>`
        : html`<button class="button" @click=${() => signIn?.()}>${this.t('signIn')}</button>`}</div>`;
  }

  protected override render(): unknown {
    const { offers, problem } = this;
    const failed = problem && html`<p class="danger" role="alert">${problem}</p><p><button class="button quiet" @click=${() => this.load()}>${this.t('retry')}</button></p>`;
    if (!offers) return html`<div class="card" aria-busy=${!problem}>${failed || html`<p class="muted">${this.t('loading')}</p>`}</div>`;
    return html`<div class="card">${this.#top(offers.available)}${offers.ending && html`<p>${this.t('ending', { n: offers.ending.number, date: this.context.format.date(offers.ending.at) })}</p>`}${failed}${this.mine?.render()}
      ${offers.items[0] ? html`<ul aria-label=${this.t('rewards')}>${offers.items.map((offer) => rewardCard(this, offer, this.#action(offer)))}</ul>` : html`<p>${this.t('none')}</p>`}
      ${this.redeeming?.render()}</div>`;
  }
}
