import type { Manifest } from 'guanxi/plugin';

export const manifest = {
  id: 'reviews-monitor',
  version: '1.0.0',
  api: '^1.0',
  widgetRuntime: 1,
  listing: {
    title: { en: 'Reviews monitor', 'zh-CN': '评价监控' },
    summary: { en: 'See every review in one place, answer the unhappy ones first, and show honest stars in your shop.', 'zh-CN': '集中查看所有评价，优先回复不满意的顾客，并在店铺展示真实星级。' },
    description: {
      en: 'Collects reviews written in the shop and imported from files. Filter by stars, product and language, reply, mark as handled with who and when, hide what must not be shown. Shoppers see average, distribution and verified buyers.',
      'zh-CN': '汇总店内评价和导入的评价，可按星级、商品、语言筛选；支持回复、标记处理人和时间、隐藏不当内容。顾客可看到平均分、星级分布和已购标识。',
    },
    icon: 'star', category: 'reviews',
    keywords: ['review', 'rating', 'stars', 'feedback', 'reply', 'testimonial', '评价', '评论', '星级', '口碑', '回复'],
    screenshots: [{ file: 'reviews.svg', alt: { en: 'Average and distribution of stars above two reviews, one with the shop\'s reply.', 'zh-CN': '平均星级和分布，下方是两条评价，其中一条有店铺回复。' } }],
    changes: [{ version: '1.0.0', date: '2026-11-22', notes: { en: 'One desk for all reviews, replies, and honest stars on product pages.', 'zh-CN': '集中处理所有评价并回复，商品页展示真实星级。' } }],
  },
  capabilities: [
    { name: 'db', reason: { en: 'Keeps reviews and replies in its own tables.', 'zh-CN': '在自己的数据表中保存评价和回复。' } },
    { name: 'products.read', reason: { en: 'Shows which product a review is about.', 'zh-CN': '显示评价对应的商品。' } },
    { name: 'customers.read', reason: { en: 'Shows who wrote a review.', 'zh-CN': '显示评价的作者。' } },
    { name: 'orders.read', reason: { en: 'Marks reviews of people who bought the product.', 'zh-CN': '标识已购买商品的评价。' } },
    { name: 'events.emit', reason: { en: 'Tells other modules when a review is written.', 'zh-CN': '在有新评价时通知其他模块。' } },
    { name: 'audit.write', reason: { en: 'Records who replied to, handled or hid a review.', 'zh-CN': '记录谁回复、处理或隐藏了评价。' } },
  ],
  settings: {
    waitingStars: { kind: 'number', label: { en: 'Needs an answer up to', 'zh-CN': '需要回复的最高星级' }, help: { en: 'Unanswered reviews with this many stars or fewer count as waiting.', 'zh-CN': '不高于此星级且未回复的评价会进入待处理。' }, min: 1, max: 5, default: 3, unit: { en: 'stars', 'zh-CN': '星' } },
    buyersOnly: { kind: 'toggle', label: { en: 'Only buyers may write', 'zh-CN': '仅限已购顾客评价' }, help: { en: 'When off, everybody who is signed in may write; buyers are marked.', 'zh-CN': '关闭后，登录顾客均可评价，已购者会有标识。' }, default: false },
    publishAtOnce: { kind: 'toggle', label: { en: 'Show new reviews at once', 'zh-CN': '新评价立即展示' }, help: { en: 'When off, a new review is hidden until you show it.', 'zh-CN': '关闭后，新评价需你手动展示。' }, default: true },
  },
  personalData: [{ entity: 'plg_reviews_monitor_review', subject: 'person_id', fields: ['person_id', 'order_id', 'external_id', 'author_name', 'title', 'body', 'reply', 'origin'], onErase: 'anonymise',
    titles: { person_id: { en: 'customer number', 'zh-CN': '顾客编号' }, order_id: { en: 'order number', 'zh-CN': '订单编号' }, external_id: { en: 'number at the shop it came from', 'zh-CN': '来源编号' }, author_name: { en: 'name of the author', 'zh-CN': '作者姓名' }, title: { en: 'title', 'zh-CN': '标题' }, body: { en: 'text', 'zh-CN': '正文' }, reply: { en: 'reply', 'zh-CN': '回复' }, origin: { en: 'customer number before accounts became one', 'zh-CN': '账户合并前的顾客编号' } },
  }],
  widgets: [
    { name: 'reviews', surface: 'admin', slot: 'page', module: 'reviews.js', title: { en: 'Reviews', 'zh-CN': '评价' }, icon: 'star', weight: 10 },
    { name: 'product-reviews', surface: 'storefront', slot: 'product-reviews', module: 'product-reviews.js', title: { en: 'Reviews', 'zh-CN': '商品评价' }, minHeight: 320 },
  ],
  events: { emits: ['reviews-monitor.review-written'], handles: ['customer.erased', 'customer.merged', 'customer.split'] },
  jobs: [],
  segmentAttributes: [
    { name: 'reviews-written', title: { en: 'Reviews written', 'zh-CN': '评价次数' }, kind: 'number' },
    { name: 'average-stars', title: { en: 'Stars given on average', 'zh-CN': '平均评分' }, kind: 'number' },
  ],
  limits: { requestsPerMinute: 30_000, rowsPerShop: 1_000_000, storageMb: 1_000 },
  locales: ['en', 'zh-CN'],
} as const satisfies Manifest;
