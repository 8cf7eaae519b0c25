import type { Locale } from '../../../plugin-api/index.js';

const en = {
  shop: 'Shanlan', tagline: 'Tea and quiet things for everyday', skip: 'Skip to content', home: 'Shop', club: 'Club', cart: 'Cart', account: 'Account', signIn: 'Sign in', search: 'Search', searchFor: 'Search tea, mugs, socks …',
  heroTitle: 'Slow tea, good things', heroText: 'Forty things we use ourselves: tea from five provinces, stoneware, linen and paper. Members collect a point for every yuan.', heroAction: 'Join the club', all: 'Everything', categories: 'Categories',
  results: '{n} products', resultsOne: '1 product', nothing: 'Nothing matches “{q}”.', nothingHint: 'Try a shorter word, or look through everything.', showAll: 'Show everything',
  clubTitle: 'Today in the club', clubText: 'Check in each day, turn the wheel, trade points for coupons.', toClub: 'Go to the club', clubPage: 'The Shanlan club', clubIntro: 'One point for every yuan, a reason to drop by each day.', checkInTitle: 'Daily check-in', wheelTitle: 'Lucky wheel', rewardsTitle: 'Trade points for coupons', surveyTitle: 'Tell us what you think',
  addToCart: 'Add to cart', added: 'In your cart.', viewCart: 'View cart', quantity: 'Quantity', less: 'One less', more: 'One more', earns: 'Earns {n} points, yours seven days after delivery', shippingNote: 'Free shipping from ¥199, otherwise ¥12', returns: 'Returns within 14 days', reviews: 'What buyers say', related: 'Goes well with it', breadcrumb: 'Breadcrumb',
  cartTitle: 'Your cart', cartEmpty: 'Your cart is empty.', cartEmptyHint: 'Perhaps start with a tin of tea.', browse: 'Browse the shop', remove: 'Remove', subtotal: 'Subtotal', discount: 'Discount', shipping: 'Shipping', free: 'Free', total: 'Total', checkout: 'Check out', summary: 'Summary',
  checkoutTitle: 'Check out', contact: 'Who is buying', email: 'E-mail', name: 'Name (optional)', emailHint: 'Any address works; nothing is sent. We open an account with it.', signedInAs: 'Signed in as {name}', haveAccount: 'Have an account? Sign in', code: 'Coupon code', apply: 'Apply', pay: 'Pay {amount} (demo)', payPlain: 'Pay (demo)', payNote: 'This is a demo: no money moves and nothing is shipped.', removeCode: 'Remove code {code}', codeOn: '{code} takes off {amount}', order: 'Your order',
  thanks: 'Thank you', thanksText: 'Order {number} is paid. Points from it are pending until seven days after delivery.', orderLines: 'What you bought', delivered: 'Delivered', underway: 'On its way', refunded: 'Refunded {amount}', keepShopping: 'Keep shopping', myOrders: 'My orders',
  accountTitle: 'Your account', pickMember: 'Be one of our members', pickHint: 'Each has a history of real orders, points and reviews in this demo.', orEmail: 'Or use your own e-mail', openAccount: 'Continue', signOut: 'Sign out', points: 'Points', available: 'available', pending: 'pending', expiring: '{n} expire on {date}', orders: 'Orders', noOrders: 'No orders yet.', codes: 'My codes', noCodes: 'No codes yet. Trade points for one below.', validUntil: 'valid until {date}', used: 'used', copy: 'Copy', copied: 'Copied', ordersOf: '{n} orders lately', hello: 'Hello, {name}', friend: 'friend',
  whyTitle: 'Why you have these points', calendarTitle: 'When points expire', calendarNone: 'Nothing expires.', pointsOf: '{n} points', whyNone: 'You have no points yet.', whyOrder: '{left} of {got} points from {title}, order {number}, {amount} paid', whyOther: '{left} of {got} points: {what}',
  whyGoods: '{n} points returned because {refunded} of {of} × {title} was refunded', whyTaken: '{n} points: {what}', whyBack: '{n} points put back: {what}', whyPending: 'pending until {date}', whyHeld: '{n} points are set aside for a checkout', whyDebt: 'You owe {n} points from a refund; the next points pay them.',
  why_activity: 'given in the club', why_spend: 'spent', why_reversal: 'taken back', why_debt: 'paid an older debt', why_hold: 'set aside', 'why_core.adjustment': 'adjusted by the shop', 'why_core.merge': 'accounts merged', 'why_interaction-games.check-in': 'daily check-in', 'why_interaction-games.wheel': 'lucky wheel', 'why_coupon-exchange.redemption': 'traded for a reward', 'why_questionnaires.survey': 'a survey', 'why_reviews-monitor.review': 'a review',
  emailNeeded: 'Give an e-mail like name@example.com, or sign in.', why_unknown: 'This code does not exist. Check for typing errors.', why_expired: 'This code has expired.', why_used: 'This code was used before.', 'why_below-minimum': 'This code needs a cart of at least {amount}.', 'why_not-in-cart': 'Put the product of this code into your cart first.', 'why_not-yours': 'This code belongs to another member. Sign in with the account that got it.',
  failed: 'That did not work. Try again.', offline: 'No connection. Try again.', loading: 'Loading', footer: 'Shanlan is the demo shop of Guanxi. Nothing here is for sale.', language: 'Language', notFound: 'There is nothing at this address.', noScript: 'The cart, checkout and club need JavaScript.',
};
export type TextKey = keyof typeof en;

