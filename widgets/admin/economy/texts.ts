import { uiLocale } from '../../kit/locale.js';
import { fill, type MessageParams } from '../../kit/message.js';
import type { EconomyTexts } from './locales/en.js';

let texts: Partial<EconomyTexts> = {};

/** Fetches the texts of the economy's charts in the admin's language; before the page is built. */
export async function loadEconomyTexts(): Promise<void> {
  texts = uiLocale() === 'zh-CN' ? (await import('./locales/zh-cn.js')).zhCN : (await import('./locales/en.js')).en;
}
/** A text of the economy's charts and rows. */
export const e = (key: keyof EconomyTexts, params?: MessageParams): string => fill(texts[key] ?? key, params);
