import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import type { ProductChoice, ProductSource, SettingFieldsJson, SettingValues } from '../../kit/setting-fields.js';
import type { WidgetListing } from '../../runtime/listing.js';
import type { AdminSession } from '../admin-session.js';
import type { SettingsAnswer } from '../api-types.js';
import { t } from '../texts.js';
import { previewOf } from './preview-environment.js';

/** Whether something of the fields shows on the storefront. */
const isVisual = (fields: SettingFieldsJson): boolean => Object.values(fields).some(({ kind, preview, shopper }) => shopper && (preview ?? (kind === 'color' || kind === 'text')));

/**
 * The settings of an installed module. Where they show on the storefront, its widgets stand beside the form and follow what is typed; they
 * run as a visitor's and send nothing.
 * @element gx-module-settings
 * @fires gx-saved - the settings were saved
 */
export class ModuleSettings extends KitElement {
  static override properties = { session: { attribute: false }, plugin: { type: String }, answer: { attribute: false }, live: { type: Boolean }, drafted: { state: true } };
  declare session: AdminSession;
  declare plugin: string;
  declare answer: SettingsAnswer;
  /** The module runs, so that its widgets can be shown. */
  declare live: boolean;
  /** What the form holds, saved or not. */
  declare drafted: SettingValues | undefined;
  #preview = new Load(this, () => (this.live && isVisual(this.answer.fields) ? previewOf(this.plugin, this.session.bootstrap?.shop.key ?? '') : Promise.resolve(undefined)));

  static override styles = [kitStyles, css`
    .split { display: grid; gap: 20px; }
    .alone { max-inline-size: 640px; }
    .stage { position: sticky; inset-block-start: 16px; align-self: start; min-inline-size: 0; }
    .shop { padding: 16px; border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); background: #fff; color-scheme: light;
      --gx-surface: #fff; --gx-text: #1f2423; --gx-accent: #b42318; --gx-on-accent: #fff; --gx-border: #dfe3e1; --gx-control-border: #7d8885; --gx-muted: #5b6462; --gx-sunken: #eceeed; --gx-link: #0b6e5f; color: var(--gx-text); }
    .shop > * + * { margin-block-start: 16px; }
    h3 { margin-block-end: 2px; } .stage p { margin-block-end: 8px; }
    @container card (min-width: 640px) { .split { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
  `];

  constructor() { super(); this.plugin = ''; this.live = false; this.drafted = undefined; }

  /** Whether something is typed that is not saved. */
  get dirty(): boolean { return this.renderRoot.querySelector('gx-schema-form')?.dirty ?? false; }
  get settled(): Promise<unknown> { return this.#preview.settled; }

  get #products(): ProductSource {
    const { api } = this.session;
    return {
      search: async (text) => (await api.get<{ items: readonly ProductChoice[] }>('/products', { search: text, limit: 8 })).items,
      bySku: async (sku) => (await api.get<{ items: readonly ProductChoice[] }>('/products', { skus: sku })).items[0],
    };
  }

  #listing(listing: WidgetListing): WidgetListing {
    const drafted = Object.fromEntries(Object.entries(this.drafted ?? {}).filter(([name]) => this.answer.fields[name]?.shopper === true));
    return this.drafted ? { ...listing, settings: { ...listing.settings, ...drafted } } : listing;
  }

  protected override render(): unknown {
    const { fields, values } = this.answer;
    const preview = this.#preview.value;
    const form = html`<gx-schema-form .fields=${fields} .values=${values} .products=${this.#products} .save=${(given: SettingValues) => this.session.api.put(`/installs/${this.plugin}/settings`, { values: given })}
      @gx-draft=${(event: CustomEvent<{ values: SettingValues }>) => { this.drafted = event.detail.values; }}></gx-schema-form>`;
    return html`<gx-card heading=${t('module.settings')}><div class=${preview?.listings.length ? 'split' : 'alone'}>${form}
      ${preview?.listings.length ? html`<section class="stage" aria-label=${t('module.preview')}><h3>${t('module.preview')}</h3><p class="muted small">${t('module.previewText')}</p>
        <div class="shop">${preview.listings.map((listing) => html`<gx-outlet .listing=${this.#listing(listing)} .environment=${preview.environment}></gx-outlet>`)}</div></section>` : nothing}</div></gx-card>`;
  }
}
define('gx-module-settings', ModuleSettings);
