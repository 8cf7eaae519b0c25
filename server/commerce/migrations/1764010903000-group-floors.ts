import { choice, migration, money, text } from '../../plugin-api/index.js';

/** Floors of a category, or of all products where it is empty. A product's own stands in `price_floor`. */
export const GroupFloors = migration('GroupFloors', 1764010903000, {
  up: (m) => m.createTable('group_floor', { columns: { category: text({ max: 200 }), kind: choice(['amount', 'percent']), value: money({ check: '$ > 0' }) }, key: ['category'], bare: true }),
  down: (m) => m.dropTable('group_floor'),
});
