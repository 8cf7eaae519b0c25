import { choice, instant, integer, json, migration, money, text } from '../../plugin-api/index.js';

export const Stacking = migration('Stacking', 1764010900000, {
  async up(m) {
    await m.addColumn('discount_code', 'stacking', json({ nullable: true }));
    await m.createTable('stacking_rules', { columns: { version: integer({ check: '$ > 0' }), document: json(), at: instant(), actor: text({ max: 300 }) }, key: ['version'], bare: true });
    await m.createTable('price_floor', { columns: { sku: text({ max: 200, check: "$ <> ''" }), kind: choice(['amount', 'percent']), value: money({ check: '$ > 0' }) }, key: ['sku'], bare: true });
    await m.createTable('code_guess', { columns: { who: text({ max: 80 }), since: instant(), misses: integer({ check: '$ >= 0' }) }, key: ['who'], bare: true, indexes: [['since']] });
  },
  async down(m) {
    for (const table of ['code_guess', 'price_floor', 'stacking_rules']) await m.dropTable(table);
    await m.dropColumn('discount_code', 'stacking');
  },
});
