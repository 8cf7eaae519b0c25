import { instant, json, text } from '../../plugin-api/columns.js';
import { migration, tableDdl } from '../../plugin-api/migration.js';

/** Stored answers of effectful requests. Without a row id on SQLite, so that storing one costs one tree instead of two. */
export const createIdempotency = migration('CreateIdempotency', 1763800000000, {
  up: async (m) => {
    const [table] = tableDdl('idempotency', {
      key: ['scope', 'requestKey'], bare: true,
      columns: { scope: text({ max: 300 }), requestKey: text({ max: 300 }), requestHash: text({ max: 200 }), result: json({ nullable: true }), createdAt: instant() },
    }, m.engine);
    await m.run(`${table}${m.engine === 'sqlite' ? ' WITHOUT ROWID' : ''}`);
  },
  down: (m) => m.dropTable('idempotency'),
});
