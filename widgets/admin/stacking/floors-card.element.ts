import { css, html } from 'lit';
import { define } from '../../kit/define.js';
import { formatMoney, minorDigits } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import type { ProductChoice, ProductSource } from '../../kit/setting-fields.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import type { Floor } from './stacking-types.js';
import { s } from './texts.js';

/**
 * Below what no discount takes a product.
 * @element gx-floors-card
 * @fires gx-change - a floor was set or taken away
 */
class FloorsCard extends KitElement {
  static override properties = { session: { attribute: false }, floors: { attribute: false }, currency: { type: String }, sku: { state: true }, kind: { state: true }, typed: { state: true }, busy: { state: true } };
  declare session: AdminSession;
  declare floors: readonly Floor[];
  declare currency: string;
  declare sku: string | null;
  declare kind: Floor['kind'];
  declare typed: string;
  declare busy: boolean;
  static override styles = [kitStyles, css`form { display: grid; gap: 12px; padding: 16px; border-block-start: 1px solid var(--gx-border); } @container page (min-width: 768px) { form { grid-template-columns: 2fr 1fr 1fr auto; align-items: start; } form wa-button { margin-block-start: 24px; } }`];

  constructor() { super(); this.sku = null; this.kind = 'percent'; this.typed = ''; this.busy = false; }

  get #products(): ProductSource {
    const { api } = this.session;
    return {
      search: async (text) => (await api.get<{ items: readonly ProductChoice[] }>('/products', { search: text, limit: 8 })).items,
      bySku: async (sku) => (await api.get<{ items: readonly ProductChoice[] }>('/products', { skus: sku })).items[0],
    };
  }

  async #put(sku: string, floor: { readonly kind: Floor['kind']; readonly value: number } | null, done: string): Promise<void> {
    this.busy = true;
    try {
      await this.session.api.put(`/stacking/floors/${encodeURIComponent(sku)}`, { floor });
      toast(done, 'success');
      this.fire('gx-change');
    } catch (error) { toast((error as Error).message, 'danger'); }
    this.busy = false;
  }

  async #set(event: Event): Promise<void> {
    event.preventDefault();
    const value = Math.round(Number(this.typed) * (this.kind === 'percent' ? 100 : 10 ** minorDigits(this.currency)));
    if (!this.sku || !/^\d{1,9}(\.\d{1,3})?$/.test(this.typed) || value < 1 || (this.kind === 'percent' && value > 10_000)) { toast(s('floorBad'), 'danger'); return; }
    await this.#put(this.sku, { kind: this.kind, value }, s('floorSaved'));
    this.sku = null;
    this.typed = '';
  }

  #columns(): Column<Floor & { readonly id: string }>[] {
    return [
      { key: 'product', label: s('product'), primary: true, cell: (row) => html`<span class="stacked"><span>${row.title}</span><span class="muted small">${row.sku}</span></span>` },
      { key: 'price', label: s('price'), align: 'end', cell: (row) => formatMoney(row.price, this.currency) },
      { key: 'floor', label: s('floor'), align: 'end', cell: (row) => (row.kind === 'amount' ? formatMoney(row.value, this.currency) : `${row.value / 100} %`) },
      { key: 'drop', label: s('floorDrop'), align: 'end', cell: (row) => html`<wa-button size="s" appearance="outlined" ?disabled=${this.busy} @click=${() => this.#put(row.sku, null, s('floorGone'))}>${s('floorDrop')}<span class="visually-hidden"> ${row.title}</span></wa-button>` },
    ];
  }

  protected override render(): unknown {
    return html`<gx-card flush heading=${s('floors')} subtitle=${s('floorsText')}>
      <gx-table label=${s('floors')} .columns=${this.#columns()} .rows=${this.floors.map((row) => ({ ...row, id: row.sku }))}><gx-empty slot="empty" compact icon="coins" heading=${s('floorsNone')}></gx-empty></gx-table>
      <form @submit=${(event: Event) => this.#set(event)}>
        <gx-product-field label=${s('product')} .source=${this.#products} .value=${this.sku} @gx-change=${(event: CustomEvent<{ value: string | null }>) => { event.stopPropagation(); this.sku = event.detail.value; }}></gx-product-field>
        <gx-field label=${s('floorKind')}><select class="select" aria-label=${s('floorKind')} @change=${(event: Event) => { this.kind = (event.target as HTMLSelectElement).value as Floor['kind']; }}>${(['percent', 'amount'] as const).map((each) => html`<option value=${each} ?selected=${this.kind === each}>${s(`floorKind.${each}`)}</option>`)}</select></gx-field>
        <wa-input label=${s('floorValue')} inputmode="decimal" maxlength="12" .value=${this.typed} @input=${(event: Event) => { this.typed = ((event.target as HTMLInputElement).value ?? '').trim(); }}></wa-input>
        <wa-button type="button" appearance="outlined" ?loading=${this.busy} @click=${(event: Event) => this.#set(event)}>${s('floorSet')}</wa-button>
      </form></gx-card>`;
  }
}
define('gx-floors-card', FloorsCard);
