import { readStored, store } from '../runtime/browser-store.js';
import type { UiLocale } from '../kit/locale.js';

export type Theme = 'light' | 'dark' | 'system';

const LOCALE = 'guanxi.admin.locale', THEME = 'guanxi.admin.theme';

/** The language chosen on this device, else the browser's. */
export function preferredLocale(): UiLocale {
  const stored = readStored(LOCALE);
  if (stored === 'en' || stored === 'zh-CN') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
/** The colour scheme chosen on this device; `undefined` when none was. */
export function preferredTheme(): Theme | undefined {
  const stored = readStored(THEME);
  return stored === 'light' || stored === 'dark' || stored === 'system' ? stored : undefined;
}
export const keepLocale = (locale: UiLocale): void => store(LOCALE, locale);
export const keepTheme = (theme: Theme): void => store(THEME, theme);

/** Shows a theme: `system` leaves the choice to the browser. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
/** Whether the page is dark now. */
export const isDark = (): boolean => {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
};
