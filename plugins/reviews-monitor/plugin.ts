import { definePlugin, sql, type Tile } from 'guanxi/plugin';
import { Review } from './entities/review.entity.js';
import { manifest } from './manifest.js';
import { CreateReviews } from './migrations/create-reviews.migration.js';
import { IndexQueues } from './migrations/index-queues.migration.js';
import { PeopleApart } from './migrations/people-apart.migration.js';
import { adminRoutes } from './routes/admin.routes.js';
import { storefrontRoutes } from './routes/storefront.routes.js';
import { workThroughDemo } from './services/demo-desk.js';
import { ReviewBook } from './services/review-book.service.js';
import { ReviewDesk } from './services/review-desk.service.js';
import { importFields, ReviewImport } from './services/review-import.service.js';
import { reviewSegments, segmentStatements } from './services/review-segments.js';
import { HAND_BACK, HIDE_EMPTIED, REASSIGN, reviewStatements } from './services/review.statements.js';

export default definePlugin({
  manifest,
  entities: () => [Review],
  migrations: () => [CreateReviews, IndexQueues, PeopleApart],
  statements: () => [...reviewStatements, ...segmentStatements],
  services: (app) => {
    const db = app.use('db');
    app.container.register(ReviewDesk, { useValue: new ReviewDesk(db, app.use('audit.write')) });
    app.container.register(ReviewBook, { useValue: new ReviewBook(db, app.use('products.read'), app.use('customers.read'), app.use('orders.read'), app.use('events.emit')) });
    app.container.register(ReviewImport, { useValue: new ReviewImport(db) });
  },
  routes: (router, app) => {
    adminRoutes(router.admin, app.container.resolve(ReviewDesk), async (ctx) => (await app.settings(ctx)).waitingStars);
    storefrontRoutes(router.storefront, app.container.resolve(ReviewBook), (ctx) => app.settings(ctx));
  },
  on: (app) => {
    const db = app.use('db');
    return {
      'customer.erased': (ctx) => db.hot(ctx, 'reviews', function* () { yield* sql.run(HIDE_EMPTIED, { now: ctx.now }); }),
      'customer.merged': (ctx, event) => db.hot(ctx, 'reviews', function* () { yield* sql.run(REASSIGN, { person: event.personId, into: event.into, now: ctx.now }); }),
      'customer.split': (ctx, event) => db.hot(ctx, 'reviews', function* () { yield* sql.run(HAND_BACK, { person: event.personId, into: event.into, now: ctx.now }); }),
    };
  },
  demo: (ctx, app) => workThroughDemo(ctx, app.container.resolve(ReviewDesk)),
  contributes: (app) => {
    const desk = app.container.resolve(ReviewDesk);
    return {
      segmentAttributes: reviewSegments(app.use('db')),
      importTargets: { reviews: { title: { en: 'Reviews', 'zh-CN': '评价' }, fields: importFields, take: (ctx, rows) => app.container.resolve(ReviewImport).take(ctx, rows) } },
      timeline: async (ctx, personId, range) => (await desk.ofPerson(ctx, personId, range)).map((review) => {
        const about = review.productTitle ?? review.sku;
        return {
          id: review.id, at: review.writtenAt, icon: 'star',
          title: { en: `Reviewed ${about ?? 'a product'}${review.stars ? `: ${review.stars} of 5 stars` : ''}`, 'zh-CN': `评价了${about ? `“${about}”` : '商品'}${review.stars ? `：${review.stars} 星` : ''}` },
          detail: [...review.body].slice(0, 200).join(''),
        };
      }),
      tiles: async (ctx): Promise<Tile[]> => {
        const overview = await desk.overview(ctx, 30, (await app.settings(ctx)).waitingStars);
        return [
          { name: 'average', label: { en: 'Stars, 30 days', 'zh-CN': '近 30 天平均星级' }, value: overview.distribution.average ?? 0, format: 'stars', trend: overview.trend.map((day) => day.average ?? 0) },
          { name: 'waiting', label: { en: 'Reviews waiting for an answer', 'zh-CN': '待回复的差评' }, value: overview.waiting, format: 'count',
            ...(overview.waiting ? { attention: { en: overview.waiting === 1 ? '1 unhappy review has no answer yet' : `${overview.waiting} unhappy reviews have no answer yet`, 'zh-CN': `有 ${overview.waiting} 条不满意的评价还没有回复` } } : {}) },
        ];
      },
    };
  },
});
