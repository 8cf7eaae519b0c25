import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { formatDate, formatMoney, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { localised, uiLocale } from '../../kit/locale.js';
import { PagedList } from '../../kit/paged-list.controller.js';
import '../adjust-dialog.element.js';
import { AdminPage } from '../admin-page.js';
import type { CustomerAttribute } from '../customer-attributes.element.js';
import '../customer-attributes.element.js';
import '../customer-privacy.element.js';
import type { BalanceAnswer, CustomerAnswer, LedgerRow, OrderRow, TimelineRow } from '../api-types.js';
import { ledgerColumns, noteText, reasonText } from '../ledger-columns.js';
import { orderColumns } from '../order-columns.js';
import '../points/why-points.element.js';
import '../reveal-dialog.element.js';
import { href } from '../routes.js';
import { t } from '../texts.js';

const languageName = (locale: string): string => {
  try { return new Intl.DisplayNames([uiLocale()], { type: 'language', languageDisplay: 'standard' }).of(locale) ?? locale; } catch { return locale; }
};

interface Contact { readonly email: string | null; readonly phone: string | null }

/** One customer: who, how many points and why, what they bought and did, and what the modules know. */
class CustomerPage extends AdminPage {
  static override properties = { adjusting: { state: true }, revealing: { state: true }, contact: { state: true } };
  declare adjusting: boolean;
  declare revealing: boolean;
  declare contact: Contact | undefined;
  #customer = new Load<CustomerAnswer>(this, () => this.session.api.get(this.#path('')));
  #attributes = new Load<{ readonly items: readonly CustomerAttribute[] }>(this, () => this.session.api.get(this.#path('/attributes')));
  #timeline = new PagedList<TimelineRow>(this, (cursor) => this.session.api.get(this.#path('/timeline'), { limit: 20, ...(cursor ? { before: cursor } : {}) }));
  #orders = new PagedList<OrderRow>(this, (cursor) => this.session.api.get(this.#path('/orders'), { limit: 10, cursor }));
  #ledger = new PagedList<LedgerRow>(this, (cursor) => this.session.api.get(this.#path('/ledger'), { limit: 10, cursor }));

  static override styles = [kitStyles, css`
    .points { font-size: var(--gx-font-kpi); font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
    .more { margin-block-start: 16px; }
    @container page (min-width: 768px) { .side { grid-column: 2; grid-row: 1; } }
    dl.definition { margin-block-start: 12px; }
  `];

  constructor() { super(); this.adjusting = false; this.revealing = false; this.contact = undefined; }

  #path(rest: string): string { return `/customers/${encodeURIComponent(this.params[0] ?? '')}${rest}`; }
  override get ready(): Promise<unknown> { return Promise.all([this.#customer.settled, this.#attributes.settled, this.#timeline.settled, this.#orders.settled, this.#ledger.settled]); }
  override get tabTitle(): string { return this.#name(); }
  #name(): string {
    const person = this.#customer.value?.person;
    return person ? person.name || t(person.kind === 'guest' ? 'customers.guest' : 'customers.noName') : t('nav.customers');
  }

  #adjusted(balance: BalanceAnswer): void {
    const { value } = this.#customer;
    if (value) this.#customer.set({ ...value, balance });
    this.adjusting = false;
    void this.#ledger.reload();
    void this.#timeline.reload();
    void this.renderRoot.querySelector<HTMLElement & { reload(): Promise<unknown> }>('gx-why-points')?.reload();
  }

  #moved(): void { void this.#customer.reload(); void this.#ledger.reload(); void this.#timeline.reload(); }

  /** There is no page of somebody who was erased; the proof is among the requests. */
  #erased(): void { dispatchEvent(new CustomEvent('gx-navigate', { detail: { path: '/privacy' } })); }

  #balance({ balance }: CustomerAnswer): unknown {
    const line = (label: string, value: number): unknown => (value ? html`<dt>${label}</dt><dd class="num">${formatNumber(value)}</dd>` : nothing);
    return html`<gx-card heading=${t('customer.points')}><wa-button slot="actions" size="s" appearance="outlined" @click=${() => { this.adjusting = true; }}>${t('customer.adjust')}</wa-button>
      <div class="points">${formatNumber(balance.available)}</div><p class="muted small">${t('customer.available')}</p>
      <dl class="definition">${line(t('customer.pending'), balance.pending)}${line(t('customer.held'), balance.held)}${line(t('customer.debt'), balance.debt)}</dl>
      ${balance.expiring.length ? html`<p class="small">${balance.expiring.slice(0, 3).map((lot) => html`${t('customer.expires', { n: lot.amount, date: formatDate(lot.at) })}<br>`)}</p>` : nothing}</gx-card>`;
  }

  #profile({ person, totals }: CustomerAnswer): unknown {
    return html`<gx-card heading=${t('customer.profile')}>${this.contact || !(person.emailMasked || person.phoneMasked) ? nothing : html`<wa-button slot="actions" size="s" appearance="outlined" @click=${() => { this.revealing = true; }}><gx-icon slot="start" name="eye"></gx-icon>${t('customer.reveal')}</wa-button>`}
      <dl class="definition">
        <dt>${t('customers.email')}</dt><dd>${this.contact?.email ?? person.emailMasked ?? '–'}</dd>
        ${person.phoneMasked || this.contact?.phone ? html`<dt>${t('customer.phone')}</dt><dd>${this.contact?.phone ?? person.phoneMasked}</dd>` : nothing}
        <dt>${t('customers.orders')}</dt><dd class="num">${formatNumber(totals.orders)}</dd>
        <dt>${t('customers.spent')}</dt><dd class="num">${formatMoney(totals.spent, totals.currency)}</dd>
        <dt>${t('customer.language')}</dt><dd>${person.locale ? languageName(person.locale) : '–'}</dd>
        <dt>${t('customer.since')}</dt><dd>${formatDate(person.createdAt)}</dd>
      </dl></gx-card>`;
  }

  #story(): unknown {
    const { items, error, hasNext, loading } = this.#timeline;
    const shown = (items ?? []).map((item) => ({ ...item, title: localised(item.title), ...(item.why && item.detail ? { detail: noteText(item.detail) } : {}), source: item.why ? reasonText(this.session, item.why) : item.plugin === 'core' ? undefined : this.session.pluginTitle(item.plugin) }));
    return html`<gx-card heading=${t('customer.timeline')}>${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#timeline.reload()}></gx-error>` : items?.length === 0 ? html`<gx-empty compact icon="clock" heading=${t('customer.noTimeline')}></gx-empty>` : html`<gx-timeline .items=${shown} .now=${this.session.now}></gx-timeline>`}
      ${hasNext ? html`<div class="more"><wa-button size="s" appearance="outlined" ?loading=${loading} @click=${() => this.#timeline.more()}>${t('action.more')}</wa-button></div>` : nothing}</gx-card>`;
  }

  #body(customer: CustomerAnswer): unknown {
    const cards = this.session.widgets('customer');
    return html`<div class="columns"><div class="stack side">
        ${this.#balance(customer)}${this.#profile(customer)}
        ${this.#attributes.value?.items.length ? html`<gx-customer-attributes .items=${this.#attributes.value.items}></gx-customer-attributes>` : nothing}
        ${cards.map((listing) => html`<gx-card heading=${listing.title} icon=${listing.icon ?? 'puzzle'}><gx-outlet .listing=${listing} .environment=${this.session.environment} .data=${{ personId: customer.person.id }}></gx-outlet></gx-card>`)}
        ${['owner', 'operator'].includes(this.session.bootstrap?.staff.role ?? '') ? html`<gx-customer-privacy .session=${this.session} personId=${customer.person.id} name=${this.#name()} @gx-erased=${() => this.#erased()}></gx-customer-privacy>` : nothing}
      </div><div class="stack">
        ${this.#story()}
        <gx-why-points .session=${this.session} personId=${customer.person.id} @gx-split=${() => this.#moved()}></gx-why-points>
        <gx-card flush heading=${t('customer.ledger')} subtitle=${t('customer.ledgerText')}><gx-table label=${t('customer.ledger')} .columns=${ledgerColumns(this.session)} .rows=${this.#ledger.items} ?loading=${this.#ledger.loading} ?has-next=${this.#ledger.hasNext} @gx-more=${() => this.#ledger.more()}><gx-empty slot="empty" compact icon="coins" heading=${t('customer.noLedger')}></gx-empty></gx-table></gx-card>
        <gx-card flush heading=${t('nav.orders')}><gx-table label=${t('nav.orders')} .columns=${orderColumns(false)} .rows=${this.#orders.items} ?loading=${this.#orders.loading} ?has-next=${this.#orders.hasNext} @gx-more=${() => this.#orders.more()}><gx-empty slot="empty" compact icon="receipt" heading=${t('customer.noOrders')}></gx-empty></gx-table></gx-card>
      </div></div>
      <gx-adjust-dialog ?open=${this.adjusting} .session=${this.session} personId=${customer.person.id} .available=${customer.balance.available} @gx-close=${() => { this.adjusting = false; }} @gx-adjusted=${(event: CustomEvent<{ balance: BalanceAnswer }>) => this.#adjusted(event.detail.balance)}></gx-adjust-dialog>
      <gx-reveal-dialog ?open=${this.revealing} .session=${this.session} personId=${customer.person.id} @gx-close=${() => { this.revealing = false; }} @gx-revealed=${(event: CustomEvent<Contact>) => { this.contact = event.detail; this.revealing = false; }}></gx-reveal-dialog>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#customer;
    return html`<gx-page heading=${this.#name()} back=${href('/customers')} back-label=${t('nav.customers')}>
      ${value ? html`<div slot="meta" class="row"><gx-badge tone=${value.person.kind === 'member' ? 'success' : 'neutral'}>${t(value.person.kind === 'member' ? 'customers.member' : 'customers.guest')}</gx-badge></div>` : nothing}
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#customer.reload()}></gx-error>` : value ? this.#body(value) : html`<gx-skeleton shape="card"></gx-skeleton>`}
    </gx-page>`;
  }
}
define('gx-customer-page', CustomerPage);
