import { instant, integer, migration, text } from '../../plugin-api/index.js';

const REFUSAL = 'audit is append-only: its rows can be neither changed nor removed';

/** The audit and the head of its chain. Triggers refuse changes whoever asks. */
export const CreateAudit = migration('CreateAudit', 1763800600000, {
  async up(m) {
    await m.createTable('audit', {
      key: ['seq'], bare: true,
      columns: {
        seq: integer({ check: '$ > 0' }), at: instant(), actor: text({ max: 200 }), action: text({ max: 120 }), target: text({ max: 300 }),
        detail: text({ max: 20_000 }), prev_hash: text({ max: 64 }), hash: text({ max: 64 }),
      },
      indexes: [['action', 'seq'], ['target', 'seq']],
    });
    await m.createTable('audit_head', { key: ['chain'], bare: true, columns: { chain: text({ max: 20 }), seq: integer(), hash: text({ max: 64 }) } });
    if (m.engine === 'sqlite') {
      for (const verb of ['UPDATE', 'DELETE']) await m.run(`CREATE TRIGGER audit_no_${verb.toLowerCase()} BEFORE ${verb} ON audit BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`);
    } else {
      await m.run(`CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${REFUSAL}'; END $$`);
      await m.run('CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()');
    }
  },
  async down(m) {
    await m.dropTable('audit_head');
    await m.dropTable('audit');
    if (m.engine === 'postgres') await m.run('DROP FUNCTION audit_refuse()');
  },
});
