import { choice, instant, integer, flag, json, migration, text, id } from '../../plugin-api/index.js';

/** Inbox, outbox and the record of who received what. `run_at` and `lease_until` are system time, `received_at` and `occurred_at` the shop's. */
export const CreateEvents = migration('CreateEvents', 1763800400000, {
  async up(m) {
    await m.createTable('inbox', {
      key: ['source', 'delivery_id'], bare: true,
      columns: {
        source: text({ max: 60 }), delivery_id: text({ max: 200 }), topic: text({ max: 120 }), payload: json({ nullable: true }), received_at: instant(),
        state: choice(['waiting', 'done', 'dead']), run_at: instant(), attempts: integer({ default: 0 }),
        lease_owner: text({ max: 60, nullable: true }), error: text({ max: 1000, nullable: true }),
      },
      indexes: [['received_at']],
    });
    await m.run(`CREATE INDEX ix_inbox_due ON inbox (shop_id, source, run_at) WHERE state = 'waiting'`);
    await m.createTable('outbox_event', {
      bare: true,
      columns: {
        name: text({ max: 120 }), payload: json(), occurred_at: instant(), created_at: instant(),
        state: choice(['waiting', 'done', 'dead']), run_at: instant(), attempts: integer({ default: 0 }),
        lease_until: instant({ nullable: true }), lease_owner: text({ max: 60, nullable: true }),
      },
    });
    await m.run(`CREATE INDEX ix_outbox_event_due ON outbox_event (shop_id, run_at, id) WHERE state = 'waiting'`);
    await m.run(`CREATE INDEX ix_outbox_event_over ON outbox_event (shop_id, created_at) WHERE state <> 'waiting'`);
    await m.createTable('event_delivery', {
      key: ['event_id', 'consumer'], bare: true,
      columns: {
        event_id: id(), consumer: text({ max: 120 }), done_at: instant({ nullable: true }), attempts: integer(),
        last_error: text({ max: 1000, nullable: true }), dead: flag({ default: 0 }),
      },
    });
  },
  async down(m) { for (const table of ['event_delivery', 'outbox_event', 'inbox']) await m.dropTable(table); },
});
