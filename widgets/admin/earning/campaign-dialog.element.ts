import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import { dayAfter, type Campaign, type EarningAnswer } from './earning-types.js';
import { timesOptions } from './rule-fields.js';
import { e } from './texts.js';

interface Draft { readonly en: string; readonly zh: string; readonly basisPoints: number; readonly startsOn: string; readonly endsOn: string; readonly types: readonly string[]; readonly skus: readonly string[] }
const value = (event: Event): string => (event.target as HTMLInputElement).value ?? '';

/**
 * Plans a campaign or changes one; of one that runs only name and end.
 * @element gx-earning-campaign
 * @fires gx-saved
 * @fires gx-close
 */
class CampaignDialog extends KitElement {
  static override properties = { open: { type: Boolean }, session: { attribute: false }, earning: { attribute: false }, campaign: { attribute: false }, draft: { state: true }, problem: { state: true }, busy: { state: true } };
  declare open: boolean;
  declare session: AdminSession;
  declare earning: EarningAnswer;
  /** Undefined: a new one. */
  declare campaign: Campaign | undefined;
  declare draft: Draft;
  declare problem: string;
  declare busy: boolean;

  static override styles = [kitStyles, css`.pair { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); }`];

  constructor() { super(); this.open = false; this.campaign = undefined; this.draft = { en: '', zh: '', basisPoints: 20_000, startsOn: '', endsOn: '', types: [], skus: [] }; this.problem = ''; this.busy = false; }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('open') || !this.open) return;
    const { campaign, earning: { today } } = this;
    this.problem = '';
    this.draft = campaign
      ? { en: campaign.title.en, zh: campaign.title['zh-CN'], basisPoints: campaign.basisPoints, startsOn: campaign.startsOn, endsOn: campaign.endsOn, types: campaign.goods.types, skus: campaign.goods.skus }
      : { en: '', zh: '', basisPoints: 20_000, startsOn: today, endsOn: dayAfter(today, 6), types: [], skus: [] };
  }

  async #save(): Promise<void> {
    const { en, zh, basisPoints, startsOn, endsOn, types, skus } = this.draft;
    this.busy = true; this.problem = '';
    const body = { title: { en, 'zh-CN': zh || en }, basisPoints, startsAt: startsOn, endsAt: endsOn, goods: { types, skus } };
    try {
      await (this.campaign ? this.session.api.put(`/earning/campaigns/${this.campaign.id}`, body) : this.session.api.post('/earning/campaigns', body));
      toast(e('campaignSaved'), 'success');
      this.fire('gx-saved');
    } catch (error) { this.problem = error instanceof Error ? error.message : String(error); }
    this.busy = false;
  }

  protected override render(): unknown {
    const { draft } = this, set = (change: Partial<Draft>): void => { this.draft = { ...this.draft, ...change }; };
    const begun = this.campaign !== undefined && this.campaign.startsAt <= this.earning.now;
    const types = this.earning.types.map(({ name }) => name).join(', ');
    return html`<gx-dialog label=${this.campaign ? localised(this.campaign.title) : e('plan')} ?open=${this.open} @gx-close=${(event: Event) => { event.stopPropagation(); this.fire('gx-close'); }}>
      <div class="stack">
        <div class="pair"><wa-input label=${e('titleEn')} maxlength="80" .value=${draft.en} @input=${(event: Event) => set({ en: value(event) })}></wa-input><wa-input label=${e('titleZh')} maxlength="80" .value=${draft.zh} @input=${(event: Event) => set({ zh: value(event) })}></wa-input></div>
        ${begun ? nothing : html`<wa-select label=${e('times')} .value=${String(draft.basisPoints)} @change=${(event: Event) => set({ basisPoints: Number(value(event)) })}>${timesOptions.slice(1).map((option) => html`<wa-option value=${option.value}>${localised(option.label)}</wa-option>`)}</wa-select>`}
        <div class="pair">${begun ? nothing : html`<wa-input type="date" label=${e('startsOn')} min=${this.earning.today} .value=${draft.startsOn} @input=${(event: Event) => set({ startsOn: value(event) })}></wa-input>`}
          <wa-input type="date" label=${e('endsOn')} min=${draft.startsOn} .value=${draft.endsOn} @input=${(event: Event) => set({ endsOn: value(event) })}></wa-input></div>
        ${begun ? nothing : html`<gx-list-field label=${e('types')} hint=${e('typesHint', { list: types })} max="50" .value=${draft.types} @gx-change=${(event: CustomEvent<{ value: readonly string[] }>) => { event.stopPropagation(); set({ types: event.detail.value }); }}></gx-list-field>
          <gx-list-field label=${e('skus')} max="200" .value=${draft.skus} @gx-change=${(event: CustomEvent<{ value: readonly string[] }>) => { event.stopPropagation(); set({ skus: event.detail.value }); }}></gx-list-field>`}
        <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : nothing}</div>
      </div>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${e('cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.#save()}>${e('save')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-earning-campaign', CampaignDialog);
