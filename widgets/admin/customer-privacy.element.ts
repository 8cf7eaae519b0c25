import { html } from 'lit';
import { define } from '../kit/define.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import { toast } from '../kit/toast.js';
import type { AdminSession } from './admin-session.js';
import type { PrivacyRequestRow } from './api-types.js';
import './erase-dialog.element.js';
import type { Receipt } from './receipt-dialog.element.js';
import './receipt-dialog.element.js';
import { saveJson } from './save-file.js';
import { t } from './texts.js';

/**
 * A customer's rights on one card: everything as a file, or forgotten.
 * @element gx-customer-privacy
 * @fires gx-erased - the customer is erased and the receipt was read
 */
export class CustomerPrivacy extends KitElement {
  static override properties = { session: { attribute: false }, personId: { type: String }, name: { type: String }, busy: { state: true }, erasing: { state: true }, receipt: { state: true } };
  declare session: AdminSession;
  declare personId: string;
  declare name: string;
  declare busy: boolean;
  declare erasing: boolean;
  declare receipt: Receipt | undefined;

  static override styles = kitStyles;

  constructor() { super(); this.personId = ''; this.name = ''; this.busy = false; this.erasing = false; this.receipt = undefined; }

  async #export(): Promise<void> {
    this.busy = true;
    try {
      const request = await this.session.api.post<PrivacyRequestRow>(`/customers/${encodeURIComponent(this.personId)}/export`, {});
      if (request.hasPackage) {
        saveJson(`customer-${this.personId}.json`, await this.session.api.get(`/privacy/requests/${request.id}/package`));
        toast(t('customerPrivacy.exported'), 'success');
      } else toast(t('customerPrivacy.incomplete'), 'warning');
    } catch (error) { toast(error instanceof Error ? error.message : t('error.generic'), 'danger'); }
    this.busy = false;
  }

  #erased(request: PrivacyRequestRow): void {
    this.erasing = false;
    toast(t(request.state === 'done' ? 'erase.done' : 'privacy.notFulfilled'), request.state === 'done' ? 'success' : 'warning');
    this.receipt = { ...(request.receipt as object), id: request.id };
  }

  protected override render(): unknown {
    return html`<gx-card heading=${t('customerPrivacy.title')} icon="lock"><div class="stack"><p class="muted">${t('customerPrivacy.text')}</p>
        <div class="row"><wa-button size="s" appearance="outlined" ?loading=${this.busy} @click=${() => this.#export()}><gx-icon slot="start" name="download"></gx-icon>${t('customerPrivacy.export')}</wa-button>
        <wa-button size="s" appearance="outlined" variant="danger" @click=${() => { this.erasing = true; }}>${t('customerPrivacy.erase')}</wa-button></div></div></gx-card>
      <gx-erase-dialog ?open=${this.erasing} .session=${this.session} personId=${this.personId} name=${this.name} @gx-close=${() => { this.erasing = false; }} @gx-erased=${(event: CustomEvent<PrivacyRequestRow>) => { event.stopPropagation(); this.#erased(event.detail); }}></gx-erase-dialog>
      <gx-receipt-dialog .session=${this.session} .receipt=${this.receipt} @gx-close=${() => { this.receipt = undefined; this.fire('gx-erased'); }}></gx-receipt-dialog>`;
  }
}
define('gx-customer-privacy', CustomerPrivacy);
