import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import type { ShopContext } from '../../plugin-api/index.js';
import { shelveAssets } from '../../shops/demo/browser-assets.js';
import { CATALOGUE, productSnapshots } from '../../shops/demo/catalogue/catalogue.js';
import type { DemoClock } from '../../shops/demo/demo-clock.js';
import { demoPersonalData } from '../../shops/demo/demo-personal-data.js';
import { createDemoShop, demoRoutes } from '../../shops/demo/demo-shop.js';
import type { DemoHistory } from '../../shops/demo/generator/history.js';
import { DemoPages } from '../../shops/demo/pages/demo-pages.js';
import { demoReviews } from '../../shops/demo/reviews/demo-reviews.js';
import { ensureDemoShop, seedDemo } from '../../shops/demo/seed-demo.js';
import type { CoreRoutes } from '../api-dispatch.js';
import type { AssetFiles } from '../asset-files.js';
import type { CoreServices } from '../core-services.js';
import { sendVisitors } from './demo-visitors.js';
import { RulesPages } from '../rules/rules-pages.js';
import { issueShopperToken } from '../shopper-token.js';
import { MEMBER_TOKEN_MS } from '../storefront/me.routes.js';

export interface DemoMount { mount(app: Express): void }
export interface DemoMountParts { readonly services: CoreServices; readonly clock: DemoClock; readonly core: CoreRoutes; readonly assets: AssetFiles; readonly progress: (line: string) => void }

const REVIEW_BATCH = 200;

/** Hands the seeded reviews to the plugin that keeps reviews, through the same door as an import. */
async function seedReviews(services: CoreServices, ctx: ShopContext, history: DemoHistory): Promise<void> {
  const target = services.host.unit('reviews-monitor')?.contributions.importTargets?.['reviews'];
  if (!target) return;
  const titles = new Map(CATALOGUE.map((product) => [product.sku, product.title]));
  const names = new Map(history.customers.map((customer) => [customer.id, customer.name]));
  const rows: { row: number; values: Record<string, string | undefined> }[] = [];
  for (const review of demoReviews(CATALOGUE, history.orders, history)) {
    const order = await services.orders.byExternalId(ctx, review.orderExternalId);
    rows.push({ row: rows.length, values: {
      externalId: `${review.orderExternalId}/${review.sku}`, sku: review.sku, product: titles.get(review.sku)?.[review.locale], stars: String(review.stars), title: review.title ?? undefined,
      body: review.text, author: names.get(review.customerExternalId) ?? undefined, writtenAt: new Date(review.at).toISOString(), orderId: order?.id, personId: order?.personId ?? undefined,
    } });
  }
  for (let from = 0; from < rows.length; from += REVIEW_BATCH) await target.take(ctx, rows.slice(from, from + REVIEW_BATCH));
}

/** Installs every bundled module with all it asks for, so that a newcomer sees a living shop; in a real shop the merchant does this. */
async function installAll(services: CoreServices, ctx: ShopContext): Promise<void> {
  for (const unit of services.host.active()) {
    if (services.installs.of(ctx.shop.id, unit.id)) continue;
    await services.installs.install(ctx, unit.id, unit.manifest?.capabilities.map((capability) => capability.name) ?? [], undefined, 0);
    // Nothing is delivered by itself before the server has started; a module is installed when its hooks have run, and the next may require it.
    await services.dispatcher.drain();
  }
}

/** The demo shop on our server: seeded on the first start, with its pages and its doors. */
export async function createDemoMount({ services, clock, core, assets, progress }: DemoMountParts): Promise<DemoMount> {
  const shop = await ensureDemoShop(services.shops, { store: services.store, clock });
  const ctx: ShopContext = { shop, actor: { kind: 'job', name: 'demo.seed' }, locale: shop.locale, now: clock.now() };
  if (!await services.activities.sheets.organiser(ctx)) await services.activities.sheets.saveOrganiser(ctx, { legalName: 'Shanlan Tea Co., Ltd. 山岚茶业有限公司', contact: 'service@example.com', complaints: '' });
  const parts = createDemoShop({
    store: services.store, clock, intake: services.intake, discounts: services.discounts, stacking: services.stacking, memberPrices: services.memberPrices, openings: services.openings, guessing: services.guessing, ledger: services.ledger, dispatcher: services.dispatcher, scheduler: services.scheduler,
    issueBearer: (owner, person) => issueShopperToken(services.secrets.key('shopper-bearer'), { shop: owner.id, person, guest: false, exp: Date.now() + MEMBER_TOKEN_MS }),
  });
  // Without demo data the shop still sells its goods, but nobody has come yet and no module is installed.
  if (services.config.seed === 'none') for (const product of productSnapshots(0)) await services.intake.product(ctx, product);
  else {
    let shown = -1;
    await seedDemo(shop, { store: services.store, clock, intake: services.intake }, (done, total) => {
      const percent = Math.floor(done / total * 100);
      if (percent !== shown) { shown = percent; progress(`\rSetting up the demo shop … ${percent} %${percent === 100 ? '\n' : ''}`); }
    }, {
      customers: services.config.seed === 'small' ? 60 : 2000,
      finish: async (inner, history) => {
        await installAll(services, ctx);
        await seedReviews(services, inner, history);
        for (const unit of services.host.active()) await services.host.hook(unit.id, 'demo', ctx);
        await parts.customers.link(ctx);
        await sendVisitors(services, parts, shop, ctx.now);
      },
    });
  }
  await parts.customers.link(ctx);
  services.privacy.registerSource(demoPersonalData(services.store));
  for (const route of demoRoutes(parts)) core.add(route);
  const filled = (slot: string): boolean => services.host.active().some(({ id, manifest }) => services.installs.isEnabled(shop.id, id) && manifest?.widgets.some((widget) => widget.surface === 'storefront' && widget.slot === slot));
  const pages = new DemoPages(shelveAssets(assets), parts.orders, (locale) => ({ shop, actor: { kind: 'visitor' }, locale, now: clock.now() }), filled, (error) => { services.log.error({ err: error }, 'a page of the demo shop failed'); });
  const rules = new RulesPages(services);
  // Storefront scripts know the address of the API alone, so the rules stand beside it as well.
  const ofRules = (req: IncomingMessage, res: ServerResponse): boolean => rules.handle(req, res, shop, (req.url ?? '').replace(/^\/demo(?=\/)/, ''));
  return { mount(app) { app.use((req, res, next) => { if (!ofRules(req, res) && !pages.handle(req, res)) next(); }); app.get('/', (_req, res) => { res.redirect(302, '/demo'); }); } };
}
