import { id, instant, integer, json, migration, text } from '../../plugin-api/index.js';

/** The rest of the life cycle, and what shoppers can rely on. Sheets name their activity without a key: they outlive it. */
export const CreatePublicationSheets = migration('CreatePublicationSheets', 1764010600000, {
  async up(m) {
    for (const column of ['checked_at', 'settled_at', 'archived_at']) await m.addColumn('activity', column, instant({ nullable: true }));
    await m.addColumn('activity', 'notice', json({ nullable: true }));
    await m.run('UPDATE activity SET checked_at = published_at WHERE published_at IS NOT NULL');
    await m.createTable('publication_sheet', {
      key: ['activity_id', 'version'], bare: true,
      columns: { activity_id: id(), version: integer({ check: '$ > 0' }), type: text({ max: 80 }), at: instant(), hash: text({ max: 64, check: 'length($) = 64' }), content: json(), changes: json() },
      indexes: [['at']],
    });
    await m.createTable('activity_settlement', { key: ['activity_id'], bare: true, columns: { activity_id: id(), at: instant(), figures: json(), returned: json() } });
    await m.createTable('shop_organiser', { columns: { legalName: text({ max: 200, check: 'length($) > 0' }), contact: text({ max: 200, check: 'length($) > 0' }), complaints: text({ max: 300 }) } });
  },
  async down(m) {
    for (const table of ['shop_organiser', 'activity_settlement', 'publication_sheet']) await m.dropTable(table);
    for (const column of ['notice', 'archived_at', 'settled_at', 'checked_at']) await m.dropColumn('activity', column);
  },
});
