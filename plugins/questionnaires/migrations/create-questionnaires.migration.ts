import { choice, date, id, instant, integer, json, migration, points } from 'guanxi/plugin';

const P = 'plg_questionnaires';

export const CreateQuestionnaires = migration('CreateQuestionnaires', 1763830000000, {
  async up(m) {
    await m.createTable(`${P}_session`, {
      columns: {
        activityId: id(), personId: id({ nullable: true }), source: choice(['shopper', 'demo']), activityVersion: integer(), state: choice(['partial', 'completed']), answerSeq: integer({ check: '$ >= 0' }),
        startedAt: instant(), completedAt: instant({ nullable: true }), completedOn: date({ nullable: true }), rewardPoints: points({ check: '$ >= 0' }),
        rewardState: choice(['none', 'given', 'waiting', 'refused']), grantId: id({ nullable: true }),
      },
      unique: [['activityId', 'personId']], indexes: [['activityId', 'startedAt'], ['personId', 'completedAt'], ['completedOn']],
      checks: ["person_id IS NOT NULL OR source = 'demo'", "(state = 'completed') = (completed_at IS NOT NULL)"],
    });
    await m.createTable(`${P}_answer`, {
      columns: {
        sessionId: id(), activityId: id(), personId: id({ nullable: true }), questionId: id(), kind: choice(['single', 'multiple', 'nps', 'rating', 'text']), seq: integer({ check: '$ >= 1' }),
        content: json(), answeredAt: instant(),
      },
      unique: [['sessionId', 'questionId']], references: { sessionId: `${P}_session` }, indexes: [['activityId', 'questionId', 'answeredAt'], ['activityId', 'answeredAt'], ['personId']],
    });
  },
  async down(m) { for (const table of ['answer', 'session']) await m.dropTable(`${P}_${table}`); },
});
