import type { ViewQuestion, Words } from '../../question-view.js';
import type { SurveyConfig } from './survey-types.js';

const EMPTY: Words = { en: '', 'zh-CN': '' };
export const MAX_QUESTIONS = 30;

/** A short id that no other has: q1, q2 … */
function freeId(prefix: string, taken: readonly string[]): string {
  let n = taken.length + 1;
  while (taken.includes(`${prefix}${n}`)) n += 1;
  return `${prefix}${n}`;
}
export const newOption = (options: ViewQuestion['options']): ViewQuestion['options'][number] => ({ id: freeId('o', options.map(({ id }) => id)), title: EMPTY });

export function newQuestion(config: SurveyConfig, kind: ViewQuestion['kind']): ViewQuestion {
  const chosen = kind === 'single' || kind === 'multiple';
  const first = chosen ? newOption([]) : undefined;
  return { id: freeId('q', config.questions.map(({ id }) => id)), kind, title: EMPTY, required: kind !== 'text', options: first ? [first, newOption([first])] : [] };
}
const withQuestions = (config: SurveyConfig, questions: readonly ViewQuestion[]): SurveyConfig => ({ ...config, questions });

export const addQuestion = (config: SurveyConfig, kind: ViewQuestion['kind']): SurveyConfig => withQuestions(config, [...config.questions, newQuestion(config, kind)]);
export const removeQuestion = (config: SurveyConfig, at: number): SurveyConfig => withQuestions(config, config.questions.filter((_, each) => each !== at));
export function copyQuestion(config: SurveyConfig, at: number): SurveyConfig {
  const question = config.questions[at];
  return question ? withQuestions(config, config.questions.toSpliced(at + 1, 0, { ...question, id: freeId('q', config.questions.map(({ id }) => id)) })) : config;
}
export function moveQuestion(config: SurveyConfig, at: number, by: number): SurveyConfig {
  const question = config.questions[at];
  return question ? withQuestions(config, config.questions.toSpliced(at, 1).toSpliced(at + by, 0, question)) : config;
}
export const putQuestion = (config: SurveyConfig, at: number, question: ViewQuestion): SurveyConfig => withQuestions(config, config.questions.map((each, index) => (index === at ? question : each)));

const isBlank = (words: Words | undefined): boolean => !words || (!words.en.trim() && !words['zh-CN'].trim());

/** What is stored: texts that nobody wrote are left out, not stored empty. */
export function stored(config: SurveyConfig): SurveyConfig {
  const { title, intro, thankYou, ...rest } = config;
  return {
    ...rest, ...(isBlank(title) ? {} : { title: title! }), ...(isBlank(intro) ? {} : { intro: intro! }), ...(isBlank(thankYou) ? {} : { thankYou: thankYou! }),
    questions: config.questions.map(({ help, labels, ...question }) => ({ ...question, ...(isBlank(help) ? {} : { help: help! }), ...(labels && !isBlank(labels.low) && !isBlank(labels.high) ? { labels } : {}) })),
  };
}

/** Keys of texts that say what is wrong, by field. The server checks again. */
export function problems(name: string, config: SurveyConfig): Map<string, string> {
  const found = new Map<string, string>();
  if (!name.trim()) found.set('title', 'admin.problem.name');
  if (!Number.isInteger(config.rewardPoints) || config.rewardPoints < 0 || config.rewardPoints > 10_000) found.set('rewardPoints', 'admin.problem.points');
  if (!config.questions.length) found.set('questions', 'admin.problem.questions');
  config.questions.forEach((question, at) => {
    if (isBlank(question.title)) found.set(`questions.${at}.title`, 'admin.problem.text');
    const chosen = question.kind === 'single' || question.kind === 'multiple';
    if (chosen && question.options.length < 2) found.set(`questions.${at}.options`, 'admin.problem.options');
    question.options.forEach((option, index) => { if (isBlank(option.title)) found.set(`questions.${at}.options.${index}.title`, 'admin.problem.text'); });
    if (question.labels && isBlank(question.labels.low) !== isBlank(question.labels.high)) found.set(`questions.${at}.labels`, 'admin.problem.labels');
  });
  return found;
}

/** Texts that exist in one language only; shoppers of the other read that one. */
export function untranslated(config: SurveyConfig): number {
  const all = [config.title, config.intro, config.thankYou, ...config.questions.flatMap(({ title, help, labels, options }) => [title, help, labels?.low, labels?.high, ...options.map((option) => option.title)])];
  return all.filter((words) => words && !isBlank(words) && (!words.en.trim() || !words['zh-CN'].trim())).length;
}
