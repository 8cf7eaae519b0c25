/** What the account says of single movements of points. `why_` and a source, or a kind, names a reason. */
export const pointsTexts = {
  en: {
    'note_order refunded': 'order refunded', 'note_reward expired unused': 'reward expired unused', 'note_the same survey was answered twice': 'the same survey was answered twice', 'note_checkout changed': 'the checkout was changed', 'note_checkout abandoned': 'the checkout was left', 'note_given back by the shopper': 'given back by the shopper', 'note_store credit was not booked': 'store credit was not booked',
    statementTitle: 'Statement', statementNone: 'Nothing has moved yet.', statementMore: 'Show earlier entries', ledgerPending: '{n} pending', ledgerDebt: 'debt {n}', debtSince: '{n} points owed since {date}: {what}', debtPaid: '{date}: {n} points of the debt settled', debtGivenUp: '{date}: {n} points of the debt given up by the shop',
    why_earn: 'earned', why_grant: 'a gift', why_mature: 'ready to spend', why_expire: 'expired', why_release: 'no longer set aside', 'why_spend-refund': 'given back', 'why_write-off': 'a debt that the shop gave up', why_merge: 'accounts merged', why_split: 'accounts parted again', why_adjust: 'adjusted by the shop',
    'why_core.order': 'an order', 'why_membership.follow': 'following the shop', 'why_membership.birthday': 'telling your birthday', 'why_membership.profile': 'completing your profile', 'why_membership.entry': 'a gift for the new tier', 'why_membership.birthday-gift': 'a birthday gift', 'why_core.debt': 'paid an older debt', 'why_core.checkout': 'paid at the checkout', refundedOf: '{refunded} of {of} × {title} refunded', reasonOf: '{kind}: {what}',
  },
  'zh-CN': {
    'note_order refunded': '订单退款', 'note_reward expired unused': '奖励到期未使用', 'note_the same survey was answered twice': '同一问卷重复作答', 'note_checkout changed': '结账已修改', 'note_checkout abandoned': '结账未完成', 'note_given back by the shopper': '顾客取消', 'note_store credit was not booked': '储值未到账',
    statementTitle: '积分明细', statementNone: '还没有积分变动。', statementMore: '查看更早的记录', ledgerPending: '待到账 {n}', ledgerDebt: '欠款 {n}', debtSince: '{date} 起欠 {n} 分：{what}', debtPaid: '{date} 已抵还 {n} 分欠款', debtGivenUp: '{date} 店铺免除 {n} 分欠款',
    why_earn: '获得', why_grant: '赠送', why_mature: '转为可用', why_expire: '过期', why_release: '取消预留', 'why_spend-refund': '退回', 'why_write-off': '店铺免除欠款', why_merge: '账号合并', why_split: '账号重新分开', why_adjust: '店铺调整',
    'why_core.order': '订单', 'why_membership.follow': '关注店铺', 'why_membership.birthday': '登记生日', 'why_membership.profile': '完善资料', 'why_membership.entry': '升级礼', 'why_membership.birthday-gift': '生日礼', 'why_core.debt': '抵还欠款', 'why_core.checkout': '结账抵扣', refundedOf: '「{title}」{of} 件中退了 {refunded} 件', reasonOf: '{kind}：{what}',
  },
} as const;
export type PointsTextKey = keyof (typeof pointsTexts)['en'];
export const POINTS_TEXTS = Object.keys(pointsTexts.en) as PointsTextKey[];
