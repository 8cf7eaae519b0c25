import type { CustomerSnapshot, OrderSnapshot, RefundSnapshot } from '../snapshots.js';
import type { Instant, Shop } from '../../plugin-api/index.js';
import type { Mapping } from './column-mapping.js';
import type { ReportBuilder } from './import-report.js';
import { parseCount, parseInstant, parseMoney, type DateOptions, type Parsed } from './import-values.js';
import type { MappedRow } from './row-source.js';
import { SeenKeys } from './seen-keys.js';

/** Goods that came back, to be matched with the purchase they belong to. */
export interface ReturnedLine {
  readonly row: number; readonly refundId: string; readonly customerExternalId: string; readonly sku: string;
  readonly quantity: number; /** Minor units for all of it. */ readonly amount: number; readonly at: number;
}
export interface Assembled { readonly order?: OrderSnapshot; readonly refund?: RefundSnapshot; readonly returns: readonly ReturnedLine[] }

export interface AssemblyOptions {
  readonly shop: Shop;
  readonly dates: DateOptions;
  readonly currency: string;
  /** Stands before ids that are not a platform's own, e.g. `csv`. */
  readonly source: string;
  /** The file is Shopify's own export: numeric ids become Shopify's GIDs, so that later webhooks find the same rows. */
  readonly shopify: boolean;
}

const PAID = new Set(['paid', 'partially_refunded', 'refunded', 'completed', 'complete', 'fulfilled', 'shipped', 'delivered', '已付款', '已支付', '已完成', '交易成功', '已发货']);

