import { css, html, nothing, type TemplateResult } from 'lit';
import { formatNumber, kitStyles, Load } from 'guanxi/kit';
import { PluginElement } from 'guanxi/widgets';
import { AccountsCard } from './accounts/accounts-card.js';
import type { Overview } from './accounts/account-types.js';
import { AdjustDialog } from './accounts/adjust-dialog.js';
import { EntriesCard } from './accounts/entries-card.js';

/** What customers have in all, whose it is, and every movement. */
export default class Accounts extends PluginElement {
  #overview = new Load<Overview>(this, () => this.context.api.get<Overview>('overview'));
  #adjust = new AdjustDialog(this, () => { void this.#overview.reload(); void this.#accounts.reload(); void this.#entries.reload(); });
  #entries = new EntriesCard(this);
  #accounts = new AccountsCard(this, (account) => { this.#adjust.open(account); }, (account) => { void this.#entries.only(account); });

  static override styles = [kitStyles, css`
    #entries { outline-offset: -2px; scroll-margin-block-start: 16px; }
    .search { inline-size: min(100%, 320px); }
  `];

  /** The page is shown when its first answer is there, so that nothing in it moves. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await Promise.all([this.#overview.settled, this.#accounts.settled, this.#entries.settled]);
    return super.getUpdateComplete();
  }

  #tiles(): TemplateResult {
    const { value, error } = this.#overview;
    if (error && !value) return html`<gx-error .error=${error} @gx-retry=${() => this.#overview.reload()}></gx-error>`;
    const lately = this.t('admin.kpi.days', { n: value?.days ?? 30 });
    return html`<div class="tiles">
      <gx-kpi label=${this.t('admin.kpi.outstanding')} format="money" .value=${value?.outstanding ?? null} note=${value ? this.t('admin.kpi.accounts', { n: formatNumber(value.accounts) }) : ''}></gx-kpi>
      <gx-kpi label=${this.t('admin.kpi.held')} format="money" .value=${value?.held ?? null} note=${value ? this.t('admin.kpi.codes', { n: formatNumber(value.codes) }) : ''}></gx-kpi>
      <gx-kpi label=${this.t('admin.kpi.added')} format="money" .value=${value?.added ?? null} note=${lately}></gx-kpi>
      <gx-kpi label=${this.t('admin.kpi.spent')} format="money" .value=${value?.spent ?? null} note=${lately}></gx-kpi></div>`;
  }

  protected override render(): unknown {
    return html`<gx-page heading=${this.t('admin.title')} subtitle=${this.t('admin.subtitle')}>${this.#tiles()}${this.#accounts.render()}${this.#entries.render()}${this.#adjust.render() ?? nothing}</gx-page>`;
  }
}
