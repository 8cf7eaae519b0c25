import { FEWEST_ANSWERS, nps, type Nps } from './nps.js';
import { filled } from './shown-text.js';
import type { Question, QuestionKind, SurveyRules, Text } from './survey-rules.js';

/** How many gave the same answer; `content` is the answer as JSON. */
export interface AnswerGroup { readonly question_id: string; readonly content: string; readonly n: number }
export interface QuestionResult {
  readonly id: string; readonly kind: QuestionKind; readonly title: Text; readonly required: boolean;
  readonly answers: number;
  /** Fewer than 30: shares and averages say too little. */
  readonly tooFew: boolean;
  readonly options: readonly { readonly id: string; readonly title: Text; readonly n: number }[];
  /** How many gave each score: 0–10 for NPS, 1–5 for a rating. */
  readonly scores: readonly { readonly score: number; readonly n: number }[];
  readonly average: number | null;
  readonly nps: Nps | null;
}

const range = (low: number, high: number): number[] => Array.from({ length: high - low + 1 }, (_, at) => low + at);

function one(question: Question, groups: readonly AnswerGroup[], texts: number): QuestionResult {
  const own = groups.filter((group) => group.question_id === question.id).map((group) => ({ given: JSON.parse(group.content) as unknown, n: group.n }));
  const answers = question.kind === 'text' ? texts : own.reduce((sum, group) => sum + group.n, 0);
  const count = (fits: (given: unknown) => boolean): number => own.reduce((sum, group) => sum + (fits(group.given) ? group.n : 0), 0);
  const scale = question.kind === 'nps' ? range(0, 10) : question.kind === 'rating' ? range(1, 5) : [];
  const scores = scale.map((score) => ({ score, n: count((given) => given === score) }));
  return {
    id: question.id, kind: question.kind, title: filled(question.title), required: question.required, answers, tooFew: answers < FEWEST_ANSWERS, scores,
    options: question.options.map((option) => ({ id: option.id, title: filled(option.title), n: count((given) => given === option.id || (Array.isArray(given) && given.includes(option.id))) })),
    average: scores.length && answers ? scores.reduce((sum, each) => sum + each.score * each.n, 0) / answers : null,
    nps: question.kind === 'nps' ? nps(scores.map((each) => each.n)) : null,
  };
}

/** Results question by question, in the order in which they are asked. */
export const tally = (rules: SurveyRules, groups: readonly AnswerGroup[], texts: ReadonlyMap<string, number>): QuestionResult[] =>
  rules.questions.map((question) => one(question, groups, texts.get(question.id) ?? 0));
