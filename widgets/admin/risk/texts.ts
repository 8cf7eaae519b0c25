import { uiLocale } from '../../kit/locale.js';
import { fill, type MessageParams } from '../../kit/message.js';
import type { RiskTexts } from './locales/en.js';

let texts: Partial<RiskTexts> = {};

/** Fetches the page's texts in the admin's language; before the page is built. */
export async function loadRiskTexts(): Promise<void> {
  texts = uiLocale() === 'zh-CN' ? (await import('./locales/zh-cn.js')).zhCN : (await import('./locales/en.js')).en;
}
/** A text of the page about held rewards. */
export const r = (key: keyof RiskTexts, params?: MessageParams): string => fill(texts[key] ?? key, params);
