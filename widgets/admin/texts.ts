import { fill, type MessageParams } from '../kit/message.js';
import type { UiLocale } from '../kit/locale.js';
import type { Texts } from './locales/en.js';

export type TextKey = keyof Texts;
let texts: Partial<Texts> = {};

/** Loads the shell's texts in a language; only that language is fetched. */
export async function loadTexts(locale: UiLocale): Promise<void> {
  texts = locale === 'zh-CN' ? (await import('./locales/zh-cn.js')).zhCN : (await import('./locales/en.js')).en;
}
/** A text of the shell in the page's language. */
export const t = (key: TextKey, params?: MessageParams): string => fill(texts[key] ?? key, params);
/** A text whose key is made from a word of the server's; `fallback` when this version has no text for the word. */
export const tWord = (prefix: string, word: string, fallback?: string): string => {
  const text = (texts as Record<string, string>)[`${prefix}.${word}`];
  return text ?? fallback ?? word.replace(/[-_.]/g, ' ');
};
