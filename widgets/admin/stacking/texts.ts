import { uiLocale } from '../../kit/locale.js';
import { fill, type MessageParams } from '../../kit/message.js';
import type { StackingTexts } from './locales/en.js';

let texts: Partial<StackingTexts> = {};

/** Fetches the page's texts in the admin's language; before the page is built. */
export async function loadStackingTexts(): Promise<void> {
  texts = uiLocale() === 'zh-CN' ? (await import('./locales/zh-cn.js')).zhCN : (await import('./locales/en.js')).en;
}
export const s = (key: keyof StackingTexts, params?: MessageParams): string => fill(texts[key] ?? key, params);
