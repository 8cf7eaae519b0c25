import { DAY, definePlugin, type Tile, type TimelineEntry } from 'guanxi/plugin';
import { checkInType, guessType, wheelType } from './activities/game-types.js';
import { CheckIn } from './entities/check-in.entity.js';
import { Guess } from './entities/guess.entity.js';
import { Play } from './entities/play.entity.js';
import { manifest } from './manifest.js';
import { members } from './contracts/members.js';
import { CheckedPrizes } from './migrations/checked-prizes.migration.js';
import { CreateGames } from './migrations/create-games.migration.js';
import { ExtraTries } from './migrations/extra-tries.migration.js';
import { FindExtra } from './migrations/find-extra.migration.js';
import { PeopleApart } from './migrations/people-apart.migration.js';
import { GuessThePrice } from './migrations/guess-the-price.migration.js';
import { adminRoutes } from './routes/admin.routes.js';
import { roundAdminRoutes, roundStorefrontRoutes } from './routes/rounds.routes.js';
import { storefrontRoutes } from './routes/storefront.routes.js';
import { CheckedRewards } from './services/checked-rewards.service.js';
import { CheckIns } from './services/check-in.service.js';
import { GameReports } from './services/game-report.service.js';
import { extraTries } from './services/extra-tries.js';
import { gameStatements } from './services/game.statements.js';
import { gameSegments, segmentStatements } from './services/game-segments.js';
import { invariants } from './services/invariants.js';
import { packParts } from './services/pack-parts.js';
import { guessStatements } from './services/guess.statements.js';
import { Guessing } from './services/guessing.service.js';
import { GamePeople } from './services/people.service.js';
import { peopleStatements } from './services/people.statements.js';
import { RoundDrafts } from './services/round-drafts.service.js';
import { RoundReports } from './services/round-report.service.js';
import { RoundSettling } from './services/round-settling.service.js';
import { RoundViews } from './services/round-view.service.js';
import { saleCoupon } from './services/sale-coupon.js';
import { turnTitle } from './services/turn-title.js';
import { WheelViews } from './services/wheel-view.service.js';
import { Wheel } from './services/wheel.service.js';

