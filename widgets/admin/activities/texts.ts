import { uiLocale } from '../../kit/locale.js';
import { fill, type MessageParams } from '../../kit/message.js';
import type { ActivityTexts } from './locales/en.js';

let texts: Partial<ActivityTexts> = {};

/** Fetches the texts about one activity in the admin's language; before what shows them is built. */
export async function loadActivityTexts(): Promise<void> {
  texts = uiLocale() === 'zh-CN' ? (await import('./locales/zh-cn.js')).zhCN : (await import('./locales/en.js')).en;
}
export const a = (key: keyof ActivityTexts, params?: MessageParams): string => fill(texts[key] ?? key, params);
/** A word that comes from the server; itself when there is none. */
export const aWord = (group: 'step' | 'direction' | 'unit', name: string): string => texts[`${group}.${name}` as keyof ActivityTexts] ?? name;
