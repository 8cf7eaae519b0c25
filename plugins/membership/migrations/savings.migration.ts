import { migration, money } from 'guanxi/plugin';

const P = 'plg_membership';

/** What the tier's price saved on an order; of earlier orders nobody noted it. */
export const Savings = migration('Savings', 1764011003000, {
  up: (m) => m.addColumn(`${P}_purchase`, 'saved', money({ default: 0 })),
  down: (m) => m.dropColumn(`${P}_purchase`, 'saved'),
});
