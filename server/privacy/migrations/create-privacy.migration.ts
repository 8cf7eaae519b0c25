import { choice, id, instant, integer, json, migration, text } from '../../plugin-api/index.js';

/** Requests for a person's or a shop's data. `package` holds an export until it was handed over or 30 days have passed. */
export const CreatePrivacy = migration('CreatePrivacy', 1763800600001, {
  async up(m) {
    await m.createTable('privacy_request', {
      columns: {
        topic: choice(['data_request', 'redact', 'shop_redact']), external_ref: text({ max: 200 }), person_id: id({ nullable: true }),
        state: choice(['open', 'done', 'failed']), due_at: instant(), attempts: integer({ default: 0 }), error: text({ max: 1000, nullable: true }),
        receipt: json({ nullable: true }), package: json({ nullable: true }), completed_at: instant({ nullable: true }),
      },
      unique: [['topic', 'external_ref']], indexes: [['state', 'due_at']],
    });
  },
  async down(m) { await m.dropTable('privacy_request'); },
});
