import { html, nothing, type PropertyValues } from 'lit';
import { define } from '../kit/define.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import type { AdminSession } from './admin-session.js';
import type { PrivacyRequestRow } from './api-types.js';
import { t } from './texts.js';

/**
 * Erases a customer after their name was typed, because it cannot be undone.
 * @element gx-erase-dialog
 * @fires gx-erased - the request with its receipt
 * @fires gx-close
 */
export class EraseDialog extends KitElement {
  static override properties = { open: { type: Boolean }, session: { attribute: false }, personId: { type: String }, name: { type: String }, wanted: { state: true }, typed: { state: true }, problem: { state: true }, busy: { state: true } };
  declare open: boolean;
  declare session: AdminSession;
  declare personId: string;
  declare name: string;
  declare wanted: string;
  declare typed: string;
  declare problem: string;
  declare busy: boolean;

  static override styles = kitStyles;

  constructor() { super(); this.open = false; this.personId = ''; this.name = ''; this.wanted = ''; this.typed = ''; this.problem = ''; this.busy = false; }

  #path(what: string): string { return `/customers/${encodeURIComponent(this.personId)}/${what}`; }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('open') && this.open) { this.typed = ''; this.problem = ''; this.wanted = ''; void this.#ask(); }
  }

  async #ask(): Promise<void> {
    try { this.wanted = (await this.session.api.get<{ confirm: string }>(this.#path('erasure'))).confirm; }
    catch (error) { this.problem = error instanceof Error ? error.message : t('error.generic'); }
  }

  async #erase(): Promise<void> {
    if (!this.wanted) return;
    if (this.typed.trim() !== this.wanted) { this.problem = t('erase.mismatch', { text: this.wanted }); return; }
    this.busy = true; this.problem = '';
    try { this.fire('gx-erased', await this.session.api.post<PrivacyRequestRow>(this.#path('erase'), { confirm: this.typed.trim() })); }
    catch (error) { this.problem = error instanceof Error ? error.message : t('error.generic'); }
    this.busy = false;
  }

  protected override render(): unknown {
    return html`<gx-dialog label=${t('erase.title', { name: this.name })} ?open=${this.open}>
      <div class="stack"><p>${t('erase.text')}</p>
        <wa-input label=${t('erase.type', { text: this.wanted || '…' })} maxlength="300" autocomplete="off" autofocus .value=${this.typed} @input=${(event: Event) => { this.typed = (event.target as HTMLInputElement).value ?? ''; }}
          @keydown=${(event: KeyboardEvent) => { if (event.key === 'Enter' && !event.isComposing) void this.#erase(); }}></wa-input>
        <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : nothing}</div></div>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${t('action.cancel')}</wa-button>
      <wa-button slot="footer" variant="danger" ?loading=${this.busy} @click=${() => this.#erase()}>${t('erase.action')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-erase-dialog', EraseDialog);
