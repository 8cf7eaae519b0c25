import { html, type TemplateResult } from 'lit';
import { Load } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { CodesDialog } from './codes-dialog.js';
import { CostDialog } from './cost-dialog.js';
import { CouponsCard } from './coupons-card.js';
import { forgetUnsaved } from './editor-view.js';
import { HandingCard } from './handing-card.js';
import { overview } from './overview.js';
import { moveReward, type Action } from './reward-actions.js';
import { rewardColumns } from './reward-columns.js';
import { homeHref, homePath, STATES, type Reward, type View } from './reward-types.js';
import { StockDialog } from './stock-dialog.js';

/** All rewards, what became of them, and who has which coupon. */
export class ListView implements View {
  #rewards: Load<readonly Reward[]>;
  #coupons: CouponsCard;
  #stock: StockDialog;
  #codes: CodesDialog;
  #cost: CostDialog;
  #handing: HandingCard;
  #state = '';

  constructor(private readonly panel: PluginElement) {
    forgetUnsaved();
    this.#rewards = new Load(panel, async () => (await panel.context.api.get<{ items: Reward[] }>('rewards')).items);
    this.#coupons = new CouponsCard(panel);
    this.#stock = new StockDialog(panel, () => void this.#rewards.reload());
    this.#codes = new CodesDialog(panel, () => void this.#rewards.reload());
    this.#cost = new CostDialog(panel, () => void this.#rewards.reload());
    this.#handing = new HandingCard(panel);
  }

  get settled(): Promise<unknown> { return Promise.all([this.#rewards.settled, this.#coupons.settled, this.#handing.settled]); }

  async #defaults(): Promise<void> {
    const { panel } = this;
    try {
      await panel.context.api.post('default-rewards', {});
      panel.context.toast?.(panel.t('admin.defaults.done'), 'success');
    } catch (error) {
      panel.context.toast?.(panel.explain(error), 'danger');
    }
    await this.#rewards.reload();
  }

  async #act(reward: Reward, action: Action): Promise<void> {
    const { navigate } = this.panel.context;
    if (action === 'edit') navigate?.(homePath(reward.id));
    else if (action === 'stock') this.#stock.open(reward);
    else if (action === 'codes') this.#codes.open(reward);
    else if (action === 'cost') this.#cost.open(reward);
    else if (action === 'coupons') await this.#coupons.only({ reward: reward.id });
    else {
      const changed = await moveReward(this.panel, reward, action);
      if (changed && action === 'duplicate') navigate?.(homePath(changed.id));
      else if (changed) await this.#rewards.reload();
    }
  }

  #table(rewards: readonly Reward[]): TemplateResult {
    const { panel } = this;
    return html`<gx-card flush heading=${panel.t('admin.rewards')}><gx-table label=${panel.t('admin.rewards')} paging="none" .columns=${rewardColumns(panel, (reward, action) => void this.#act(reward, action))} .rows=${rewards.filter(({ state }) => !this.#state || state === this.#state)} .rowKey=${(reward: Reward) => reward.id} .rowHref=${(reward: Reward) => homeHref(reward.id)}>
      <select slot="filters" class="select" aria-label=${panel.t('admin.col.state')} @change=${(event: Event) => { this.#state = (event.target as HTMLSelectElement).value; panel.requestUpdate(); }}><option value="">${panel.t('admin.allStates')}</option>${STATES.map((state) => html`<option value=${state}>${panel.t(`admin.state.${state}`)}</option>`)}</select>
      <gx-empty slot="empty" icon="filter" heading=${panel.t('admin.noneInState')}></gx-empty>
    </gx-table></gx-card>`;
  }

  #body(): TemplateResult {
    const { panel } = this;
    const { value, error } = this.#rewards;
    if (error && !value) return html`<gx-error .error=${error} @gx-retry=${() => this.#rewards.reload()}></gx-error>`;
    if (!value) return html`<gx-skeleton shape="tiles"></gx-skeleton><gx-skeleton shape="table"></gx-skeleton>`;
    if (!value.length) return html`<gx-card><gx-empty icon="ticket" heading=${panel.t('admin.first')}><p>${panel.t('admin.firstText')}</p><wa-button slot="action" variant="brand" href=${homeHref('new')}>${panel.t('admin.createFirst')}</wa-button><wa-button slot="action" appearance="outlined" @click=${() => this.#defaults()}>${panel.t('admin.defaults')}</wa-button><wa-button slot="action" appearance="outlined" href=${homeHref('ladder')}>${panel.t('admin.ladder')}</wa-button></gx-empty></gx-card>`;
    return html`${overview(panel, value, (filter) => void this.#coupons.only(filter))}${this.#handing.render(value)}${this.#table(value)}${this.#coupons.render(value)}${this.#stock.render()}${this.#codes.render()}${this.#cost.render()}`;
  }

  render(): TemplateResult {
    const { panel } = this;
    return html`<gx-page heading=${panel.t('admin.title')} subtitle=${panel.t('admin.subtitle')}>
      ${this.#rewards.value?.length ? html`<wa-button slot="actions" appearance="outlined" href=${homeHref('report')}>${panel.t('admin.report')}</wa-button><wa-button slot="actions" appearance="outlined" href=${homeHref('ladder')}>${panel.t('admin.ladder')}</wa-button><wa-button slot="actions" variant="brand" href=${homeHref('new')}><gx-icon slot="start" name="plus"></gx-icon>${panel.t('admin.create')}</wa-button>` : ''}
      ${this.#body()}</gx-page>`;
  }
}
