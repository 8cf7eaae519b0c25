import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { toast } from '../../kit/toast.js';
import { ApiProblem } from '../../runtime/api-problem.js';
import type { AdminSession } from '../admin-session.js';
import { t } from '../texts.js';
import { consentBody, consentStyles, rightsOf } from './consent-body.js';
import type { MarketPreview, Moved } from './market-types.js';
import { isInstalled, titleOf } from './module-words.js';
import { settledInstall } from './settled-install.js';

/**
 * What a module may do and what it keeps, before it is installed, brought back, updated or changed. It installs by itself, shows how far it
 * is, and says why when it fails.
 * @element gx-consent-dialog
 * @fires gx-done - the shop's module changed, well or not
 * @fires gx-close - closed without a change
 */
export class ConsentDialog extends KitElement {
  static override properties = { plugin: { type: String }, session: { attribute: false }, preview: { state: true }, error: { state: true }, granted: { state: true }, phase: { state: true }, notice: { state: true }, failure: { state: true } };
  /** Id of the module asked about; empty closes the dialog. */
  declare plugin: string;
  declare session: AdminSession;
  declare preview: MarketPreview | undefined;
  declare error: unknown;
  declare granted: ReadonlySet<string>;
  declare phase: 'ask' | 'work' | 'failed';
  declare notice: string;
  declare failure: string;

  static override styles = [kitStyles, consentStyles, css`.wait { min-block-size: 200px; } wa-callout { margin-block: 0 12px; } .work { padding-block: 24px; }`];

  constructor() { super(); this.plugin = ''; this.preview = undefined; this.error = undefined; this.granted = new Set(); this.phase = 'ask'; this.notice = ''; this.failure = ''; }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('plugin') && this.plugin) { this.phase = 'ask'; this.notice = ''; this.failure = ''; this.preview = undefined; void this.#read(); }
  }

  async #read(): Promise<void> {
    const { plugin } = this;
    this.error = undefined;
    try {
      const preview = await this.session.api.get<MarketPreview>(`/marketplace/${plugin}/preview`);
      if (plugin !== this.plugin) return;
      this.preview = preview;
      // What was declined before stays declined; what is new and optional is the merchant's to switch on.
      const kept = new Set(preview.capabilities.filter(({ granted }) => granted === true).map(({ name }) => name));
      const held = preview.kind === 'install' ? undefined : new Set([...kept, ...await this.#hostsGranted(plugin)]);
      this.granted = new Set(rightsOf(preview).filter(({ name, optional }) => !optional || (held?.has(name) ?? false)).map(({ name }) => name));
    } catch (error) {
      if (plugin === this.plugin) this.error = error;
    }
  }

  async #hostsGranted(plugin: string): Promise<readonly string[]> {
    return (await this.session.api.get<{ granted: readonly string[] }>(`/marketplace/${plugin}`)).granted;
  }

  #toggle(name: string, on: boolean): void {
    const granted = new Set(this.granted);
    if (on) granted.add(name); else granted.delete(name);
    this.granted = granted;
  }

  async #agree(preview: MarketPreview): Promise<void> {
    const { api } = this.session;
    this.phase = 'work'; this.notice = '';
    try {
      const path = isInstalled(preview.state) ? `/installs/${preview.id}/consent` : `/installs/${preview.id}`;
      await this.#finish(preview, await api.post<Moved>(path, { granted: [...this.granted], consent: preview.hash }));
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'GX_CONSENT_STALE') {
        await this.#read();
        this.phase = 'ask';
        this.notice = t('install.stale', { title: titleOf(preview) });
      } else this.#fail(error);
    }
  }

  async #retry(preview: MarketPreview): Promise<void> {
    this.phase = 'work';
    try {
      const { state } = await this.session.api.get<{ state: string }>(`/marketplace/${preview.id}`);
      if (!['failed', 'installing'].includes(state)) { this.phase = 'ask'; await this.#read(); return; }
      await this.#finish(preview, await this.session.api.post<Moved>(`/installs/${preview.id}/retry`));
    } catch (error) { this.#fail(error); }
  }

  async #finish(preview: MarketPreview, moved: Moved): Promise<void> {
    const end = await settledInstall(this.session.api, preview.id, moved, (now) => { this.notice = now.lastError ? t('banner.lastError', { text: now.lastError }) : ''; });
    this.notice = '';
    if (end.state === 'failed' || end.working) { this.#fail(new Error(end.lastError ?? '')); return; }
    toast(t(`install.done.${preview.kind}`, { title: titleOf(preview) }), 'success');
    this.fire('gx-done');
  }

  #fail(error: unknown): void {
    this.failure = error instanceof Error && error.message ? error.message : t('error.generic');
    this.phase = 'failed';
  }

  #footer(preview: MarketPreview): unknown {
    if (this.phase === 'failed') return html`<wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-done')}>${t('install.later')}</wa-button><wa-button slot="footer" variant="brand" @click=${() => this.#retry(preview)}>${t('module.retry')}</wa-button>`;
    return html`<wa-button slot="footer" appearance="outlined" ?disabled=${this.phase === 'work'} @click=${() => this.fire('gx-close')}>${preview.kind === 'upgrade' ? t('install.later') : t('action.cancel')}</wa-button>
      ${preview.installFirst.length && !isInstalled(preview.state) ? nothing : html`<wa-button slot="footer" variant="brand" ?loading=${this.phase === 'work'} @click=${() => this.#agree(preview)}>${t(`install.agree.${preview.kind}`)}</wa-button>`}`;
  }

  #inside(preview: MarketPreview): unknown {
    switch (this.phase) {
      case 'work': return html`<div class="work"><gx-progress label=${t('install.working')} note=${this.notice || t('install.workingText')}></gx-progress></div>`;
      case 'failed': return html`<wa-callout variant="danger" role="alert"><strong>${t('install.failed')}</strong><br>${this.failure}</wa-callout>`;
      default: return html`${this.notice ? html`<wa-callout variant="warning" role="alert">${this.notice}</wa-callout>` : nothing}${consentBody(preview, this.granted, (name, on) => this.#toggle(name, on))}`;
    }
  }

  protected override render(): unknown {
    const { preview } = this;
    return html`<gx-dialog label=${preview ? t(`install.${preview.kind}`, { title: titleOf(preview), version: preview.version }) : t('market.details')} ?open=${this.plugin !== ''} @gx-close=${(event: Event) => { if (this.phase === 'failed') { event.stopPropagation(); this.fire('gx-done'); } }}>
      ${preview ? html`${this.#inside(preview)}${this.#footer(preview)}` : this.error ? html`<gx-error .error=${this.error} @gx-retry=${() => this.#read()}></gx-error>` : html`<div class="wait"><gx-skeleton shape="card"></gx-skeleton></div>`}
    </gx-dialog>`;
  }
}
define('gx-consent-dialog', ConsentDialog);
