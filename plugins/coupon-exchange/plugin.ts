import { definePlugin, DAY, minorUnits, moneyText, type Locale, type PluginApp, type ShopContext, type Tile } from 'guanxi/plugin';
import { storeCredit, type StoreCredit } from './contracts/store-credit.js';
import { Redemption } from './entities/redemption.entity.js';
import { Reward } from './entities/reward.entity.js';
import { manifest } from './manifest.js';
import { CreateExchange } from './migrations/create-exchange.migration.js';
import { Loss } from './entities/loss.entity.js';
import { EveryKind } from './migrations/every-kind.migration.js';
import { SeasonsAndProof } from './migrations/seasons-and-proof.migration.js';
import { CountViews } from './migrations/views.migration.js';
import { OwnCost } from './migrations/own-cost.migration.js';
import { PeopleApart } from './migrations/people-apart.migration.js';
import { WorthAndReserve } from './migrations/worth-and-reserve.migration.js';
import { adminRoutes } from './routes/admin.routes.js';
import { ladderRoutes } from './routes/ladder.routes.js';
import { redemptionRoutes } from './routes/redemptions.routes.js';
import { reportRoutes } from './routes/report.routes.js';
import { storefrontRoutes } from './routes/storefront.routes.js';
import { Catalogue } from './services/catalogue.service.js';
import { CodePool } from './services/code-pool.service.js';
import { Crediting, creditingStatements } from './services/crediting.service.js';
import { Exchange } from './services/exchange.service.js';
import { exchangeStatements, SINCE } from './services/exchange.statements.js';
import { Failures } from './services/failures.js';
import { exchangeSegments, segmentStatements } from './services/exchange-segments.js';
import { Fulfilment, fulfilmentStatements } from './services/fulfilment.service.js';
import { invariants } from './services/invariants.js';
import { Ladder } from './services/ladder.service.js';
import { CouponPeople } from './services/people.service.js';
import { peopleStatements } from './services/people.statements.js';
import { poolStatements } from './services/pool.statements.js';
import { reportStatements } from './services/report.statements.js';
import { Reports } from './services/reports.service.js';
import { createDefaults } from './services/default-catalogue.js';
import { LiftMeasure, liftStatements } from './services/lift.service.js';
import { Losses, lossStatements } from './services/losses.service.js';
import { offersOf, packParts } from './services/planning.js';
import { Views, viewStatements } from './services/views.service.js';
import { Welcome } from './services/welcome.service.js';
import { Worth } from './services/worth.service.js';

type App = PluginApp<typeof manifest>;
const TRIES = 'interaction-games.tries';
const creditOf = (app: App, ctx: ShopContext): StoreCredit | undefined => app.optionalContract(storeCredit, ctx);

