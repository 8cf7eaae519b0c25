import type { Manifest } from 'guanxi/plugin';

export const manifest = {
  id: 'questionnaires',
  version: '1.0.0',
  api: '^1.0',
  widgetRuntime: 1,
  listing: {
    title: { en: 'Questionnaires', 'zh-CN': '调查问卷' },
    summary: { en: 'Ask shoppers a few short questions, thank them with points, and read honest results.', 'zh-CN': '向顾客提几个简短的问题，用积分致谢，看到可信的结果。' },
    description: {
      en: 'Build surveys from single and multiple choice, NPS, ratings and text, in both languages, with a live preview. Answers are saved one by one, so nobody starts again after a reload. Points are given once, whatever the answers. Results show charts, NPS with its interval, and say when there are too few answers.',
      'zh-CN': '用单选、多选、NPS、评分和文字题搭建中英双语问卷，可实时预览。每答一题即保存，刷新后可继续填写。无论怎样回答，积分只发一次。结果以图表呈现，NPS 附误差范围，样本不足时会明确提示。',
    },
    icon: 'clipboard', category: 'research',
    keywords: ['survey', 'poll', 'nps', 'feedback', 'question', 'opinion', '问卷', '调研', '投票', '反馈', '满意度'],
    screenshots: [{ file: 'survey.svg', alt: { en: 'A survey on its fourth of six questions: a scale from 0 to 10 and a choice of answers.', 'zh-CN': '问卷进行到第四题，共六题：0 到 10 的打分和单选题。' } }],
    changes: [{ version: '1.0.0', date: '2026-11-22', notes: { en: 'Five kinds of questions, answers saved one by one, results with their margin of error.', 'zh-CN': '五种题型，逐题保存，结果附误差范围。' } }],
  },
  capabilities: [
    { name: 'db', reason: { en: 'Keeps answers in its own tables.', 'zh-CN': '在自己的数据表中保存答卷。' } },
    { name: 'activities', reason: { en: 'Runs surveys between two dates under the shared life cycle.', 'zh-CN': '按统一的活动流程在起止日期内运行问卷。' } },
    { name: 'grants', reason: { en: 'Gives points for a completed survey.', 'zh-CN': '问卷完成后发放积分。' } },
    { name: 'events.emit', reason: { en: 'Tells other modules when a survey is completed.', 'zh-CN': '在问卷完成时通知其他模块。' } },
  ],
  personalData: [
    { entity: 'plg_questionnaires_answer', subject: 'person_id', fields: ['person_id', 'content'], onErase: 'delete',
      titles: { person_id: { en: 'customer number', 'zh-CN': '顾客编号' }, content: { en: 'answers', 'zh-CN': '回答内容' } },
    },
    { entity: 'plg_questionnaires_session', subject: 'person_id', fields: ['person_id'], onErase: 'delete',
      titles: { person_id: { en: 'customer number', 'zh-CN': '顾客编号' } },
    },
    { entity: 'plg_questionnaires_apart', subject: 'person_id', fields: ['content'], onErase: 'delete',
      titles: { content: { en: 'answers set aside when two accounts became one', 'zh-CN': '账户合并时保留的答卷' } },
    },
  ],
  widgets: [
    { name: 'surveys', surface: 'admin', slot: 'page', module: 'surveys.js', title: { en: 'Questionnaires', 'zh-CN': '调查问卷' }, icon: 'clipboard', weight: 30 },
    { name: 'survey', surface: 'storefront', slot: 'survey', module: 'survey.js', title: { en: 'Survey', 'zh-CN': '问卷' }, minHeight: 420 },
  ],
  events: { emits: ['questionnaires.completed'], handles: ['customer.merged', 'customer.split', 'grant.decided'] },
  jobs: [],
  activityTypes: [{ name: 'survey', title: { en: 'Survey', 'zh-CN': '问卷' } }],
  segmentAttributes: [{ name: 'last-nps', title: { en: 'Last NPS answer, 0–10', 'zh-CN': '最近一次 NPS 打分' }, kind: 'number' }],
  limits: { requestsPerMinute: 30_000, rowsPerShop: 1_000_000, storageMb: 500 },
  locales: ['en', 'zh-CN'],
} as const satisfies Manifest;
