import { flag, migration } from '../../plugin-api/index.js';

export const PaceBudgets = migration('PaceBudgets', 1764011104000, {
  up: (m) => m.addColumn('budget', 'paced', flag({ default: 0 })),
  down: (m) => m.dropColumn('budget', 'paced'),
});
