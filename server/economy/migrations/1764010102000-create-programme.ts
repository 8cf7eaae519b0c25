import { choice, instant, integer, migration, money, points, text, DEBT_POLICIES } from '../../plugin-api/index.js';

const days = integer({ check: '$ BETWEEN 0 AND 3650' });

export const CreateProgramme = migration('CreateProgramme', 1764010102000, {
  async up(m) {
    await m.createTable('points_programme', {
      columns: {
        version: integer({ check: '$ > 0' }), nameEn: text({ max: 40, check: "$ <> ''" }), nameZh: text({ max: 40, check: "$ <> ''" }), worth: money({ check: '$ > 0' }),
        liveDays: integer({ nullable: true, check: '$ BETWEEN 1 AND 3650' }), returnDays: days, undeliveredDays: days, debtPolicy: choice(DEBT_POLICIES), guestLimit: points({ check: '$ >= 0' }),
        guestDays: integer({ check: '$ BETWEEN 1 AND 365' }), adjustmentLimit: points({ check: '$ >= 0' }), at: instant(), actor: text({ max: 300 }),
      },
      key: ['version'], bare: true,
    });
  },
  async down(m) { await m.dropTable('points_programme'); },
});
