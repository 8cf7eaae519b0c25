import { html, nothing } from 'lit';
import { confirm } from '../../kit/confirm.js';
import { define } from '../../kit/define.js';
import { formatBusinessDate } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import './campaign-dialog.element.js';
import type { Campaign, EarningAnswer } from './earning-types.js';
import { goodsText, timesText } from './rule-sentence.js';
import { e } from './texts.js';

type State = 'running' | 'planned' | 'over';
const stateOf = ({ startsAt, endsAt }: Campaign, now: number): State => (endsAt <= now ? 'over' : startsAt <= now ? 'running' : 'planned');
const TONES = { running: 'success', planned: 'info', over: 'neutral' } as const;

/**
 * Dated multipliers of points: planned, running and over.
 * @element gx-earning-campaigns
 * @fires gx-changed - a campaign was planned, changed, ended or removed
 */
class EarningCampaigns extends KitElement {
  static override properties = { session: { attribute: false }, earning: { attribute: false }, manages: { type: Boolean }, chosen: { state: true }, open: { state: true } };
  declare session: AdminSession;
  declare earning: EarningAnswer;
  /** Whether whoever is signed in may change campaigns. */
  declare manages: boolean;
  declare chosen: Campaign | undefined;
  declare open: boolean;
  static override styles = kitStyles;

  constructor() { super(); this.manages = false; this.chosen = undefined; this.open = false; }

  async #do(act: () => Promise<unknown>, done: string): Promise<void> {
    try { await act(); toast(done, 'success'); } catch (error) { toast(error instanceof Error ? error.message : String(error), 'danger'); }
    this.fire('gx-changed');
  }

  async #end({ id, title, basisPoints, goods }: Campaign): Promise<void> {
    if (!(await confirm({ title: e('endTitle', { title: localised(title) }), body: e('endBody'), action: e('endNow') }))) return;
    await this.#do(() => this.session.api.put(`/earning/campaigns/${id}`, { title, basisPoints, goods, startsAt: 0, endsAt: 0 }), e('ended'));
  }

  async #remove({ id, title }: Campaign): Promise<void> {
    if (!(await confirm({ title: e('removeTitle', { title: localised(title) }), body: e('removeBody'), action: e('remove'), danger: true }))) return;
    await this.#do(() => this.session.api.delete(`/earning/campaigns/${id}`), e('removed'));
  }

  #columns(): Column<Campaign>[] {
    const { now } = this.earning;
    return [
      { key: 'title', label: e('campaign'), primary: true, cell: (row) => html`<span class="stacked"><span>${localised(row.title)}</span><span class="muted small">${goodsText(row.goods) || e('wholeShop')}</span></span>` },
      { key: 'times', label: e('times'), align: 'end', cell: (row) => timesText(row.basisPoints) },
      { key: 'dates', label: e('dates'), cell: (row) => html`<span class="stacked"><span class="nowrap">${formatBusinessDate(row.startsOn)}</span><span class="nowrap muted">– ${formatBusinessDate(row.endsOn)}</span></span>` },
      { key: 'state', label: e('state'), cell: (row) => html`<gx-badge tone=${TONES[stateOf(row, now)]}>${e(`state.${stateOf(row, now)}`)}</gx-badge>` },
      ...(this.manages ? [{ key: 'actions', label: e('actions'), align: 'end' as const, cell: (row: Campaign) => {
        const state = stateOf(row, now);
        return state === 'over' ? nothing : html`<span class="row"><wa-button size="s" appearance="outlined" @click=${() => { this.chosen = row; this.open = true; }}>${e('modify')}<span class="visually-hidden"> ${localised(row.title)}</span></wa-button>
          ${state === 'running' ? html`<wa-button size="s" appearance="outlined" @click=${() => this.#end(row)}>${e('endNow')}</wa-button>` : html`<wa-button size="s" appearance="outlined" @click=${() => this.#remove(row)}>${e('remove')}</wa-button>`}</span>`;
      } }] : []),
    ];
  }

  protected override render(): unknown {
    return html`<gx-card flush heading=${e('campaigns')} subtitle=${e('campaignsText')}>
        ${this.manages ? html`<wa-button slot="actions" size="s" appearance="outlined" @click=${() => { this.chosen = undefined; this.open = true; }}><gx-icon slot="start" name="plus"></gx-icon>${e('plan')}</wa-button>` : nothing}
        <gx-table label=${e('campaigns')} .columns=${this.#columns()} .rows=${this.earning.campaigns}><gx-empty slot="empty" compact icon="calendar" heading=${e('campaignsNone')}>${e('campaignsNoneText')}</gx-empty></gx-table></gx-card>
      <gx-earning-campaign .session=${this.session} .earning=${this.earning} .campaign=${this.chosen} ?open=${this.open} @gx-close=${() => { this.open = false; }} @gx-saved=${() => { this.open = false; this.fire('gx-changed'); }}></gx-earning-campaign>`;
  }
}
define('gx-earning-campaigns', EarningCampaigns);
