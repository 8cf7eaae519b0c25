import { id, migration, text } from 'guanxi/plugin';

export const CreateLikes = migration('CreateMyPlugin', 1767225600000, {
  async up(m) {
    await m.createTable('plg_my_plugin_like', { columns: { personId: id(), sku: text({ max: 100 }) }, unique: [['personId', 'sku']], indexes: [['sku']] });
  },
  async down(m) { await m.dropTable('plg_my_plugin_like'); },
});
