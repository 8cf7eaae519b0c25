import { flag, instant, integer, migration, text } from '../../plugin-api/index.js';

/** `next_at`, `due_at` and `started_at` are the shop's time; `lease_until` is system time. */
export const CreateJobs = migration('CreateJobs', 1763800500000, {
  async up(m) {
    await m.createTable('job_due', {
      key: ['owner', 'name'], bare: true,
      columns: {
        owner: text({ max: 60 }), name: text({ max: 60 }), schedule: text({ max: 120 }), zone: text({ max: 60 }), next_at: instant(),
        lease_until: instant({ default: 0 }), lease_owner: text({ max: 60, nullable: true }),
      },
    });
    await m.run('CREATE INDEX ix_job_due_next ON job_due (next_at)');
    await m.createTable('job_run', {
      bare: true,
      columns: { owner: text({ max: 60 }), name: text({ max: 60 }), due_at: instant(), started_at: instant(), ms: integer(), ok: flag(), error: text({ max: 1000, nullable: true }) },
      indexes: [['owner', 'name', 'id']],
    });
  },
  async down(m) { for (const table of ['job_run', 'job_due']) await m.dropTable(table); },
});
