import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from 'guanxi/kit';
import { titleOf, type Reward } from './reward-types.js';
import { SubjectDialog } from './subject-dialog.js';

const MOST = 1_000_000;

/** Asks how many more of a reward there are. */
export class StockDialog extends SubjectDialog<Reward> {
  #amount = '';
  /** One for each time the dialog opens: a press that got no answer adds nothing when it is repeated. */
  #key = '';

  protected override reset(): void { this.#amount = ''; this.#key = crypto.randomUUID(); }

  #save(id: string): Promise<void> {
    const { panel } = this;
    const amount = Number(this.#amount);
    return this.submit(Number.isInteger(amount) && amount > 0 && amount <= MOST ? '' : panel.t('admin.stock.bad'), async () => {
      await panel.context.api.post(`rewards/${encodeURIComponent(id)}/stock`, { amount }, { key: this.#key });
      panel.context.toast?.(panel.t('admin.done.stock'), 'success');
      this.close();
      this.done();
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { panel } = this;
    const reward = this.subject;
    if (!reward) return nothing;
    const { remaining, stock } = reward;
    return html`<gx-dialog label=${panel.t('admin.stock.title', { title: titleOf(panel, reward) })} ?open=${this.shown} @gx-close=${() => this.close()}>
      <form class="stack" @submit=${(event: Event) => { event.preventDefault(); void this.#save(reward.id); }}>
        <wa-input type="number" inputmode="numeric" step="1" min="1" max=${MOST} autofocus label=${panel.t('admin.stock.amount')} .value=${this.#amount} @input=${(event: Event) => { this.#amount = (event.target as HTMLInputElement).value ?? ''; panel.requestUpdate(); }}></wa-input>
        <p class="muted small num" role="status">${panel.t('admin.stock.after', { left: formatNumber(remaining ?? 0), all: formatNumber(stock ?? 0), after: formatNumber((remaining ?? 0) + (Number(this.#amount) || 0)) })}</p>
        <div role="alert" class="negative strong">${this.problem}</div>
      </form>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.close()}>${panel.t('admin.cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.#save(reward.id)}>${panel.t('admin.action.stock')}</wa-button>
    </gx-dialog>`;
  }
}
