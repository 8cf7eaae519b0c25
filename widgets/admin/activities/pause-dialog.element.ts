import { html, nothing, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import type { AdminSession } from '../admin-session.js';
import { a } from './texts.js';

/**
 * Pauses an activity and says publicly why.
 * @element gx-pause-dialog
 * @fires gx-paused
 * @fires gx-close
 */
class PauseDialog extends KitElement {
  static override properties = { open: { type: Boolean }, session: { attribute: false }, activityId: { type: String }, name: { type: String }, en: { state: true }, zh: { state: true }, problem: { state: true }, busy: { state: true } };
  declare open: boolean;
  declare session: AdminSession;
  declare activityId: string;
  declare name: string;
  declare en: string;
  declare zh: string;
  declare problem: string;
  declare busy: boolean;

  static override styles = kitStyles;

  constructor() { super(); this.open = false; this.activityId = ''; this.name = ''; this.en = ''; this.zh = ''; this.problem = ''; this.busy = false; }

  protected override willUpdate(changed: PropertyValues): void { if (changed.has('open') && this.open) { this.en = ''; this.zh = ''; this.problem = ''; } }

  async #pause(): Promise<void> {
    this.busy = true;
    try { await this.session.api.post(`/activities/${this.activityId}/pause`, { notice: { en: this.en.trim(), 'zh-CN': this.zh.trim() } }); this.fire('gx-paused'); }
    catch (error) { this.problem = error instanceof Error ? error.message : String(error); }
    this.busy = false;
  }

  protected override render(): unknown {
    const box = (label: string, value: string, put: (text: string) => void, hint = ''): unknown =>
      html`<wa-textarea label=${label} hint=${hint} rows="2" maxlength="300" .value=${value} @input=${(event: Event) => put((event.target as HTMLTextAreaElement).value ?? '')}></wa-textarea>`;
    return html`<gx-dialog label=${a('pauseTitle', { title: this.name })} ?open=${this.open}><div class="stack"><p>${a('pauseText')}</p>
      ${box(a('noticeEn'), this.en, (text) => { this.en = text; })}${box(a('noticeZh'), this.zh, (text) => { this.zh = text; }, a('noticeHint'))}
      <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : nothing}</div></div>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${a('cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.#pause()}>${a('pause')}</wa-button></gx-dialog>`;
  }
}
define('gx-pause-dialog', PauseDialog);
