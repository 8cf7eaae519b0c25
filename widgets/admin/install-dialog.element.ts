import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../kit/define.js';
import { formatNumber } from '../kit/format.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import { localised } from '../kit/locale.js';
import type { MarketItem } from './api-types.js';
import { t, tWord } from './texts.js';

/**
 * What a module may do and what it keeps, before it is installed. Optional rights can be refused.
 * @element gx-install-dialog
 * @fires gx-install - `{ granted }`: the names of the granted capabilities
 * @fires gx-close
 */
export class InstallDialog extends KitElement {
  static override properties = { item: { attribute: false }, busy: { type: Boolean }, refused: { state: true } };
  /** The module asked about; undefined closes the dialog. */
  declare item: MarketItem | undefined;
  declare busy: boolean;
  declare refused: ReadonlySet<string>;
  #shown: MarketItem | undefined;

  static override styles = [kitStyles, css`
    ul { display: grid; gap: 10px; }
    .right { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 2px 10px; }
    .right gx-icon { color: var(--gx-muted); margin-block-start: 1px; }
    h3 { margin-block-end: 8px; }
    section { padding-block-start: 16px; }
    section + section { margin-block-start: 16px; border-block-start: 1px solid var(--gx-border); }
  `];

  constructor() { super(); this.item = undefined; this.busy = false; this.refused = new Set(); }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('item') && this.item) { this.#shown = this.item; this.refused = new Set(); }
  }

  #toggle(name: string, granted: boolean): void {
    const refused = new Set(this.refused);
    if (granted) refused.delete(name); else refused.add(name);
    this.refused = refused;
  }

  protected override render(): unknown {
    const item = this.#shown;
    if (!item) return nothing;
    const front = item.widgets.filter((widget) => widget.surface === 'storefront');
    const bytes = front.reduce((sum, widget) => sum + (widget.bytes ?? 0), 0);
    const fields = item.personalData.flatMap((data) => data.fields);
    return html`<gx-dialog label=${t('install.title', { title: localised(item.title) })} ?open=${this.item !== undefined}>
      <p>${localised(item.summary)}</p>
      <section><h3>${t('install.rights')}</h3>${item.capabilities.length ? html`<ul class="plain">${item.capabilities.map((capability) => html`<li class="right">
        <gx-icon name=${capability.optional ? 'info' : 'check'}></gx-icon><span><span class="strong">${tWord('capability', capability.name, capability.name)}</span><br><span class="muted">${localised(capability.reason)}</span>
        ${capability.optional ? html`<br><wa-switch size="s" ?checked=${!this.refused.has(capability.name)} @change=${(event: Event) => this.#toggle(capability.name, (event.target as HTMLInputElement).checked)}>${t('install.optional')}</wa-switch>` : nothing}</span></li>`)}</ul>` : html`<p class="muted">${t('install.noRights')}</p>`}</section>
      <section><h3>${t('install.data')}</h3><p class="muted">${fields.length ? t('install.keeps', { fields: [...new Set(fields)].map((field) => tWord('data', field)).join(t('list.comma')) }) : t('install.keepsNothing')}</p>
        ${front.length ? html`<p class="muted">${t('install.storefront', { n: front.length, size: bytes ? t('install.size', { kb: formatNumber(bytes / 1024, 1) }) : '' })}</p>` : nothing}</section>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${t('action.cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.fire('gx-install', { granted: item.capabilities.map((each) => each.name).filter((name) => !this.refused.has(name)) })}>${t('market.install')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-install-dialog', InstallDialog);
