import { choice, id, instant, json, migration } from '../../../plugin-api/index.js';

/** Checkouts that were begun: what they hold is theirs for half an hour. */
export const openCheckouts = migration('OpenDemoCheckouts', 1764010901000, {
  up: (m) => m.createTable('demo_checkout', {
    bare: true, indexes: [['until'], ['customerId']],
    columns: { customerId: id(), state: choice(['open', 'paid', 'abandoned']), until: instant(), document: json() },
  }),
  down: (m) => m.dropTable('demo_checkout'),
});
