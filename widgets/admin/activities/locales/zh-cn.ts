import type { ActivityTexts } from './en.js';

export const zhCN: ActivityTexts = {
  back: '活动', since: '{date} 起', open: '长期', module: '模块', inModule: '在{module}中打开', publicRules: '公示页', drafted: '{date} 创建的草稿',
  improve: '向顾客有利方向修改', pause: '暂停', resume: '继续', check: '检查', publish: '发布', archive: '归档', end: '立即结束', settle: '立即结算',
  checked: '检查通过，可以发布', published: '已发布', paused: '已暂停', resumed: '已继续', archived: '已归档', settled: '已结算', ended: '已结束', improved: '已修改，公示规则更新为第 {n} 版',
  noticeNow: '顾客看到的公告：',
  sheet: '公示规则', sheetText: '顾客看到并可以信赖的内容。第 {n} 版。', sheetDraft: '如现在发布，将公示以下内容。', sheetMissing: '公示信息不完整', toSettings: '打开设置',
  prize: '奖品', number: '数量', chance: '中奖率', cost: '参与费用', limits: '参与限制', delivery: '奖品发放', data: '个人信息', organiser: '主办方', contact: '联系方式', complaints: '投诉渠道', hash: 'SHA-256',
  hashText: '任何人都可以下载规则并自行计算校验值，不依赖我们。', firstVersion: '首次公示',
  history: '版本记录', historyText: '每一步操作，以及对顾客的变化。', step: '操作', who: '操作人', when: '时间', changes: '变化', historyNone: '尚未发布', ruleVersion: '规则第 {n} 版',
  'step.check': '检查', 'step.publish': '发布', 'step.pause': '暂停', 'step.resume': '继续', 'step.end': '结束', 'step.revise': '改进', 'step.settle': '结算', 'step.archive': '归档',
  report: '结算报告', reportText: '{date} 结算，未使用的部分已收回。', reportWait: '结束后一小时内自动结算：剩余部分收回，最终数据在此保存至少两年。', figure: '项目', value: '数值', returned: '收回预算（{unit}）',
  'unit.points': '积分', 'unit.money': '金额', 'unit.units': '奖励数',
  editTitle: '修改进行中的“{title}”', editText: '顾客信赖已公示的规则，只能改得更好，不能变差。每次修改都会成为新版本，并公开显示差异。', endAt: '结束时间', keepEnd: '不变：{date}', days: '延后 {n} 天', noEnd: '长期有效',
  direction: '对顾客的影响', 'direction.better': '更有利', 'direction.worse': '更不利', 'direction.unclear': '无法比较', nothingYet: '修改数值后，这里会显示对顾客的影响。', refused: '无法保存：有 {n} 项变化对顾客不利。请改回，或结束本活动并发布一份副本。',
  save: '保存为新版本', cancel: '取消', whole: '请填写不小于 0 的整数。',
  pauseTitle: '暂停“{title}”？', pauseText: '继续之前，顾客无法参与。以下内容会公开显示。', noticeEn: '英文公告', noticeZh: '中文公告', noticeHint: '说明原因和恢复时间。只填一种语言时，两边都显示它。',
  endTitle: '立即结束“{title}”？', endText: '顾客将无法再参与。结束后不能重新开始，但可以复制。', archiveTitle: '归档“{title}”？', archiveText: '归档后不再显示在列表中，记录和公示规则会保留。',
  organiserText: '显示在每个活动的公示页上。未填写时，抽奖类活动不能发布。', legalName: '主体名称', legalNameHelp: '对活动负责的公司或个人。', contactHelp: '邮箱、电话或地址。', complaintsHelp: '顾客如何投诉。留空则使用联系方式。',
};
