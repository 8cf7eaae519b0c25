import type { Manifest } from 'guanxi/plugin';

export const manifest = {
  id: 'coupon-exchange',
  version: '1.1.0',
  api: '^1.0',
  widgetRuntime: 1,
  listing: {
    title: { en: 'Coupon exchange', 'zh-CN': '积分兑券' },
    summary: { en: 'Shoppers turn points into coupons that your checkout accepts once.', 'zh-CN': '顾客用积分兑换优惠券，结账时一券一用。' },
    description: {
      en: 'A catalogue of rewards with stock and a limit per person. Points, stock and code move together or not at all. Codes are long enough that nobody guesses them, work once, and come back when an order is refunded, as your rule says. Games and surveys can give these coupons as prizes.',
      'zh-CN': '设置可兑换的奖励、库存和每人限兑数量。扣积分、减库存、发券在同一事务中完成。券码随机且仅可使用一次，订单退款后按你的规则退回。游戏和问卷也可以把这些券作为奖品。',
    },
    icon: 'ticket', category: 'rewards',
    keywords: ['coupon', 'voucher', 'discount', 'redeem', 'points', 'reward', '优惠券', '券码', '兑换', '折扣', '积分商城'],
    screenshots: [{ file: 'rewards.svg', alt: { en: 'A shopper\'s balance above four coupons with their prices in points.', 'zh-CN': '顾客的积分余额，下方是四张标有积分价格的优惠券。' } }],
    changes: [
      { version: '1.1.0', date: '2026-11-22', notes: { en: 'Rewards of every kind: products for points or points and cash, samples with the next order, rights, codes of others, draws, store credit and donations.', 'zh-CN': '支持更多奖励：积分换商品、积分加钱购、随单赠品、专属权益、第三方券码、抽奖次数、储值和捐赠。' } },
      { version: '1.0.0', date: '2026-11-22', notes: { en: 'Rewards with stock and limits, codes that work once, points back on expiry or refund.', 'zh-CN': '支持库存和限兑、一次性券码，过期或退款后可退回积分。' } },
    ],
  },
  requires: { optional: { 'store-credit': '^1.0', 'interaction-games': '^1.0' }, contracts: { 'store-credit.accounts': '^1.0' } },
  capabilities: [
    { name: 'db', reason: { en: 'Keeps rewards and redemptions in its own tables.', 'zh-CN': '在自己的数据表中保存奖励和兑换记录。' } },
    { name: 'points.spend', reason: { en: 'Takes the points that a reward costs, and gives them back.', 'zh-CN': '扣除兑换所需积分，并在需要时退回。' } },
    { name: 'points.read', reason: { en: 'Shows shoppers what they can afford.', 'zh-CN': '向顾客显示可兑换的奖励。' } },
    { name: 'grants', reason: { en: 'Gives tries at the wheel for points.', 'zh-CN': '用积分兑换转盘次数。' } },
    { name: 'products.read', reason: { en: 'Offers products for points.', 'zh-CN': '用积分兑换商品。' } },
    { name: 'orders.read', reason: { en: 'Puts samples into the next parcel, and proposes coupons that fit your orders.', 'zh-CN': '随下一单发放赠品，并按订单金额推荐优惠券。' } },
    { name: 'vault', reason: { en: 'Keeps codes of gift cards encrypted.', 'zh-CN': '加密保存礼品卡等第三方券码。' } },
    { name: 'discounts.write', reason: { en: 'Makes codes that the checkout accepts.', 'zh-CN': '生成结账可用的券码。' } },
    { name: 'customers.read', reason: { en: 'Names who redeemed.', 'zh-CN': '显示兑换的顾客。' } },
    { name: 'events.emit', reason: { en: 'Tells other modules about redemptions.', 'zh-CN': '把兑换通知给其他模块。' } },
    { name: 'audit.write', reason: { en: 'Records who changed a reward.', 'zh-CN': '记录谁修改了奖励。' } },
  ],
  settings: {
    onRefund: {
      kind: 'choice', label: { en: 'When the order of a used coupon is fully refunded', 'zh-CN': '使用优惠券的订单全额退款后' }, default: 'restore',
      options: [
        { value: 'restore', label: { en: 'The code works again', 'zh-CN': '券码恢复可用' } },
        { value: 'points', label: { en: 'The points come back', 'zh-CN': '退回积分' } },
        { value: 'keep', label: { en: 'Nothing comes back', 'zh-CN': '不退回' } },
      ],
    },
    restoreDays: { kind: 'number', label: { en: 'A restored code works for', 'zh-CN': '恢复的券码有效期' }, min: 1, max: 90, default: 14, unit: { en: 'days', 'zh-CN': '天' } },
    weekly: { kind: 'toggle', label: { en: 'Limit how often one person redeems the same reward in a week', 'zh-CN': '限制每人每周兑换同一奖励的次数' }, default: true },
    perWeek: { kind: 'number', visibleWhen: { field: 'weekly', is: true }, label: { en: 'One person can redeem the same reward', 'zh-CN': '每人每周可兑换同一奖励' }, min: 1, max: 100, default: 1, unit: { en: 'times a week', 'zh-CN': '次' } },
    pointsBackOnExpiry: { kind: 'toggle', label: { en: 'Give points back for rewards that expire unused', 'zh-CN': '未使用的奖励过期后退回积分' }, default: true },
    shippingCost: {
      kind: 'money', default: 0, label: { en: 'What shipping an order costs you', 'zh-CN': '每单运费成本' },
      help: { en: 'For money budgets and charts of free-shipping rewards. 0: what your orders of the last year paid for shipping on average. A change counts from the next night on.', 'zh-CN': '用于免运费奖励的金额预算和图表。填 0 则按近一年订单的平均运费计算。修改后次日凌晨起生效。' },
    },
  },
  personalData: [
    { entity: 'plg_coupon_exchange_redemption', subject: 'person_id', fields: ['code', 'handled_by'], onErase: 'anonymise',
      titles: { code: { en: 'coupon code', 'zh-CN': '券码' }, handled_by: { en: 'staff who handled it', 'zh-CN': '处理人' } },
    },
    { entity: 'plg_coupon_exchange_quota', subject: 'person_id', fields: ['reward_id', 'used', 'week', 'week_used'], onErase: 'delete',
      titles: { reward_id: { en: 'reward', 'zh-CN': '奖励' }, used: { en: 'times redeemed', 'zh-CN': '兑换次数' }, week: { en: 'week', 'zh-CN': '周' }, week_used: { en: 'times redeemed that week', 'zh-CN': '当周兑换次数' } },
    },
    { entity: 'plg_coupon_exchange_viewer', subject: 'person_id', fields: ['reward_id', 'at', 'held_out'], onErase: 'delete',
      titles: { reward_id: { en: 'reward', 'zh-CN': '奖励' }, at: { en: 'when it was first seen', 'zh-CN': '首次看到的时间' }, held_out: { en: 'whether the reward is kept from them for comparison', 'zh-CN': '是否作为对照不展示该奖励' } },
    },
    { entity: 'plg_coupon_exchange_looker', subject: 'person_id', fields: ['day'], onErase: 'delete', titles: { day: { en: 'days with a visit', 'zh-CN': '访问日期' } } },
  ],
  widgets: [
    { name: 'exchange', surface: 'admin', slot: 'page', module: 'exchange.js', title: { en: 'Coupon exchange', 'zh-CN': '积分兑券' }, icon: 'ticket', weight: 40 },
    { name: 'rewards', surface: 'storefront', slot: 'rewards', module: 'rewards.js', title: { en: 'Spend points', 'zh-CN': '积分兑换' }, minHeight: 420 },
  ],
  events: {
    emits: ['coupon-exchange.requested', 'coupon-exchange.redeemed', 'coupon-exchange.expiring'],
    handles: ['discount.used', 'discount.released', 'discount.lost', 'customer.created', 'coupon-exchange.requested', 'order.paid', 'order.cancelled', 'order.refunded', 'customer.merged', 'customer.split'],
  },
  jobs: [{ name: 'expire', schedule: '25 * * * *' }, { name: 'worth', schedule: '35 4 * * *' }],
  rewardKinds: [{ name: 'coupon', title: { en: 'Coupon', 'zh-CN': '优惠券' } }],
  segmentAttributes: [
    { name: 'coupons-redeemed', title: { en: 'Coupons taken for points', 'zh-CN': '积分兑券次数' }, kind: 'number' },
    { name: 'coupons-used', title: { en: 'Coupons used', 'zh-CN': '已用券数' }, kind: 'number' },
  ],
  limits: { requestsPerMinute: 30_000, jobMinutesPerDay: 30, rowsPerShop: 1_000_000, storageMb: 500 },
  locales: ['en', 'zh-CN'],
} as const satisfies Manifest;
