import { statement, type Reader } from '../../plugin-api/index.js';
import type { RefundSnapshot } from '../snapshots.js';
import type { ReturnedLine } from './order-assembly.js';
import type { ReportBuilder } from './import-report.js';

interface Purchase { readonly order_ref: string; readonly line_ref: string; readonly room: number; readonly paid: number; readonly quantity: number }

const KNOWN = statement<{ external_id: string }>('SELECT external_id FROM refund WHERE shop_id = :shop AND external_id = :id');
const PURCHASES = statement<Purchase>(`SELECT o.external_id AS order_ref, l.external_id AS line_ref, l.quantity - l.refunded_quantity AS room, l.paid, l.quantity
  FROM identity i JOIN shop_order o ON o.shop_id = i.shop_id AND o.person_id = i.person_id JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
  WHERE i.shop_id = :shop AND i.platform = :platform AND i.external_id = :customer AND l.sku = :sku AND o.placed_at <= :at AND l.refunded_quantity < l.quantity
  ORDER BY o.placed_at DESC, o.id DESC LIMIT 10`);

/**
 * Finds the purchases that returns belong to: the customer's latest earlier lines of the same goods with pieces left. Files like Online
 * Retail's give returns an invoice of their own and do not say what they undo. Money given back is at most what the pieces cost.
 */
export class ReturnMatching {
  constructor(private readonly platform: string, private readonly report: ReportBuilder) {}

  /** Refunds for what could be matched, each return's first part under its own id so that a second run knows it. Earlier orders must be stored. */
  async match(q: Reader, returned: readonly ReturnedLine[]): Promise<RefundSnapshot[]> {
    const refunds: RefundSnapshot[] = [];
    /** Pieces that earlier returns of this call have taken, by line. */
    const spoken = new Map<string, number>();
    for (const item of returned) {
      if (await q.one(KNOWN, { id: item.refundId })) { this.report.unchanged += 1; continue; }
      let left = item.quantity, part = 0;
      for (const found of await q.many(PURCHASES, { platform: this.platform, customer: item.customerExternalId, sku: item.sku, at: item.at })) {
        const key = `${found.order_ref}|${found.line_ref}`;
        const pieces = Math.min(left, found.room - (spoken.get(key) ?? 0));
        if (pieces <= 0) continue;
        spoken.set(key, (spoken.get(key) ?? 0) + pieces);
        const amount = Math.min(Math.round((item.amount * pieces) / item.quantity), Math.round((found.paid * pieces) / found.quantity));
        refunds.push({ externalId: part === 0 ? item.refundId : `${item.refundId}.${part + 1}`, orderExternalId: found.order_ref, at: item.at, amount, lines: [{ lineExternalId: found.line_ref, quantity: pieces, amount }] });
        part += 1;
        left -= pieces;
        if (left === 0) break;
      }
      if (part === 0) this.report.skip(item.row, 'unmatched-return', `No earlier purchase of ${item.sku} by this customer has pieces left to return.`);
      else if (left > 0) this.report.remark(item.row, 'unmatched-return', `${left} of ${item.quantity} returned pieces of ${item.sku} have no earlier purchase.`);
    }
    return refunds;
  }
}