const numberOf = ({ values }: Pick<MappedRow, 'values'>): string | undefined => values['order'] ?? values['platformId']?.replace(/^'/, '');

const AMOUNTS = ['total', 'subtotal', 'shipping', 'tax', 'discount', 'refunded'] as const;
const NOBODY = {};

/** Written field by field: spreading what may be missing costs an import more than reading the cells. */
function customerOf({ values }: MappedRow, externalId: string, updatedAt: Instant): CustomerSnapshot {
  const customer: { -readonly [F in keyof CustomerSnapshot]: CustomerSnapshot[F] } = { externalId, updatedAt };
  if (values['email'] !== undefined) customer.email = values['email'].toLowerCase();
  if (values['customerName'] !== undefined) customer.name = values['customerName'];
  if (values['phone'] !== undefined) customer.phone = values['phone'].replace(/^'/, '');
  return customer;
}

/** Puts rows together to orders and reads their cells; everything that cannot be read is reported and left out. */
export class OrderAssembly {
  readonly #lines: boolean;
  readonly #grouped: boolean;
  readonly #seen = new SeenKeys();
  readonly #occurrences = new SeenKeys();
  #open: MappedRow[] = [];
  #key: string | undefined;

  constructor(mapping: Mapping, private readonly options: AssemblyOptions, private readonly report: ReportBuilder) {
    this.#lines = ['sku', 'title', 'unitPrice', 'lineTotal'].some((name) => mapping.has(name));
    this.#grouped = this.#lines && (mapping.has('order') || mapping.has('platformId'));
  }

  /** Takes a row; answers the order that it completes (the one before). */
  push(row: MappedRow): Assembled | undefined {
    const key = numberOf(row);
    if (this.#grouped && key !== undefined && key === this.#key) { this.#open.push(row); return undefined; }
    const done = this.finish();
    this.#open = [row];
    this.#key = key;
    return done;
  }

  /** The order still open, at the end of the file. */
  finish(): Assembled | undefined {
    const rows = this.#open;
    this.#open = [];
    return rows.length === 0 ? undefined : this.#assemble(rows);
  }

  #assemble(rows: readonly MappedRow[]): Assembled | undefined {
    const head = rows[0]!;
    const reject = (code: Parameters<ReportBuilder['skip']>[1], message: string): undefined => { for (const { row } of rows) this.report.skip(row, code, message); return undefined; };
    const { dates, source } = this.options;
    const placedText = head.values['placedAt'];
    if (placedText === undefined) return head.joined ? reject('missing', 'The date of the order is missing.') : reject('no-join', 'The companion file has no row for this order.');
    const placed = parseInstant(placedText, dates);
    if (!placed.ok) return reject('date', placed.reason);
    const currency = (head.values['currency'] ?? this.options.currency).toUpperCase();
    if (!/^[A-Z]{3}$/.test(currency)) return reject('amount', `"${currency.slice(0, 20)}" is not a currency.`);
    const amounts: { [A in (typeof AMOUNTS)[number]]?: number } = {};
    for (const name of AMOUNTS) {
      const text = head.values[name];
      if (text === undefined) continue;
      const amount = parseMoney(text, currency);
      if (!amount.ok) return reject('amount', amount.reason);
      amounts[name] = amount.value;
    }
    if ((amounts.total ?? 0) < 0) return reject('negative', `The total "${head.values['total'] ?? ''}" is negative.`);

    const customerExternalId = this.#customerId(head);
    const number = numberOf(head);
    const externalId = this.#orderId(head, customerExternalId, placedText);
    if (number !== undefined && this.#seen.count(externalId) > 0) return reject('duplicate', `The order ${number} stands in the file more than once; the first is taken.`);
    if (number !== undefined) this.#seen.add(externalId);

    const lines: OrderSnapshot['lines'][number][] = [];
    const returns: ReturnedLine[] = [];
    rows.forEach((row, index) => this.#line(row, `${externalId}#${index + 1}`, { currency, placedAt: placed.value, customerExternalId, externalId, orderTotal: amounts.total ?? amounts.subtotal, only: rows.length === 1, discount: amounts.discount ?? 0 }, lines, returns));
    if (lines.length === 0) return returns.length > 0 ? { returns } : undefined;

    const goods = lines.reduce((sum, line) => sum + line.paid, 0);
    const status = head.values['financialStatus']?.toLowerCase().replaceAll(' ', '_');
    const paidText = head.values['paidAt'], cancelledText = head.values['cancelledAt'];
    const paid = paidText === undefined ? undefined : parseInstant(paidText, dates), cancelled = cancelledText === undefined ? undefined : parseInstant(cancelledText, dates);
    for (const date of [paid, cancelled]) if (date && !date.ok) this.report.remark(head.row, 'date', date.reason);
    const isPaid = status === undefined || PAID.has(status);
    const cancelledAt = cancelled?.ok ? cancelled.value : null;
    const order: OrderSnapshot = {
      externalId, number: number ?? externalId.slice(source.length + 1), currency, placedAt: placed.value,
      ...(customerExternalId === undefined ? NOBODY : { customer: customerOf(head, customerExternalId, placed.value) }),
      paidAt: paid?.ok ? paid.value : isPaid ? placed.value : null, deliveredAt: null, cancelledAt,
      updatedAt: Math.max(placed.value, paid?.ok ? paid.value : 0, cancelledAt ?? 0),
      subtotal: amounts.subtotal ?? goods, discount: Math.abs(amounts.discount ?? 0), shipping: amounts.shipping ?? 0, tax: amounts.tax ?? 0,
      total: amounts.total ?? goods + (amounts.shipping ?? 0), codes: head.values['discountCode'] === undefined ? [] : [{ code: head.values['discountCode'], amount: Math.abs(amounts.discount ?? 0) }], lines,
    };
    const refunded = amounts.refunded ?? 0;
    if (refunded <= 0) return { order, returns };
    const whole = refunded >= order.total;
    return { order, returns, refund: {
      externalId: `${externalId}#refunded`, orderExternalId: externalId, at: order.updatedAt, amount: refunded,
      lines: whole ? lines.map((line) => ({ lineExternalId: line.externalId, quantity: line.quantity, amount: line.paid })) : [],
    } };
  }

  #line(row: MappedRow, lineId: string, order: { currency: string; placedAt: number; customerExternalId: string | undefined; externalId: string; orderTotal: number | undefined; only: boolean; discount: number },
    lines: OrderSnapshot['lines'][number][], returns: ReturnedLine[]): void {
    const { values } = row;
    const skip = (code: 'amount' | 'count' | 'negative' | 'missing', message: string): void => this.report.skip(row.row, code, message);
    const quantity = values['quantity'] === undefined ? { ok: true as const, value: 1 } : parseCount(values['quantity']);
    if (!quantity.ok) { skip('count', quantity.reason); return; }
    if (quantity.value === 0) { skip('count', 'The quantity is 0.'); return; }
    const pieces = Math.abs(quantity.value);
    const read = (name: string): Parsed<number> | undefined => (values[name] === undefined ? undefined : parseMoney(values[name], order.currency));
    const price = read('unitPrice'), whole = read('lineTotal'), discount = read('lineDiscount');
    for (const found of [price, whole, discount]) if (found && !found.ok) { skip('amount', found.reason); return; }
    const sum = whole?.ok ? Math.abs(whole.value) : price?.ok ? price.value * pieces - (discount?.ok ? discount.value : 0) - (order.only && !whole ? Math.abs(order.discount) : 0) : order.only ? order.orderTotal : undefined;
    if (sum === undefined) { skip('missing', 'Neither a price nor a total can be found.'); return; }
    if ((price?.ok && price.value < 0) || sum < 0) { skip('negative', 'The price is negative.'); return; }
    const title = values['title'] ?? values['sku'] ?? 'Imported purchase';
    const sku = values['sku'] ?? (values['title'] === undefined ? 'imported' : values['title'].slice(0, 200));
    if (quantity.value > 0) { lines.push({ externalId: lineId, sku, title, quantity: pieces, unitPrice: price?.ok ? price.value : Math.round(sum / pieces), paid: sum }); return; }
    if (order.customerExternalId === undefined) { this.report.skip(row.row, 'unmatched-return', 'A return without a customer cannot be matched with a purchase.'); return; }
    returns.push({ row: row.row, refundId: lineId, customerExternalId: order.customerExternalId, sku, quantity: pieces, amount: sum, at: order.placedAt });
  }

  #customerId({ values }: MappedRow): string | undefined {
    const { source, shopify } = this.options;
    const id = values['customer']?.replace(/^'/, '');
    if (id !== undefined) return shopify && /^\d+$/.test(id) ? `gid://shopify/Customer/${id}` : `${source}:${id}`;
    const email = values['email']?.toLowerCase();
    return email === undefined ? undefined : `${source}:${email}`;
  }

  /** Files without order numbers: customer and date name an order, and which of that day it is. */
  #orderId({ values }: MappedRow, customer: string | undefined, placedText: string): string {
    const { source, shopify } = this.options;
    const id = values['platformId']?.replace(/^'/, '');
    if (shopify && id !== undefined && /^\d+$/.test(id)) return `gid://shopify/Order/${id}`;
    const number = numberOf({ values });
    if (number !== undefined) return `${source}:${number}`;
    const day = `${customer?.startsWith(`${source}:`) ? customer.slice(source.length + 1) : customer ?? `guest:${values['total'] ?? ''}`}:${placedText}`;
    return `${source}:${day}:${this.#occurrences.add(day)}`;
  }
}
