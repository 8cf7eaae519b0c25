import { choice, flag, instant, integer, json, migration, text, type EntityClass, type MigrationClass } from '../../plugin-api/index.js';
import { IMPORT_STATES, ImportJob } from './import-job.entity.js';

export const entities: readonly EntityClass[] = [ImportJob];

export const migrations: readonly MigrationClass[] = [
  migration('CreateImportJobs', 1763800290000, {
    async up(m) {
      await m.createTable('import_job', {
        columns: {
          kind: text({ max: 60 }), state: choice(IMPORT_STATES), files: json(), mapping: json(), currency: text({ max: 3, nullable: true }), dayFirst: flag(),
          progress: integer({ check: '$ BETWEEN 0 AND 1000' }), rowsRead: integer(), rowsTaken: integer(), rowsSkipped: integer(),
          report: json({ nullable: true }), error: text({ max: 1_000, nullable: true }), startedBy: text({ max: 200 }),
          aliveAt: instant({ nullable: true }), startedAt: instant({ nullable: true }), finishedAt: instant({ nullable: true }),
        },
        indexes: [['createdAt']],
      });
    },
    async down(m) { await m.dropTable('import_job'); },
  }),
];
