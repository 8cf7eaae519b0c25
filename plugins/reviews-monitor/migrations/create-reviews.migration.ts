import { choice, date, flag, id, instant, integer, migration, text } from 'guanxi/plugin';

export const CreateReviews = migration('CreateReviews', 1763810000000, {
  async up(m) {
    await m.createTable('plg_reviews_monitor_review', {
      columns: {
        source: text({ max: 60 }), externalId: text({ max: 200 }), sku: text({ max: 200, nullable: true }), productTitle: text({ max: 500, nullable: true }),
        personId: id({ nullable: true }), authorName: text({ max: 120, nullable: true }), stars: integer({ nullable: true, check: '$ BETWEEN 1 AND 5' }), positive: flag({ nullable: true }),
        title: text({ max: 300, nullable: true }), body: text({ max: 20_000 }), language: choice(['en', 'zh', 'other']), orderId: id({ nullable: true }), state: choice(['visible', 'hidden']),
        writtenAt: instant(), businessDate: date(), reply: text({ max: 4000, nullable: true }), repliedAt: instant({ nullable: true }), repliedBy: text({ max: 120, nullable: true }),
        handledAt: instant({ nullable: true }), handledBy: text({ max: 120, nullable: true }), hiddenAt: instant({ nullable: true }), hiddenBy: text({ max: 120, nullable: true }),
      },
      unique: [['source', 'externalId']],
      indexes: [['writtenAt', 'id'], ['sku', 'state', 'writtenAt'], ['personId'], ['businessDate']],
    });
  },
  async down(m) { await m.dropTable('plg_reviews_monitor_review'); },
});
