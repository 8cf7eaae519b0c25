import { choice, date, id, instant, integer, migration, points, text } from 'guanxi/plugin';

const P = 'plg_interaction_games';

export const CreateGames = migration('CreateGames', 1763820000000, {
  async up(m) {
    await m.createTable(`${P}_check_in`, {
      columns: { activityId: id(), personId: id(), businessDate: date(), streak: integer({ check: '$ >= 1' }), earned: points(), at: instant() },
      unique: [['personId', 'businessDate']], indexes: [['activityId', 'businessDate'], ['personId', 'at']],
    });
    await m.createTable(`${P}_deck`, { bare: true, key: ['activityId'], columns: { activityId: id(), size: integer(), drawn: integer({ check: '$ >= 0 AND drawn <= size' }), reserve: integer({ check: '$ >= 0' }) } });
    await m.createTable(`${P}_block`, { bare: true, key: ['activityId', 'block'], columns: { activityId: id(), block: integer(), tickets: text({ max: 256 }) } });
    await m.createTable(`${P}_prize`, {
      bare: true, key: ['activityId', 'prize'],
      columns: { activityId: id(), prize: integer(), total: integer({ check: '$ >= 0' }), remaining: integer({ check: '$ >= 0 AND remaining <= total' }) },
    });
    await m.createTable(`${P}_player`, { bare: true, key: ['activityId', 'personId'], columns: { activityId: id(), personId: id(), plays: integer(), wins: integer(), day: date(), dayPlays: integer() } });
    await m.createTable(`${P}_play`, {
      columns: {
        activityId: id(), personId: id(), playNo: integer(), ticket: integer({ nullable: true }), outcome: choice(['won', 'blank', 'fallback']), prize: integer({ nullable: true }),
        cost: points(), pointsWon: points(), note: text({ max: 200, nullable: true }), businessDate: date(), at: instant(),
      },
      unique: [['activityId', 'personId', 'playNo'], ['activityId', 'ticket']], indexes: [['activityId', 'at'], ['personId', 'at']],
    });
  },
  async down(m) { for (const table of ['play', 'player', 'prize', 'block', 'deck', 'check_in']) await m.dropTable(`${P}_${table}`); },
});
