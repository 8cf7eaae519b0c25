import { definePlugin, type Tile } from 'guanxi/plugin';
import { membershipTiers } from './contract.js';
import { BirthdayGift } from './entities/birthday-gift.entity.js';
import { Growth } from './entities/growth.entity.js';
import { Member } from './entities/member.entity.js';
import { TierMove } from './entities/move.entity.js';
import { Opening } from './entities/opening.entity.js';
import { Plan } from './entities/plan.entity.js';
import { Profile } from './entities/profile.entity.js';
import { manifest } from './manifest.js';
import { CreateMembership } from './migrations/create-membership.migration.js';
import { OpeningsAndReturns } from './migrations/openings-and-returns.migration.js';
import { Savings } from './migrations/savings.migration.js';
import { adminRoutes } from './routes/admin.routes.js';
import { openingRoutes } from './routes/openings.routes.js';
import { storefrontRoutes } from './routes/storefront.routes.js';
import { tierBenefits, tiersContract } from './services/benefits.js';
import { Birthdays } from './services/birthdays.service.js';
import { Cards } from './services/card.service.js';
import { MemberDesk } from './services/desk.service.js';
import { deskStatements } from './services/desk.statements.js';
import { memberSegments } from './services/member-segments.js';
import { memberStatements } from './services/member.statements.js';
import { MemberPeople } from './services/people.service.js';
import { peopleStatements } from './services/people.statements.js';
import { Openings, openingStatements } from './services/openings.service.js';
import { Plans } from './services/plans.service.js';
import { Preview, previewStatements } from './services/preview.service.js';
import { Purchases } from './services/purchases.service.js';
import { Standings } from './services/standings.service.js';
import { within } from './services/time-left.js';
import { TaskDesk } from './tasks/task-desk.service.js';
import { TASK_POINTS, TASKS, taskTypes } from './tasks/task-types.js';
import { Tasks } from './tasks/tasks.service.js';

/** Of the time that a hook has; what is left over the hourly job does. */
const FIRST_WALK_MS = 8_000;

export default definePlugin({
  manifest,
  entities: () => [Plan, Member, TierMove, Growth, Profile, BirthdayGift, Opening],
  migrations: () => [CreateMembership, OpeningsAndReturns, Savings],
  statements: () => [...memberStatements, ...peopleStatements, ...deskStatements, ...previewStatements, ...openingStatements],
  services: (app) => {
    const [db, grants, customers, activities, audit] = [app.use('db'), app.use('grants'), app.use('customers.read'), app.use('activities'), app.use('audit.write')];
    const standings = new Standings(db, grants, app.use('events.emit'));
    const desk = new TaskDesk(activities, audit);
    app.container.register(Standings, { useValue: standings });
    app.container.register(TaskDesk, { useValue: desk });
    app.container.register(Tasks, { useValue: new Tasks(db, desk, grants, app.use('events.emit')) });
    app.container.register(Purchases, { useValue: new Purchases(db, app.use('orders.read'), customers, standings) });
    app.container.register(MemberPeople, { useValue: new MemberPeople(db, standings) });
    app.container.register(Birthdays, { useValue: new Birthdays(db, grants) });
    app.container.register(Plans, { useValue: new Plans(db, audit) });
    app.container.register(Preview, { useValue: new Preview(db, customers) });
    app.container.register(MemberDesk, { useValue: new MemberDesk(db, customers) });
    app.container.register(Cards, { useValue: new Cards(db, desk, app.use('points.read'), standings) });
    app.container.register(Openings, { useValue: new Openings(db, app.use('products.read'), audit) });
    app.provide(membershipTiers, tiersContract(db));
  },
  routes: (router, app) => {
    const { container } = app;
    adminRoutes(router.admin, { plans: container.resolve(Plans), preview: container.resolve(Preview), desk: container.resolve(MemberDesk), tasks: container.resolve(TaskDesk), standings: container.resolve(Standings) });
    openingRoutes(router.admin, container.resolve(Openings), app.use('products.read'));
    storefrontRoutes(router.storefront, container.resolve(Cards), container.resolve(Tasks));
  },
  on: (app) => {
    const [purchases, people] = [app.container.resolve(Purchases), app.container.resolve(MemberPeople)];
    const bought = async (ctx: Parameters<Purchases['follow']>[0], event: { readonly orderId: string; readonly personId: string | null }): Promise<void> => { if (event.personId !== null) await purchases.follow(ctx, event.orderId); };
    return {
      'order.paid': bought, 'order.refunded': bought, 'order.cancelled': bought,
      'customer.created': (ctx, event) => purchases.takeIn(ctx, event.personId),
      'customer.merged': (ctx, event) => people.merge(ctx, event.personId, event.into),
      'customer.split': async (ctx, event) => { await people.split(ctx, event.personId, event.into); await purchases.divide(ctx, event.personId, event.into); },
      'interaction-games.checked-in': (ctx, event: { readonly personId?: string; readonly businessDate?: string }) => purchases.gain(ctx, event.personId, 'interaction-games.check-in', event.businessDate, 'perCheckIn'),
      'questionnaires.completed': (ctx, event: { readonly personId?: string; readonly surveyId?: string }) => purchases.gain(ctx, event.personId, 'questionnaires.survey', event.surveyId, 'perSurvey'),
    };
  },
  jobs: (app) => ({
    evaluate: (ctx, signal) => app.container.resolve(Purchases).sync(ctx, signal),
    birthdays: (ctx, signal) => app.container.resolve(Birthdays).run(ctx, signal),
  }),
  contributes: (app) => {
    const [db, desk] = [app.use('db'), app.container.resolve(MemberDesk)];
    return {
      ...tierBenefits(db),
      openings: app.container.resolve(Openings).contribution(),
      activityTypes: taskTypes,
      packParts: app.container.resolve(TaskDesk).packParts(),
      segmentAttributes: memberSegments(db),
      timeline: (ctx, personId, range) => desk.timeline(ctx, personId, range),
      tiles: async (ctx): Promise<Tile[]> => {
        const { special, risk } = await desk.size(ctx);
        return [{ name: 'tiered', label: { en: 'Members above the first tier', 'zh-CN': '高等级会员' }, value: special, format: 'count', ...(risk > 0 ? { attention: { en: `${risk} may lose their tier soon`, 'zh-CN': `${risk} 人即将失去等级` } } : {}) }];
      },
    };
  },
  onEnable: async (ctx, app, signal) => {
    await app.container.resolve(Plans).begin(ctx);
    await app.container.resolve(Purchases).sync(ctx, within(signal, FIRST_WALK_MS));
  },
  demo: async (ctx, app, signal) => {
    await app.container.resolve(Purchases).sync(ctx, signal);
    for (const task of TASKS) await app.container.resolve(TaskDesk).start(ctx, task, TASK_POINTS[task]);
  },
});
