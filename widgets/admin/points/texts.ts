import { uiLocale } from '../../kit/locale.js';
import { fill, type MessageParams } from '../../kit/message.js';
import type { PointsTexts } from './locales/en.js';

let texts: Partial<PointsTexts> = {};

/** Fetches the texts about points in the admin's language; before what shows them is built. */
export async function loadPointsTexts(): Promise<void> {
  texts = uiLocale() === 'zh-CN' ? (await import('./locales/zh-cn.js')).zhCN : (await import('./locales/en.js')).en;
}
export const p = (key: keyof PointsTexts, params?: MessageParams): string => fill(texts[key] ?? key, params);
