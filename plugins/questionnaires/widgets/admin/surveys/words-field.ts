import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../question-view.js';

export interface WordsField {
  readonly label: string; readonly hint?: string; readonly words: Words | undefined; readonly max: number; readonly problem?: string | undefined; readonly long?: boolean;
  /** Names of the languages, in the language of the page. */
  readonly languages: Words;
  readonly set: (words: Words) => void;
}

/** One text in both languages, side by side where there is room. */
export function wordsField({ label, hint, words, max, problem, long, languages, set }: WordsField): TemplateResult {
  const given = words ?? { en: '', 'zh-CN': '' };
  const one = (language: keyof Words): TemplateResult => {
    const put = (event: Event): void => set({ ...given, [language]: (event.target as HTMLInputElement).value });
    const name = `${label} · ${languages[language]}`;
    return long
      ? html`<wa-textarea size="s" rows="2" resize="auto" label=${name} maxlength=${max} lang=${language} .value=${given[language]} data-invalid=${problem ? '' : nothing} @input=${put}></wa-textarea>`
      : html`<wa-input size="s" label=${name} maxlength=${max} lang=${language} .value=${given[language]} data-invalid=${problem ? '' : nothing} @input=${put}></wa-input>`;
  };
  return html`<div class="words"><div class="pair">${one('en')}${one('zh-CN')}</div>
    ${hint ? html`<p class="muted small">${hint}</p>` : nothing}<div aria-live="polite">${problem ? html`<p class="negative small strong">${problem}</p>` : nothing}</div></div>`;
}
