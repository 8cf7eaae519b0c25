import { choice, id, instant, integer, json, migration, text } from '../../../plugin-api/index.js';

/** What the demo shop itself remembers, as any shop platform would: its own customers and orders, beside what we make of them. */
export const demoTables = migration('CreateDemoShop', 1763800150000, {
  async up(m) {
    await m.createTable('demo_state', {
      key: ['slot'], bare: true,
      columns: { slot: choice(['only']), clockOffset: integer({ check: '$ >= 0' }), nextNumber: integer(), seedAnchor: instant({ nullable: true }), seededAt: instant({ nullable: true }) },
    });
    await m.createTable('demo_customer', {
      bare: true, unique: [['email']], indexes: [['personId']],
      columns: { email: text({ nullable: true, max: 320 }), name: text({ nullable: true, max: 200 }), locale: text({ max: 20 }), joinedAt: instant(), personId: id({ nullable: true }) },
    });
    await m.createTable('demo_order', {
      bare: true, indexes: [['customerId', 'placedAt']],
      columns: { customerId: id(), placedAt: instant(), version: integer(), document: json() },
    });
  },
  async down(m) { for (const table of ['demo_order', 'demo_customer', 'demo_state']) await m.dropTable(table); },
});
