import { contractToken, type ShopContext } from 'guanxi/plugin';

/** What another module knows of members. */
export interface Members {
  /** False for who told that they are a child: no draws for them. */
  mayDraw(ctx: ShopContext, personId: string): Promise<boolean>;
}
export const members = contractToken<Members>('membership.tiers');
