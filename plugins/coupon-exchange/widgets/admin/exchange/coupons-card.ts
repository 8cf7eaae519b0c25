import { html, nothing, type TemplateResult } from 'lit';
import { formatDate, formatDateTime, formatNumber, PagedList, type Column } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { LifeDialog } from './life-dialog.js';
import { COUPON_STATES, COUPON_TONES, titleOf, type Coupon, type CouponState, type Reward } from './reward-types.js';

export interface CouponFilter {
  readonly reward?: string | undefined; readonly states?: readonly CouponState[] | undefined; /** Given out at this moment or later. */ readonly since?: number | undefined;
  /** Whole days from giving to using, e.g. `0-2`. */ readonly usedAfter?: string | undefined; /** Usable after this moment. */ readonly expiresAfter?: number | undefined;
}


/** Every coupon that was given out, with codes that nobody can use. */
export class CouponsCard {
  #of: CouponFilter = {};
  #life: LifeDialog;
  #list: PagedList<Coupon>;

  constructor(private readonly panel: PluginElement) {
    this.#life = new LifeDialog(panel, () => void this.reload());
    this.#list = new PagedList(panel, (cursor) => panel.context.api.get('redemptions', { ...this.#filter, limit: 20, cursor }));
  }

  get settled(): Promise<unknown> { return this.#list.settled; }
  get #filter(): Record<string, string | undefined> {
    const { reward, states, since, usedAfter, expiresAfter } = this.#of;
    return { rewardId: reward, state: states?.join(',') || undefined, since: since?.toString(), usedAfter, expiresAfter: expiresAfter?.toString() };
  }

  reload(): Promise<void> { return this.#list.reload(); }

  /** Shows the coupons behind a number. */
  async only(filter: CouponFilter): Promise<void> {
    this.#of = filter;
    const shown = this.#list.reload();
    await this.panel.updateComplete;
    const card = this.panel.renderRoot.querySelector<HTMLElement>('#coupons');
    card?.scrollIntoView({ block: 'start' });
    card?.focus({ preventScroll: true });
    await shown;
  }

  #set(event: Event, what: 'reward' | 'state'): void {
    const { value } = event.target as HTMLSelectElement;
    this.#of = what === 'reward' ? { ...this.#of, reward: value || undefined } : { ...this.#of, states: value ? [value as CouponState] : undefined };
    void this.#list.reload();
  }

  async #csv(): Promise<void> {
    try { await this.panel.context.download?.('redemptions.csv', this.#filter); } catch (error) { this.panel.context.toast?.(this.panel.explain(error), 'danger'); }
  }

  #columns(titles: ReadonlyMap<string, string>): Column<Coupon>[] {
    const { panel } = this;
    return [
      { key: 'person', label: panel.t('admin.coupons.person'), primary: true, cell: (coupon) => html`<a href="/admin/customers/${coupon.personId}" dir="auto">${coupon.person ?? panel.t('admin.coupons.noName')}</a>` },
      { key: 'reward', label: panel.t('admin.col.title'), cell: (coupon) => titles.get(coupon.rewardId) ?? '–' },
      { key: 'code', label: panel.t('admin.coupons.code'), wideOnly: true, cell: (coupon) => html`<span class="mono">${coupon.code}</span>` },
      { key: 'cost', label: panel.t('admin.coupons.cost'), align: 'end', cell: (coupon) => (coupon.cost ? formatNumber(coupon.cost) : panel.t('admin.coupons.prize')) },
      { key: 'state', label: panel.t('admin.col.state'), cell: (coupon) => html`<gx-badge tone=${COUPON_TONES[coupon.state]}>${panel.t(`admin.coupon.${coupon.state}`)}</gx-badge>` },
      { key: 'when', label: panel.t('admin.coupons.when'), align: 'end', cell: (coupon) => html`<span class="nowrap">${formatDateTime(coupon.issuedAt)}</span>` },
      { key: 'expires', label: panel.t('admin.coupons.expires'), align: 'end', wideOnly: true, cell: (coupon) => html`<span class="nowrap">${formatDate(coupon.expiresAt)}</span>` },
      { key: 'life', label: '', align: 'end', cell: (coupon) => html`<button type="button" class="link-button" aria-label=${panel.t('admin.life.of', { name: coupon.person ?? panel.t('admin.coupons.noName'), code: coupon.code })} @click=${() => this.#life.open(coupon)}>${panel.t('admin.life.show')}</button>` },
    ];
  }

  render(rewards: readonly Reward[]): TemplateResult {
    const { panel } = this;
    const { items, error, loading, hasNext } = this.#list;
    const { reward: chosen, states, since, usedAfter, expiresAfter } = this.#of;
    const narrowed = since !== undefined || usedAfter !== undefined || expiresAfter !== undefined || (states?.length ?? 0) > 1, filtered = chosen !== undefined || states !== undefined || narrowed;
    const only = states?.length === 1 ? states[0] : '';
    const titles = new Map(rewards.map((reward) => [reward.id, titleOf(panel, reward)]));
    return html`<gx-card flush heading=${panel.t('admin.coupons')} id="coupons" tabindex="-1">${error && !items ? html`<div class="pad"><gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error></div>` : html`
      <gx-table label=${panel.t('admin.coupons')} csv .columns=${this.#columns(titles)} .rows=${items} .rowKey=${(coupon: Coupon) => coupon.id} ?loading=${loading} ?has-next=${hasNext} @gx-more=${() => this.#list.more()} @gx-csv=${() => this.#csv()}>
        <select slot="filters" class="select" aria-label=${panel.t('admin.coupons.reward')} @change=${(event: Event) => this.#set(event, 'reward')}><option value="" ?selected=${chosen === undefined}>${panel.t('admin.coupons.allRewards')}</option>${rewards.filter(({ state }) => state !== 'draft').map((reward) => html`<option value=${reward.id} ?selected=${reward.id === chosen}>${titleOf(panel, reward)}</option>`)}</select>
        <select slot="filters" class="select" aria-label=${panel.t('admin.coupons.state')} @change=${(event: Event) => this.#set(event, 'state')}><option value="" ?selected=${only === ''}>${panel.t('admin.allStates')}</option>${COUPON_STATES.map((state) => html`<option value=${state} ?selected=${state === only}>${panel.t(`admin.coupon.${state}`)}</option>`)}</select>
        <gx-empty slot="empty" icon=${filtered ? 'filter' : 'ticket'} heading=${panel.t(filtered ? 'admin.coupons.none' : 'admin.coupons.first')}><p>${panel.t(filtered ? 'admin.coupons.noneText' : 'admin.coupons.firstText')}</p></gx-empty>
        ${narrowed ? html`<button slot="filters" type="button" class="link-button" @click=${() => void this.only({})}>${panel.t('admin.coupons.all')}</button>` : nothing}
      </gx-table>`}</gx-card>${this.#life.render()}`;
  }
}
