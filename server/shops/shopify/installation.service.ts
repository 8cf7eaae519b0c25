import { statement, type Database, type ShopContext } from '../../plugin-api/index.js';
import { INSTALLATION_ID, ShopifyInstallation } from './shopify-installation.entity.js';
import type { TokenExchangeService } from './token-exchange.service.js';
import type { ShopDirectory } from './webhook-ports.js';

const INSTALL = statement(`INSERT INTO shopify_installation (shop_id, id, scopes, installed_at, uninstalled_at, created_at, updated_at) VALUES (:shop, :id, :scopes, :now, NULL, :now, :now)
  ON CONFLICT (shop_id, id) DO UPDATE SET scopes = excluded.scopes, updated_at = excluded.updated_at, uninstalled_at = NULL,
    installed_at = CASE WHEN shopify_installation.uninstalled_at IS NULL THEN shopify_installation.installed_at ELSE excluded.installed_at END`);
const UNINSTALL = statement('UPDATE shopify_installation SET uninstalled_at = :now, updated_at = :now WHERE shop_id = :shop AND uninstalled_at IS NULL');
const SCOPES = statement('UPDATE shopify_installation SET scopes = :scopes, updated_at = :now WHERE shop_id = :shop');

/** Since when a shop has the app, and what happens when it takes it off. */
export class InstallationService {
  /** `left` is told of a shop that has taken the app off, perhaps more than once. */
  constructor(private readonly db: Database, private readonly shops: ShopDirectory, private readonly tokens: TokenExchangeService, private readonly left: (ctx: ShopContext) => Promise<void> = () => Promise.resolve()) {}

  async current(ctx: ShopContext): Promise<ShopifyInstallation | undefined> {
    return this.db.read(ctx, (q) => q.findOne(ShopifyInstallation, { id: INSTALLATION_ID }));
  }

  async installed(ctx: ShopContext, scopes: string): Promise<void> {
    await this.db.write(ctx, (unit) => unit.run(INSTALL, { id: INSTALLATION_ID, scopes, now: ctx.now }));
    if (this.shops.state(ctx.shop.id) !== 'active') await this.shops.setState(ctx.shop, 'active');
  }

  /** Tokens are dead already; data stays until `shop/redact`. A message older than the present installation is ignored. */
  async uninstalled(ctx: ShopContext, triggeredAt: number | null): Promise<boolean> {
    if (await this.#before(ctx, triggeredAt)) return false;
    await this.tokens.drop(ctx);
    await this.db.write(ctx, (unit) => unit.run(UNINSTALL, { now: ctx.now }));
    await this.shops.setState(ctx.shop, 'uninstalled');
    await this.left(ctx);
    return true;
  }

  async scopesChanged(ctx: ShopContext, scopes: readonly string[]): Promise<void> {
    await this.db.write(ctx, (unit) => unit.run(SCOPES, { scopes: scopes.join(','), now: ctx.now }));
  }

  /** Whether the shop may be wiped: it has not come back since Shopify decided so (48 h after the removal). */
  async mayRedact(ctx: ShopContext): Promise<boolean> {
    const installation = await this.current(ctx);
    return installation === undefined || installation.uninstalledAt !== null;
  }

  async #before(ctx: ShopContext, triggeredAt: number | null): Promise<boolean> {
    const installation = await this.current(ctx);
    return triggeredAt !== null && installation !== undefined && triggeredAt < installation.installedAt;
  }
}
