import type { WidgetLocale } from '../context.js';

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

/** A sentence for an HTTP status (0: no answer) when nothing better is known. */
export function problemText(locale: WidgetLocale, status: number): string {
  const texts = TEXTS[locale];
  if (!status) return texts.offline;
  if (status === 401 || status === 403) return texts.who;
  if (status === 404 || status === 410) return texts.gone;
  if (status === 429 || status === 503) return texts.busy;
  return status < 500 ? texts.input : texts.broken;
}
