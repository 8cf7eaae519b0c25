import { choice, date, id, instant, integer, migration, money, points, text } from '../../plugin-api/index.js';
import { NEVER } from '../ledger-rules.js';

/** Periods, soft limits and what is charged for what: each grant's charge is a row, so that a reversal gives back exactly that. */
export const WidenBudgets = migration('WidenBudgets', 1764010500000, {
  async up(m) {
    await m.addColumn('budget', 'softPercent', integer({ default: 80, check: '$ BETWEEN 1 AND 100' }));
    await m.addColumn('budget', 'period', choice(['total', 'day', 'week', 'month'], { default: 'total' }));
    await m.addColumn('budget', 'periodKey', text({ max: 10, default: 'all' }));
    await m.addColumn('budget', 'startsAt', instant({ default: 0 }));
    await m.addColumn('budget', 'state', choice(['active', 'paused'], { default: 'active' }));
    await m.addColumn('budget', 'useRate', integer({ default: 10_000, check: '$ BETWEEN 0 AND 10000' }));
    await m.addColumn('budget', 'unitCost', money({ default: 0, check: '$ >= 0' }));
    await m.addColumn('budget', 'hitKey', text({ max: 10, default: '' }));
    await m.createTable('budget_charge', {
      columns: { budgetId: id(), grantId: id(), periodKey: text({ max: 10 }), businessDate: date(), amount: points({ check: '$ > 0' }), returnedAt: instant({ default: NEVER }) },
      key: ['grantId', 'budgetId'], bare: true, references: { budgetId: 'budget', grantId: 'value_grant' }, indexes: [['budgetId', 'businessDate']],
    });
  },
  async down(m) {
    await m.dropTable('budget_charge');
    for (const column of ['hitKey', 'unitCost', 'useRate', 'state', 'startsAt', 'periodKey', 'period', 'softPercent']) await m.dropColumn('budget', column);
  },
});
