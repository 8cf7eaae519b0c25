import { choice, date, id, instant, integer, json, migration, money, text } from 'guanxi/plugin';

const P = 'plg_interaction_games';

/** Rounds of guessing a price: what is sealed, every guess, who was right, and the coupons they got. */
export const GuessThePrice = migration('GuessThePrice', 1763820002000, {
  async up(m) {
    await m.createTable(`${P}_round`, {
      bare: true, key: ['activityId'],
      columns: {
        activityId: id(), sku: text({ max: 200 }), price: money({ check: '$ > 0' }), currency: text({ max: 3 }), nonce: text({ max: 64, check: 'length($) = 64' }), commitment: text({ max: 64 }),
        guesses: integer({ check: '$ > 0' }), coupon: json({ nullable: true }), listPrice: money({ nullable: true }), realPrice: money({ nullable: true, check: '$ > 0' }), decidedAt: instant({ nullable: true }),
      },
    });
    await m.createTable(`${P}_guess`, {
      columns: { activityId: id(), personId: id(), guessNo: integer({ check: '$ >= 1' }), amount: money({ check: '$ > 0' }), hint: choice(['higher', 'not-higher'], { nullable: true }), businessDate: date(), at: instant() },
      unique: [['activityId', 'personId', 'guessNo']], indexes: [['activityId', 'amount'], ['activityId', 'at'], ['personId', 'at']],
    });
    await m.createTable(`${P}_winner`, {
      bare: true, key: ['activityId', 'personId'],
      columns: {
        activityId: id(), personId: id(), amount: money(), under: choice(['sealed', 'real']), state: choice(['waiting', 'held', 'given', 'fallback']), note: text({ max: 200, nullable: true }),
        outcome: json({ nullable: true }), triedAt: instant({ nullable: true }), at: instant(),
      },
      indexes: [['personId'], ['state', 'triedAt']],
    });
    await m.createTable(`${P}_sale_coupon`, { bare: true, key: ['grantId'], columns: { grantId: id(), activityId: id(), personId: id(), code: text({ max: 60 }), expiresAt: instant() }, indexes: [['activityId', 'personId']] });
  },
  async down(m) { for (const table of ['sale_coupon', 'winner', 'guess', 'round']) await m.dropTable(`${P}_${table}`); },
});
