import { choice, date, flag, instant, integer, json, migration, text } from '../../plugin-api/index.js';

export const CreatePlanner = migration('CreatePlanner', 1764010200000, {
  async up(m) {
    await m.createTable('plan_forecast', {
      columns: {
        name: text({ max: 120 }), state: choice(['running', 'done', 'failed', 'cancelled']), kept: flag(), done: integer({ check: '$ >= 0' }), total: integer({ check: '$ >= 0' }), fromDate: date(), days: integer({ check: '$ > 0' }),
        members: integer({ check: '$ > 0' }), replayed: flag(), drafts: flag(), whatIf: json(), mixHash: text({ max: 64 }), outcome: json({ nullable: true }), error: text({ max: 1_000, nullable: true }), startedBy: text({ max: 200 }), aliveAt: instant(),
      },
      indexes: [['created_at']],
    });
    await m.createTable('plan_setting', { columns: { promotionAt: instant({ nullable: true }), assumptions: json() } });
  },
  async down(m) { for (const table of ['plan_setting', 'plan_forecast']) await m.dropTable(table); },
});