export default definePlugin({
  manifest,
  entities: () => [Reward, Redemption, Loss],
  migrations: () => [CreateExchange, EveryKind, SeasonsAndProof, CountViews, WorthAndReserve, PeopleApart, OwnCost],
  statements: () => [...exchangeStatements, ...peopleStatements, ...poolStatements, ...fulfilmentStatements, ...creditingStatements, ...reportStatements, ...liftStatements, ...lossStatements, ...viewStatements, ...segmentStatements],
  services: (app) => {
    const db = app.use('db');
    const [points, grants, customers, audit] = [app.use('points.spend'), app.use('grants'), app.use('customers.read'), app.use('audit.write')];
    const pool = new CodePool(db, app.use('vault'), audit);
    app.container.register(CodePool, { useValue: pool });
    app.container.register(Exchange, { useValue: new Exchange(db, points, app.use('discounts.write'), grants, pool, app.use('events.emit'), audit) });
    app.container.register(CouponPeople, { useValue: new CouponPeople(db) });
    app.container.register(Fulfilment, { useValue: new Fulfilment(db, customers, app.use('orders.read')) });
    app.container.register(Crediting, { useValue: new Crediting(db, points, app.use('events.emit'), (ctx) => creditOf(app, ctx)) });
    const worth = new Worth(db, app.use('products.read'), app.use('orders.read'), async (ctx) => (await app.settings(ctx)).shippingCost);
    app.container.register(Worth, { useValue: worth });
    app.container.register(Catalogue, { useValue: new Catalogue(db, customers, app.use('points.read'), audit, app.use('products.read'), app.use('discounts.write'), worth, async (ctx) => ({
      credit: creditOf(app, ctx) !== undefined, wheels: (await grants.kinds(ctx)).find(({ kind }) => kind === TRIES)?.options ?? [],
      roomFor: async (wheel, tries) => (await grants.reached(ctx, ['shop', `kind:${TRIES}`, `kind:${TRIES}:${wheel}`], [{ kind: TRIES, amount: tries, ref: wheel }])).length === 0,
    })) });
    const catalogue = app.container.resolve(Catalogue);
    app.container.register(Ladder, { useValue: new Ladder(db, app.use('orders.read'), catalogue, customers) });
    const losses = new Losses(db, customers, app.use('orders.read'));
    app.container.register(Losses, { useValue: losses });
    app.container.register(LiftMeasure, { useValue: new LiftMeasure(db, app.use('orders.read'), catalogue, customers) });
    app.container.register(Welcome, { useValue: new Welcome(db, customers, grants) });
    const views = new Views(db);
    app.container.register(Views, { useValue: views });
    app.container.register(Reports, { useValue: new Reports(db, catalogue, worth, { losses, views }) });
  },
  routes: (router, app) => {
    const [catalogue, exchange, pool] = [app.container.resolve(Catalogue), app.container.resolve(Exchange), app.container.resolve(CodePool)];
    adminRoutes(router.admin, catalogue, pool, app.use('products.read'));
    ladderRoutes(router.admin, app.container.resolve(Ladder));
    reportRoutes(router.admin, { reports: app.container.resolve(Reports), lift: app.container.resolve(LiftMeasure), losses: app.container.resolve(Losses), views: app.container.resolve(Views) });
    redemptionRoutes(router.admin, catalogue, exchange, app.container.resolve(Fulfilment));
    storefrontRoutes(router.storefront, { catalogue, exchange, pool, lift: app.container.resolve(LiftMeasure), views: app.container.resolve(Views), perWeek: async (ctx) => { const rules = await app.settings(ctx); return rules.weekly ? rules.perWeek : Number.MAX_SAFE_INTEGER; }, credit: (ctx) => creditOf(app, ctx) !== undefined });
  },
  on: (app) => {
    const [exchange, fulfilment] = [app.container.resolve(Exchange), app.container.resolve(Fulfilment)];
    return {
      'discount.used': async (ctx, event) => { if (event.owner === 'coupon-exchange') await exchange.used(ctx, event.code, event.orderId, (await app.use('orders.read').byId(ctx, event.orderId))?.paidAt ?? ctx.now); },
      'discount.released': async (ctx, event) => {
        if (event.owner !== 'coupon-exchange') return;
        const rules = await app.settings(ctx);
        await exchange.released(ctx, event.code, event.orderId, rules.onRefund === 'points' || rules.onRefund === 'keep' ? rules.onRefund : 'restore', rules.restoreDays);
      },
      'coupon-exchange.requested': async (ctx, { redemptionId }: { readonly redemptionId?: string }) => { if (redemptionId) await app.container.resolve(Crediting).book(ctx, redemptionId); },
      'order.paid': async (ctx, event) => { if (event.personId) await fulfilment.attach(ctx, event.personId, event.orderId); },
      'order.cancelled': async (ctx, event) => { await fulfilment.detach(ctx, event.orderId); },
      'order.refunded': async (ctx, event) => { if (event.full) await fulfilment.detach(ctx, event.orderId); },
      'discount.lost': async (ctx, event) => { if (event.owner === 'coupon-exchange') await app.container.resolve(Losses).note(ctx, event); },
      'customer.created': (ctx, event) => app.container.resolve(Welcome).greet(ctx, event.personId),
      'customer.merged': async (ctx, event) => {
        await app.container.resolve(CouponPeople).merge(ctx, event.personId, event.into);
        await app.container.resolve(LiftMeasure).merge(ctx, event.personId, event.into);
        await app.container.resolve(Views).merge(ctx, event.personId);
      },
      'customer.split': (ctx, event) => app.container.resolve(CouponPeople).split(ctx, event.personId, event.into),
    };
  },
  jobs: (app) => ({
    worth: (ctx, signal) => app.container.resolve(Worth).refresh(ctx, signal),
    expire: async (ctx, signal) => {
      const exchange = app.container.resolve(Exchange), { pointsBackOnExpiry } = await app.settings(ctx);
      const failures = new Failures((what, error) => app.use('log').error(ctx, `${what} is left for the next run: ${error instanceof Error ? error.message : String(error)}`));
      await failures.attempt('expiry', () => exchange.expire(ctx, pointsBackOnExpiry, failures, signal));
      await failures.attempt('reminders', () => exchange.remind(ctx));
      await failures.attempt('old views', () => app.container.resolve(Views).forget(ctx));
      await failures.attempt('unanswered store credit', () => app.container.resolve(Crediting).sweep(ctx, failures, signal));
      failures.end();
    },
  }),
  contributes: (app) => {
    const [exchange, catalogue] = [app.container.resolve(Exchange), app.container.resolve(Catalogue)];
    return {
      segmentAttributes: exchangeSegments(app.use('db')),
      offers: (ctx) => offersOf(catalogue, app.use('products.read'), ctx),
      packParts: packParts(catalogue),
      invariants,
      rewardKinds: {
        coupon: {
          issue: (ctx, request, grantId, reserved) => exchange.issuePrize(ctx, request, grantId, reserved),
          reserve: (ctx, request, grantId) => exchange.reservePrize(ctx, request, grantId),
          free: (ctx, grantId) => exchange.freePrize(ctx, grantId),
          cost: (ctx, request) => exchange.costOf(ctx, request),
          revoke: (ctx, grantId) => exchange.revokePrize(ctx, grantId),
          options: async (ctx) => (await catalogue.list(ctx)).filter((reward) => reward.state === 'active' && reward.kind !== 'credit' && reward.kind !== 'draw').map((reward) => ({ ref: reward.id, title: reward.title[ctx.locale] })),
        },
      },
      timeline: async (ctx, personId, range) => (await catalogue.ofPerson(ctx, personId, range)).map((each) => ({
        id: each.id, at: each.issuedAt, icon: 'ticket', title: each.cost ? { en: `Redeemed a reward for ${each.cost} points`, 'zh-CN': `用 ${each.cost} 积分兑换奖励` } : { en: 'Won a reward', 'zh-CN': '获得一份奖励' },
      })),
      tiles: async (ctx): Promise<Tile[]> => {
        const row = await app.use('db').read(ctx, (q) => q.one(SINCE, { from: ctx.now - 30 * DAY }));
        return [{ name: 'redeemed', label: { en: 'Coupons given out, 30 days', 'zh-CN': '近 30 天发券数' }, value: row?.issued ?? 0, format: 'count' }];
      },
    };
  },
  demo: async (ctx, app) => {
    const catalogue = app.container.resolve(Catalogue);
    const more = [
      { title: { en: '10 % off everything', 'zh-CN': '全场 9 折' }, kind: 'percent', discount: 1000, minimum: 0, cost: 1200, stock: 50, perPerson: 1, validDays: 30 },
      { title: { en: 'Free shipping', 'zh-CN': '免运费券' }, kind: 'free-shipping', discount: 0, minimum: 0, cost: 800, stock: null, perPerson: 5, validDays: 30 },
    ] as const;
    const ids = await createDefaults(ctx, catalogue, app.use('products.read'));
    for (const reward of more) ids.push((await catalogue.create(ctx, reward)).id);
    if (creditOf(app, ctx)) {
      const unit = minorUnits(ctx.shop.currency), said = (locale: Locale): string => moneyText(5 * unit, ctx.shop.currency, locale, { short: true });
      ids.push((await catalogue.create(ctx, { title: { 'en': `${said('en')} store credit`, 'zh-CN': `${said('zh-CN')} 储值` }, kind: 'credit', discount: 5 * unit, minimum: 0, cost: 400, stock: null, perPerson: 20, validDays: 30 })).id);
    }
    for (const id of ids) await catalogue.move(ctx, id, 'publish');
  },
});
