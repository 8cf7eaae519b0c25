import type { Manifest } from 'guanxi/plugin';

export const manifest = {
  id: 'membership',
  version: '1.0.0',
  api: '^1.0',
  widgetRuntime: 1,
  listing: {
    title: { en: 'Membership', 'zh-CN': '会员等级' },
    summary: { en: 'Every visitor is a member: tiers by spending, orders or growth, with benefits that shoppers see.', 'zh-CN': '访问即会员：按消费、订单数或成长值分级，权益看得见。' },
    description: {
      en: 'Tiers by what members spend net of refunds, how often they buy, or a growth value that is never spent. Up at once; down by one tier at most, after a warning and days of grace. Before you save a plan you see who would move and what it would cost. Member prices, more points, birthday gifts on the right day, early access, and one-off tasks.',
      'zh-CN': '按退款后的消费、下单次数或不可消费的成长值分级。达标立即升级；降级前有提醒和宽限期，一次最多降一级。保存方案之前就能看到谁会变动、要花多少钱。会员价、积分加倍、生日当天送礼、优先购，以及一次性任务。',
    },
    icon: 'heart', category: 'loyalty',
    keywords: ['member', 'tier', 'vip', 'level', 'birthday', 'loyalty', '会员', '等级', '生日', '会员价', '成长值', '关注'],
    screenshots: [{ file: 'card.svg', alt: { en: 'A member card with the tier, what is left to the next one, and three tasks.', 'zh-CN': '会员卡：当前等级、距下一级的进度和三个任务。' } }],
    changes: [{ version: '1.0.0', date: '2026-11-22', notes: { en: 'Tier plans with a preview, member card, birthday gifts, one-off tasks.', 'zh-CN': '等级方案与预览、会员卡、生日礼、一次性任务。' } }],
  },
  provides: [{ token: 'membership.tiers', version: '1.0.0' }],
  capabilities: [
    { name: 'db', reason: { en: 'Keeps tiers, plans and what members tell in its own tables.', 'zh-CN': '在自己的数据表中保存等级、方案和会员资料。' } },
    { name: 'orders.read', reason: { en: 'Counts what members bought, net of refunds.', 'zh-CN': '统计会员扣除退款后的消费。' } },
    { name: 'customers.read', reason: { en: 'Gives every customer a tier and names them in lists.', 'zh-CN': '为每位顾客定级，并在列表中显示姓名。' } },
    { name: 'products.read', reason: { en: 'Lets you choose products that open to some tiers first.', 'zh-CN': '选择让部分等级优先购买的商品。' } },
    { name: 'activities', reason: { en: 'Runs the one-off tasks under the shared life cycle.', 'zh-CN': '按统一的活动流程运行一次性任务。' } },
    { name: 'grants', reason: { en: 'Gives points for tasks, birthdays and new tiers.', 'zh-CN': '为任务、生日和升级发放积分。' } },
    { name: 'points.read', reason: { en: 'Shows the balance on the member card.', 'zh-CN': '在会员卡上显示积分余额。' } },
    { name: 'events.emit', reason: { en: 'Tells other modules when a task is done or a tier changes.', 'zh-CN': '任务完成或等级变动时通知其他模块。' } },
    { name: 'audit.write', reason: { en: 'Records who changed the plan or a task.', 'zh-CN': '记录谁修改了方案或任务。' } },
  ],
  personalData: [
    { entity: 'plg_membership_member', subject: 'person_id', fields: ['tier', 'spent', 'orders', 'growth'], onErase: 'delete' },
    { entity: 'plg_membership_move', subject: 'person_id', fields: ['day', 'from_tier', 'to_tier'], onErase: 'delete' },
    { entity: 'plg_membership_purchase', subject: 'person_id', fields: ['paid_on', 'net'], onErase: 'delete' },
    { entity: 'plg_membership_growth', subject: 'person_id', fields: ['day', 'amount'], onErase: 'delete' },
    { entity: 'plg_membership_profile', subject: 'person_id', fields: ['birthday', 'birth_year', 'nickname', 'gender', 'interests'], onErase: 'delete' },
    { entity: 'plg_membership_birthday_gift', subject: 'person_id', fields: ['day'], onErase: 'delete' },
  ],
  widgets: [
    { name: 'members', surface: 'admin', slot: 'page', module: 'members.js', title: { en: 'Membership', 'zh-CN': '会员等级' }, icon: 'heart', weight: 15 },
    { name: 'member-card', surface: 'storefront', slot: 'member-card', module: 'member-card.js', title: { en: 'Member card', 'zh-CN': '会员卡' }, minHeight: 400 },
  ],
  events: { emits: ['membership.task-done', 'membership.tier-changed'], handles: ['order.paid', 'order.refunded', 'order.cancelled', 'customer.created', 'customer.merged', 'customer.split', 'interaction-games.checked-in', 'questionnaires.completed'] },
  jobs: [
    { name: 'evaluate', schedule: '20 */4 * * *', timeoutMs: 600_000 },
    { name: 'birthdays', schedule: '5 */4 * * *', timeoutMs: 300_000 },
  ],
  activityTypes: [{ name: 'follow', title: { en: 'Follow the shop', 'zh-CN': '关注店铺' } }, { name: 'birthday', title: { en: 'Birthday', 'zh-CN': '生日登记' } }, { name: 'profile', title: { en: 'Profile', 'zh-CN': '完善资料' } }],
  segmentAttributes: [{ name: 'tier', title: { en: 'Tier', 'zh-CN': '会员等级' }, kind: 'text' }, { name: 'growth-value', title: { en: 'Growth value', 'zh-CN': '成长值' }, kind: 'number' }],
  earningMultipliers: ['tier'],
  limits: { requestsPerMinute: 30_000, jobMinutesPerDay: 120, rowsPerShop: 5_000_000, storageMb: 1_000 },
  locales: ['en', 'zh-CN'],
} as const satisfies Manifest;
