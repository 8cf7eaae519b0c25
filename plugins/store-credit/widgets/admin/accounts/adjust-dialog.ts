import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney, minorDigits, shopCurrency } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import type { Account } from './account-types.js';

/** Asks how much is given or taken, and why. */
export class AdjustDialog {
  #account: Account | undefined;
  #shown = false;
  #busy = false;
  #amount = '';
  #reason = '';
  #problem = '';
  /** One for each time the dialog opens: a press that got no answer books nothing when it is repeated. */
  #key = '';

  constructor(private readonly panel: PluginElement, private readonly done: () => void) {}

  open(account: Account): void {
    [this.#account, this.#shown, this.#amount, this.#reason, this.#problem, this.#key] = [account, true, '', '', '', crypto.randomUUID()];
    this.panel.requestUpdate();
  }

  #close(): void { this.#shown = false; this.panel.requestUpdate(); }
  get #minor(): number { return Math.round(Number(this.#amount.trim()) * 10 ** minorDigits()); }

  async #save({ personId, balance }: Account): Promise<void> {
    const { panel } = this;
    if (this.#busy) return;
    const amount = this.#minor, reason = this.#reason.trim();
    this.#problem = !Number.isSafeInteger(amount) || amount === 0 ? panel.t('admin.adjust.bad') : balance + amount < 0 ? panel.t('admin.adjust.below', { balance: formatMoney(balance) }) : reason ? '' : panel.t('admin.adjust.why');
    panel.requestUpdate();
    if (this.#problem) return;
    this.#busy = true;
    try {
      await panel.context.api.post('adjustments', { personId, amount, reason }, { key: this.#key });
      panel.context.toast?.(panel.t('admin.adjust.done'), 'success');
      this.#close();
      this.done();
    } catch (error) { this.#problem = panel.explain(error); }
    this.#busy = false;
    panel.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const { panel } = this, account = this.#account;
    if (!account) return nothing;
    const after = account.balance + (this.#minor || 0);
    return html`<gx-dialog label=${panel.t('admin.adjustOf', { name: account.name ?? panel.t('admin.noName') })} ?open=${this.#shown} @gx-close=${() => { this.#close(); }}>
      <form class="stack" @submit=${(event: Event) => { event.preventDefault(); void this.#save(account); }}>
        <wa-input type="number" inputmode="decimal" step=${10 ** -minorDigits()} autofocus label=${panel.t('admin.adjust.amount', { currency: shopCurrency() })} hint=${panel.t('admin.adjust.hint')} .value=${this.#amount} @input=${(event: Event) => { this.#amount = (event.target as HTMLInputElement).value ?? ''; panel.requestUpdate(); }}></wa-input>
        <p class="muted small num" role="status">${panel.t('admin.adjust.after', { now: formatMoney(account.balance), after: formatMoney(after) })}</p>
        <wa-input label=${panel.t('admin.adjust.reason')} hint=${panel.t('admin.adjust.reasonHint')} maxlength="300" .value=${this.#reason} @input=${(event: Event) => { this.#reason = (event.target as HTMLInputElement).value ?? ''; }}></wa-input>
        <div role="alert" class="negative strong">${this.#problem}</div>
      </form>
      <wa-button slot="footer" appearance="outlined" @click=${() => { this.#close(); }}>${panel.t('cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.#busy} @click=${() => this.#save(account)}>${panel.t('admin.adjust.save')}</wa-button>
    </gx-dialog>`;
  }
}
