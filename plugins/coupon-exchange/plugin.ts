import { definePlugin, DAY, sql, type Tile } from 'guanxi/plugin';
import { Redemption } from './entities/redemption.entity.js';
import { Reward } from './entities/reward.entity.js';
import { manifest } from './manifest.js';
import { CreateExchange } from './migrations/create-exchange.migration.js';
import { adminRoutes } from './routes/admin.routes.js';
import { storefrontRoutes } from './routes/storefront.routes.js';
import { Catalogue } from './services/catalogue.service.js';
import { Exchange } from './services/exchange.service.js';
import { exchangeStatements, REASSIGN, SINCE } from './services/exchange.statements.js';
import { exchangeSegments, segmentStatements } from './services/exchange-segments.js';
import { offersOf, packParts } from './services/planning.js';

export default definePlugin({
  manifest,
  entities: () => [Reward, Redemption],
  migrations: () => [CreateExchange],
  statements: () => [...exchangeStatements, ...segmentStatements],
  services: (app) => {
    const db = app.use('db');
    app.container.register(Exchange, { useValue: new Exchange(db, app.use('points.spend'), app.use('discounts.write'), app.use('events.emit')) });
    app.container.register(Catalogue, { useValue: new Catalogue(db, app.use('customers.read'), app.use('points.read'), app.use('audit.write')) });
  },
  routes: (router, app) => {
    adminRoutes(router.admin, app.container.resolve(Catalogue));
    storefrontRoutes(router.storefront, app.container.resolve(Catalogue), app.container.resolve(Exchange));
  },
  on: (app) => {
    const db = app.use('db');
    const exchange = app.container.resolve(Exchange);
    return {
      'discount.used': async (ctx, event) => { if (event.owner === 'coupon-exchange') await exchange.used(ctx, event.code, event.orderId); },
      'discount.released': async (ctx, event) => {
        if (event.owner !== 'coupon-exchange') return;
        const rules = await app.settings(ctx);
        await exchange.released(ctx, event.code, rules.onRefund === 'points' || rules.onRefund === 'keep' ? rules.onRefund : 'restore', rules.restoreDays);
      },
      'customer.merged': (ctx, event) => db.hot(ctx, 'coupons:merge', function* () { yield* sql.run(REASSIGN, { person: event.personId, into: event.into, now: ctx.now }); }),
    };
  },
  jobs: (app) => ({
    expire: async (ctx, signal) => { await app.container.resolve(Exchange).expire(ctx, (await app.settings(ctx)).pointsBackOnExpiry, signal); },
  }),
  contributes: (app) => {
    const [exchange, catalogue] = [app.container.resolve(Exchange), app.container.resolve(Catalogue)];
    return {
      segmentAttributes: exchangeSegments(app.use('db')),
      offers: (ctx) => offersOf(catalogue, ctx),
      packParts: packParts(catalogue),
      rewardKinds: {
        coupon: {
          issue: (ctx, request, grantId) => exchange.issuePrize(ctx, request, grantId),
          revoke: (ctx, grantId) => exchange.revokePrize(ctx, grantId),
          options: async (ctx) => (await catalogue.list(ctx)).filter((reward) => reward.state === 'active').map((reward) => ({ ref: reward.id, title: reward.title[ctx.locale] })),
        },
      },
      timeline: async (ctx, personId, range) => (await catalogue.ofPerson(ctx, personId, range)).map((each) => ({
        id: each.id, at: each.issuedAt, icon: 'ticket', title: each.cost ? { en: `Redeemed a coupon for ${each.cost} points`, 'zh-CN': `用 ${each.cost} 积分兑换优惠券` } : { en: 'Won a coupon', 'zh-CN': '获得一张优惠券' },
      })),
      tiles: async (ctx): Promise<Tile[]> => {
        const row = await app.use('db').read(ctx, (q) => q.one(SINCE, { from: ctx.now - 30 * DAY }));
        return [{ name: 'redeemed', label: { en: 'Coupons given out, 30 days', 'zh-CN': '近 30 天发券数' }, value: row?.issued ?? 0, format: 'count' }];
      },
    };
  },
  demo: async (ctx, app) => {
    const catalogue = app.container.resolve(Catalogue);
    const rewards = [
      { title: { en: '¥2 off, no minimum', 'zh-CN': '无门槛 2 元券' }, kind: 'amount', discount: 200, minimum: 0, cost: 200, stock: null, perPerson: 4, validDays: 14 },
      { title: { en: '¥5 off ¥59', 'zh-CN': '满 59 减 5 元' }, kind: 'amount', discount: 500, minimum: 5900, cost: 300, stock: 500, perPerson: 2, validDays: 14 },
      { title: { en: '¥20 off ¥199', 'zh-CN': '满 199 减 20 元' }, kind: 'amount', discount: 2000, minimum: 19900, cost: 800, stock: 200, perPerson: 2, validDays: 30 },
      { title: { en: '10 % off everything', 'zh-CN': '全场 9 折' }, kind: 'percent', discount: 1000, minimum: 0, cost: 1200, stock: 50, perPerson: 1, validDays: 30 },
      { title: { en: 'Free shipping', 'zh-CN': '免运费券' }, kind: 'free-shipping', discount: 0, minimum: 0, cost: 150, stock: null, perPerson: 5, validDays: 30 },
    ] as const;
    for (const reward of rewards) await catalogue.move(ctx, (await catalogue.create(ctx, reward)).id, 'publish');
  },
});
