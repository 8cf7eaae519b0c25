import { hash } from 'node:crypto';
import { businessDate, type Instant, type Shop } from '../plugin-api/index.js';
import { checkCurrency, checkDistinct, checkId, checkInstant, checkMaybeInstant, checkWhole, clip } from './snapshot-input.js';
import type { OrderSnapshot } from './snapshots.js';

/** An order as its row: the field names are those that the statements of `order-fold.ts` read. */
export interface OrderRow {
  readonly external: string; readonly number: string; readonly currency: string; readonly placed: Instant; readonly date: string;
  paid: Instant | null; delivered: Instant | null; cancelled: Instant | null;
  readonly subtotal: number; readonly discount: number; readonly shipping: number; readonly tax: number; readonly total: number; readonly saved: number;
  readonly test: number; readonly version: Instant; readonly digest: string;
}
export interface LineRow { readonly external: string; readonly no: number; readonly sku: string; readonly title: string; readonly quantity: number; readonly price: number; readonly paid: number; readonly giftCard: number; readonly delivered: Instant | null }
export interface CodeRow { readonly code: string; readonly amount: number }
export interface NormalOrder { readonly row: OrderRow; readonly lines: readonly LineRow[]; readonly codes: readonly CodeRow[]; readonly snapshot: OrderSnapshot }

type Facts = Omit<OrderRow, 'date' | 'paid' | 'delivered' | 'cancelled' | 'version' | 'digest'>;
const NO_CODES: readonly CodeRow[] = [];

/** Fingerprint of what a snapshot says. The separators cannot be in the texts, so two contents never read the same. */
function digestOf(f: Facts, customer: string, lines: readonly LineRow[], codes: readonly CodeRow[]): string {
  let text = `${f.external}\u0000${f.number}\u0000${f.currency}\u0000${f.placed}\u0000${f.subtotal}\u0000${f.discount}\u0000${f.shipping}\u0000${f.tax}\u0000${f.total}\u0000${f.test}\u0000${customer}${f.saved ? `\u0000${f.saved}` : ''}`;
  for (const line of lines) text += `\u0001${line.external}\u0000${line.sku}\u0000${line.title}\u0000${line.quantity}\u0000${line.price}\u0000${line.paid}${line.giftCard ? '\u0000g' : ''}`;
  for (const { code, amount } of codes) text += `\u0002${code}\u0000${amount}`;
  return hash('sha1', text, 'base64');
}

function codesOf(snapshot: OrderSnapshot): readonly CodeRow[] {
  if (!snapshot.codes?.length) return NO_CODES;
  const codes = new Map<string, number>();
  for (const { code, amount } of snapshot.codes) {
    const text = clip(code, 60);
    if (text !== null) codes.set(text, checkWhole('codes.amount', amount));
  }
  return [...codes].map(([code, amount]) => ({ code, amount }));
}

/**
 * Checks a snapshot and brings it into the shape of its rows. Errors: 422 `GX_SNAPSHOT` naming the field. Imports come through here for every
 * row: objects are written out, because spreading this many fields costs several times as much.
 */
export function normaliseOrder(shop: Shop, snapshot: OrderSnapshot): NormalOrder {
  const lines = snapshot.lines.map((line, no): LineRow => ({
    external: checkId('lines.externalId', line.externalId), no, sku: clip(line.sku, 200) ?? '', title: clip(line.title, 500) ?? '',
    quantity: checkWhole('lines.quantity', line.quantity), price: checkWhole('lines.unitPrice', line.unitPrice), paid: checkWhole('lines.paid', line.paid), giftCard: line.giftCard === true ? 1 : 0,
    delivered: checkMaybeInstant('lines.deliveredAt', line.deliveredAt),
  }));
  if (lines.length > 1) checkDistinct('lines', lines.map((line) => line.external));
  const codes = codesOf(snapshot);
  const row = {
    external: checkId('externalId', snapshot.externalId), number: clip(snapshot.number, 200) ?? snapshot.externalId, currency: checkCurrency('currency', snapshot.currency),
    placed: checkInstant('placedAt', snapshot.placedAt), subtotal: checkWhole('subtotal', snapshot.subtotal), discount: checkWhole('discount', snapshot.discount),
    shipping: checkWhole('shipping', snapshot.shipping), tax: checkWhole('tax', snapshot.tax), total: checkWhole('total', snapshot.total), saved: checkWhole('memberSaved', snapshot.memberSaved ?? 0), test: snapshot.test === true ? 1 : 0,
    date: businessDate(shop, snapshot.placedAt), paid: checkMaybeInstant('paidAt', snapshot.paidAt), delivered: checkMaybeInstant('deliveredAt', snapshot.deliveredAt),
    cancelled: checkMaybeInstant('cancelledAt', snapshot.cancelledAt), version: checkInstant('updatedAt', snapshot.updatedAt), digest: '',
  };
  row.digest = digestOf(row, snapshot.customer?.externalId ?? '', lines, codes);
  return { row, lines, codes, snapshot };
}

const earliest = (a: Instant | null, b: Instant | null): Instant | null => (a === null ? b : b === null ? a : Math.min(a, b));

/** The greater version's content counts; with equal versions the greater digest. */
export const supersedes = (a: { readonly version: Instant; readonly digest: string }, b: { readonly version: Instant; readonly digest: string }): boolean =>
  a.version > b.version || (a.version === b.version && a.digest > b.digest);

/** Paid, delivered, cancelled happen once: the earliest moment that any snapshot tells is kept, so that order of arrival never matters. */
export function mergeMoments(into: Pick<OrderRow, 'paid' | 'delivered' | 'cancelled'>, from: Pick<OrderRow, 'paid' | 'delivered' | 'cancelled'>): void {
  into.paid = earliest(into.paid, from.paid);
  into.delivered = earliest(into.delivered, from.delivered);
  into.cancelled = earliest(into.cancelled, from.cancelled);
}
