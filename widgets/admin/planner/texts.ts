import { uiLocale } from '../../kit/locale.js';
import { fill, type MessageParams } from '../../kit/message.js';
import type { PlannerTexts } from './locales/en.js';

let texts: Partial<PlannerTexts> = {};

/** Fetches the page's texts in the admin's language; before the page is built. */
export async function loadPlannerTexts(): Promise<void> {
  texts = uiLocale() === 'zh-CN' ? (await import('./locales/zh-cn.js')).zhCN : (await import('./locales/en.js')).en;
}
/** A text of the planner's page. */
export const p = (key: keyof PlannerTexts, params?: MessageParams): string => fill(texts[key] ?? key, params);
/** A text whose key ends in a word of the server's; the word itself when there is none. */
export const pWord = (prefix: string, word: string, params?: MessageParams): string => fill((texts as Record<string, string>)[`${prefix}.${word}`] ?? word, params);