export default definePlugin({
  manifest,
  entities: () => [CheckIn, Play, Guess],
  migrations: () => [CreateGames, ExtraTries, GuessThePrice, FindExtra, PeopleApart, CheckedPrizes],
  statements: () => [...gameStatements, ...guessStatements, ...peopleStatements, ...segmentStatements],
  services: (app) => {
    const [db, activities, grants, events] = [app.use('db'), app.use('activities'), app.use('grants'), app.use('events.emit')];
    app.container.register(Wheel, { useValue: new Wheel(db, activities, app.use('points.spend'), grants, events, (ctx) => app.optionalContract(members, ctx)) });
    app.container.register(GamePeople, { useValue: new GamePeople(db) });
    app.container.register(CheckedRewards, { useValue: new CheckedRewards(db) });
    app.container.register(CheckIns, { useValue: new CheckIns(db, activities, grants, events) });
    app.container.register(GameReports, { useValue: new GameReports(db, activities, app.use('customers.read')) });
    app.container.register(WheelViews, { useValue: new WheelViews(db, activities, app.use('points.read'), grants) });
    const products = app.use('products.read');
    app.container.register(RoundDrafts, { useValue: new RoundDrafts(db, activities, products) });
    app.container.register(Guessing, { useValue: new Guessing(db, activities, events) });
    app.container.register(RoundSettling, { useValue: new RoundSettling(db, activities, grants, products, app.use('audit.write')) });
    app.container.register(RoundViews, { useValue: new RoundViews(db, activities, products) });
    app.container.register(RoundReports, { useValue: new RoundReports(db, activities, app.use('customers.read')) });
  },
  routes: (router, app) => {
    adminRoutes(router.admin, app.use('activities'), app.container.resolve(GameReports), app.use('grants'), app.container.resolve(RoundDrafts));
    roundAdminRoutes(router.admin, { reports: app.container.resolve(RoundReports), settling: app.container.resolve(RoundSettling), products: app.use('products.read') });
    roundStorefrontRoutes(router.storefront, { guessing: app.container.resolve(Guessing), views: app.container.resolve(RoundViews) });
    storefrontRoutes(router.storefront, { checkIns: app.container.resolve(CheckIns), wheel: app.container.resolve(Wheel), views: app.container.resolve(WheelViews) });
  },
  on: (app) => {
    const [people, checked] = [app.container.resolve(GamePeople), app.container.resolve(CheckedRewards)];
    return {
      'customer.merged': (ctx, event) => people.merge(ctx, event.personId, event.into),
      'customer.split': (ctx, event) => people.split(ctx, event.personId, event.into),
      'grant.decided': (ctx, event) => checked.decided(ctx, event),
    };
  },
  jobs: (app) => ({ 'guess-prizes': (ctx, signal) => app.container.resolve(RoundSettling).settleDue(ctx, signal) }),
  contributes: (app) => {
    const reports = app.container.resolve(GameReports);
    return {
      segmentAttributes: gameSegments(app.use('db')),
      packParts: packParts(app.use('activities')),
      invariants,
      rewardKinds: { tries: extraTries(app.use('activities')), 'sale-coupon': saleCoupon(app.use('discounts.write')) },
      activityTypes: { 'check-in': checkInType, wheel: wheelType(app.container.resolve(Wheel)), 'guess-price': guessType(app.container.resolve(RoundDrafts), app.container.resolve(RoundSettling)) },
      timeline: async (ctx, personId, range): Promise<TimelineEntry[]> => {
        const { plays, checkIns } = await reports.ofPerson(ctx, personId, range);
        const turns = plays.map((play) => ({ id: play.id, at: play.at, icon: 'gamepad', title: turnTitle(play) }));
        const days = checkIns.map((each) => ({ id: each.id, at: each.at, icon: 'calendar', title: { en: `Checked in, day ${each.streak}`, 'zh-CN': `签到，连续第 ${each.streak} 天` } }));
        return [...turns, ...days].sort((a, b) => b.at - a.at).slice(0, range.limit);
      },
      tiles: async (ctx): Promise<Tile[]> => {
        const trend = await reports.trend(ctx);
        return [{ name: 'plays', label: { en: 'Plays, 30 days', 'zh-CN': '近 30 天参与次数' }, value: trend.reduce((sum, each) => sum + each, 0), format: 'count', trend }];
      },
    };
  },
  demo: async (ctx, app) => {
    const activities = app.use('activities');
    const checkIn = await activities.create(ctx, { type: 'interaction-games.check-in', title: ctx.locale === 'zh-CN' ? '每日签到' : 'Daily check-in', startsAt: ctx.now - 28 * DAY, config: { cycle: [5, 5, 8, 8, 10, 10, 20] } });
    await activities.transition(ctx, checkIn.id, 'publish');
    const wheel = await activities.create(ctx, {
      type: 'interaction-games.wheel', title: ctx.locale === 'zh-CN' ? '会员幸运转盘' : 'Members\' lucky wheel', startsAt: ctx.now - 28 * DAY, endsAt: ctx.now + 60 * DAY,
      config: {
        prizes: [
          { title: { en: '10 points', 'zh-CN': '10 积分' }, kind: 'points', amount: 10, quantity: 3000 },
          { title: { en: '30 points', 'zh-CN': '30 积分' }, kind: 'points', amount: 30, quantity: 800 },
          { title: { en: '100 points', 'zh-CN': '100 积分' }, kind: 'points', amount: 100, quantity: 150 },
          { title: { en: '888 points', 'zh-CN': '888 积分' }, kind: 'points', amount: 888, quantity: 5 },
        ],
        blanks: 1045, freePerDay: 2, costPerTry: 20, paidPerDay: 3, guarantee: { byTry: 2, prize: 1, quantity: 500 }, fallbackPoints: 5,
      },
    });
    await activities.transition(ctx, wheel.id, 'publish');
    const product = (await app.use('products.read').search(ctx, '', { limit: 200 })).items.toSorted((a, b) => b.price - a.price || (a.sku < b.sku ? -1 : 1))[0];
    if (!product) return;
    // One that is over, with winners, and one that is open.
    for (const [from, until, more] of [[-20, -6, 2], [-1, 5, 8]] as const) {
      const at = { ...ctx, now: ctx.now + from * DAY };
      const round = await app.container.resolve(RoundDrafts).create(at, {
        title: ctx.locale === 'zh-CN' ? '周末促销猜价格' : 'Guess the weekend\'s price', startsAt: at.now, endsAt: ctx.now + until * DAY,
        config: {
          sku: product.sku, price: Math.max(1, Math.round(product.price * 0.79)), mode: 'within', tolerance: 300, guesses: 3, hints: true, fallbackPoints: 20,
          prize: { title: { en: '15 % off in the sale', 'zh-CN': '促销期间 85 折' }, kind: 'interaction-games.sale-coupon', amount: 1 }, coupon: { off: 'percent', value: 1_500, saleEndsAt: ctx.now + more * DAY },
        },
      });
      await activities.transition(at, round.id, 'publish');
    }
  },
});
