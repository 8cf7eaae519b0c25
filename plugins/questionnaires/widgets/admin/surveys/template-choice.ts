import { html, type TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';
import { localised } from 'guanxi/kit';
import { newQuestion } from './draft-changes.js';
import { href, type SurveyConfig, type Template } from './survey-types.js';

/** A survey with one question, for a start without a template. The texts are there to be written over. */
export function blank(host: PluginElement): SurveyConfig {
  const empty: SurveyConfig = { rewardPoints: 80, questions: [] };
  const text = host.t('admin.blankQuestion');
  return { ...empty, questions: [{ ...newQuestion(empty, 'nps'), title: { en: host.context.locale === 'en' ? text : '', 'zh-CN': host.context.locale === 'en' ? '' : text } }] };
}

/** Where a new survey begins: a template, or nothing. */
export function templateChoice(host: PluginElement, templates: readonly Template[], busy: boolean, begin: (title: string, config: SurveyConfig) => void): TemplateResult {
  const card = (title: string, text: string, icon: string, config: SurveyConfig): TemplateResult => html`<button type="button" class="template" ?disabled=${busy} @click=${() => begin(title, config)}>
    <gx-icon name=${icon}></gx-icon><span class="strong">${title}</span><span class="muted small">${text}</span><span class="muted small">${host.t('admin.questionCount', { n: config.questions.length })}</span></button>`;
  return html`<gx-page heading=${host.t('admin.new')} subtitle=${host.t('admin.newText')} back=${href()} back-label=${host.t('admin.surveys')}>
    <div class="grid">${templates.map(({ summary, config }) => card(localised(config.title), localised(summary), 'clipboard', config))}${card(host.t('admin.blank'), host.t('admin.blankText'), 'plus', blank(host))}</div>
  </gx-page>`;
}
