import type { WidgetLocale } from './context.js';

export interface ProblemFields { readonly [field: string]: string }

/** What a call failed with. `message` is fit to show and in the viewer's language. */
export class ApiProblem extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Stable, `GX_…`; `GX_OFFLINE` when no answer came. */
  readonly code: string;
  /** What is wrong with which field, when the server says. */
  readonly fields: ProblemFields;
  /** Seconds to wait, when the server says. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, fields: ProblemFields = {}, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }
}

const TEXTS = {
  en: {
    offline: 'No connection. Please try again.',
    who: 'Please sign in to do this.',
    gone: 'This is no longer here.',
    busy: 'Too many people at once. Please try again in a moment.',
    input: 'That did not work. Please check and try again.',
    broken: 'Something went wrong. Please try again later.',
  },
  'zh-CN': {
    offline: '网络不通，请重试。',
    who: '请先登录。',
    gone: '内容已不存在。',
    busy: '现在人太多，请稍后再试。',
    input: '没有成功，请检查后重试。',
    broken: '出了点问题，请稍后再试。',
  },
};
type TextKey = keyof (typeof TEXTS)['en'];

const keyOf = (status: number): TextKey =>
  !status ? 'offline' : status === 401 || status === 403 ? 'who' : status === 404 || status === 410 ? 'gone'
    : status === 429 || status === 503 ? 'busy' : status < 500 ? 'input' : 'broken';

/** A sentence for a status when nothing better is known. */
export const problemText = (locale: WidgetLocale, status: number): string => TEXTS[locale][keyOf(status)];