const zh: Readonly<Record<TextKey, string>> = {
  shop: '山岚', tagline: '茶与日常好物', skip: '跳到正文', home: '商店', club: '会员俱乐部', cart: '购物车', account: '我的', signIn: '登录', search: '搜索', searchFor: '搜茶叶、马克杯、袜子……',
  heroTitle: '慢慢喝茶，好好生活', heroText: '四十件我们自己也在用的东西：五省好茶、粗陶、亚麻和纸。会员每消费一元积一分。', heroAction: '加入俱乐部', all: '全部', categories: '分类',
  results: '{n} 件商品', resultsOne: '1 件商品', nothing: '没有找到“{q}”。', nothingHint: '换个短一点的词，或者看看全部商品。', showAll: '查看全部',
  clubTitle: '今天的俱乐部', clubText: '每日签到、转转盘、用积分换券。', toClub: '去俱乐部', clubPage: '山岚会员俱乐部', clubIntro: '消费一元积一分，每天都有来逛逛的理由。', checkInTitle: '每日签到', wheelTitle: '幸运转盘', rewardsTitle: '积分换券', surveyTitle: '说说你的想法',
  addToCart: '加入购物车', added: '已加入购物车。', viewCart: '查看购物车', quantity: '数量', less: '减一件', more: '加一件', earns: '可得 {n} 积分，签收七天后到账', shippingNote: '满 ¥199 包邮，不满收 ¥12', returns: '14 天内可退', reviews: '买家怎么说', related: '搭配着买', breadcrumb: '路径',
  cartTitle: '购物车', cartEmpty: '购物车是空的。', cartEmptyHint: '先来一罐茶吧。', browse: '去逛逛', remove: '移除', subtotal: '商品金额', discount: '优惠', shipping: '运费', free: '包邮', total: '合计', checkout: '去结算', summary: '结算明细',
  checkoutTitle: '结算', contact: '购买人', email: '邮箱', name: '姓名（选填）', emailHint: '随便填一个即可，不会发邮件。我们会用它开一个账户。', signedInAs: '已登录：{name}', haveAccount: '已有账户？去登录', code: '优惠码', apply: '使用', pay: '支付 {amount}（演示）', payPlain: '支付（演示）', payNote: '这是演示：不会扣款，也不会发货。', removeCode: '移除优惠码 {code}', codeOn: '{code} 已减 {amount}', order: '订单内容',
  thanks: '谢谢惠顾', thanksText: '订单 {number} 已付款。本单积分在签收七天后到账。', orderLines: '购买的商品', delivered: '已签收', underway: '运送中', refunded: '已退款 {amount}', keepShopping: '继续逛', myOrders: '我的订单',
  accountTitle: '我的账户', pickMember: '选一位会员登录', pickHint: '每位会员都有演示用的订单、积分和评价。', orEmail: '或者用自己的邮箱', openAccount: '继续', signOut: '退出登录', points: '积分', available: '可用', pending: '待到账', expiring: '{n} 分将于 {date} 过期', orders: '订单', noOrders: '还没有订单。', codes: '我的优惠码', noCodes: '还没有优惠码，可在下面用积分兑换。', validUntil: '有效期至 {date}', used: '已使用', copy: '复制', copied: '已复制', ordersOf: '近期 {n} 单', hello: '你好，{name}', friend: '朋友',
  whyTitle: '积分明细', calendarTitle: '积分到期日', calendarNone: '没有会过期的积分。', pointsOf: '{n} 分', whyNone: '你还没有积分。', whyOrder: '剩 {left} / {got} 分，来自订单 {number} 的「{title}」，实付 {amount}', whyOther: '剩 {left} / {got} 分：{what}',
  whyGoods: '因「{title}」{of} 件中退了 {refunded} 件，收回 {n} 分', whyTaken: '{n} 分：{what}', whyBack: '退回 {n} 分：{what}', whyPending: '{date} 起可用', whyHeld: '结账预留 {n} 分', whyDebt: '因退款欠 {n} 分，之后获得的积分会先抵还。',
  why_activity: '俱乐部奖励', why_spend: '已使用', why_reversal: '收回', why_debt: '抵还欠款', why_hold: '预留', 'why_core.adjustment': '店铺调整', 'why_core.merge': '账号合并', 'why_interaction-games.check-in': '每日签到', 'why_interaction-games.wheel': '幸运转盘', 'why_coupon-exchange.redemption': '兑换礼品', 'why_questionnaires.survey': '填写问卷', 'why_reviews-monitor.review': '发表评价',
  emailNeeded: '请填写邮箱，例如 name@example.com，或先登录。', why_unknown: '没有这个优惠码，请检查是否输错。', why_expired: '这个优惠码已过期。', why_used: '这个优惠码已经用过了。', 'why_below-minimum': '满 {amount} 才能使用这个优惠码。', 'why_not-in-cart': '请先把这个优惠码对应的商品加入购物车。', 'why_not-yours': '这个优惠码属于另一位会员，请用领取它的账户登录。',
  failed: '没有成功，请再试一次。', offline: '网络不通，请再试一次。', loading: '加载中', footer: '山岚是 Guanxi 的演示商店，这里的东西并不出售。', language: '语言', notFound: '这个地址没有内容。', noScript: '购物车、结算和俱乐部需要 JavaScript。',
};

const texts: Readonly<Record<Locale, Readonly<Record<TextKey, string>>>> = { en, 'zh-CN': zh };
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

export const translator = (locale: Locale): Translate => (key, values = {}) => texts[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** Texts for the page's own scripts. */
export const pick = (locale: Locale, keys: readonly TextKey[]): Record<string, string> => Object.fromEntries(keys.map((key) => [key, texts[locale][key]]));

/** Fen as people read them. */
export const price = (locale: Locale, fen: number): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol', minimumFractionDigits: fen % 100 ? 2 : 0 }).format(fen / 100);
