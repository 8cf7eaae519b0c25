import { Field, ShopEntity, Table, instant, integer, text, type Instant } from '../../plugin-api/index.js';

export const CREDENTIAL_ID = 'offline';

/** The shop's expiring offline token pair, encrypted. Always stored as a pair: a new access token without its refresh token is a dead end. */
@Table('shopify_credential')
export class ShopifyCredential extends ShopEntity {
  @Field(text({ max: 8_000 })) accessToken!: string;
  @Field(text({ max: 8_000 })) refreshToken!: string;
  /** The refresh token before this one: Shopify honours it until this one is used, so it is the way back when an answer was lost. */
  @Field(text({ max: 8_000, nullable: true })) previousRefreshToken!: string | null;
  @Field(instant()) accessExpiresAt!: Instant;
  @Field(instant()) refreshExpiresAt!: Instant;
  /** Counts the pairs, so that a waiting node sees that another has refreshed. */
  @Field(integer()) revision!: number;
}
