import { html, nothing } from 'lit';
import type { Tone } from '../../kit/badge.element.js';
import { define } from '../../kit/define.js';
import { formatDate, formatDateTime, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import { Load } from '../../kit/load.controller.js';
import type { MenuItem } from '../../kit/menu.element.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import { AdminPage } from '../admin-page.js';
import type { PrivacyRequestRow, PurgeRow } from '../api-types.js';
import { actorText } from '../ledger-columns.js';
import '../receipt-dialog.element.js';
import type { Receipt } from '../receipt-dialog.element.js';
import { href } from '../routes.js';
import { saveJson } from '../save-file.js';
import { t, tWord } from '../texts.js';

const TONES: Readonly<Record<PrivacyRequestRow['state'], Tone>> = { open: 'info', done: 'success', failed: 'warning' };

/** What customers and the platform asked for about people's data, by when it is due, and the proof of what was done. */
class PrivacyPage extends AdminPage {
  static override properties = { receipt: { state: true }, owner: { state: true } };
  declare receipt: Receipt | undefined;
  declare owner: string;
  #requests = new Load<{ items: readonly PrivacyRequestRow[] }>(this, () => this.session.api.get('/privacy/requests'));
  #purges = new Load<{ items: readonly PurgeRow[] }>(this, () => this.session.api.get('/privacy/purges'));

  static override styles = kitStyles;

  constructor() { super(); this.receipt = undefined; this.owner = ''; }

  override get ready(): Promise<unknown> { return Promise.all([this.#requests.settled, this.#purges.settled]); }

  #show(owner: string, id: string, receipt: object): void { this.owner = owner; this.receipt = { ...receipt, id }; }

  async #act(row: PrivacyRequestRow, name: string): Promise<void> {
    if (name === 'receipt') { this.#show('', row.id, row.receipt as object); return; }
    if (name === 'download') { await this.attempt(async () => { saveJson(`customer-${row.personId ?? row.id}.json`, await this.session.api.get(`/privacy/requests/${row.id}/package`)); }); return; }
    await this.attempt(async () => {
      const after = await this.session.api.post<PrivacyRequestRow>(`/privacy/requests/${row.id}/fulfil`, {});
      toast(t(after.state === 'done' ? 'privacy.fulfilled' : 'privacy.notFulfilled'), after.state === 'done' ? 'success' : 'warning');
    });
    await this.#requests.reload();
  }

  #menu(row: PrivacyRequestRow): MenuItem[] {
    return [
      ...(row.state === 'done' ? [] : [{ name: 'fulfil', icon: 'play', label: t('privacy.fulfil') }]),
      ...(row.hasPackage ? [{ name: 'download', icon: 'download', label: t('privacy.download') }] : []),
      ...(row.receipt ? [{ name: 'receipt', icon: 'list', label: t('privacy.receipt') }] : []),
    ];
  }

  #who(row: PrivacyRequestRow): unknown {
    if (row.topic === 'shop_redact') return t('privacy.wholeShop');
    if (row.personId === null) return html`<span class="muted">${t('privacy.nobody')}</span>`;
    if (row.personErased) return html`<span class="muted">${t('privacy.erased')}</span>`;
    return html`<a href=${href(`/customers/${encodeURIComponent(row.personId)}`)}>${row.personName || t('privacy.unnamed')}</a>`;
  }

  #from(row: PrivacyRequestRow): string {
    const source = row.ref.split(':')[0] ?? '';
    return source === 'staff' ? t('privacy.fromStaff') : t('privacy.fromPlatform', { source: source === 'shopify' || source === 'shop' ? 'Shopify' : source });
  }

  #requestColumns(): Column<PrivacyRequestRow>[] {
    return [
      { key: 'topic', label: t('privacy.request'), primary: true, cell: (row) => html`<span class="stacked"><span>${tWord('privacyTopic', row.topic)} <span class="muted small">${this.#from(row)}</span></span>${row.error ? html`<span class="negative small">${row.error}</span>` : nothing}</span>` },
      { key: 'who', label: t('privacy.of'), cell: (row) => this.#who(row) },
      { key: 'receivedAt', label: t('privacy.received'), cell: (row) => html`<span class="nowrap">${formatDateTime(row.receivedAt)}</span>` },
      { key: 'dueAt', label: t('privacy.due'), cell: (row) => (row.state === 'done' ? html`<span class="muted">–</span>` : html`<span class="nowrap">${formatDate(row.dueAt)}</span> ${row.dueAt < this.session.now ? html`<gx-badge tone="danger">${t('privacy.overdue')}</gx-badge>` : nothing}`) },
      { key: 'state', label: t('privacy.state'), cell: (row) => html`<gx-badge tone=${TONES[row.state]}>${tWord('privacyState', row.state)}</gx-badge>` },
      { key: 'menu', label: '', align: 'end', cell: (row) => html`<gx-menu label=${t('privacy.actionsOf', { what: `${tWord('privacyTopic', row.topic)}${row.personName ? ` · ${row.personName}` : ''}` })} .items=${this.#menu(row)} @gx-select=${(event: CustomEvent<{ name: string }>) => this.#act(row, event.detail.name)}></gx-menu>` },
    ];
  }

  #title(row: PurgeRow): string { return row.title ? localised(row.title) : this.session.pluginTitle(row.plugin); }

  #purgeColumns(): Column<PurgeRow>[] {
    return [
      { key: 'plugin', label: t('purges.module'), primary: true, cell: (row) => html`${this.#title(row)} <span class="muted small num">${row.version ?? ''}</span>` },
      { key: 'rows', label: t('purges.rows'), align: 'end', cell: (row) => formatNumber(Object.values(row.rows).reduce((sum, each) => sum + each, 0)) },
      { key: 'by', label: t('purges.by'), cell: (row) => actorText(this.session, row.by) },
      { key: 'finishedAt', label: t('purges.finished'), cell: (row) => (row.finishedAt === null ? html`<gx-badge tone="info">${t('purges.running')}</gx-badge>` : html`<span class="nowrap">${formatDateTime(row.finishedAt)}</span>`) },
      { key: 'menu', label: '', align: 'end', cell: (row) => html`<gx-menu label=${t('purges.receiptOf', { title: this.#title(row) })} .items=${[{ name: 'receipt', icon: 'list', label: t('privacy.receipt') }]} @gx-select=${() => this.#show(row.plugin, row.id, { rows: row.rows })}></gx-menu>` },
    ];
  }

  protected override render(): unknown {
    const failed = this.#requests.error ?? this.#purges.error;
    const retry = (): void => { void this.#requests.reload(); void this.#purges.reload(); };
    return html`<gx-page heading=${t('nav.privacy')} subtitle=${t('privacy.subtitle')}>
      ${failed ? html`<gx-error .error=${failed} @gx-retry=${retry}></gx-error>` : html`<div class="stack">
        <gx-card flush heading=${t('privacy.requests')}><gx-table paging="none" label=${t('privacy.requests')} .columns=${this.#requestColumns()} .rows=${this.#requests.value?.items} ?loading=${this.#requests.loading}>
          <gx-empty slot="empty" icon="lock" heading=${t('privacy.first')}><p>${t('privacy.firstText')}</p><wa-button slot="action" variant="brand" href=${href('/customers')}>${t('nav.customers')}</wa-button></gx-empty></gx-table></gx-card>
        <gx-card flush heading=${t('purges.title')} subtitle=${t('purges.text')}><gx-table paging="none" label=${t('purges.title')} .columns=${this.#purgeColumns()} .rows=${this.#purges.value?.items} ?loading=${this.#purges.loading}>
          <gx-empty slot="empty" compact icon="puzzle" heading=${t('purges.none')}></gx-empty></gx-table></gx-card>
        <gx-card heading=${t('privacy.abuse')}><p>${t('privacy.abuseText')} <a href=${href('/risk')}>${t('nav.risk')}</a></p></gx-card></div>`}
      <gx-receipt-dialog .session=${this.session} .receipt=${this.receipt} owner=${this.owner} @gx-close=${() => { this.receipt = undefined; }}></gx-receipt-dialog>
    </gx-page>`;
  }
}
define('gx-privacy-page', PrivacyPage);
