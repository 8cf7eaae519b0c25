import { definePlugin, minorUnits, moneyText, type Tile } from 'guanxi/plugin';
import { storeCreditAccounts } from './contract.js';
import { Entry } from './entities/entry.entity.js';
import { Use } from './entities/use.entity.js';
import { manifest } from './manifest.js';
import { CreateStoreCredit } from './migrations/create-store-credit.migration.js';
import { adminRoutes } from './routes/admin.routes.js';
import { storefrontRoutes } from './routes/storefront.routes.js';
import { Accounts } from './services/accounts.service.js';
import { creditStatements } from './services/credit.statements.js';
import { CreditDesk } from './services/desk.service.js';
import { invariants } from './services/invariants.js';
import { CreditPeople } from './services/people.service.js';
import { Spending } from './services/spending.service.js';

/** What the first members of a demo shop are given, in main units. */
const GIFTS = [20, 10, 5, 5, 8];

export default definePlugin({
  manifest,
  entities: () => [Entry, Use],
  migrations: () => [CreateStoreCredit],
  statements: () => creditStatements,
  services: (app) => {
    const [db, customers] = [app.use('db'), app.use('customers.read')];
    const accounts = new Accounts(db, customers, app.use('audit.write'), async (ctx) => (await app.settings(ctx)).most);
    app.container.register(Accounts, { useValue: accounts });
    app.container.register(Spending, { useValue: new Spending(db, app.use('discounts.write'), app.use('orders.read')) });
    app.container.register(CreditPeople, { useValue: new CreditPeople(db, customers) });
    app.container.register(CreditDesk, { useValue: new CreditDesk(db, customers) });
    app.provide(storeCreditAccounts, accounts);
  },
  routes: (router, app) => {
    const desk = app.container.resolve(CreditDesk);
    adminRoutes(router.admin, desk, app.container.resolve(Accounts));
    storefrontRoutes(router.storefront, desk, app.container.resolve(Spending), async (ctx) => (await app.settings(ctx)).codeDays);
  },
  on: (app) => {
    const [spending, people] = [app.container.resolve(Spending), app.container.resolve(CreditPeople)];
    return {
      'discount.used': async (ctx, event) => { if (event.owner === 'store-credit') await spending.follow(ctx, event.ownerRef, event.code, event.orderId); },
      'discount.released': async (ctx, event) => { if (event.owner === 'store-credit') await spending.follow(ctx, event.ownerRef, event.code, event.orderId, true); },
      'discount.lost': async (ctx, event) => { if (event.owner === 'store-credit') await spending.lost(ctx, event.ownerRef); },
      'order.refunded': (ctx, event) => spending.refunded(ctx, event.orderId),
      'order.cancelled': (ctx, event) => spending.refunded(ctx, event.orderId),
      'customer.merged': (ctx, event) => people.merge(ctx, event.personId),
      'customer.split': (ctx, event) => people.split(ctx, event.personId),
      'customer.erased': (ctx, event) => people.erase(ctx, event.personId),
    };
  },
  jobs: (app) => ({ expire: (ctx, signal) => app.container.resolve(Spending).expire(ctx, signal) }),
  contributes: (app) => {
    const desk = app.container.resolve(CreditDesk);
    return {
      invariants,
      timeline: (ctx, personId, range) => desk.timeline(ctx, personId, range, (minor, locale) => moneyText(minor, ctx.shop.currency, locale)),
      tiles: async (ctx): Promise<Tile[]> => [{ name: 'outstanding', label: { en: 'Store credit that customers have', 'zh-CN': '顾客未使用的储值' }, value: (await desk.overview(ctx)).outstanding, format: 'money' }],
    };
  },
  demo: async (ctx, app) => {
    const [accounts, unit] = [app.container.resolve(Accounts), minorUnits(ctx.shop.currency)];
    const members = await app.use('customers.read').members(ctx, { limit: GIFTS.length });
    for (const [n, { id }] of members.entries()) await accounts.adjust(ctx, id, GIFTS[n]! * unit, { 'en': 'A gift to begin with', 'zh-CN': '开业赠送' }[ctx.locale]);
    if (members[0]) await app.container.resolve(Spending).spend(ctx, members[0].id, 2 * unit, 1);
  },
});
