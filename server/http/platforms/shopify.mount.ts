import type { Express } from 'express';
import { PlatformRequests } from '../../privacy/platform-requests.js';
import type { PrivacyRequestsService } from '../../privacy/privacy-requests.service.js';
import { tokenRenewalJob } from '../../shops/shopify/token-renewal.job.js';
import { BOUNCE_PATH, ShopifyPlatform } from '../../shops/shopify/shopify.platform.js';
import { shopifyApp } from '../../shops/shopify/shopify-app.js';
import { adminPage } from '../admin-page.js';
import type { ApiDispatch } from '../api-dispatch.js';
import type { BrowserFiles } from '../browser-files.js';
import type { CoreServices } from '../core-services.js';
import type { PlatformAdmin } from '../identify.js';
import { RulesPages } from '../rules/rules-pages.js';

const APP_BRIDGE = 'https://cdn.shopify.com/shopifycloud/app-bridge.js';

export interface ShopifyMount { readonly admin: PlatformAdmin; mount(app: Express, dispatch: ApiDispatch): void }

/** Shopify's pages, webhooks and proxy on our server. */
export function createShopifyMount(services: CoreServices, files: BrowserFiles, requests: PrivacyRequestsService): ShopifyMount | undefined {
  if (!services.config.shopify) return undefined;
  const platform = new ShopifyPlatform({
    app: shopifyApp(services.config.shopify), db: services.store, cipher: services.secrets, shops: services.shops, inbox: services.inbox, intake: services.intake, privacy: new PlatformRequests(services.privacy, requests), clock: services.clock,
    left: (ctx) => services.installs.uninstallAll(ctx, 'platform'),
  });
  const { apiKey } = services.config.shopify;
  const rules = new RulesPages(services);
  services.inbox.register('shopify', (ctx, delivery) => platform.fold(ctx, delivery));
  services.scheduler.register(tokenRenewalJob(platform.tokens, (shopId) => services.shops.byId(shopId)?.platform === 'shopify' && services.shops.state(shopId) === 'active'));
  return {
    async admin(token, locale) {
      const answer = await platform.authenticate(`Bearer ${token}`, locale);
      return answer.ok ? { ok: true, ctx: answer.ctx } : { ok: false, retry: answer.retry };
    },
    mount(app, dispatch) {
      app.post(['/webhooks/shopify', '/webhooks/shopify/*rest'], ...platform.webhook);
      app.get(BOUNCE_PATH, platform.bouncePage);
      const head = `<meta name="shopify-api-key" content="${apiKey.replace(/[^\w-]/g, '')}">\n<script src="${APP_BRIDGE}"></script>\n`;
      app.get(['/', '/admin', '/admin/*rest'], platform.document((_req, res, { ctx }) => {
        const page = adminPage(files, `https://${ctx.shop.key} https://admin.shopify.com`, head, ' https://cdn.shopify.com');
        res.set('content-security-policy', page.contentSecurityPolicy).type('html').send(page.html);
      }));
      app.use('/proxy', platform.proxy, (req, res, next) => {
        const { shop, identity } = res.locals['visitor'] as NonNullable<ReturnType<ShopifyPlatform['proxyVisitor']>>;
        if (!rules.handle(req, res, shop, req.url) && !dispatch.handleProxied(req, res, { shop, platform: 'shopify', customerId: identity.customerId })) next();
      });
    },
  };
}
