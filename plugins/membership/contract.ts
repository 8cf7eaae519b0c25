import { contractToken, type Instant, type Localised, type ShopContext } from 'guanxi/plugin';

/** What other modules can ask about members. */
export interface MembershipTiers {
  /** Undefined for who is no member, e.g. a guest. `rank`: 0 is everybody's. */
  tierOf(ctx: ShopContext, personId: string): Promise<{ readonly key: string; readonly rank: number; readonly title: Localised; readonly priorityHours: number } | undefined>;
  /** Whether somebody may take part in draws: not who told that they are a child. */
  mayDraw(ctx: ShopContext, personId: string): Promise<boolean>;
  /** When something that opens to everybody at `at` opens to this person: earlier for tiers with a priority window. */
  opensAt(ctx: ShopContext, personId: string | undefined, at: Instant): Promise<Instant>;
}
export const membershipTiers = contractToken<MembershipTiers>('membership.tiers');
