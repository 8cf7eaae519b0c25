import { refused } from 'guanxi/plugin';
import { MAX_TEXT, type Question, type SurveyRules } from './survey-rules.js';

/** An option's id, several ids in the order of the options, a score, or a text. */
export type AnswerValue = string | number | readonly string[];
/** `null` takes an optional answer back. */
export interface CheckedAnswer { readonly question: Question; readonly value: AnswerValue | null }

const whole = (given: unknown, low: number, high: number): given is number => typeof given === 'number' && Number.isInteger(given) && given >= low && given <= high;
const isEmpty = (given: unknown): boolean => given === null || given === undefined || (typeof given === 'string' && given.trim() === '') || (Array.isArray(given) && given.length === 0);

/** The value as it is stored, or a sentence that says what is wrong. */
function valueOf(question: Question, given: unknown): AnswerValue | { readonly wrong: string } {
  const ids = question.options.map((option) => option.id);
  switch (question.kind) {
    case 'single': return typeof given === 'string' && ids.includes(given) ? given : { wrong: `choose one of: ${ids.join(', ')}` };
    case 'multiple': {
      const most = Math.min(question.maxChoices ?? ids.length, ids.length);
      if (!Array.isArray(given) || given.some((each) => !ids.includes(each as string)) || new Set(given).size !== given.length) return { wrong: `give a list of different options out of: ${ids.join(', ')}` };
      // In the order of the options, so that equal choices are equal texts and can be counted by the database.
      return given.length > most ? { wrong: `choose at most ${most}` } : ids.filter((id) => given.includes(id));
    }
    case 'nps': return whole(given, 0, 10) ? given : { wrong: 'give a whole number from 0 to 10' };
    case 'rating': return whole(given, 1, 5) ? given : { wrong: 'give a whole number from 1 to 5' };
    case 'text': {
      if (typeof given !== 'string') return { wrong: 'give a text' };
      // Control characters other than tab and line ends carry nothing a person wrote.
      // oxlint-disable-next-line no-control-regex
      const text = given.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim();
      return text.length > MAX_TEXT ? { wrong: `write at most ${MAX_TEXT} characters` } : text;
    }
  }
}

/**
 * Checks answers against the questions they belong to.
 * @throws 422 GX_ANSWER_INVALID with a sentence for each answer that is wrong
 */
export function checkAnswers(rules: SurveyRules, given: Readonly<Record<string, unknown>>): CheckedAnswer[] {
  // Names come from outside: a map has none of its own, such as `__proto__`.
  const fields = new Map<string, string>();
  const checked: CheckedAnswer[] = [];
  for (const [id, raw] of Object.entries(given)) {
    const question = rules.questions.find((each) => each.id === id);
    if (!question) { fields.set(id.slice(0, 60), 'there is no such question'); continue; }
    if (isEmpty(raw)) {
      if (question.required) fields.set(id, 'this question needs an answer'); else checked.push({ question, value: null });
      continue;
    }
    const value = valueOf(question, raw);
    if (typeof value === 'object' && 'wrong' in value) fields.set(id, value.wrong); else checked.push({ question, value });
  }
  const wrong = [...fields].slice(0, 20);
  if (wrong.length) throw refused('GX_ANSWER_INVALID', `Some answers do not fit their questions: ${wrong.map(([id, text]) => `${id} (${text})`).join('; ').slice(0, 500)}.`, { fields: Object.fromEntries(wrong) });
  return checked;
}
