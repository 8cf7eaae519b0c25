import { integer, migration } from 'guanxi/plugin';

const TABLE = 'plg_reviews_monitor_review';
const QUEUE = 'ix_plg_reviews_monitor_review_queue';

/** The mood as one number, so that the queue finds unhappy reviews without stars too, and indexes for shops with many reviews. */
export const IndexQueues = migration('IndexQueues', 1763810000001, {
  async up(m) {
    await m.addColumn(TABLE, 'mood', integer({ nullable: true, check: '$ BETWEEN 1 AND 5' }));
    await m.run(`UPDATE ${TABLE} SET mood = COALESCE(stars, CASE positive WHEN 1 THEN 5 WHEN 0 THEN 1 END)`);
    await m.run(`DROP INDEX ix_${TABLE}_sku_state_written_at`);
    await m.createIndex(TABLE, ['sku', 'writtenAt', 'id', 'state', 'stars']);
    await m.createIndex(TABLE, ['stars', 'writtenAt', 'id']);
    await m.createIndex(TABLE, ['language', 'writtenAt', 'id']);
    // Carries everything that the queues ask for, so that rows are only read when they are shown.
    await m.run(`CREATE INDEX ${QUEUE} ON ${TABLE} (shop_id, state, replied_at, written_at, id, handled_at, mood)`);
  },
  async down(m) {
    await m.run(`DROP INDEX ${QUEUE}`);
    await m.dropColumn(TABLE, 'mood');
  },
});
