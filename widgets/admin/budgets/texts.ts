import { uiLocale } from '../../kit/locale.js';
import { fill, type MessageParams } from '../../kit/message.js';
import type { BudgetTexts } from './locales/en.js';

let texts: Partial<BudgetTexts> = {};

/** Fetches the page's texts in the admin's language; before the page is built. */
export async function loadBudgetTexts(): Promise<void> {
  texts = uiLocale() === 'zh-CN' ? (await import('./locales/zh-cn.js')).zhCN : (await import('./locales/en.js')).en;
}
/** A text of the page about budgets. */
export const b = (key: keyof BudgetTexts, params?: MessageParams): string => fill(texts[key] ?? key, params);
