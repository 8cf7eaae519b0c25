import { html, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { t } from '../texts.js';
import { r } from './texts.js';

/** A decision that needs a reason. `act` is what is done with it; what it throws is shown. */
export interface Decision { readonly title: string; readonly text: string; readonly action: string; readonly danger: boolean; readonly option?: string; readonly act: (reason: string, option: boolean) => Promise<void> }

/**
 * Asks for a reason before a decision.
 * @element gx-reason-dialog
 * @fires gx-close - decided or not
 */
class ReasonDialog extends KitElement {
  static override properties = { decision: { attribute: false }, reason: { state: true }, option: { state: true }, problem: { state: true }, busy: { state: true } };
  declare decision: Decision | undefined;
  declare reason: string;
  declare option: boolean;
  declare problem: string;
  declare busy: boolean;
  static override styles = kitStyles;

  constructor() { super(); this.decision = undefined; this.reason = ''; this.option = true; this.problem = ''; this.busy = false; }

  protected override willUpdate(changed: PropertyValues): void { if (changed.has('decision') && this.decision) { this.reason = ''; this.option = true; this.problem = ''; } }

  async #decide(decision: Decision): Promise<void> {
    if (this.reason.trim() === '') { this.problem = r('reasonMissing'); return; }
    this.busy = true; this.problem = '';
    try {
      await decision.act(this.reason.trim(), this.option);
      this.fire('gx-close');
    } catch (error) { this.problem = error instanceof Error ? error.message : t('error.generic'); }
    this.busy = false;
  }

  protected override render(): unknown {
    const { decision } = this;
    return html`<gx-dialog label=${decision?.title ?? ''} ?open=${decision !== undefined}>
      <div class="stack"><p>${decision?.text ?? ''}</p>
        <wa-textarea label=${r('reasonLabel')} rows="2" maxlength="500" autofocus .value=${this.reason} @input=${(event: Event) => { this.reason = (event.target as HTMLTextAreaElement).value ?? ''; }}></wa-textarea>
        ${decision?.option ? html`<label class="row"><input type="checkbox" .checked=${this.option} @change=${(event: Event) => { this.option = (event.target as HTMLInputElement).checked; }}>${decision.option}</label>` : ''}
        <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : ''}</div></div>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${t('action.cancel')}</wa-button>
      <wa-button slot="footer" variant=${decision?.danger ? 'danger' : 'brand'} ?loading=${this.busy} @click=${() => (decision ? this.#decide(decision) : undefined)}>${decision?.action ?? ''}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-reason-dialog', ReasonDialog);
