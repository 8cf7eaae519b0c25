import type { CoreEvents } from '../../server/plugin-api/index.js';
import type { ContractShop } from './contract-shops.js';

/** What the core would tell of something that happened in the shop; of a plugin's events only what most of them carry. */
export function eventPayload(name: string, { people, orders }: ContractShop): Readonly<Record<string, unknown>> {
  const personId = people[0]!.personId, orderId = orders[0]!;
  const discount = { code: 'CONTRACT-CODE', owner: 'contract', ownerRef: 'contract', orderId };
  const core: CoreEvents = {
    'order.paid': { orderId, personId }, 'order.delivered': { orderId, personId }, 'order.refunded': { orderId, personId, refundId: orderId, full: true }, 'order.cancelled': { orderId, personId },
    'discount.used': discount, 'discount.released': { ...discount, cause: 'refund' }, 'discount.lost': { ...discount, reason: 'stacking', difference: 1, beside: ['CONTRACT-OTHER'] },
    'customer.created': { personId }, 'customer.merged': { personId: people[1]!.personId, into: people[2]!.personId }, 'customer.split': { personId: people[1]!.personId, into: people[2]!.personId }, 'customer.erased': { personId: people[3]!.personId },
    'points.expiring': { personId, amount: 1, at: 0, days: 7 }, 'grant.made': { grantId: orderId, personId, kind: 'points', amount: 1, source: 'contract' },
    'grant.decided': { grantId: orderId, personId, kind: 'points', amount: 1, source: 'contract', causeRef: orderId, key: 'contract', decision: 'given', outcome: {}, instead: null },
  };
  return Object.entries(core).find(([each]) => each === name)?.[1] ?? { personId, orderId };
}
