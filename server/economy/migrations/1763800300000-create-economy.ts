import { choice, date, id, instant, json, migration, points, text } from '../../plugin-api/index.js';
import { NEVER } from '../ledger-rules.js';

const source = text({ max: 100 });
/** The words of version 0.1; later ones are not listed by the database. */
const KINDS = ['earn', 'grant', 'spend', 'spend-refund', 'reversal', 'expire', 'mature', 'debt', 'adjust'];
const balance = points({ default: 0, check: '$ >= 0' });
const TABLES = ['line_earning', 'budget', 'value_grant', 'allocation', 'lot', 'posting', 'ledger_transaction', 'person_account'];

export const CreateEconomy = migration('CreateEconomy', 1763800300000, {
  async up(m) {
    await m.createTable('person_account', {
      columns: {
        personId: id(), available: balance, pending: balance, held: balance, debt: balance, guestEarned: balance,
        nextExpiryAt: instant({ default: NEVER }), changedAt: instant(),
      },
      key: ['personId'], bare: true, references: { personId: 'person' },
    });
    await m.createTable('ledger_transaction', {
      columns: {
        personId: id(), kind: choice(KINDS), source, causeRef: text({ nullable: true, max: 200 }), at: instant(), businessDate: date(),
        available: points(), pending: points(), held: points(), debt: points(), availableAfter: points({ check: '$ >= 0' }),
        note: text({ nullable: true, max: 500 }), actor: text({ max: 300 }), reverses: id({ nullable: true }), grantId: id({ nullable: true }), entryKey: text({ nullable: true, max: 300 }),
      },
      bare: true, references: { personId: 'person', reverses: 'ledger_transaction' }, indexes: [['personId', 'at', 'id'], ['businessDate']],
    });
    await m.createIndex('ledger_transaction', ['entryKey'], { unique: true, where: 'entry_key IS NOT NULL' });
    await m.createIndex('ledger_transaction', ['reverses'], { unique: true, where: 'reverses IS NOT NULL' });
    await m.createTable('posting', {
      columns: { transactionId: id(), account: text({ max: 120 }), amount: points({ check: '$ <> 0' }) },
      key: ['transactionId', 'account'], bare: true, references: { transactionId: 'ledger_transaction' },
    });
    await m.createTable('lot', {
      columns: {
        personId: id(), transactionId: id(), quantity: points({ check: '$ > 0' }), remaining: points(), state: choice(['pending', 'active', 'expired', 'cancelled']),
        activatesAt: instant(), expiresAt: instant(), source, orderLineId: id({ nullable: true }), reopenedAt: instant({ nullable: true }),
      },
      bare: true, references: { personId: 'person', transactionId: 'ledger_transaction' }, checks: ['remaining BETWEEN 0 AND quantity'],
    });
    await m.createIndex('lot', ['personId', 'expiresAt', 'activatesAt', 'id'], { where: 'remaining > 0' });
    await m.createIndex('lot', ['expiresAt'], { where: "remaining > 0 AND state = 'active'" });
    await m.createIndex('lot', ['activatesAt'], { where: "remaining > 0 AND state = 'pending'" });
    await m.createIndex('lot', ['orderLineId'], { where: 'order_line_id IS NOT NULL' });
    await m.createTable('allocation', {
      columns: { transactionId: id(), lotId: id(), amount: points({ check: '$ <> 0' }) },
      key: ['transactionId', 'lotId'], bare: true, references: { transactionId: 'ledger_transaction', lotId: 'lot' },
    });
    await m.createTable('value_grant', {
      columns: {
        personId: id(), kind: text({ max: 100 }), amount: points({ check: '$ >= 0' }), ref: text({ nullable: true, max: 200 }), availableAt: instant({ nullable: true }), source,
        causeRef: text({ max: 200 }), grantKey: text({ max: 300 }), budgetRef: text({ nullable: true, max: 200 }), outcome: json(), at: instant(), actor: text({ max: 300 }),
        reversedAt: instant({ nullable: true }), reversedNote: text({ nullable: true, max: 500 }),
      },
      bare: true, unique: [['grantKey']], indexes: [['personId', 'at']], references: { personId: 'person' },
    });
    await m.createTable('budget', {
      columns: { scope: text({ max: 200 }), unit: text({ max: 100 }), ceiling: points({ check: '$ >= 0' }), spent: points({ default: 0, check: '$ >= 0' }) },
      unique: [['scope', 'unit']],
    });
    await m.createTable('line_earning', {
      columns: {
        orderLineId: id(), orderId: id(), personId: id(), points: points({ check: '$ >= 0' }), reversed: points({ check: '$ >= 0' }),
        rule: json(), at: instant(),
      },
      key: ['orderLineId'], bare: true, references: { orderLineId: 'order_line', orderId: 'shop_order', personId: 'person' },
      indexes: [['orderId']], checks: ['reversed <= points'],
    });
  },
  async down(m) { for (const table of TABLES) await m.dropTable(table); },
});
