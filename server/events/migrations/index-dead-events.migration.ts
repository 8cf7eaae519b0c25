import { migration } from '../../plugin-api/index.js';

/** Every look at the home page counts a shop's dead events; the delivered ones of the last days are many. */
export const IndexDeadEvents = migration('IndexDeadEvents', 1764011105000, {
  async up(m) { await m.run(`CREATE INDEX ix_outbox_event_dead ON outbox_event (shop_id, occurred_at) WHERE state = 'dead'`); },
  async down(m) { await m.run('DROP INDEX ix_outbox_event_dead'); },
});
