import { flag, id, instant, json, migration, text } from 'guanxi/plugin';

const P = 'plg_membership';

/** Each return of an order, what a merge moved, and products that open to some tiers first. */
export const OpeningsAndReturns = migration('OpeningsAndReturns', 1764010400001, {
  async up(m) {
    await m.addColumn(`${P}_purchase`, 'returns', json({ nullable: true }));
    await m.addColumn(`${P}_growth`, 'origin', id({ nullable: true }));
    await m.addColumn(`${P}_birthday_gift`, 'origin', id({ nullable: true }));
    await m.addColumn(`${P}_profile`, 'away', flag({ default: 0 }));
    await m.addColumn(`${P}_profile`, 'filled', json({ nullable: true }));
    await m.createTable(`${P}_opening`, { columns: { sku: text({ max: 200 }), opensAt: instant() }, unique: [['sku']], indexes: [['opensAt']] });
  },
  async down(m) {
    await m.dropTable(`${P}_opening`);
    for (const [table, column] of [['profile', 'filled'], ['profile', 'away'], ['birthday_gift', 'origin'], ['growth', 'origin'], ['purchase', 'returns']] as const) await m.dropColumn(`${P}_${table}`, column);
  },
});
