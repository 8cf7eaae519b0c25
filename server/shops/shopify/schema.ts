import { instant, integer, migration, text, type EntityClass, type MigrationClass } from '../../plugin-api/index.js';
import { ShopifyCredential } from './shopify-credential.entity.js';
import { ShopifyInstallation } from './shopify-installation.entity.js';

export const entities: readonly EntityClass[] = [ShopifyInstallation, ShopifyCredential];

const sealed = text({ max: 8_000 });

export const migrations: readonly MigrationClass[] = [
  migration('CreateShopifyInstallations', 1763800120000, {
    async up(m) {
      await m.createTable('shopify_installation', { columns: { scopes: text({ max: 8_000 }), installedAt: instant(), uninstalledAt: instant({ nullable: true }) } });
      await m.createTable('shopify_credential', { columns: {
        accessToken: sealed, refreshToken: sealed, previousRefreshToken: text({ max: 8_000, nullable: true }),
        accessExpiresAt: instant(), refreshExpiresAt: instant(), revision: integer(),
      } });
      await m.createTable('shopify_lease', { columns: { owner: text({ max: 80 }), heldUntil: instant() } });
    },
    async down(m) { for (const table of ['shopify_lease', 'shopify_credential', 'shopify_installation']) await m.dropTable(table); },
  }),
];
