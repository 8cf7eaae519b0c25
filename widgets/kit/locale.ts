/** Languages of the product. */
export type UiLocale = 'en' | 'zh-CN';

/** The language of the page, read from `<html lang>`; anything Chinese is `zh-CN`. */
export const uiLocale = (): UiLocale => (document.documentElement.lang.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');

/** Picks the page's language from a text in every language of the product. */
export const localised = (text: { readonly en: string; readonly 'zh-CN': string } | undefined): string => (text ? text[uiLocale()] || text.en : '');

const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Calls `listener` whenever the language, the direction or the colour scheme of the page changes; answers how to stop. */
export function onAppearanceChange(listener: () => void): () => void {
  if (!observer) {
    observer = new MutationObserver(() => { for (const each of listeners) each(); });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['lang', 'dir', 'data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { for (const each of listeners) each(); });
  }
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
