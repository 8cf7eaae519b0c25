import { instant, json, text } from '../../plugin-api/columns.js';
import { migration } from '../../plugin-api/migration.js';

/**
 * Stored answers of effectful requests. Clients' keys are random, so every insert lands anywhere in the key's index; the answers themselves
 * are appended, which keeps that index small enough to stay in memory.
 */
export const createIdempotency = migration('CreateIdempotency', 1763800000000, {
  up: (m) => m.createTable('idempotency', {
    key: ['scope', 'requestKey'], bare: true,
    columns: { scope: text({ max: 300 }), requestKey: text({ max: 300 }), requestHash: text({ max: 200 }), result: json({ nullable: true }), createdAt: instant() },
  }),
  down: (m) => m.dropTable('idempotency'),
});
