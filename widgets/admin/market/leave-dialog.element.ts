import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { formatDate } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import { Load } from '../../kit/load.controller.js';
import type { AdminSession } from '../admin-session.js';
import { href } from '../routes.js';
import { t } from '../texts.js';
import type { LeaveFacts, MarketDetail } from './market-types.js';
import { rowsOf, titleOf } from './module-words.js';

export type Leaving = 'disable' | 'remove';

/**
 * Asks before a module is switched off or uninstalled, for an optional reason, and shows what the server keeps of it and until when. When
 * other modules need it, it names them instead.
 * @element gx-leave-dialog
 * @fires gx-leave - `{ how, reason }`
 * @fires gx-close
 */
export class LeaveDialog extends KitElement {
  static override properties = { how: { attribute: false }, item: { attribute: false }, session: { attribute: false }, busy: { type: Boolean }, reason: { state: true }, shown: { state: true } };
  /** What is asked; undefined closes the dialog. */
  declare how: Leaving | undefined;
  declare item: MarketDetail;
  declare session: AdminSession;
  declare busy: boolean;
  declare reason: string;
  /** Stays while the dialog goes away. */
  declare shown: Leaving;
  #facts = new Load<LeaveFacts>(this, () => this.session.api.get(`/marketplace/${this.item.id}/leave`), false);

  static override styles = [kitStyles, css`
    wa-textarea { display: block; margin-block-start: 16px; } ul { margin-block-start: 8px; }
    .facts { min-block-size: 112px; margin-block: 12px; padding: 12px; border-radius: var(--gx-radius); background: var(--gx-sunken); }
  `];

  constructor() { super(); this.how = undefined; this.busy = false; this.reason = ''; this.shown = 'disable'; }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('how') || !this.how) return;
    this.shown = this.how; this.reason = '';
    if (this.how === 'remove' && !this.#blocked) void this.#facts.reload();
  }

  get #blocked(): boolean { return this.item.requiredBy.length > 0; }

  #kept(): unknown {
    const { value, error, loading } = this.#facts;
    if (error) return html`<gx-error .error=${error} @gx-retry=${() => this.#facts.reload()}></gx-error>`;
    if (loading || !value) return html`<div class="facts"><gx-skeleton lines="3"></gx-skeleton></div>`;
    return html`<dl class="facts definition">
      <dt>${t('leave.rows')}</dt><dd>${value.tables.length ? `${t('module.rows', { n: rowsOf(value.tables) })} · ${t('leave.tables', { n: value.tables.length })}` : t('leave.noRows')}</dd>
      <dt>${t('leave.for')}</dt><dd>${t('leave.days', { n: value.keptDays })}</dd>
      <dt>${t('leave.until')}</dt><dd class="strong">${formatDate(value.keptUntil)}</dd></dl>`;
  }

  protected override render(): unknown {
    const { item, shown } = this;
    const title = titleOf(item), blocked = this.#blocked, gone = item.hostState === 'absent';
    return html`<gx-dialog label=${blocked ? t('leave.blockedTitle', { title }) : t(`leave.${shown}Title`, { title })} ?open=${this.how !== undefined}>
      ${blocked ? html`<p>${t('leave.blockedText')}</p><ul>${item.requiredBy.map((each) => html`<li><a href=${href(`/marketplace/${each.id}`)}>${localised(each.title)}</a></li>`)}</ul>`
      : html`${shown === 'remove' && gone ? nothing : html`<p>${t(`leave.${shown}Text`)}</p>`}
        ${shown === 'remove' ? html`${this.#kept()}<p class="muted">${t(gone ? 'leave.afterGone' : 'leave.after')}</p>` : nothing}
        <wa-textarea label=${t('leave.reason')} hint=${t('leave.reasonHint')} rows="2" maxlength="500" .value=${this.reason} @input=${(event: Event) => { this.reason = (event.target as HTMLInputElement).value ?? ''; }}></wa-textarea>`}
      <wa-button slot="footer" appearance="outlined" autofocus @click=${() => this.fire('gx-close')}>${t(blocked ? 'action.close' : 'action.cancel')}</wa-button>
      ${blocked ? nothing : html`<wa-button slot="footer" variant=${shown === 'remove' ? 'danger' : 'brand'} ?loading=${this.busy} @click=${() => this.fire('gx-leave', { how: shown, reason: this.reason.trim() })}>${t(`module.${shown}`)}</wa-button>`}
    </gx-dialog>`;
  }
}
define('gx-leave-dialog', LeaveDialog);
