import type { ActivityState, Locale } from '../../plugin-api/index.js';

export interface RulesTexts {
  readonly rules: string; readonly dates: string; readonly open: string; readonly cost: string; readonly limits: string; readonly prizes: string; readonly prize: string; readonly number: string; readonly chance: string; readonly of: (of: string) => string;
  readonly delivery: string; readonly data: string; readonly organiser: string; readonly contact: string; readonly complaints: string; readonly version: (n: number) => string; readonly versions: string; readonly first: string;
  readonly before: string; readonly after: string; readonly what: string; readonly hash: string; readonly check: string; readonly download: string; readonly latest: string; readonly old: (n: number) => string; readonly notice: string;
  readonly results: string; readonly gone: string; readonly other: string; readonly state: Readonly<Record<ActivityState, string>>;
}

export const rulesTexts: Readonly<Record<Locale, RulesTexts>> = {
  en: {
    rules: 'Rules', dates: 'Dates', open: 'until it is ended', cost: 'What it costs', limits: 'Limits', prizes: 'Prizes', prize: 'Prize', number: 'Number', chance: 'Chance', of: (of) => `The chance of a try is the number of a prize divided by all ${of} tickets.`,
    delivery: 'How you get what you won', data: 'Your data', organiser: 'Organiser', contact: 'Contact', complaints: 'Complaints', version: (n) => `Version ${n}`, versions: 'Versions of these rules', first: 'First published',
    before: 'Before', after: 'After', what: 'What', hash: 'SHA-256 of these rules', check: 'Download the rules and work out the hash yourself, without us: “shasum -a 256 FILE” on a Mac, “sha256sum FILE” on Linux, “certutil -hashfile FILE SHA256” on Windows. It must be the one above. Rules that were changed afterwards would have another.',
    download: 'Download the rules (JSON)', latest: 'Read the version that holds now', old: (n) => `You are reading version ${n}, which no longer holds.`, notice: 'Paused for the moment', results: 'How it ended', gone: 'No longer offered', other: '中文',
    state: { draft: 'Not open yet', checked: 'Not open yet', scheduled: 'Opens soon', live: 'Open', paused: 'Paused', ended: 'Over', settled: 'Over', archived: 'Over' },
  },
  'zh-CN': {
    rules: '活动规则', dates: '活动时间', open: '长期有效，直至结束', cost: '参与费用', limits: '参与限制', prizes: '奖品', prize: '奖品', number: '数量', chance: '中奖率', of: (of) => `每次中奖率为该奖品数量除以全部 ${of} 张签。`,
    delivery: '奖品发放', data: '个人信息', organiser: '主办方', contact: '联系方式', complaints: '投诉渠道', version: (n) => `第 ${n} 版`, versions: '规则版本', first: '首次公示',
    before: '修改前', after: '修改后', what: '项目', hash: '本规则的 SHA-256', check: '可下载规则并自行离线计算校验值：Mac 用“shasum -a 256 文件”，Linux 用“sha256sum 文件”，Windows 用“certutil -hashfile 文件 SHA256”。结果应与上面一致；规则若被事后改动，校验值就会不同。',
    download: '下载规则（JSON）', latest: '查看当前有效的版本', old: (n) => `您正在查看第 ${n} 版，该版本已失效。`, notice: '活动暂停', results: '活动结果', gone: '已下线', other: 'English',
    state: { draft: '尚未开始', checked: '尚未开始', scheduled: '即将开始', live: '进行中', paused: '已暂停', ended: '已结束', settled: '已结束', archived: '已结束' },
  },
};
