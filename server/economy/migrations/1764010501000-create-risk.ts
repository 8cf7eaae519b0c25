import { choice, flag, id, instant, integer, json, migration, points, text } from '../../plugin-api/index.js';

const score = integer({ check: '$ BETWEEN 0 AND 10000' });

/** What people share (as keyed hashes), what follows from it, grants that wait, and grants of activities that are stopped. */
export const CreateRisk = migration('CreateRisk', 1764010501000, {
  async up(m) {
    await m.createTable('risk_signal', {
      columns: { personId: id(), kind: choice(['device', 'email', 'address', 'payment']), hash: text({ max: 64 }), at: instant() },
      key: ['personId', 'kind', 'hash'], bare: true, references: { personId: 'person' }, indexes: [['kind', 'hash', 'personId'], ['at']],
    });
    await m.createTable('risk_score', {
      columns: { personId: id(), clusterId: id(), people: integer({ check: '$ > 0' }), score, action: choice(['allow', 'hold', 'review']), holdHours: integer({ check: '$ >= 0' }), reasons: json(), at: instant() },
      key: ['personId'], bare: true, references: { personId: 'person' }, indexes: [['clusterId'], ['score']],
    });
    await m.createTable('risk_rules', {
      columns: { name: choice(['rules']), watching: flag({ default: 1 }), holdFrom: score, reviewFrom: score, holdHours: integer({ check: '$ BETWEEN 1 AND 720' }), changedAt: instant(), actor: text({ max: 300 }) },
      key: ['name'], bare: true,
    });
    await m.createTable('held_grant', {
      columns: {
        grantId: id(), personId: id(), scope: text({ max: 200 }), cause: choice(['risk', 'breaker']), review: flag({ default: 0 }), score, reasons: json(), at: instant(), until: instant(),
        state: choice(['held', 'released', 'refused']), decidedAt: instant({ nullable: true }), decidedBy: text({ nullable: true, max: 300 }), note: text({ nullable: true, max: 500 }),
        appeal: text({ nullable: true, max: 1000 }), appealedAt: instant({ nullable: true }),
      },
      key: ['grantId'], bare: true, references: { grantId: 'value_grant', personId: 'person' }, indexes: [['state', 'until'], ['personId', 'at'], ['scope', 'state']],
    });
    await m.createTable('grant_hour', {
      columns: { scope: text({ max: 200 }), hourAt: instant(), grants: points({ check: '$ >= 0' }), risky: points({ check: '$ >= 0' }) }, key: ['scope', 'hourAt'], bare: true, indexes: [['hourAt']],
    });
    await m.createTable('grant_stop', {
      columns: {
        scope: text({ max: 200 }), rule: choice(['rate', 'risk']), grants: points(), usual: points(), risky: points(), at: instant(),
        resumedAt: instant({ nullable: true }), resumedBy: text({ nullable: true, max: 300 }), note: text({ nullable: true, max: 500 }),
      },
      bare: true, indexes: [['at']],
    });
    await m.createIndex('grant_stop', ['scope'], { unique: true, where: 'resumed_at IS NULL' });
    await m.createIndex('value_grant', ['at']);
  },
  async down(m) {
    await m.run('DROP INDEX ix_value_grant_at');
    for (const table of ['grant_stop', 'grant_hour', 'held_grant', 'risk_rules', 'risk_score', 'risk_signal']) await m.dropTable(table);
  },
});
