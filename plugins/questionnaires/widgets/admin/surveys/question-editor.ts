import { html, nothing, type TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';
import { localised } from 'guanxi/kit';
import type { ViewQuestion } from '../../question-view.js';
import { newOption } from './draft-changes.js';
import { wordsField } from './words-field.js';

export interface QuestionEditor {
  readonly host: PluginElement;
  readonly question: ViewQuestion;
  readonly at: number;
  readonly count: number;
  readonly open: boolean;
  readonly problem: (field: string) => string | undefined;
  readonly toggle: () => void;
  readonly set: (question: ViewQuestion) => void;
  readonly act: (action: 'up' | 'down' | 'copy' | 'remove') => void;
}

function options({ host, question, set, problem }: QuestionEditor): TemplateResult {
  const languages = { en: host.t('admin.english'), 'zh-CN': host.t('admin.chinese') };
  const put = (next: ViewQuestion['options']): void => set({ ...question, options: next });
  return html`<div class="options"><h3>${host.t('admin.options')}</h3>
    ${question.options.map((option, index) => html`<div class="option">
      ${wordsField({ label: host.t('admin.option', { n: index + 1 }), words: option.title, max: 100, languages, problem: problem(`options.${index}.title`), set: (title) => put(question.options.map((each, at) => (at === index ? { ...each, title } : each))) })}
      <button type="button" class="icon" aria-label=${host.t('admin.removeOption', { n: index + 1 })} ?disabled=${question.options.length <= 2} @click=${() => put(question.options.filter((_, at) => at !== index))}><gx-icon name="x"></gx-icon></button></div>`)}
    <div aria-live="polite">${problem('options') ? html`<p class="negative small strong">${problem('options')}</p>` : nothing}</div>
    <div class="row"><wa-button size="s" appearance="outlined" ?disabled=${question.options.length >= 12} @click=${() => put([...question.options, newOption(question.options)])}><gx-icon slot="start" name="plus"></gx-icon>${host.t('admin.addOption')}</wa-button>
      ${question.kind === 'multiple' ? html`<label class="most">${host.t('admin.most')} <select @change=${(event: Event) => {
        const most = Number((event.target as HTMLSelectElement).value);
        const { maxChoices: _before, ...rest } = question;
        set(most ? { ...rest, maxChoices: most } : rest);
      }}><option value="0" ?selected=${!question.maxChoices}>${host.t('admin.anyNumber')}</option>${question.options.map((_, index) => html`<option value=${index + 1} ?selected=${question.maxChoices === index + 1}>${index + 1}</option>`)}</select></label>` : nothing}</div></div>`;
}

/** One question in the list of the builder: a line, or all its fields when it is open. */
export function questionEditor(editor: QuestionEditor): TemplateResult {
  const { host, question, at, count, open, problem, set, act } = editor;
  const languages = { en: host.t('admin.english'), 'zh-CN': host.t('admin.chinese') };
  const scale = question.kind === 'nps' || question.kind === 'rating';
  const name = localised(question.title) || question.title.en || question.title['zh-CN'] || host.t('admin.untitled');
  const icon = (action: 'up' | 'down' | 'copy' | 'remove', drawing: string, off = false): TemplateResult =>
    html`<button type="button" class="icon" ?disabled=${off} aria-label=${host.t(`admin.question.${action}`, { n: at + 1 })} @click=${() => act(action)}><gx-icon name=${drawing}></gx-icon></button>`;
  return html`<li class=${open ? 'question open' : 'question'}>
    <div class="line"><button type="button" class="name" aria-expanded=${open ? 'true' : 'false'} @click=${editor.toggle}><span class="no">${at + 1}</span><span class="what"><span class="strong">${name}</span><span class="muted small">${host.t(`admin.kind.${question.kind}`)}${question.required ? '' : ` · ${host.t('admin.optional')}`}</span></span>${problem('') ? html`<gx-badge tone="danger" icon="alert">${host.t('admin.incomplete')}</gx-badge>` : nothing}</button>
      <span class="tools">${icon('up', 'arrow-up', at === 0)}${icon('down', 'arrow-down', at === count - 1)}${icon('copy', 'copy')}${icon('remove', 'trash')}</span></div>
    ${open ? html`<div class="fields">
      ${wordsField({ label: host.t('admin.questionText'), words: question.title, max: 200, languages, problem: problem('title'), set: (title) => set({ ...question, title }) })}
      ${wordsField({ label: host.t('admin.help'), words: question.help, max: 300, languages, set: (help) => set({ ...question, help }) })}
      ${question.options.length || question.kind === 'single' || question.kind === 'multiple' ? options(editor) : nothing}
      ${scale ? html`${wordsField({ label: host.t('admin.low'), words: question.labels?.low, max: 40, languages, set: (low) => set({ ...question, labels: { low, high: question.labels?.high ?? { en: '', 'zh-CN': '' } } }) })}
        ${wordsField({ label: host.t('admin.high'), words: question.labels?.high, max: 40, languages, problem: problem('labels'), set: (high) => set({ ...question, labels: { high, low: question.labels?.low ?? { en: '', 'zh-CN': '' } } }) })}` : nothing}
      <wa-switch size="s" ?checked=${question.required} @change=${(event: Event) => set({ ...question, required: (event.target as HTMLInputElement).checked })}>${host.t('admin.required')}</wa-switch>
    </div>` : nothing}</li>`;
}
