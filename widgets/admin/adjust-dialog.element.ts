import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../kit/define.js';
import { formatNumber } from '../kit/format.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import { toast } from '../kit/toast.js';
import type { AdminSession } from './admin-session.js';
import type { BalanceAnswer } from './api-types.js';
import { t } from './texts.js';

const MOST = 1_000_000;

/**
 * Gives or takes points by hand. A reason is required: it stands in the customer's statement and in the audit.
 * @element gx-adjust-dialog
 * @fires gx-adjusted - `{ balance }`
 * @fires gx-close
 */
export class AdjustDialog extends KitElement {
  static override properties = { open: { type: Boolean }, session: { attribute: false }, personId: { type: String }, available: { type: Number }, amount: { state: true }, reason: { state: true }, problem: { state: true }, busy: { state: true } };
  declare open: boolean;
  declare session: AdminSession;
  declare personId: string;
  declare available: number;
  declare amount: string;
  declare reason: string;
  declare problem: string;
  declare busy: boolean;
  /** One per opened dialog: a repeated press is the same adjustment. */
  #key = '';

  static override styles = [kitStyles, css`.result { padding: 10px 12px; border-radius: 6px; background: var(--gx-sunken); }`];

  constructor() { super(); this.open = false; this.personId = ''; this.available = 0; this.amount = ''; this.reason = ''; this.problem = ''; this.busy = false; }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('open') && this.open) { this.amount = ''; this.reason = ''; this.problem = ''; this.#key = crypto.randomUUID(); }
  }

  async #save(): Promise<void> {
    const amount = Number(this.amount);
    if (!Number.isInteger(amount) || amount === 0 || Math.abs(amount) > MOST) { this.problem = t('adjust.badAmount'); return; }
    if (this.reason.trim().length < 3) { this.problem = t('adjust.noReason'); return; }
    this.busy = true; this.problem = '';
    try {
      const { balance, waiting } = await this.session.api.post<{ balance: BalanceAnswer; waiting: boolean }>(`/customers/${encodeURIComponent(this.personId)}/adjustments`, { amount, reason: this.reason.trim() }, { key: this.#key });
      toast(t(waiting ? 'adjust.waiting' : 'adjust.done'), 'success');
      this.fire('gx-adjusted', { balance });
    } catch (error) {
      this.problem = error instanceof Error ? error.message : t('error.generic');
    }
    this.busy = false;
  }

  protected override render(): unknown {
    const amount = Number(this.amount);
    const after = this.amount !== '' && Number.isInteger(amount) ? this.available + amount : undefined;
    return html`<gx-dialog label=${t('adjust.title')} ?open=${this.open}>
      <div class="stack">
        <wa-input type="number" step="1" inputmode="numeric" label=${t('adjust.amount')} hint=${t('adjust.amountHint')} .value=${this.amount} autofocus @input=${(event: Event) => { this.amount = (event.target as HTMLInputElement).value ?? ''; }}></wa-input>
        <wa-textarea label=${t('adjust.reason')} hint=${t('adjust.reasonHint')} rows="2" maxlength="300" .value=${this.reason} @input=${(event: Event) => { this.reason = (event.target as HTMLTextAreaElement).value ?? ''; }}></wa-textarea>
        <p class="result num" role="status">${after === undefined ? t('adjust.now', { n: this.available }) : t('adjust.after', { before: formatNumber(this.available), after: formatNumber(after) })}</p>
        <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : nothing}</div>
      </div>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${t('action.cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.#save()}>${t('adjust.save')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-adjust-dialog', AdjustDialog);
