import { choice, flag, instant, integer, json, migration, money, text } from '../../plugin-api/index.js';

export const CreateEarning = migration('CreateEarning', 1764010700000, {
  async up(m) {
    await m.createTable('earn_rule', {
      columns: {
        version: integer({ check: '$ > 0' }), ratePoints: integer({ check: '$ BETWEEN 1 AND 10000' }), rateAmount: money({ check: '$ > 0' }), rounding: choice(['down', 'nearest', 'up']), afterDiscounts: flag(), withShipping: flag(), withTax: flag(),
        withGiftCards: flag(), maxMultiplier: integer({ check: '$ BETWEEN 10000 AND 50000' }), minimumOrder: money({ check: '$ >= 0' }), excluded: json(), startsAt: instant(), endsAt: instant({ nullable: true }), at: instant(), actor: text({ max: 300 }),
      },
      key: ['version'], bare: true,
    });
    await m.createTable('earn_campaign', {
      columns: {
        titleEn: text({ max: 80, check: "$ <> ''" }), titleZh: text({ max: 80, check: "$ <> ''" }), basisPoints: integer({ check: '$ BETWEEN 15000 AND 50000' }), startsAt: instant(), endsAt: instant(), goods: json(), at: instant(), actor: text({ max: 300 }),
      },
      bare: true, indexes: [['endsAt', 'startsAt']], checks: ['ends_at > starts_at'],
    });
    // What was earned before rules had versions was earned under what is version 1.
    await m.addColumn('line_earning', 'ruleVersion', integer({ default: 1, check: '$ > 0' }));
    await m.createIndex('line_earning', ['ruleVersion', 'orderId']);
  },
  async down(m) {
    await m.run('DROP INDEX ix_line_earning_rule_version_order_id');
    await m.dropColumn('line_earning', 'ruleVersion');
    for (const table of ['earn_campaign', 'earn_rule']) await m.dropTable(table);
  },
});
