import { html, nothing, type PropertyValues } from 'lit';
import { define } from '../kit/define.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import type { AdminSession } from './admin-session.js';
import { t } from './texts.js';

/**
 * Asks why before a customer's contact is shown; the reason goes into the access log.
 * @element gx-reveal-dialog
 * @fires gx-revealed - `{ email, phone }`
 * @fires gx-close
 */
export class RevealDialog extends KitElement {
  static override properties = { open: { type: Boolean }, session: { attribute: false }, personId: { type: String }, reason: { state: true }, problem: { state: true }, busy: { state: true } };
  declare open: boolean;
  declare session: AdminSession;
  declare personId: string;
  declare reason: string;
  declare problem: string;
  declare busy: boolean;

  static override styles = kitStyles;

  constructor() { super(); this.open = false; this.personId = ''; this.reason = ''; this.problem = ''; this.busy = false; }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('open') && this.open) { this.reason = ''; this.problem = ''; }
  }

  async #reveal(): Promise<void> {
    if (this.reason.trim().length < 3) { this.problem = t('reveal.noReason'); return; }
    this.busy = true; this.problem = '';
    try {
      this.fire('gx-revealed', await this.session.api.post(`/customers/${encodeURIComponent(this.personId)}/reveal`, { reason: this.reason.trim() }));
    } catch (error) {
      this.problem = error instanceof Error ? error.message : t('error.generic');
    }
    this.busy = false;
  }

  protected override render(): unknown {
    return html`<gx-dialog label=${t('reveal.title')} ?open=${this.open}>
      <div class="stack"><p>${t('reveal.text')}</p>
        <wa-input label=${t('reveal.reason')} maxlength="300" autofocus .value=${this.reason} @input=${(event: Event) => { this.reason = (event.target as HTMLInputElement).value ?? ''; }}></wa-input>
        <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : nothing}</div></div>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${t('action.cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.#reveal()}>${t('customer.reveal')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-reveal-dialog', RevealDialog);
