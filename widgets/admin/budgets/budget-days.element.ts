import { html, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { formatBusinessDate, formatDateTime, formatNumber } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import { reasonText } from '../ledger-columns.js';
import { href } from '../routes.js';
import { t } from '../texts.js';
import { amountText, type Budget, type BudgetDay, type ChargedGrant } from './budget-types.js';
import { b } from './texts.js';

/**
 * What a budget counted day by day; a day opens to the rewards behind it.
 * @element gx-budget-days
 * @fires gx-close
 */
class BudgetDays extends KitElement {
  static override properties = { session: { attribute: false }, budget: { attribute: false }, currency: { type: String }, days: { state: true }, date: { state: true }, grants: { state: true } };
  declare session: AdminSession;
  declare budget: Budget | undefined;
  declare currency: string;
  declare days: readonly BudgetDay[] | undefined;
  declare date: string;
  declare grants: readonly ChargedGrant[];
  static override styles = kitStyles;

  constructor() { super(); this.budget = undefined; this.currency = 'CNY'; this.days = undefined; this.date = ''; this.grants = []; }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('budget') || !this.budget) return;
    this.days = undefined; this.date = ''; this.grants = [];
    void this.#ask(async () => { this.days = (await this.session.api.get<{ items: Omit<BudgetDay, 'id'>[] }>(`/budgets/${this.budget!.id}/days`)).items.map((day) => ({ ...day, id: day.date })); });
  }

  async #ask(load: () => Promise<void>): Promise<void> { try { await load(); } catch (error) { toast(error instanceof Error ? error.message : t('error.generic'), 'danger'); } }

  #openDay(date: string): Promise<void> {
    return this.#ask(async () => {
      this.grants = (await this.session.api.get<{ items: (Omit<ChargedGrant, 'id'> & { grantId: string })[] }>(`/budgets/${this.budget!.id}/days/${date}`)).items.map((each) => ({ ...each, id: each.grantId }));
      this.date = date;
    });
  }

  #dayColumns(budget: Budget): Column<BudgetDay>[] {
    const amount = (value: number): string => amountText(budget.unit, value, this.currency);
    return [
      { key: 'date', label: b('day'), primary: true, cell: (row) => html`<wa-button size="s" appearance="plain" @click=${() => this.#openDay(row.date)}>${formatBusinessDate(row.date)}</wa-button>` },
      { key: 'grants', label: b('grants'), align: 'end', cell: (row) => formatNumber(row.grants) },
      { key: 'charged', label: b('charged'), align: 'end', cell: (row) => amount(row.charged) },
      { key: 'returned', label: b('returned'), align: 'end', cell: (row) => (row.returned ? amount(row.returned) : '–') },
    ];
  }

  #grantColumns(budget: Budget): Column<ChargedGrant>[] {
    return [
      { key: 'who', label: b('who'), primary: true, cell: (row) => html`<a href=${href(`/customers/${row.personId}`)}>${row.name || b('noName')}</a>` },
      { key: 'what', label: b('what'), cell: (row) => reasonText(this.session, { kind: 'grant', source: row.source }) },
      { key: 'charged', label: b('charged'), align: 'end', cell: (row) => html`${amountText(budget.unit, row.charged, this.currency)}${row.returned ? html` <gx-badge>${b('givenBack')}</gx-badge>` : ''}` },
      { key: 'at', label: b('when'), align: 'end', cell: (row) => html`<span class="nowrap muted">${formatDateTime(row.at)}</span>` },
    ];
  }

  protected override render(): unknown {
    const { budget } = this;
    const heading = this.date ? b('dayTitle', { date: formatBusinessDate(this.date) }) : b('days');
    return html`<gx-dialog wide label=${budget ? `${budget.title}: ${heading}` : heading} ?open=${budget !== undefined}>
      ${!budget ? '' : this.date ? html`<gx-table paging="none" label=${heading} .columns=${this.#grantColumns(budget)} .rows=${this.grants}></gx-table>`
        : html`<gx-table paging="none" label=${heading} ?loading=${this.days === undefined} .columns=${this.#dayColumns(budget)} .rows=${this.days ?? []}><gx-empty slot="empty" compact icon="clock" heading=${b('daysNone')}></gx-empty></gx-table>`}
      ${this.date ? html`<wa-button slot="footer" appearance="outlined" @click=${() => { this.date = ''; }}>${b('days')}</wa-button>` : ''}
      <wa-button slot="footer" @click=${() => this.fire('gx-close')}>${t('action.close')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-budget-days', BudgetDays);
