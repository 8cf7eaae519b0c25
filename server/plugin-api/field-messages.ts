import type { z } from 'zod';
import type { Locale } from './context.js';

type Issue = z.core.$ZodRawIssue;
type Words = Readonly<Record<'missing' | 'unknown' | 'wrong' | 'empty' | 'option' | 'format', string>> & {
  readonly kind: Readonly<Record<string, string>>;
  /** Bounds: of a number, of a text's characters, of a list's entries. */
  readonly most: (limit: string, what: 'number' | 'string' | 'array') => string;
  readonly least: (limit: string, what: 'number' | 'string' | 'array') => string;
  readonly step: (of: string) => string;
};

const words: Readonly<Record<Locale, Words>> = {
  en: {
    missing: 'is missing', unknown: 'unknown field', wrong: 'is not valid', empty: 'must not be empty', option: 'is not one of the choices', format: 'is not written as it should be',
    kind: { string: 'must be text', number: 'must be a number', int: 'must be a whole number', boolean: 'must be yes or no', array: 'must be a list', object: 'must be an object' },
    most: (limit, what) => ({ number: `must be at most ${limit}`, string: `must have at most ${limit} characters`, array: `must have at most ${limit} entries` })[what],
    least: (limit, what) => ({ number: `must be at least ${limit}`, string: `must have at least ${limit} characters`, array: `must have at least ${limit} entries` })[what],
    step: (of) => `must be a multiple of ${of}`,
  },
  'zh-CN': {
    missing: '必填', unknown: '未知字段', wrong: '填写有误', empty: '不能为空', option: '不在可选范围内', format: '格式不正确',
    kind: { string: '应为文字', number: '应为数字', int: '应为整数', boolean: '应为“是”或“否”', array: '应为列表', object: '应为对象' },
    most: (limit, what) => ({ number: `不能大于 ${limit}`, string: `最多 ${limit} 个字符`, array: `最多 ${limit} 项` })[what],
    least: (limit, what) => ({ number: `不能小于 ${limit}`, string: `至少 ${limit} 个字符`, array: `至少 ${limit} 项` })[what],
    step: (of) => `应为 ${of} 的倍数`,
  },
};
const measured = (issue: { readonly origin: string }): 'number' | 'string' | 'array' => (issue.origin === 'string' ? 'string' : issue.origin === 'array' || issue.origin === 'set' ? 'array' : 'number');

function say(issue: Issue, locale: Locale): string {
  const text = words[locale];
  const figure = (n: number | bigint): string => n.toLocaleString(locale);
  switch (issue.code) {
    case 'invalid_type': return issue.input === undefined ? text.missing : text.kind[issue.expected] ?? text.wrong;
    case 'too_big': return text.most(figure(issue.maximum), measured(issue));
    case 'too_small': return measured(issue) !== 'number' && issue.minimum === 1 ? text.empty : text.least(figure(issue.minimum), measured(issue));
    case 'invalid_value': return issue.input === undefined ? text.missing : text.option;
    case 'invalid_format': return issue.input === '' ? text.empty : text.format;
    case 'not_multiple_of': return text.step(figure(issue.divisor));
    default: return issue.input === undefined ? text.missing : text.wrong;
  }
}

/** What a schema is parsed with, so that its messages are in the reader's language: `schema.safeParse(given, fieldMessages[locale])`. */
export const fieldMessages: Readonly<Record<Locale, { readonly error: (issue: Issue) => string }>> = {
  en: { error: (issue) => say(issue, 'en') }, 'zh-CN': { error: (issue) => say(issue, 'zh-CN') },
};

/** A sentence for each field, by its dotted path; the first one counts. A rule of one's own says its Chinese in `params: { 'zh-CN': … }`. */
export function fieldsOf(issues: readonly z.core.$ZodIssue[], locale: Locale, root = 'body'): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues.slice(0, 20)) {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) fields[[...path, key].join('.')] ??= words[locale].unknown;
    else fields[path.join('.') || root] ??= issue.code === 'custom' && typeof issue.params?.[locale] === 'string' ? issue.params[locale] : issue.message;
  }
  return fields;
}
