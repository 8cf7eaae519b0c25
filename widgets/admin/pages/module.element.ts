import { css, html, nothing } from 'lit';
import { confirm } from '../../kit/confirm.js';
import { define } from '../../kit/define.js';
import { formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { localised } from '../../kit/locale.js';
import type { SettingValues } from '../../kit/setting-fields.js';
import { AdminPage } from '../admin-page.js';
import type { MarketItem, SettingsAnswer } from '../api-types.js';
import '../install-dialog.element.js';
import { installWith } from '../install-with.js';
import { moduleState } from '../module-state.js';
import { href } from '../routes.js';
import { t, tWord } from '../texts.js';

interface Answer { readonly item: MarketItem | undefined; readonly settings: SettingsAnswer | undefined }
const absent = (state: string): boolean => ['available', 'uninstalled', 'purged'].includes(state);

/** One module: its settings, what it may do, what it adds, and its switch. */
class ModulePage extends AdminPage {
  static override properties = { asking: { state: true }, busy: { state: true } };
  declare asking: boolean;
  declare busy: boolean;
  #load = new Load<Answer>(this, () => this.#read());

  static override styles = [kitStyles, css`
    .error { padding: 10px 12px; border-radius: 6px; background: var(--gx-danger-fill); color: var(--gx-danger); overflow-wrap: anywhere; }
    li + li { margin-block-start: 10px; }
  `];

  constructor() { super(); this.asking = false; this.busy = false; }

  override get ready(): Promise<unknown> { return this.#load.settled; }
  override get tabTitle(): string { return localised(this.#load.value?.item?.title) || t('nav.marketplace'); }
  get #id(): string { return this.params[0] ?? ''; }

  async #read(): Promise<Answer> {
    const { items } = await this.session.api.get<{ items: readonly MarketItem[] }>('/marketplace');
    const item = items.find((each) => each.id === this.#id);
    const configurable = item?.settings && Object.keys(item.settings).length > 0 && !absent(item.state);
    return { item, settings: configurable ? await this.session.api.get<SettingsAnswer>(`/installs/${this.#id}/settings`) : undefined };
  }

  async #run(act: () => Promise<unknown>, done: string): Promise<void> {
    this.busy = true;
    if (await this.attempt(act, done)) await Promise.all([this.#load.reload(), this.session.load().catch(() => undefined)]);
    this.busy = false;
    this.asking = false;
  }

  async #disable(title: string): Promise<void> {
    if (await confirm({ title: t('module.disableTitle', { title }), body: t('module.disableText'), action: t('module.disable') })) await this.#run(() => this.session.api.post(`/installs/${this.#id}/disable`), t('module.disabled', { title }));
  }

  async #uninstall(title: string): Promise<void> {
    if (await confirm({ title: t('module.removeTitle', { title }), body: t('module.removeText'), action: t('module.remove'), danger: true })) await this.#run(() => this.session.api.delete(`/installs/${this.#id}`), t('module.removed', { title }));
  }

  #actions(item: MarketItem): unknown {
    const title = localised(item.title);
    const page = this.session.widgets('page').find((widget) => widget.plugin === item.id);
    if (absent(item.state)) return html`<wa-button slot="actions" variant="brand" @click=${() => { this.asking = true; }}>${t('market.install')}</wa-button>`;
    return html`
      ${item.state === 'enabled' ? html`<wa-button slot="actions" appearance="outlined" ?loading=${this.busy} @click=${() => this.#disable(title)}>${t('module.disable')}</wa-button>` : nothing}
      ${item.state === 'disabled' ? html`<wa-button slot="actions" appearance="outlined" @click=${() => this.#uninstall(title)}>${t('module.remove')}</wa-button><wa-button slot="actions" variant="brand" ?loading=${this.busy} @click=${() => this.#run(() => this.session.api.post(`/installs/${item.id}/enable`), t('market.enabled', { title }))}>${t('market.enable')}</wa-button>` : nothing}
      ${page && item.state === 'enabled' ? html`<wa-button slot="actions" variant="brand" href=${href(`/plugins/${page.plugin}/${page.name}`)}>${t('market.open')}</wa-button>` : nothing}`;
  }

  #body(item: MarketItem, settings: SettingsAnswer | undefined): unknown {
    return html`${item.error ? html`<div class="error" role="alert">${item.error}</div>` : nothing}
      <div class="columns"><div class="stack">
        ${settings ? html`<gx-card heading=${t('module.settings')}><gx-schema-form .fields=${settings.fields} .values=${settings.values} .save=${(values: SettingValues) => this.session.api.put(`/installs/${item.id}/settings`, { values })}></gx-schema-form></gx-card>` : nothing}
        <gx-card heading=${t('module.about')}><p>${localised(item.description ?? item.summary)}</p></gx-card>
      </div><div class="stack">
        <gx-card heading=${t('install.rights')}><ul class="plain">${item.capabilities.map((capability) => html`<li><span class="strong">${tWord('capability', capability.name, capability.name)}</span>${capability.optional ? html` <gx-badge>${t('module.optional')}</gx-badge>` : nothing}<br><span class="muted">${localised(capability.reason)}</span></li>`)}</ul></gx-card>
        <gx-card heading=${t('module.adds')}>${item.widgets.length ? html`<ul class="plain">${item.widgets.map((widget) => html`<li>${localised(widget.title) || widget.name.replace(/-/g, ' ')}<br><span class="muted small">${tWord('surface', widget.surface)}${widget.bytes ? ` · ${formatNumber(widget.bytes / 1024, 1)} KB` : ''}</span></li>`)}</ul>` : html`<p class="muted">${t('module.addsNothing')}</p>`}</gx-card>
        <gx-card heading=${t('install.data')}><p class="muted">${item.personalData.length ? t('install.keeps', { fields: [...new Set(item.personalData.flatMap((data) => data.fields))].map((field) => tWord('data', field)).join(t('list.comma')) }) : t('install.keepsNothing')}</p></gx-card>
      </div></div>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#load;
    const item = value?.item;
    const back = href('/marketplace'), backLabel = t('nav.marketplace');
    if (value && !item) return html`<gx-page heading=${t('panel.missing')} back=${back} back-label=${backLabel}><gx-card><gx-empty icon="puzzle" heading=${t('panel.missing')}><p>${t('panel.missingText')}</p></gx-empty></gx-card></gx-page>`;
    const state = item ? moduleState(item) : undefined;
    return html`<gx-page heading=${localised(item?.title)} subtitle=${localised(item?.summary)} back=${back} back-label=${backLabel}>
      ${item ? html`<div slot="meta" class="row small muted">${state ? html`<gx-badge tone=${state.tone}>${state.text}</gx-badge>` : nothing}<span>${tWord('category', item.category)} · ${item.version}</span></div>${this.#actions(item)}` : nothing}
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : item ? this.#body(item, value.settings) : html`<gx-skeleton shape="card"></gx-skeleton>`}
    </gx-page>
    ${item ? html`<gx-install-dialog .item=${this.asking ? item : undefined} ?busy=${this.busy} @gx-close=${() => { this.asking = false; }} @gx-install=${(event: CustomEvent<{ granted: string[] }>) => this.#run(() => installWith(this.session.api, item.id, event.detail.granted), t('market.installed', { title: localised(item.title) }))}></gx-install-dialog>` : nothing}`;
  }
}
define('gx-module-page', ModulePage);
