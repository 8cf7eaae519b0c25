import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { localised } from '../../kit/locale.js';
import { AdminPage } from '../admin-page.js';
import type { MarketItem } from '../api-types.js';
import '../install-dialog.element.js';
import { installWith } from '../install-with.js';
import { moduleState } from '../module-state.js';
import { href } from '../routes.js';
import { t, tWord } from '../texts.js';

/** Every module that the host knows, as cards: find, install, switch on. */
class MarketplacePage extends AdminPage {
  static override properties = { text: { state: true }, category: { state: true }, asking: { state: true }, busy: { state: true } };
  declare text: string;
  declare category: string;
  declare asking: MarketItem | undefined;
  declare busy: string;
  #list = new Load<{ items: readonly MarketItem[] }>(this, () => this.session.api.get('/marketplace'));

  static override styles = [kitStyles, css`
    .chips { display: flex; flex-wrap: wrap; gap: 8px; }
    .chips button { min-block-size: 34px; padding: 4px 14px; border: 1px solid var(--gx-control-border); border-radius: 999px; background: var(--gx-surface); color: inherit; font: inherit; cursor: pointer; }
    .chips button[aria-pressed='true'] { border-color: var(--gx-accent); background: var(--gx-accent-soft); font-weight: 500; }
    .chips button:hover { background: var(--gx-hover); } .chips button[aria-pressed='true']:hover { background: var(--gx-accent-soft); }
    @media (pointer: coarse) { .chips button { min-block-size: 44px; } }
    wa-input { flex: 1 1 220px; max-inline-size: 360px; }
    article { position: relative; display: flex; flex-direction: column; gap: 12px; padding: 16px; border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); background: var(--gx-surface); box-shadow: var(--gx-shadow); }
    .head { display: flex; gap: 12px; align-items: flex-start; }
    .mark { flex: none; display: grid; place-items: center; inline-size: 44px; block-size: 44px; border-radius: 10px; background: var(--gx-accent-soft); color: var(--gx-link); }
    .mark gx-icon { inline-size: 24px; block-size: 24px; }
    h2 a { color: inherit; text-decoration: none; } h2 a:hover { text-decoration: underline; text-underline-offset: 3px; }
    article p { flex: 1; }
    .foot { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; justify-content: space-between; min-block-size: 36px; }
    .error { padding: 8px 10px; border-radius: 6px; background: var(--gx-danger-fill); color: var(--gx-danger); font-size: var(--gx-font-small); overflow-wrap: anywhere; }
  `];

  constructor() { super(); this.text = ''; this.category = ''; this.asking = undefined; this.busy = ''; }

  override get ready(): Promise<unknown> { return this.#list.settled; }

  async #run(item: MarketItem, act: () => Promise<unknown>, done: string): Promise<void> {
    this.busy = item.id;
    if (await this.attempt(act, done)) {
      await Promise.all([this.#list.reload(), this.session.load().catch(() => undefined)]);
    }
    this.busy = '';
    this.asking = undefined;
  }

  #actions(item: MarketItem): unknown {
    const title = localised(item.title), busy = this.busy === item.id;
    const page = this.session.widgets('page').find((widget) => widget.plugin === item.id);
    const configurable = item.state === 'enabled' || item.state === 'disabled';
    const open = html`<wa-button size="s" appearance="plain" href=${href(`/marketplace/${item.id}`)}>${t(item.settings && configurable ? 'market.settings' : 'market.details')}</wa-button>`;
    switch (item.state) {
      case 'enabled': return html`<span class="row">${page ? html`<wa-button size="s" appearance="outlined" href=${href(`/plugins/${page.plugin}/${page.name}`)}>${t('market.open')}</wa-button>` : nothing}${open}</span>`;
      case 'disabled': return html`<span class="row"><wa-button size="s" variant="brand" appearance="filled" ?loading=${busy} @click=${() => this.#run(item, () => this.session.api.post(`/installs/${item.id}/enable`), t('market.enabled', { title }))}>${t('market.enable')}</wa-button>${open}</span>`;
      case 'available': case 'uninstalled': case 'purged': return html`<wa-button size="s" variant="brand" appearance="filled" ?loading=${busy} @click=${() => { this.asking = item; }}>${t('market.install')}<span class="visually-hidden"> ${title}</span></wa-button>`;
      default: return open;
    }
  }

  #card(item: MarketItem): unknown {
    const state = moduleState(item);
    return html`<article aria-label=${localised(item.title)}>
      <div class="head"><span class="mark"><gx-icon name=${item.icon}></gx-icon></span><div><h2><a href=${href(`/marketplace/${item.id}`)}>${localised(item.title)}</a></h2><span class="muted small">${tWord('category', item.category)} · ${item.version}</span></div></div>
      <p class="muted">${localised(item.summary)}</p>
      ${item.error ? html`<div class="error">${item.error}</div>` : nothing}
      <div class="foot">${state ? html`<gx-badge tone=${state.tone}>${state.text}</gx-badge>` : html`<span></span>`}${this.#actions(item)}</div>
    </article>`;
  }

  #body(items: readonly MarketItem[]): unknown {
    const categories = [...new Set(items.map((item) => item.category))];
    const wanted = this.text.trim().toLowerCase();
    const shown = items.filter((item) => (!this.category || item.category === this.category) && (!wanted || [item.id, item.title.en, item.title['zh-CN'], item.summary.en, item.summary['zh-CN']].some((text) => text.toLowerCase().includes(wanted))));
    return html`<div class="spread"><div class="chips" role="group" aria-label=${t('market.categories')}>
        ${['', ...categories].map((category) => html`<button type="button" aria-pressed=${this.category === category ? 'true' : 'false'} @click=${() => { this.category = category; }}>${category ? tWord('category', category) : t('market.all')}</button>`)}</div>
        <wa-input type="search" with-clear placeholder=${t('market.search')} label=${t('market.search')} class="bare" @input=${(event: Event) => { this.text = (event.target as HTMLInputElement).value ?? ''; }}><gx-icon slot="start" name="search"></gx-icon></wa-input></div>
      <span class="visually-hidden" role="status">${t('market.found', { n: shown.length })}</span>
      ${shown.length ? html`<div class="grid">${shown.map((item) => this.#card(item))}</div>` : html`<gx-card><gx-empty icon="search" heading=${t('market.none')}><p>${t('market.noneText')}</p></gx-empty></gx-card>`}`;
  }

  protected override render(): unknown {
    const { value, error } = this.#list;
    const asking = this.asking;
    return html`<gx-page heading=${t('nav.marketplace')} subtitle=${t('market.subtitle')}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error>` : value ? this.#body(value.items) : html`<gx-skeleton shape="card"></gx-skeleton>`}
    </gx-page>
    <gx-install-dialog .item=${asking} ?busy=${this.busy !== ''} @gx-close=${() => { this.asking = undefined; }} @gx-install=${(event: CustomEvent<{ granted: string[] }>) => { if (asking) void this.#run(asking, () => installWith(this.session.api, asking.id, event.detail.granted), t('market.installed', { title: localised(asking.title) })); }}></gx-install-dialog>`;
  }
}
define('gx-marketplace-page', MarketplacePage);
