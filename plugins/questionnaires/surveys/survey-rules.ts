import { z } from 'guanxi/plugin';

export const QUESTION_KINDS = ['single', 'multiple', 'nps', 'rating', 'text'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];
export const MAX_QUESTIONS = 30;
export const MAX_TEXT = 2_000;

const ID = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,39}$/;
const id = z.string().regex(ID, 'use 1 to 40 letters, digits, "-" and "_"');
/** One language may be left empty: the other stands in for it. */
const text = (max: number): z.ZodType<Text, Text> => z.strictObject({ en: z.string().trim().max(max), 'zh-CN': z.string().trim().max(max) })
  .refine((each) => each.en !== '' || each['zh-CN'] !== '', { error: 'write this in at least one language', params: { 'zh-CN': '请至少用一种语言填写' } });
export interface Text { readonly en: string; readonly 'zh-CN': string }

const option = z.strictObject({ id, title: text(100) });
const question = z.strictObject({
  id, kind: z.enum(QUESTION_KINDS), title: text(200), help: text(300).optional(), required: z.boolean().default(true),
  /** For single and multiple: 2 to 12. */
  options: z.array(option).max(12).default([]),
  /** For multiple: how many may be chosen at most. */
  maxChoices: z.number().int().min(1).max(12).optional(),
  /** For NPS and rating: what the ends of the scale mean. */
  labels: z.strictObject({ low: text(40), high: text(40) }).optional(),
});
export type Question = z.infer<typeof question>;

const repeated = (ids: readonly string[]): number => ids.findIndex((each, at) => ids.indexOf(each) !== at);

/** What a survey asks and what it gives. Answers never decide whether the points are given. */
export const surveyRules = z.strictObject({
  /** What shoppers see; the activity's own title if not given. */
  title: text(120).optional(),
  intro: text(300).optional(),
  questions: z.array(question).min(1).max(MAX_QUESTIONS),
  rewardPoints: z.number().int().min(0).max(10_000).default(0),
  thankYou: text(300).optional(),
}).superRefine((rules, check) => {
  const wrong = (path: (string | number)[], message: string, chinese: string): void => check.addIssue({ code: 'custom', path, message, params: { 'zh-CN': chinese } });
  const twice = repeated(rules.questions.map((each) => each.id));
  if (twice >= 0) wrong(['questions', twice, 'id'], 'another question has this id', '与其他题目的编号重复');
  for (const [at, each] of rules.questions.entries()) {
    const chosen = each.kind === 'single' || each.kind === 'multiple';
    if (chosen && each.options.length < 2) wrong(['questions', at, 'options'], 'give 2 to 12 options', '请提供 2 至 12 个选项');
    if (!chosen && each.options.length > 0) wrong(['questions', at, 'options'], 'only single and multiple choice have options', '只有单选题和多选题有选项');
    const same = repeated(each.options.map((choice) => choice.id));
    if (same >= 0) wrong(['questions', at, 'options', same, 'id'], 'another option has this id', '与其他选项的编号重复');
    if (each.maxChoices !== undefined && each.kind !== 'multiple') wrong(['questions', at, 'maxChoices'], 'only multiple choice has this', '只有多选题可设置此项');
    if (each.labels && each.kind !== 'nps' && each.kind !== 'rating') wrong(['questions', at, 'labels'], 'only scales have labels', '只有量表题可设置两端文字');
  }
});
export type SurveyRules = z.infer<typeof surveyRules>;
