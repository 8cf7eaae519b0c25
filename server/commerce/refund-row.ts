import { checkId, checkInstant, checkWhole } from './snapshot-input.js';
import type { RefundSnapshot } from './snapshots.js';

export interface RefundRow { readonly external: string; readonly orderExternal: string; readonly at: number; readonly amount: number; readonly lines: readonly { readonly line: string; readonly quantity: number; readonly amount: number }[] }

/** Checks a refund; several parts for one line become one. Errors: 422 `GX_SNAPSHOT`. */
export function normaliseRefund(snapshot: RefundSnapshot): RefundRow {
  const lines = new Map<string, { line: string; quantity: number; amount: number }>();
  for (const part of snapshot.lines) {
    const line = checkId('lines.lineExternalId', part.lineExternalId);
    const known = lines.get(line) ?? { line, quantity: 0, amount: 0 };
    lines.set(line, { line, quantity: known.quantity + checkWhole('lines.quantity', part.quantity), amount: known.amount + checkWhole('lines.amount', part.amount) });
  }
  return {
    external: checkId('externalId', snapshot.externalId), orderExternal: checkId('orderExternalId', snapshot.orderExternalId), at: checkInstant('at', snapshot.at),
    amount: checkWhole('amount', snapshot.amount), lines: [...lines.values()],
  };
}
