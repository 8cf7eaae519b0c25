import { css, html } from 'lit';
import { define } from '../../kit/define.js';
import { formatMoney, minorDigits } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import type { ProductChoice, ProductSource } from '../../kit/setting-fields.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import type { Floor, GroupFloor } from './stacking-types.js';
import { s } from './texts.js';

type Scope = 'product' | 'category' | 'all';
/** A floor in the list, whatever it is for. */
interface FloorLine { readonly id: string; readonly title: string; readonly detail: string; readonly price: number | undefined; readonly kind: Floor['kind']; readonly value: number; readonly drop: () => Promise<unknown> }

/**
 * Below what no discount takes a product: one, those of a category, or all.
 * @element gx-floors-card
 * @fires gx-change - a floor was set or taken away
 */
class FloorsCard extends KitElement {
  static override properties = { session: { attribute: false }, floors: { attribute: false }, groups: { attribute: false }, categories: { attribute: false }, currency: { type: String }, scope: { state: true }, sku: { state: true }, category: { state: true }, kind: { state: true }, typed: { state: true }, busy: { state: true } };
  declare session: AdminSession;
  declare floors: readonly Floor[];
  declare groups: readonly GroupFloor[];
  declare categories: readonly string[];
  declare currency: string;
  declare scope: Scope;
  declare sku: string | null;
  declare category: string;
  declare kind: Floor['kind'];
  declare typed: string;
  declare busy: boolean;
  static override styles = [kitStyles, css`select { inline-size: 100%; } form { display: grid; gap: 12px; padding: 16px; border-block-start: 1px solid var(--gx-border); } @container page (min-width: 768px) { form { grid-template-columns: 1fr 2fr 1.5fr 1fr auto; align-items: start; } form wa-button { margin-block-start: 24px; } }`];

  constructor() { super(); this.groups = []; this.categories = []; this.scope = 'product'; this.category = ''; this.sku = null; this.kind = 'percent'; this.typed = ''; this.busy = false; }

  get #products(): ProductSource {
    const { api } = this.session;
    return {
      search: async (text) => (await api.get<{ items: readonly ProductChoice[] }>('/products', { search: text, limit: 8 })).items,
      bySku: async (sku) => (await api.get<{ items: readonly ProductChoice[] }>('/products', { skus: sku })).items[0],
    };
  }

  async #put(path: string, body: object, done: string): Promise<boolean> {
    this.busy = true;
    try {
      await this.session.api.put(path, body);
      toast(done, 'success');
      this.fire('gx-change');
      return true;
    } catch (error) {
      toast((error as Error).message, 'danger');
      return false;
    } finally { this.busy = false; }
  }
  #drop(path: string, body: object = {}): Promise<unknown> { return this.#put(path, { ...body, floor: null }, s('floorGone')); }

  async #set(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const value = Math.round(Number(this.typed) * (this.kind === 'percent' ? 100 : 10 ** minorDigits(this.currency)));
    if (!/^\d{1,9}(\.\d{1,3})?$/.test(this.typed) || value < 1 || (this.kind === 'percent' && value > 10_000)) { toast(s('floorBad'), 'danger'); return; }
    if ((this.scope === 'product' && !this.sku) || (this.scope === 'category' && !this.category)) { toast(s(this.scope === 'product' ? 'floorWhich' : 'floorWhichCategory'), 'danger'); return; }
    const floor = { kind: this.kind, value };
    const done = this.scope === 'product' ? await this.#put(`/stacking/floors/${encodeURIComponent(this.sku!)}`, { floor }, s('floorSaved'))
      : await this.#put('/stacking/group-floor', { category: this.scope === 'all' ? null : this.category, floor }, s('floorSaved'));
    if (!done) return;
    this.sku = null;
    this.typed = '';
  }

  get #lines(): FloorLine[] {
    return [
      ...this.groups.map(({ category, products, kind, value }): FloorLine => ({
        id: `group ${category}`, title: category === '' ? s('scope.all') : category, detail: s('floorProducts', { n: products }), price: undefined, kind, value,
        drop: () => this.#drop('/stacking/group-floor', { category: category === '' ? null : category }),
      })),
      ...this.floors.map(({ sku, title, price, kind, value }): FloorLine => ({ id: sku, title, detail: sku, price, kind, value, drop: () => this.#drop(`/stacking/floors/${encodeURIComponent(sku)}`) })),
    ];
  }

  #columns(): Column<FloorLine>[] {
    return [
      { key: 'product', label: s('floorFor'), primary: true, cell: (row) => html`<span class="stacked"><span>${row.title}</span><span class="muted small">${row.detail}</span></span>` },
      { key: 'price', label: s('price'), align: 'end', cell: (row) => (row.price === undefined ? '–' : formatMoney(row.price, this.currency)) },
      { key: 'floor', label: s('floor'), align: 'end', cell: (row) => (row.kind === 'amount' ? formatMoney(row.value, this.currency) : `${row.value / 100} %`) },
      { key: 'drop', label: s('floorDrop'), align: 'end', cell: (row) => html`<wa-button size="s" appearance="outlined" ?disabled=${this.busy} @click=${row.drop}>${s('floorDrop')}<span class="visually-hidden"> ${row.title}</span></wa-button>` },
    ];
  }

  #target(): unknown {
    if (this.scope === 'all') return html`<span></span>`;
    if (this.scope === 'category') {
      return html`<gx-field label=${s('category')}><select class="select" aria-label=${s('category')} @change=${(event: Event) => { this.category = (event.target as HTMLSelectElement).value; }}>
        <option value="">${s('floorChoose')}</option>${this.categories.map((each) => html`<option value=${each} ?selected=${this.category === each}>${each}</option>`)}</select></gx-field>`;
    }
    return html`<gx-product-field label=${s('product')} .source=${this.#products} .value=${this.sku} @gx-change=${(event: CustomEvent<{ value: string | null }>) => { event.stopPropagation(); this.sku = event.detail.value; }}></gx-product-field>`;
  }

  protected override render(): unknown {
    return html`<gx-card flush heading=${s('floors')} subtitle=${s('floorsText')}>
      <gx-table label=${s('floors')} .columns=${this.#columns()} .rows=${this.#lines}><gx-empty slot="empty" compact icon="coins" heading=${s('floorsNone')}></gx-empty></gx-table>
      <form @submit=${(event: Event) => this.#set(event)}>
        <gx-field label=${s('floorFor')}><select class="select" aria-label=${s('floorFor')} @change=${(event: Event) => { this.scope = (event.target as HTMLSelectElement).value as Scope; }}>${(['product', 'category', 'all'] as const).map((each) => html`<option value=${each} ?selected=${this.scope === each}>${s(`scope.${each}`)}</option>`)}</select></gx-field>
        ${this.#target()}
        <gx-field label=${s('floorKind')}><select class="select" aria-label=${s('floorKind')} @change=${(event: Event) => { this.kind = (event.target as HTMLSelectElement).value as Floor['kind']; }}>${(['percent', 'amount'] as const).map((each) => html`<option value=${each} ?selected=${this.kind === each}>${s(`floorKind.${each}`)}</option>`)}</select></gx-field>
        <wa-input label=${s('floorValue')} inputmode="decimal" maxlength="12" .value=${this.typed} @input=${(event: Event) => { this.typed = ((event.target as HTMLInputElement).value ?? '').trim(); }}></wa-input>
        <wa-button type="button" appearance="outlined" ?loading=${this.busy} @click=${(event: Event) => this.#set(event)}>${s('floorSet')}</wa-button>
      </form></gx-card>`;
  }
}
define('gx-floors-card', FloorsCard);
