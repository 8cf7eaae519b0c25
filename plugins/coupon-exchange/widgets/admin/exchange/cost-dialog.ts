import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney, minorDigits, shopCurrency } from 'guanxi/kit';
import { isOwnCost, ownCostOf } from './reward-draft.js';
import { titleOf, type Reward } from './reward-types.js';
import { SubjectDialog } from './subject-dialog.js';

/** Asks what one of a reward costs the shop; shoppers do not see it, so it may change while the reward is live. */
export class CostDialog extends SubjectDialog<Reward> {
  #amount = '';

  protected override reset({ ownCost }: Reward): void { this.#amount = ownCost === null ? '' : String(ownCost / 10 ** minorDigits()); }

  #save(id: string): Promise<void> {
    const { panel } = this;
    const amount = ownCostOf(this.#amount, minorDigits());
    return this.submit(isOwnCost(amount) ? '' : panel.t('admin.cost.bad'), async () => {
      await panel.context.api.post(`rewards/${encodeURIComponent(id)}/cost`, { amount });
      panel.context.toast?.(panel.t('admin.done.cost'), 'success');
      this.close();
      this.done();
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { panel } = this;
    const reward = this.subject;
    if (!reward) return nothing;
    return html`<gx-dialog label=${panel.t('admin.cost.title', { title: titleOf(panel, reward) })} ?open=${this.shown} @gx-close=${() => this.close()}>
      <form class="stack" @submit=${(event: Event) => { event.preventDefault(); void this.#save(reward.id); }}>
        <wa-input inputmode="decimal" autofocus label=${`${panel.t('admin.form.ownCost')} (${shopCurrency()})`} hint=${panel.t(`admin.form.ownCostHint.${reward.kind}`)} .value=${this.#amount} @input=${(event: Event) => { this.#amount = (event.target as HTMLInputElement).value ?? ''; }}></wa-input>
        <p class="muted small num">${reward.costEach === null ? panel.t('admin.cost.unknown') : panel.t('admin.cost.counted', { money: formatMoney(reward.costEach) })}</p>
        <div role="alert" class="negative strong">${this.problem}</div>
      </form>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.close()}>${panel.t('admin.cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.#save(reward.id)}>${panel.t('admin.cost.save')}</wa-button>
    </gx-dialog>`;
  }
}
