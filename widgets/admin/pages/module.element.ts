import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { formatDate } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { localised } from '../../kit/locale.js';
import { toast } from '../../kit/toast.js';
import { ApiProblem } from '../../runtime/api-problem.js';
import { AdminPage } from '../admin-page.js';
import type { SettingsAnswer } from '../api-types.js';
import '../market/consent-dialog.element.js';
import '../market/gallery.element.js';
import '../market/leave-dialog.element.js';
import type { Leaving } from '../market/leave-dialog.element.js';
import { consentCard } from '../market/consent-card.js';
import type { LeaveFacts, MarketDetail, MarketPreview, Moved } from '../market/market-types.js';
import { moduleBanners } from '../market/module-banner.js';
import { addsCard, costCard, dataCard, factsStyles, historyCard, needsCard, neighboursCard } from '../market/module-facts.js';
import '../market/module-settings.element.js';
import type { ModuleSettings } from '../market/module-settings.element.js';
import { hasSettings, isHere, isInstalled, titleOf } from '../market/module-words.js';
import { settledInstall } from '../market/settled-install.js';
import { meterStyles } from '../meter.js';
import { moduleState } from '../module-state.js';
import { href } from '../routes.js';
import { t, tWord } from '../texts.js';

interface Answer { readonly item: MarketDetail | undefined; readonly preview?: MarketPreview | undefined; readonly settings?: SettingsAnswer | undefined; /** Of a module that does not run here. */ readonly kept?: LeaveFacts | undefined }

/** One module: what it does, needs, keeps and costs; its settings; and everything that can be done with it. */
class ModulePage extends AdminPage {
  static override properties = { asking: { state: true }, leaving: { state: true }, busy: { state: true } };
  declare asking: boolean;
  declare leaving: Leaving | undefined;
  declare busy: boolean;
  #load = new Load<Answer>(this, () => this.#read());
  #watching = false;

  static override styles = [kitStyles, meterStyles, factsStyles, css`
    .banner { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; } .banner > div { flex: 1 1 260px; min-inline-size: 0; overflow-wrap: anywhere; }
    wa-callout + wa-callout { margin-block-start: 8px; } .nowrap { white-space: nowrap; }
    gx-gallery + p { margin-block-start: 12px; }
  `];

  constructor() { super(); this.asking = false; this.leaving = undefined; this.busy = false; }

