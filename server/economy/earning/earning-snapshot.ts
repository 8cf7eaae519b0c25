import { sql, type Localised, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { programmeOf } from '../programme/programme.js';
import type { ReturnDays } from '../return-window.js';
import { bestCampaign, earnCampaignOf } from './earn-campaign.js';
import { earnRuleOf, earnRuleParams, firstRule, type EarnRule } from './earn-rule.js';
import type { EarningMultipliers } from './earning-multipliers.js';
import { EARN_CAMPAIGNS_AT, EARN_RULE_AT, INSERT_EARN_RULE, type EarningLine, type EarningOrder } from './earning-statements.js';
import { combined, type Multiplier } from './order-points.js';

/** What an order froze with its first points: later rules, tiers and campaigns do not touch it. */
export interface FrozenEarning extends ReturnDays { readonly rule: EarnRule; readonly person: readonly Multiplier[] }
/** What a line keeps of how its points came to be. */
export interface LineSnapshot extends EarnRule, ReturnDays {
  /** What it earned from, in minor units. */
  readonly base: number;
  /** What the shop called this kind of goods then. */
  readonly type: string | null;
  readonly person: readonly Multiplier[];
  readonly campaign: { readonly id: string; readonly basisPoints: number; readonly label: Localised } | null;
  /** All multipliers together, after the cap. */
  readonly basisPoints: number;
  /** Pieces that were given back when the line was last looked at. */
  readonly returned?: number;
}
/** What version 1 kept before rules had versions. */
interface EarlySnapshot extends ReturnDays { readonly pointsPer: number }

const snapshotOf = (line: EarningLine): LineSnapshot | EarlySnapshot | undefined => (line.rule === null ? undefined : JSON.parse(line.rule) as LineSnapshot | EarlySnapshot);

/** The rule that holds at a moment; the first one is stored when it is first used. */
export function* earnRuleAt(ctx: ShopContext, at: number): Unit<EarnRule> {
  const row = yield* sql.one(EARN_RULE_AT, { at });
  if (row) return earnRuleOf(row);
  const rule = firstRule(ctx.shop.currency);
  yield* sql.run(INSERT_EARN_RULE, earnRuleParams(rule, ctx.now, 'system:guanxi'));
  return rule;
}

/** From the first line that has a snapshot, or made now from what held when the order was paid. */
export function* frozenEarning(ctx: ShopContext, order: EarningOrder, lines: readonly EarningLine[], multipliers: EarningMultipliers | undefined, personId: string): Unit<FrozenEarning> {
  const snapshot = lines.map(snapshotOf).find((each) => each !== undefined);
  if (snapshot) {
    const { returnDays, undeliveredDays } = snapshot;
    return 'pointsPer' in snapshot ? { rule: firstRule(ctx.shop.currency), person: [], returnDays, undeliveredDays } : { rule: snapshot, person: snapshot.person, returnDays, undeliveredDays };
  }
  const { returnDays, undeliveredDays } = programmeOf(ctx.shop);
  return { rule: yield* earnRuleAt(ctx, order.paid_at), person: multipliers ? yield* multipliers.of(ctx, personId) : [], returnDays, undeliveredDays };
}

/** A snapshot for each line: its own where it has one, otherwise with the campaign that ran when the order was paid. */
export function* lineSnapshots(order: EarningOrder, lines: readonly EarningLine[], { rule, person, returnDays, undeliveredDays }: FrozenEarning): Unit<LineSnapshot[]> {
  const own = lines.map(snapshotOf);
  const campaigns = own.includes(undefined) ? (yield* sql.many(EARN_CAMPAIGNS_AT, { at: order.paid_at })).map(earnCampaignOf) : [];
  return lines.map((line, n) => {
    const kept = own[n];
    // Snapshots did not always say of what kind the goods were.
    if (kept && !('pointsPer' in kept)) return { ...kept, type: (kept as Partial<LineSnapshot>).type === undefined ? line.category : kept.type };
    const campaign = kept ? undefined : bestCampaign(campaigns, order.paid_at, line.sku, line.category);
    return {
      ...ruleOnly(rule), returnDays, undeliveredDays, base: 0, type: line.category, person, campaign: campaign ? { id: campaign.id, basisPoints: campaign.basisPoints, label: campaign.title } : null,
      basisPoints: combined(rule, [...person, ...(campaign ? [campaign] : [])]),
    };
  });
}

/** Without what a version or a snapshot carries besides. */
const ruleOnly = ({ version, ratePoints, rateAmount, rounding, afterDiscounts, withShipping, withTax, withGiftCards, maxMultiplier, minimumOrder, excluded, startsAt, endsAt }: EarnRule): EarnRule =>
  ({ version, ratePoints, rateAmount, rounding, afterDiscounts, withShipping, withTax, withGiftCards, maxMultiplier, minimumOrder, excluded, startsAt, endsAt });
