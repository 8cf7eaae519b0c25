import type { ShopContext } from '../../plugin-api/index.js';
import { bestCampaign, type EarnCampaign } from './earn-campaign.js';
import { firstRule, ruleAt, type EarnRule } from './earn-rule.js';
import { combined, orderPoints, takenBack } from './order-points.js';
import type { SimulatedLine } from './simulation-statements.js';

export interface SimulatedOrder {
  readonly id: string; readonly at: number; readonly date: string;
  /** Paid for goods and kept, in minor units. */
  readonly sales: number;
  /** Points left after refunds: what the rule that held gives, what the tried rule gives, and what the ledger has. */
  readonly before: number; readonly after: number; readonly booked: number;
}
/** Everything besides the order that points depend on. */
export interface SimulationRules { readonly tried: EarnRule; readonly versions: readonly EarnRule[]; readonly campaigns: readonly EarnCampaign[]; readonly types: ReadonlyMap<string, string | null> }

/** One order under the rule that held when it was paid and under the tried one, both with the campaigns that ran then. */
export function simulateOrder({ shop }: ShopContext, lines: readonly SimulatedLine[], { tried, versions, campaigns, types }: SimulationRules): SimulatedOrder {
  const first = lines[0]!, gone = first.gone === 1;
  const goods = lines.map((line) => ({ sku: line.sku, type: types.get(line.sku) ?? null, giftCard: line.gift_card === 1, quantity: line.quantity, unitPrice: line.unit_price, paid: line.paid }));
  const told = lines.find(({ person }) => person !== null)?.person;
  const person = told ? JSON.parse(told) as { basisPoints: number }[] : [];
  const best = goods.map(({ sku, type }) => bestCampaign(campaigns, first.paid_at, sku, type));
  const under = (rule: EarnRule): number => {
    if (gone) return 0;
    const { points } = orderPoints(rule, shop.currency, { currency: shop.currency, shipping: first.shipping, tax: first.tax }, goods, best.map((campaign) => combined(rule, campaign ? [...person, campaign] : person)));
    return lines.reduce((sum, line, n) => sum + points[n]! - takenBack(points[n]!, line), 0);
  };
  const booked = lines.reduce((sum, line) => sum + (line.points ?? 0) - (line.reversed ?? 0), 0);
  const earned = lines.some(({ points }) => points !== null);
  return {
    id: first.order_id, at: first.placed_at, date: first.business_date, sales: gone ? 0 : lines.reduce((sum, line) => sum + Math.max(0, line.paid - line.refunded_amount), 0),
    before: earned ? booked : under(ruleAt(versions, first.paid_at) ?? firstRule(shop.currency)), after: under(tried), booked,
  };
}
