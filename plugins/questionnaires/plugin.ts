import { definePlugin, type Tile } from 'guanxi/plugin';
import { Answer } from './entities/answer.entity.js';
import { Session } from './entities/session.entity.js';
import { manifest } from './manifest.js';
import { ApartAndChecked } from './migrations/apart-and-checked.migration.js';
import { CreateQuestionnaires } from './migrations/create-questionnaires.migration.js';
import { adminRoutes } from './routes/admin.routes.js';
import { storefrontRoutes } from './routes/storefront.routes.js';
import { Answering } from './services/answering.service.js';
import { DemoSurveys } from './services/demo-surveys.service.js';
import { SurveyPeople } from './services/people.service.js';
import { peopleStatements } from './services/people.statements.js';
import { packParts } from './services/planning.js';
import { SurveyDesk } from './services/survey-desk.service.js';
import { SurveyReports } from './services/survey-results.service.js';
import { SurveyViews } from './services/survey-view.service.js';
import { surveyStatements } from './services/survey.statements.js';
import { surveySegments, segmentStatements } from './services/survey-segments.js';
import { surveyType } from './surveys/survey-type.js';

export default definePlugin({
  manifest,
  entities: () => [Session, Answer],
  migrations: () => [CreateQuestionnaires, ApartAndChecked],
  statements: () => [...surveyStatements, ...peopleStatements, ...segmentStatements],
  services: (app) => {
    const [db, activities, grants] = [app.use('db'), app.use('activities'), app.use('grants')];
    const answering = new Answering(db, activities, grants, app.use('events.emit'));
    app.container.register(Answering, { useValue: answering });
    app.container.register(SurveyPeople, { useValue: new SurveyPeople(db, grants, answering) });
    app.container.register(SurveyViews, { useValue: new SurveyViews(db, activities) });
    app.container.register(SurveyReports, { useValue: new SurveyReports(db, activities) });
    app.container.register(SurveyDesk, { useValue: new SurveyDesk(db, activities) });
    app.container.register(DemoSurveys, { useValue: new DemoSurveys(db, activities) });
  },
  routes: (router, app) => {
    adminRoutes(router.admin, app.use('activities'), app.container.resolve(SurveyReports), app.container.resolve(SurveyDesk));
    storefrontRoutes(router.storefront, app.container.resolve(SurveyViews), app.container.resolve(Answering));
  },
  on: (app) => {
    const [people, answering] = [app.container.resolve(SurveyPeople), app.container.resolve(Answering)];
    return {
      'customer.merged': (ctx, event) => people.merge(ctx, event.personId, event.into),
      'customer.split': (ctx, event) => people.split(ctx, event.personId, event.into),
      'grant.decided': (ctx, event) => answering.decided(ctx, event),
    };
  },
  contributes: (app) => {
    const reports = app.container.resolve(SurveyReports);
    return {
      segmentAttributes: surveySegments(app.use('db')),
      activityTypes: { survey: surveyType },
      packParts: packParts(app.use('activities')),
      timeline: async (ctx, personId, range) => (await reports.ofPerson(ctx, personId, range)).map(({ id, at, title }) => ({
        id, at, icon: 'clipboard', title: { en: `Answered “${title.en}”`, 'zh-CN': `填写了问卷《${title['zh-CN']}》` },
      })),
      tiles: async (ctx): Promise<Tile[]> => {
        const trend = await reports.trend(ctx);
        const nps = await reports.latestNps(ctx);
        return [
          { name: 'responses', label: { en: 'Survey responses, 30 days', 'zh-CN': '近 30 天答卷数' }, value: trend.reduce((sum, each) => sum + each, 0), format: 'count', trend },
          ...(nps ? [{ name: 'nps', label: { en: `NPS: ${nps.title.en}`, 'zh-CN': `NPS：${nps.title['zh-CN']}` }, value: nps.score, format: 'count' as const }] : []),
        ];
      },
    };
  },
  demo: (ctx, app) => app.container.resolve(DemoSurveys).fill(ctx),
});
