import { HOUR, sql, type Contributions, type Database } from 'guanxi/plugin';
import type { MembershipTiers } from '../contract.js';
import { rankOf, type PlanRules, type Tier } from '../tiers/plan-rules.js';
import { STANDING_OF, type StandingRow } from './member.statements.js';
import { GUARDED } from './people.statements.js';

/** The tier a person has, with what it gives; undefined for who is no member. */
export interface OwnTier extends Tier { readonly rank: number }
export function ownTier(row: StandingRow | undefined): OwnTier | undefined {
  if (!row) return undefined;
  const rules = JSON.parse(row.content) as PlanRules;
  const rank = rankOf(rules, row.tier, row.was === null ? rules : JSON.parse(row.was) as PlanRules);
  return { ...rules.tiers[rank]!, rank };
}

/** What a tier takes off prices and adds to the points of orders. */
export const tierBenefits = (db: Database): Required<Pick<Contributions, 'memberPrices' | 'earningMultipliers'>> => ({
  memberPrices: {
    tier: async (ctx, person) => {
      const tier = ownTier(await db.read(ctx, (q) => q.one(STANDING_OF, { person })));
      return tier && tier.discount > 0 ? { basisPoints: tier.discount, label: tier.title } : undefined;
    },
  },
  earningMultipliers: {
    *tier(_ctx, person) {
      const tier = ownTier(yield* sql.one(STANDING_OF, { person }));
      return tier && tier.multiplier !== 10_000 ? { basisPoints: tier.multiplier, label: tier.title } : undefined;
    },
  },
});

/** What other modules can ask. */
export const tiersContract = (db: Database): MembershipTiers => ({
  tierOf: async (ctx, person) => {
    const tier = ownTier(await db.read(ctx, (q) => q.one(STANDING_OF, { person })));
    return tier && { key: tier.key, rank: tier.rank, title: tier.title, priorityHours: tier.priorityHours };
  },
  mayDraw: async (ctx, person) => (await db.read(ctx, (q) => q.one(GUARDED, { person }))) === undefined,
  opensAt: async (ctx, person, at) => at - ((person === undefined ? undefined : ownTier(await db.read(ctx, (q) => q.one(STANDING_OF, { person }))))?.priorityHours ?? 0) * HOUR,
});
