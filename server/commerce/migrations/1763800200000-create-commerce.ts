import { choice, date, flag, id, instant, integer, json, migration, money, text } from '../../plugin-api/index.js';
import { DISCOUNT_STATES } from '../entities/discount-code.entity.js';

const external = text({ max: 200, check: "$ <> ''" });
const TABLES = ['discount_code', 'order_code', 'refund_line', 'refund', 'order_line', 'shop_order', 'variant', 'product', 'identity', 'person'];

export const CreateCommerce = migration('CreateCommerce', 1763800200000, {
  async up(m) {
    await m.createTable('person', {
      columns: {
        kind: choice(['guest', 'member']), name: text({ nullable: true, max: 200 }), email: text({ nullable: true, max: 320 }),
        phone: text({ nullable: true, max: 60 }), locale: text({ nullable: true, max: 20 }), mergedInto: id({ nullable: true }),
        erasedAt: instant({ nullable: true }), orderCount: integer({ default: 0 }), spentTotal: money({ default: 0 }), lastOrderAt: instant({ nullable: true }),
      },
      indexes: [['createdAt'], ['email']],
      references: { mergedInto: 'person' },
    });
    await m.createTable('identity', {
      columns: { platform: text({ max: 40 }), externalId: external, personId: id(), versions: json() },
      unique: [['platform', 'externalId']], indexes: [['personId']], references: { personId: 'person' },
    });
    await m.createTable('product', {
      columns: {
        externalId: external, title: text({ max: 500 }), category: text({ nullable: true, max: 200 }), imageUrl: text({ nullable: true, max: 2000 }),
        url: text({ nullable: true, max: 2000 }), status: choice(['active', 'archived', 'deleted']), snapshotAt: instant(),
      },
      unique: [['externalId']],
    });
    await m.createTable('variant', {
      columns: { productId: id(), externalId: external, sku: external, title: text({ nullable: true, max: 500 }), price: money({ check: '$ >= 0' }), currency: text({ max: 3 }) },
      unique: [['externalId'], ['sku']], indexes: [['productId']], references: { productId: 'product' },
    });
    await m.createTable('shop_order', {
      columns: {
        externalId: external, number: text({ max: 200 }), personId: id({ nullable: true }), currency: text({ max: 3 }),
        placedAt: instant(), businessDate: date(), paidAt: instant({ nullable: true }), deliveredAt: instant({ nullable: true }), cancelledAt: instant({ nullable: true }),
        subtotal: money(), discount: money(), shipping: money(), tax: money(), total: money({ check: '$ >= 0' }), refundedTotal: money({ default: 0 }),
        fullyRefunded: flag({ default: 0 }), test: flag({ default: 0 }), history: flag({ default: 0 }), snapshotAt: instant(), snapshotDigest: text({ max: 40 }),
      },
      unique: [['externalId']], indexes: [['personId', 'placedAt'], ['placedAt'], ['businessDate']], references: { personId: 'person' },
    });
    await m.createTable('order_line', {
      columns: {
        orderId: id(), externalId: external, lineNo: integer(), sku: text({ max: 200 }), title: text({ max: 500 }), quantity: integer({ check: '$ >= 0' }),
        unitPrice: money(), paid: money({ check: '$ >= 0' }), refundedQuantity: integer({ default: 0 }), refundedAmount: money({ default: 0 }),
      },
      unique: [['orderId', 'externalId']], references: { orderId: 'shop_order' },
    });
    await m.createTable('refund', {
      columns: { externalId: external, orderExternalId: external, orderId: id({ nullable: true }), at: instant(), amount: money({ check: '$ >= 0' }) },
      unique: [['externalId']], indexes: [['orderId']], references: { orderId: 'shop_order' },
    });
    await m.createIndex('refund', ['orderExternalId'], { where: 'order_id IS NULL' });
    await m.createTable('refund_line', {
      columns: { refundId: id(), lineExternalId: external, quantity: integer({ check: '$ >= 0' }), amount: money({ check: '$ >= 0' }) },
      key: ['refundId', 'lineExternalId'], bare: true, references: { refundId: 'refund' },
    });
    await m.createTable('order_code', {
      columns: { orderId: id(), code: text({ max: 60 }), amount: money(), used: flag({ default: 0 }), released: flag({ default: 0 }) },
      key: ['orderId', 'code'], bare: true, references: { orderId: 'shop_order' },
    });
    await m.createTable('discount_code', {
      columns: {
        code: text({ max: 60 }), kind: choice(['amount', 'percent', 'free-shipping']), worth: money({ check: '$ >= 0' }), minimum: money({ check: '$ >= 0' }),
        personId: id(), expiresAt: instant(), owner: text({ max: 60 }), ownerRef: text({ max: 200 }), state: choice(DISCOUNT_STATES),
        orderRef: text({ nullable: true, max: 200 }), reservedUntil: instant({ nullable: true }), usedAt: instant({ nullable: true }),
      },
      unique: [['code']], indexes: [['personId']], references: { personId: 'person' },
    });
  },
  async down(m) { for (const table of TABLES) await m.dropTable(table); },
});
