import { uiLocale } from '../../kit/locale.js';
import { fill, type MessageParams } from '../../kit/message.js';
import type { EarningTexts } from './locales/en.js';

let texts: Partial<EarningTexts> = {};

/** Fetches the page's texts in the admin's language; before the page is built. */
export async function loadEarningTexts(): Promise<void> {
  texts = uiLocale() === 'zh-CN' ? (await import('./locales/zh-cn.js')).zhCN : (await import('./locales/en.js')).en;
}
export const e = (key: keyof EarningTexts, params?: MessageParams): string => fill(texts[key] ?? key, params);
