import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { AdminPage } from '../admin-page.js';
import '../market/consent-dialog.element.js';
import type { MarketItem } from '../market/market-types.js';
import { moduleCard, moduleCardStyles } from '../market/module-card.js';
import { hasSettings, isHere, isInstalled, matches, STANDINGS, stands, titleOf, type Standing } from '../market/module-words.js';
import { href } from '../routes.js';
import { t, tWord, type TextKey } from '../texts.js';

const STANDING_TEXTS: Readonly<Record<Standing, TextKey>> = { '': 'market.every', installed: 'market.installedOnly', updates: 'market.updates', consent: 'market.consent' };

/** Every module that the host knows, as cards: find, install, switch on. What is searched stands in the address. */
class MarketplacePage extends AdminPage {
  static override properties = { text: { state: true }, category: { state: true }, standing: { state: true }, asking: { state: true }, busy: { state: true } };
  declare text: string;
  declare category: string;
  declare standing: Standing;
  declare asking: MarketItem | undefined;
  declare busy: string;
  #list = new Load<{ items: readonly MarketItem[] }>(this, () => this.session.api.get('/marketplace'));

  static override styles = [kitStyles, moduleCardStyles, css`
    .chips { display: flex; flex-wrap: wrap; gap: 8px; }
    .chips button { min-block-size: 34px; padding: 4px 14px; border: 1px solid var(--gx-control-border); border-radius: 999px; background: var(--gx-surface); color: inherit; font: inherit; cursor: pointer; }
    .chips button[aria-pressed='true'] { border-color: var(--gx-accent); background: var(--gx-accent-soft); font-weight: 500; }
    .chips button:hover { background: var(--gx-hover); } .chips button[aria-pressed='true']:hover { background: var(--gx-accent-soft); }
    @media (pointer: coarse) { .chips button, select.select { min-block-size: 44px; } }
    wa-input { flex: 1 1 200px; }
    .find { display: flex; flex-wrap: wrap; gap: 8px; flex: 1 1 320px; max-inline-size: 480px; }
    @container page (max-width: 560px) { .find { max-inline-size: none; } select.select { flex: 1 1 100%; } }
  `];

  constructor() { super(); this.text = ''; this.category = ''; this.standing = ''; this.asking = undefined; this.busy = ''; }

  override connectedCallback(): void {
    super.connectedCallback();
    this.text = this.query.get('q') ?? '';
    this.category = this.query.get('category') ?? '';
    const show = this.query.get('show') as Standing;
    this.standing = STANDINGS.includes(show) ? show : '';
  }

  override get ready(): Promise<unknown> { return this.#list.settled; }

  #narrow(change: { readonly text?: string; readonly category?: string; readonly standing?: Standing }): void {
    Object.assign(this, change);
    this.remember({ q: this.text.trim(), category: this.category, show: this.standing });
  }

  async #refresh(): Promise<void> {
    this.asking = undefined;
    await Promise.all([this.#list.reload(), this.session.load().catch(() => undefined)]);
  }

  async #enable(item: MarketItem): Promise<void> {
    this.busy = item.id;
    if (await this.attempt(() => this.session.api.post(`/installs/${item.id}/enable`), t('market.enabled', { title: titleOf(item) }))) await this.#refresh();
    this.busy = '';
  }

  #action(item: MarketItem): unknown {
    const title = titleOf(item), name = html`<span class="visually-hidden"> ${title}</span>`;
    const page = this.session.widgets('page').find((widget) => widget.plugin === item.id);
    const ask = (text: string): unknown => html`<wa-button size="s" variant="brand" appearance="filled" @click=${() => { this.asking = item; }}>${text}${name}</wa-button>`;
    const open = html`<wa-button size="s" appearance="plain" href=${href(`/marketplace/${item.id}`)}>${t(hasSettings(item) && isInstalled(item.state) && isHere(item) ? 'market.settings' : 'market.details')}${name}</wa-button>`;
    if (!this.manages || !isHere(item)) return open;
    if (item.needsConsent) return ask(t('market.review'));
    switch (item.state) {
      case 'enabled': return html`${open}${page ? html`<wa-button size="s" appearance="outlined" href=${href(`/plugins/${page.plugin}/${page.name}`)}>${t('market.open')}${name}</wa-button>` : nothing}`;
      case 'disabled': return html`${open}<wa-button size="s" variant="brand" appearance="filled" ?loading=${this.busy === item.id} @click=${() => this.#enable(item)}>${t('market.enable')}${name}</wa-button>`;
      case 'available': case 'purged': return ask(t('market.install'));
      case 'uninstalled': return ask(t('market.restore'));
      default: return open;
    }
  }

  #body(items: readonly MarketItem[]): unknown {
    if (!items.length) return html`<gx-card><gx-empty icon="store" heading=${t('market.empty')}><p>${t('market.emptyText')}</p></gx-empty></gx-card>`;
    const categories = [...new Set(items.map((item) => item.category))];
    const shown = items.filter((item) => (!this.category || item.category === this.category) && stands(item, this.standing) && matches(item, this.text.trim()));
    const chip = (category: string): unknown => html`<button type="button" aria-pressed=${this.category === category ? 'true' : 'false'} @click=${() => this.#narrow({ category })}>${category ? tWord('category', category) : t('market.all')}</button>`;
    return html`<div class="spread"><div class="chips" role="group" aria-label=${t('market.categories')}>${['', ...categories].map(chip)}</div>
        <div class="find"><wa-input type="search" with-clear placeholder=${t('market.search')} label=${t('market.search')} class="bare" .value=${this.text} @input=${(event: Event) => this.#narrow({ text: (event.target as HTMLInputElement).value ?? '' })}><gx-icon slot="start" name="search"></gx-icon></wa-input>
          <select class="select" aria-label=${t('market.standing')} @change=${(event: Event) => this.#narrow({ standing: (event.target as HTMLSelectElement).value as Standing })}>${STANDINGS.map((each) => html`<option value=${each} ?selected=${this.standing === each}>${t(STANDING_TEXTS[each])} (${items.filter((item) => stands(item, each)).length})</option>`)}</select></div></div>
      <span class="visually-hidden" role="status">${t('market.found', { n: shown.length })}</span>
      ${shown.length ? html`<div class="grid">${shown.map((item) => moduleCard(item, this.#action(item)))}</div>`
      : html`<gx-card><gx-empty icon="search" heading=${t('market.none')}><p>${t('market.noneText')}</p><wa-button slot="action" appearance="outlined" @click=${() => this.#narrow({ text: '', category: '', standing: '' })}>${t('market.reset')}</wa-button></gx-empty></gx-card>`}`;
  }

  protected override render(): unknown {
    const { value, error } = this.#list;
    return html`<gx-page heading=${t('nav.marketplace')} subtitle=${t('market.subtitle')}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error>` : value ? this.#body(value.items) : html`<gx-skeleton shape="card"></gx-skeleton>`}
    </gx-page>
    <gx-consent-dialog .session=${this.session} plugin=${this.asking?.id ?? ''} @gx-close=${() => { this.asking = undefined; }} @gx-done=${() => this.#refresh()}></gx-consent-dialog>`;
  }
}
define('gx-marketplace-page', MarketplacePage);
