import type { Manifest } from 'guanxi/plugin';

export const manifest = {
  id: 'store-credit',
  version: '1.0.0',
  api: '^1.0',
  widgetRuntime: 1,
  listing: {
    title: { en: 'Store credit', 'zh-CN': '储值账户' },
    summary: { en: 'Accounts of money that shoppers spend on their next order.', 'zh-CN': '顾客的储值余额，可用于下一笔订单。' },
    description: {
      en: 'Each member has an account in the shop\'s currency. Rewards and staff add to it; shoppers turn what they have into one code for their next order. What the order did not take, what expires and what belongs to returned goods goes back by itself. You see what you owe in all, every account and every movement.',
      'zh-CN': '每位会员一个以店铺货币计的账户。奖励和员工可以充入，顾客把余额变成一个用于下一单的优惠码。订单没用完的、过期的以及退货对应的金额自动退回账户。商家可查看未使用总额、每个账户和每一笔变动。',
    },
    icon: 'coins', category: 'rewards',
    keywords: ['credit', 'wallet', 'balance', 'money', 'gift', 'refund', '储值', '余额', '钱包', '账户', '购物金'],
    screenshots: [{ file: 'account.svg', alt: { en: 'A balance, a code for the next order, and the latest movements.', 'zh-CN': '储值余额、用于下一单的优惠码和最近的变动。' } }],
    changes: [{ version: '1.0.0', date: '2026-11-22', notes: { en: 'Accounts, codes for the next order, returns, corrections by staff.', 'zh-CN': '储值账户、下单抵扣码、退回和员工调整。' } }],
  },
  provides: [{ token: 'store-credit.accounts', version: '1.0.0' }],
  capabilities: [
    { name: 'db', reason: { en: 'Keeps accounts and their movements in its own tables.', 'zh-CN': '在自己的数据表中保存账户和变动。' } },
    { name: 'discounts.write', reason: { en: 'Makes the codes that credit is spent with.', 'zh-CN': '生成使用储值的优惠码。' } },
    { name: 'orders.read', reason: { en: 'Sees how much of a code an order took, and what was returned.', 'zh-CN': '读取订单实际抵扣的金额和退货情况。' } },
    { name: 'customers.read', reason: { en: 'Names who has credit, and gives none to guests.', 'zh-CN': '显示账户所属顾客，不给游客开户。' } },
    { name: 'audit.write', reason: { en: 'Records who corrected an account.', 'zh-CN': '记录谁调整了账户。' } },
  ],
  settings: {
    most: { kind: 'money', label: { en: 'Most that one account may hold', 'zh-CN': '单个账户余额上限' }, default: 100_000 },
    codeDays: { kind: 'number', label: { en: 'A code for the next order works for', 'zh-CN': '抵扣码有效期' }, help: { en: 'What is not used by then goes back to the account.', 'zh-CN': '到期未使用的金额会退回账户。' }, min: 1, max: 30, default: 1, unit: { en: 'days', 'zh-CN': '天' } },
  },
  personalData: [
    { entity: 'plg_store_credit_entry', subject: 'person_id', fields: ['line', 'reason'], onErase: 'anonymise',
      titles: { line: { en: 'movements of store credit', 'zh-CN': '储值变动' }, reason: { en: 'what staff noted', 'zh-CN': '员工备注' } },
    },
    { entity: 'plg_store_credit_use', subject: 'person_id', fields: ['code'], onErase: 'anonymise', titles: { code: { en: 'code for an order', 'zh-CN': '抵扣码' } } },
  ],
  widgets: [
    { name: 'accounts', surface: 'admin', slot: 'page', module: 'accounts.js', title: { en: 'Store credit', 'zh-CN': '储值账户' }, icon: 'coins', weight: 45 },
    { name: 'account', surface: 'storefront', slot: 'store-credit', module: 'account.js', title: { en: 'Store credit', 'zh-CN': '储值账户' }, minHeight: 160 },
  ],
  events: { emits: [], handles: ['discount.used', 'discount.released', 'discount.lost', 'order.refunded', 'order.cancelled', 'customer.merged', 'customer.split', 'customer.erased'] },
  jobs: [{ name: 'expire', schedule: '40 * * * *' }],
  limits: { requestsPerMinute: 30_000, jobMinutesPerDay: 30, rowsPerShop: 2_000_000, storageMb: 500 },
  locales: ['en', 'zh-CN'],
} as const satisfies Manifest;
