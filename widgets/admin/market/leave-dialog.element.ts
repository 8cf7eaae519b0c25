import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { formatDate } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import { href } from '../routes.js';
import { t } from '../texts.js';
import type { MarketDetail } from './market-types.js';
import { titleOf } from './module-words.js';

const RETENTION_MS = 30 * 86_400_000;
export type Leaving = 'disable' | 'remove';

/**
 * Asks before a module is switched off or uninstalled, for an optional reason, and says when its data goes. When other modules need it, it
 * names them instead.
 * @element gx-leave-dialog
 * @fires gx-leave - `{ how, reason }`
 * @fires gx-close
 */
export class LeaveDialog extends KitElement {
  static override properties = { how: { attribute: false }, item: { attribute: false }, now: { type: Number }, busy: { type: Boolean }, reason: { state: true }, shown: { state: true } };
  /** What is asked; undefined closes the dialog. */
  declare how: Leaving | undefined;
  declare item: MarketDetail;
  /** The server's time, UTC ms. */
  declare now: number;
  declare busy: boolean;
  declare reason: string;
  /** Stays while the dialog goes away. */
  declare shown: Leaving;

  static override styles = [kitStyles, css`wa-textarea { display: block; margin-block-start: 16px; } ul { margin-block-start: 8px; }`];

  constructor() { super(); this.how = undefined; this.now = 0; this.busy = false; this.reason = ''; this.shown = 'disable'; }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('how') && this.how) { this.shown = this.how; this.reason = ''; }
  }

  protected override render(): unknown {
    const { item, shown } = this;
    const title = titleOf(item), blocked = item.requiredBy.length > 0;
    return html`<gx-dialog label=${blocked ? t('leave.blockedTitle', { title }) : t(`leave.${shown}Title`, { title })} ?open=${this.how !== undefined}>
      ${blocked ? html`<p>${t('leave.blockedText')}</p><ul>${item.requiredBy.map((each) => html`<li><a href=${href(`/marketplace/${each.id}`)}>${localised(each.title)}</a></li>`)}</ul>`
      : html`<p>${t(`leave.${shown}Text`, { date: formatDate(this.now + RETENTION_MS) })}</p>
        <wa-textarea label=${t('leave.reason')} hint=${t('leave.reasonHint')} rows="2" maxlength="500" .value=${this.reason} @input=${(event: Event) => { this.reason = (event.target as HTMLInputElement).value ?? ''; }}></wa-textarea>`}
      <wa-button slot="footer" appearance="outlined" autofocus @click=${() => this.fire('gx-close')}>${t(blocked ? 'action.close' : 'action.cancel')}</wa-button>
      ${blocked ? nothing : html`<wa-button slot="footer" variant=${shown === 'remove' ? 'danger' : 'brand'} ?loading=${this.busy} @click=${() => this.fire('gx-leave', { how: shown, reason: this.reason.trim() })}>${t(`module.${shown}`)}</wa-button>`}
    </gx-dialog>`;
  }
}
define('gx-leave-dialog', LeaveDialog);