  override get ready(): Promise<unknown> { return this.#load.settled; }
  override get tabTitle(): string { return localised(this.#load.value?.item?.title) || t('nav.marketplace'); }
  override get dirty(): boolean { return this.renderRoot.querySelector<ModuleSettings>('gx-module-settings')?.dirty ?? false; }
  get #id(): string { return this.params[0] ?? ''; }

  async #read(): Promise<Answer> {
    const { api } = this.session;
    try {
      const item = await api.get<MarketDetail>(`/marketplace/${this.#id}`);
      const here = isHere(item), keeps = item.state !== 'available' && item.state !== 'purged';
      const [preview, settings, kept] = await Promise.all([
        here ? api.get<MarketPreview>(`/marketplace/${this.#id}/preview`) : undefined,
        here && isInstalled(item.state) && hasSettings(item) ? api.get<SettingsAnswer>(`/installs/${this.#id}/settings`) : undefined,
        !here && keeps ? api.get<LeaveFacts>(`/marketplace/${this.#id}/leave`) : undefined,
      ]);
      if (item.working) void this.#watch(item);
      return { item, preview, settings, kept };
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return { item: undefined };
      throw error;
    }
  }

  /** Follows a change that is still on its way. */
  async #watch(item: MarketDetail): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    await settledInstall(this.session.api, item.id, item).catch(() => undefined);
    this.#watching = false;
    if (this.isConnected && !this.asking && !this.leaving && !this.dirty) await this.#refresh(false);
  }

  async #refresh(focus: boolean): Promise<void> {
    await Promise.all([this.#load.reload(), this.session.load().catch(() => undefined)]);
    await this.updateComplete;
    // The button that was pressed may be gone; the title stands for the page as it is now.
    if (focus) this.renderRoot.querySelector('gx-page')?.focus();
  }

  /** Does something, says what it answers, and shows the module as it is then. */
  async #run(act: () => Promise<string>): Promise<void> {
    this.busy = true;
    if (await this.attempt(async () => { toast(await act(), 'success'); })) { this.leaving = undefined; await this.#refresh(true); }
    this.busy = false;
  }

  #enable(item: MarketDetail): void {
    if (item.needsConsent) this.asking = true;
    else void this.#run(async () => { await this.session.api.post(`/installs/${item.id}/enable`); return t('market.enabled', { title: titleOf(item) }); });
  }

  #retry(item: MarketDetail): void {
    const title = titleOf(item);
    void this.#run(async () => {
      const end = await settledInstall(this.session.api, item.id, await this.session.api.post<Moved>(`/installs/${item.id}/retry`));
      if (end.state === 'failed' && end.lastError) throw new Error(end.lastError);
      return t('module.retried', { title });
    });
  }

  #leave(item: MarketDetail, how: Leaving, reason: string): void {
    const title = titleOf(item), { api } = this.session;
    void this.#run(async () => {
      if (how === 'disable') { await api.post(`/installs/${item.id}/disable`, reason ? { reason } : {}); return t('module.disabled', { title }); }
      const { purgeAfter } = await api.delete<Moved>(`/installs/${item.id}${reason ? `?reason=${encodeURIComponent(reason)}` : ''}`);
      return purgeAfter ? t('module.removedUntil', { title, date: formatDate(purgeAfter) }) : t('module.removed', { title });
    });
  }

  #actions(item: MarketDetail): unknown {
    const page = item.state === 'enabled' ? this.session.widgets('page').find((widget) => widget.plugin === item.id) : undefined;
    const open = page ? html`<wa-button slot="actions" variant="brand" href=${href(`/plugins/${page.plugin}/${page.name}`)}>${t('market.open')}</wa-button>` : nothing;
    if (!this.manages) return open;
    const button = (text: string, act: () => void, look: 'brand' | 'outlined' | 'plain'): unknown => html`<wa-button slot="actions" variant=${look === 'brand' ? 'brand' : 'neutral'} appearance=${look === 'brand' ? 'accent' : look} ?loading=${look === 'brand' && this.busy} @click=${act}>${text}</wa-button>`;
    if (['available', 'purged'].includes(item.state)) return isHere(item) ? button(t('market.install'), () => { this.asking = true; }, 'brand') : nothing;
    if (!isInstalled(item.state)) return nothing;
    return html`${button(t('module.remove'), () => { this.leaving = 'remove'; }, 'plain')}
      ${item.hostState !== 'absent' && ['enabled', 'suspended', 'needs-consent'].includes(item.state) ? button(t('module.disable'), () => { this.leaving = 'disable'; }, 'outlined') : nothing}
      ${item.state === 'disabled' && isHere(item) ? button(t('market.enable'), () => this.#enable(item), 'brand') : nothing}${open}`;
  }

  #about(item: MarketDetail): unknown {
    return html`<gx-card heading=${t('module.about')}>${item.screenshots.length ? html`<gx-gallery .pictures=${item.screenshots}></gx-gallery>` : nothing}<p>${localised(item.description ?? item.summary)}</p></gx-card>`;
  }

  #body({ item, preview, settings, kept }: Answer & { readonly item: MarketDetail }): unknown {
    const installed = isInstalled(item.state), tables = preview?.tables ?? kept?.tables;
    if (item.hostState === 'absent') return html`<div class="columns"><div class="stack">${dataCard(item.id, tables ?? [], undefined, true)}</div><div class="stack">${consentCard(this.session, item)}</div></div>`;
    return html`${settings ? html`<gx-module-settings .session=${this.session} plugin=${item.id} .answer=${settings} ?live=${item.state === 'enabled' && !item.hold}></gx-module-settings>` : nothing}
      <div class="columns"><div class="stack">${this.#about(item)}${tables ? dataCard(item.id, tables, item.personalData, installed) : nothing}${historyCard(item, installed)}</div>
      <div class="stack">${needsCard(item, installed, this.manages && isHere(item) ? () => { this.asking = true; } : undefined)}${consentCard(this.session, item)}${preview ? costCard(item, preview) : nothing}${addsCard(item)}${neighboursCard(item)}</div></div>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#load;
    const item = value?.item, back = href('/marketplace'), backLabel = t('nav.marketplace');
    if (value && !item) return html`<gx-page heading=${t('panel.missing')} back=${back} back-label=${backLabel}><gx-card><gx-empty icon="puzzle" heading=${t('panel.missing')}><p>${t('panel.missingText')}</p></gx-empty></gx-card></gx-page>`;
    const state = item ? moduleState(item) : undefined;
    const actions = this.manages && item ? { review: () => { this.asking = true; }, restore: () => { this.asking = true; }, retry: () => this.#retry(item), busy: this.busy } : undefined;
    return html`<gx-page heading=${localised(item?.title)} subtitle=${localised(item?.summary)} back=${back} back-label=${backLabel}>
      ${item ? html`<div slot="meta" class="row small muted">${state ? html`<gx-badge tone=${state.tone}>${state.text}</gx-badge>` : nothing}<span>${tWord('category', item.category)} · ${item.version}${item.version === item.availableVersion ? '' : ` · ${t('market.update', { version: item.availableVersion })}`}</span></div>
        ${this.#actions(item)}${moduleBanners(item, value.preview, actions)}` : nothing}
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : item ? this.#body({ ...value, item }) : html`<gx-skeleton shape="card"></gx-skeleton>`}
    </gx-page>
    ${item ? html`<gx-consent-dialog .session=${this.session} plugin=${this.asking ? item.id : ''} @gx-close=${() => { this.asking = false; }} @gx-done=${() => { this.asking = false; void this.#refresh(true); }}></gx-consent-dialog>
      <gx-leave-dialog .how=${this.leaving} .item=${item} .session=${this.session} ?busy=${this.busy} @gx-close=${() => { this.leaving = undefined; }} @gx-leave=${(event: CustomEvent<{ how: Leaving; reason: string }>) => this.#leave(item, event.detail.how, event.detail.reason)}></gx-leave-dialog>` : nothing}`;
  }
}
define('gx-module-page', ModulePage);
