import type { EconomyTexts } from './en.js';

export const zhCN: EconomyTexts = {
  'issued': '发放', 'redeemed': '消费', 'expired': '过期', 'reversed': '扣回', 'adjusted': '调整', 'written_off': '欠分核销', 'forfeited': '作废', 'merged': '账户间转移',
  'flow': '每日积分收支', 'flowWeeks': '每周积分收支', 'groupBy': '柱形分组', 'bySource': '按来源', 'byKind': '按类型', 'ofSource': '{flow}·{source}', 'flowSentence': '近 {days} 天发放 {issued} 分，消费 {spent} 分，因过期或扣回减少 {lost} 分。点选柱形可查看明细。',
  'outstanding': '未兑付积分', 'outstandingUp': '目前未兑付 {now} 分（{money}），比 {days} 天前多 {n} 分。', 'outstandingDown': '目前未兑付 {now} 分（{money}），比 {days} 天前少 {n} 分。', 'outstandingSame': '目前未兑付 {now} 分（{money}），与 {days} 天前相同。',
  'forecast': '预计将被兑付', 'forecastSentence': '未兑付的 {all} 分中，预计约 {expected} 分（{money}）会被使用；80% 的可能在 {low} 分（{lowMoney}）到 {high} 分（{highMoney}）之间，其余将过期。',
  'forecastNone': '历史数据尚不足', 'forecastNoneText': '满四个完整月份后，可根据本店顾客的实际使用情况估算兑付量。',
  'forecastMethod': '依据本店各月积分随时间的使用进度（链梯法，Mack 1993），区间由对各月重抽样得到。',
  'all': '全部', 'expected': '预计（含 80% 区间）',
  'burn': '积分使用速度', 'burnSentence': '{month} 发放的积分目前已使用 {share}；总体上最终约 {total} 会被使用。', 'burnFirst': '各月发放的积分在其后各月的使用比例。',
  'after': '第 {n} 月后', 'burnNone': '还没有完整的月份',
  'paths': '积分从何而来、去向何处', 'pathsSentence': '最多的是：来自“{source}”的 {amount} 分用于“{use}”。', 'pathsNone': '这段时间没有发放积分', 'held': '仍由顾客持有',
  'sources': '积分来源', 'sourcesSentence': '最多的来自“{source}”，占 {share}。', 'sourcesNone': '这段时间没有发放积分',
  'expiring': '到期日历', 'expiringSentence': '一年内将有 {n} 分到期；最近一次是 {date}，{first} 分。', 'expiringNone': '近期没有积分到期',
  'top': '余额最高的顾客', 'topText': '明显高于他人的余额值得核查。', 'spendable': '可用', 'pendingPoints': '待生效', 'earned': '累计获得', 'share': '占比',
  'rowsTitle': '积分：{what}', 'allFlows': '全部收支', 'rowsUntil': '截至 {to}', 'issuedSince': '{from} 起发放', 'issuedBetween': '发放于 {range}', 'usesTitle': '积分去向明细', 'usesOf': '积分去向：{source} → {use}', 'anySource': '全部来源', 'anyUse': '全部去向', 'anySpending': '使用', 'issuedOn': '发放日期', 'became': '去向', 'rowsOf': '{n} 条明细，合计 {sum} 分', 'rowsFrom': '{from} 至 {to}', 'lotsTitle': '顾客持有的积分', 'lotsPending': '待生效的积分', 'lotsExpiring': '即将过期的积分',
  'back': '积分经济', 'amount': '积分', 'expires': '有效期至', 'never': '不过期', 'left': '剩余', 'of': '共 {n}', 'active': '可用', 'pending': '待生效', 'state': '状态', 'when': '计入日期', 'none': '没有明细',
};
