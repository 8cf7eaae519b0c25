import { Field, ShopEntity, Table, instant, text, type Instant } from '../../plugin-api/index.js';

export const INSTALLATION_ID = 'app';

/** That a shop has the app: since when, with which scopes, and whether it took it off. One row per shop, kept until the shop is redacted. */
@Table('shopify_installation')
export class ShopifyInstallation extends ShopEntity {
  /** Granted scopes, comma separated. */
  @Field(text({ max: 8_000 })) scopes!: string;
  @Field(instant()) installedAt!: Instant;
  @Field(instant({ nullable: true })) uninstalledAt!: Instant | null;
}
