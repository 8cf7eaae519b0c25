import { choice, migration, text } from '../../plugin-api/index.js';

/** A code may give one piece of a product a price of its own. The list of kinds is a condition of its column, so the column is made anew. */
export const ProductCodes = migration('ProductCodes', 1764010300000, {
  async up(m) {
    await m.addColumn('discount_code', 'sku', text({ nullable: true, max: 200 }));
    await m.addColumn('discount_code', 'does', choice(['amount', 'percent', 'free-shipping', 'price'], { default: 'amount' }));
    await m.run('UPDATE discount_code SET does = kind');
    await m.dropColumn('discount_code', 'kind');
    await m.run('ALTER TABLE discount_code RENAME COLUMN does TO kind');
  },
  async down(m) {
    await m.run("DELETE FROM discount_code WHERE kind = 'price'");
    await m.dropColumn('discount_code', 'sku');
  },
});
