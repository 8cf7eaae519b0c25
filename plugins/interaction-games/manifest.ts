import type { Manifest } from 'guanxi/plugin';

export const manifest = {
  id: 'interaction-games',
  version: '1.2.0',
  api: '^1.0',
  widgetRuntime: 1,
  listing: {
    title: { en: 'Interaction games', 'zh-CN': '互动游戏' },
    summary: { en: 'Daily check-in, a lottery wheel whose published quantities are exact, and guess the price.', 'zh-CN': '每日签到、奖品数量公开准确的幸运转盘，以及猜价格。' },
    description: {
      en: 'Shoppers check in once a day and build a streak, or turn a wheel that draws from a finite, shuffled deck: what you publish is what is in it. Free tries each day, more for points, and a guaranteed win for newcomers. Or they guess the price of a product before its sale: the price is sealed first, and whoever is right gets a coupon for it. You see plays, winners and cost.',
      'zh-CN': '顾客每天签到累积连续天数，或转动幸运转盘。转盘从洗好的有限奖池中抽取，公示多少就有多少；每天有免费次数，也可用积分换次数，新顾客必中。还可以在促销前猜商品价格：价格先封存，猜中者获得该商品的优惠券。你可以随时查看参与、中奖和成本。',
    },
    icon: 'gamepad', category: 'games',
    keywords: ['wheel', 'lottery', 'draw', 'prize', 'check-in', 'streak', 'game', 'guess', 'price', '转盘', '抽奖', '猜价格', '签到', '奖品', '游戏'],
    screenshots: [
      { file: 'wheel.svg', alt: { en: 'The lucky wheel beside its button and the published number of each prize.', 'zh-CN': '幸运转盘，旁边是抽奖按钮和公示的各奖品数量。' } },
      { file: 'check-in.svg', alt: { en: 'Seven days of check-in with the points of each day, five of them done.', 'zh-CN': '七天签到及每天的积分，已完成五天。' } },
    ],
    changes: [
      { version: '1.2.0', date: '2026-11-22', notes: { en: 'Guess the price: a sealed price, hints, and a coupon for the sale for everybody who is right.', 'zh-CN': '新增猜价格：价格先封存，猜价有提示，猜中者人人获得促销优惠券。' } },
      { version: '1.1.0', date: '2026-11-22', notes: { en: 'Your own colour and headline for the wheel. A player\'s count of tries is handed over and erased with them.', 'zh-CN': '转盘可使用自己的颜色和标题。顾客的抽奖次数可随其数据导出和删除。' } },
      { version: '1.0.0', date: '2026-11-22', notes: { en: 'Daily check-in with streaks, and a lucky wheel that draws from a finite deck.', 'zh-CN': '每日签到与连续奖励，幸运转盘从有限奖池中抽取。' } },
    ],
  },
  requires: { optional: { membership: '^1.0' }, contracts: { 'membership.tiers': '^1.0' } },
  capabilities: [
    { name: 'db', reason: { en: 'Keeps check-ins, decks and plays in its own tables.', 'zh-CN': '在自己的数据表中保存签到、奖池和参与记录。' } },
    { name: 'activities', reason: { en: 'Runs games between two dates under the shared life cycle.', 'zh-CN': '按统一的活动流程在起止日期内运行游戏。' } },
    { name: 'grants', reason: { en: 'Gives points and prizes to winners.', 'zh-CN': '向中奖顾客发放积分和奖品。' } },
    { name: 'points.spend', reason: { en: 'Takes points for extra tries.', 'zh-CN': '额外次数扣除积分。' } },
    { name: 'points.read', reason: { en: 'Shows shoppers their balance beside the game.', 'zh-CN': '在游戏旁显示顾客的积分余额。' } },
    { name: 'customers.read', reason: { en: 'Names winners in the list of plays.', 'zh-CN': '在参与列表中显示中奖顾客。' } },
    { name: 'products.read', reason: { en: 'Shows the product whose price is guessed, and sees what it costs in the sale.', 'zh-CN': '显示被猜价的商品，并了解其促销价。' } },
    { name: 'discounts.write', reason: { en: 'Gives right guessers a coupon for that product.', 'zh-CN': '向猜中者发放该商品的优惠券。' } },
    { name: 'audit.write', reason: { en: 'Notes who said what a product really costs in its sale.', 'zh-CN': '记录谁填写了商品的实际促销价。' } },
    { name: 'events.emit', reason: { en: 'Tells other modules about plays and check-ins.', 'zh-CN': '把参与和签到通知给其他模块。' } },
  ],
  settings: {
    headlineEn: { kind: 'text', label: { en: 'Headline in English', 'zh-CN': '英文标题' }, help: { en: '“Try your luck” if empty.', 'zh-CN': '留空则显示“Try your luck”。' }, group: { en: 'Lucky wheel', 'zh-CN': '幸运转盘' }, max: 28, default: '' },
    headlineZh: { kind: 'text', label: { en: 'Headline in Chinese', 'zh-CN': '中文标题' }, help: { en: '“来试试手气” if empty.', 'zh-CN': '留空则显示“来试试手气”。' }, group: { en: 'Lucky wheel', 'zh-CN': '幸运转盘' }, max: 14, default: '' },
    ownColor: { kind: 'toggle', label: { en: 'A colour of its own', 'zh-CN': '使用自己的颜色' }, help: { en: 'When off, the wheel has the colour of your theme.', 'zh-CN': '关闭后使用店铺主题的颜色。' }, group: { en: 'Lucky wheel', 'zh-CN': '幸运转盘' }, preview: true, default: false },
    color: { kind: 'color', label: { en: 'Colour of wheel and button', 'zh-CN': '转盘和按钮的颜色' }, help: { en: 'The words on it become black or white, whichever is easier to read.', 'zh-CN': '其上的文字会自动选用更易读的黑色或白色。' }, group: { en: 'Lucky wheel', 'zh-CN': '幸运转盘' }, visibleWhen: { field: 'ownColor', is: true }, default: '#b42318' },
  },
  personalData: [
    // The record of a draw stays (it must be kept two years), under the bare id that the ledger uses.
    { entity: 'plg_interaction_games_play', subject: 'person_id', fields: ['note'], onErase: 'anonymise' },
    { entity: 'plg_interaction_games_player', subject: 'person_id', fields: ['activity_id', 'plays', 'wins', 'day', 'day_plays', 'extra'], onErase: 'delete' },
    { entity: 'plg_interaction_games_extra', subject: 'person_id', fields: ['activity_id', 'tries'], onErase: 'delete' },
    { entity: 'plg_interaction_games_guess', subject: 'person_id', fields: ['activity_id', 'amount', 'hint'], onErase: 'delete' },
    { entity: 'plg_interaction_games_winner', subject: 'person_id', fields: ['activity_id', 'amount', 'state'], onErase: 'delete' },
    { entity: 'plg_interaction_games_sale_coupon', subject: 'person_id', fields: ['activity_id', 'code', 'expires_at'], onErase: 'delete' },
    { entity: 'plg_interaction_games_check_in', subject: 'person_id', fields: ['person_id', 'business_date', 'streak'], onErase: 'delete' },
  ],
  widgets: [
    { name: 'games', surface: 'admin', slot: 'page', module: 'games.js', title: { en: 'Games', 'zh-CN': '互动游戏' }, icon: 'gamepad', weight: 20 },
    { name: 'check-in', surface: 'storefront', slot: 'check-in', module: 'check-in.js', title: { en: 'Daily check-in', 'zh-CN': '每日签到' }, minHeight: 250 },
    { name: 'wheel', surface: 'storefront', slot: 'wheel', module: 'wheel.js', title: { en: 'Lucky wheel', 'zh-CN': '幸运转盘' }, minHeight: 490 },
    { name: 'guess-price', surface: 'storefront', slot: 'guess-price', module: 'guess-price.js', title: { en: 'Guess the price', 'zh-CN': '猜价格' }, minHeight: 330 },
  ],
  events: { emits: ['interaction-games.played', 'interaction-games.checked-in', 'interaction-games.guessed'], handles: ['customer.merged'] },
  jobs: [{ name: 'guess-prizes', schedule: '2,32 * * * *', timeoutMs: 600_000 }],
  activityTypes: [
    { name: 'check-in', title: { en: 'Daily check-in', 'zh-CN': '每日签到' } },
    { name: 'wheel', title: { en: 'Lucky wheel', 'zh-CN': '幸运转盘' } },
    { name: 'guess-price', title: { en: 'Guess the price', 'zh-CN': '猜价格' } },
  ],
  rewardKinds: [{ name: 'tries', title: { en: 'Tries at the wheel', 'zh-CN': '转盘次数' } }, { name: 'sale-coupon', title: { en: 'Coupon for one product', 'zh-CN': '单品优惠券' } }],
  segmentAttributes: [
    { name: 'plays-90-days', title: { en: 'Wheel plays, 90 days', 'zh-CN': '近 90 天转盘次数' }, kind: 'number' },
    { name: 'check-in-streak', title: { en: 'Days checked in, in a row', 'zh-CN': '当前连续签到天数' }, kind: 'number' },
  ],
  // A campaign may bring a crowd to the wheel within one minute.
  limits: { requestsPerMinute: 120_000, jobMinutesPerDay: 30, rowsPerShop: 3_000_000, storageMb: 1_000 },
  locales: ['en', 'zh-CN'],
} as const satisfies Manifest;
