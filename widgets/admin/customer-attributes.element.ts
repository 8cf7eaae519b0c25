import { html, nothing } from 'lit';
import { define } from '../kit/define.js';
import { formatNumber } from '../kit/format.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import { localised } from '../kit/locale.js';
import type { LocalisedText } from '../kit/setting-fields.js';
import { t } from './texts.js';

/** One thing that a module says of a customer. `known` is false when the module could not tell; null is nothing to tell. */
export interface CustomerAttribute { readonly name: string; readonly plugin: string; readonly title: LocalisedText; readonly kind: 'number' | 'flag' | 'text'; readonly known: boolean; readonly value: number | boolean | string | null }

const shown = ({ known, value }: CustomerAttribute): unknown => {
  if (!known) return html`<span class="muted">${t('customer.attributeUnknown')}</span>`;
  if (value === null) return '–';
  return typeof value === 'number' ? html`<span class="num">${formatNumber(value, 2)}</span>` : typeof value === 'boolean' ? t(value ? 'customer.attributeYes' : 'customer.attributeNo') : value;
};

/**
 * What the modules of the shop know of a customer, as a card; nothing where no module has anything to say.
 * @element gx-customer-attributes
 */
export class CustomerAttributes extends KitElement {
  static override properties = { items: { attribute: false } };
  declare items: readonly CustomerAttribute[];

  static override styles = kitStyles;

  constructor() { super(); this.items = []; }

  protected override render(): unknown {
    return this.items.length ? html`<gx-card heading=${t('customer.attributes')}><dl class="definition">${this.items.map((each) => html`<dt>${localised(each.title)}</dt><dd>${shown(each)}</dd>`)}</dl></gx-card>` : nothing;
  }
}
define('gx-customer-attributes', CustomerAttributes);
