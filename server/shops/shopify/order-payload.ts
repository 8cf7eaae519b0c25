import type { OrderSnapshot } from '../../commerce/snapshots.js';
import { customerSnapshot } from './customer-payload.js';
import type { Fields } from './payload-fields.js';
import { skuOfVariant } from './product-payload.js';

const PAID = new Set(['paid', 'partially_refunded', 'refunded']);

const sum = (items: readonly Fields[], name: string, currency: string): number => items.reduce((total, item) => total + (item.money(name, currency) ?? 0), 0);

const sentParcels = (order: Fields): readonly Fields[] => order.list('fulfillments').filter((parcel) => parcel.text('status') !== 'cancelled');
const arrival = (parcel: Fields): number => parcel.instant('updated_at') ?? parcel.instant('created_at') ?? 0;

/** When the last parcel with pieces of a line arrived; null until all its pieces are there. */
function arrivedAt(lineId: string, quantity: number, parcels: readonly Fields[]): number | null {
  const carried = parcels.flatMap((parcel) => parcel.list('line_items').filter((item) => item.gid('LineItem') === lineId).map((item) => ({ parcel, pieces: item.count('quantity') ?? 0 })));
  const here = carried.every(({ parcel }) => parcel.text('shipment_status') === 'delivered') && carried.reduce((all, { pieces }) => all + pieces, 0) >= quantity;
  return here ? Math.max(...carried.map(({ parcel }) => arrival(parcel))) || null : null;
}

function line(item: Fields, currency: string, taxesIncluded: boolean, parcels: readonly Fields[]): OrderSnapshot['lines'][number] | undefined {
  const externalId = item.gid('LineItem');
  const unitPrice = item.money('price', currency);
  const quantity = item.count('quantity');
  if (!externalId || unitPrice === undefined || quantity === undefined || quantity < 1) return undefined;
  const allocations = item.list('discount_allocations');
  // Allocations also carry the line's share of an order-wide discount, which `total_discount` leaves out.
  const discount = allocations.length > 0 ? sum(allocations, 'amount', currency) : item.money('total_discount', currency) ?? 0;
  const tax = taxesIncluded ? sum(item.list('tax_lines'), 'price', currency) : 0;
  const variant = item.gid('ProductVariant', 'variant_id');
  const arrived = arrivedAt(externalId, quantity, parcels);
  return {
    externalId, quantity, unitPrice, title: item.text('title') ?? item.text('name') ?? '—',
    sku: item.text('sku') ?? (variant === undefined ? `line-${item.digits('id') ?? externalId}` : skuOfVariant(variant)),
    paid: Math.max(0, unitPrice * quantity - discount - tax), ...(item.flag('gift_card') ? { giftCard: true } : {}), ...(arrived === null ? {} : { deliveredAt: arrived }),
  };
}

/** Where it goes; Shopify leaves it out for apps without approval for addresses. */
function addressOf(order: Fields): string | undefined {
  const to = order.object('shipping_address') ?? order.object('billing_address');
  const parts = ['address1', 'address2', 'zip', 'city', 'country_code'].flatMap((name) => to?.text(name) ?? []);
  return to?.text('address1') === undefined ? undefined : parts.join(', ');
}

/** When the last parcel arrived; null while one is on its way or nothing is known. */
function deliveredAt(order: Fields): number | null {
  const parcels = sentParcels(order);
  if (parcels.length === 0 || order.text('fulfillment_status') !== 'fulfilled') return null;
  if (!parcels.every((parcel) => parcel.text('shipment_status') === 'delivered')) return null;
  return Math.max(...parcels.map(arrival)) || null;
}

/**
 * An order of `orders/create | paid | updated | fulfilled | cancelled`. Money is the shop's currency, never the shopper's presentment
 * currency. Quantities are those ordered; what went back arrives as refunds. Undefined when the payload is no order.
 */
export function orderSnapshot(payload: Fields, fallbackUpdatedAt: number): OrderSnapshot | undefined {
  const externalId = payload.gid('Order');
  const currency = payload.text('currency');
  const placedAt = payload.instant('processed_at') ?? payload.instant('created_at');
  if (!externalId || !currency || placedAt === undefined) return undefined;
  const updatedAt = payload.instant('updated_at') ?? fallbackUpdatedAt;
  const customer = customerSnapshot(payload.object('customer'), updatedAt, payload.text('customer_locale'));
  const total = payload.money('total_price', currency) ?? 0, address = addressOf(payload);
  return {
    externalId, number: payload.text('name') ?? externalId, currency, placedAt, updatedAt,
    ...(customer ? { customer } : {}),
    paidAt: PAID.has(payload.text('financial_status') ?? '') ? placedAt : null,
    deliveredAt: deliveredAt(payload), cancelledAt: payload.instant('cancelled_at') ?? null,
    subtotal: payload.money('subtotal_price', currency) ?? total, discount: payload.money('total_discounts', currency) ?? 0,
    shipping: payload.money('total_shipping_price', currency) ?? 0, tax: payload.money('total_tax', currency) ?? 0, total,
    codes: payload.list('discount_codes').flatMap((code) => {
      const text = code.text('code');
      return text === undefined ? [] : [{ code: text, amount: code.money('amount', currency) ?? 0 }];
    }),
    lines: payload.list('line_items').flatMap((item) => line(item, currency, payload.flag('taxes_included'), sentParcels(payload)) ?? []),
    test: payload.flag('test'), ...(address === undefined ? {} : { address }),
  };
}
