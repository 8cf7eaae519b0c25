import { choice, id, instant, integer, json, migration, text } from '../../plugin-api/index.js';

/** Activities and what they said at every change since they were published. `live` is not stored: the dates say so. */
export const CreateActivities = migration('CreateActivities', 1763800700000, {
  async up(m) {
    await m.createTable('activity', {
      columns: {
        type: text({ max: 80 }), title: text({ max: 200, check: 'length($) > 0' }), state: choice(['draft', 'scheduled', 'paused', 'ended']),
        starts_at: instant({ nullable: true }), ends_at: instant({ nullable: true }), version: integer({ check: '$ > 0' }), config: json(),
        published_at: instant({ nullable: true }), rules_hash: text({ max: 64, nullable: true }),
      },
      checks: ['ends_at IS NULL OR starts_at IS NULL OR ends_at > starts_at', `state = 'draft' OR (published_at IS NOT NULL AND starts_at IS NOT NULL AND rules_hash IS NOT NULL)`],
      indexes: [['type', 'state'], ['created_at']],
    });
    await m.createTable('activity_version', {
      key: ['activity_id', 'version'], bare: true,
      columns: {
        activity_id: id(), version: integer(), at: instant(), actor: text({ max: 200 }), change: text({ max: 40 }), rules_hash: text({ max: 64 }), snapshot: json(),
      },
      references: { activity_id: 'activity' },
    });
  },
  async down(m) { for (const table of ['activity_version', 'activity']) await m.dropTable(table); },
});
