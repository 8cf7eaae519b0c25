import { html, nothing, type TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';
import { formatDate, formatPercent, localised, uiLocale, type ChartData } from 'guanxi/kit';
import { Preview } from './preview.js';
import { questionResult } from './question-result.js';
import { actionsOf } from './survey-list.js';
import { href, nameOf, TONES, type Results, type Survey } from './survey-types.js';
import { TextAnswers } from './text-answers.js';

/** What came of a survey, question by question. */
export class ResultsPage {
  readonly #texts: ReadonlyMap<string, TextAnswers>;
  readonly #preview: Preview;
  #previewing = false;

  constructor(private readonly host: PluginElement, readonly results: Results, private readonly act: (survey: Survey, name: string) => void) {
    this.#texts = new Map(results.questions.filter(({ kind, answers }) => kind === 'text' && answers > 0).map(({ id }) => [id, new TextAnswers(host, results.survey.id, id)]));
    this.#preview = new Preview(() => host.requestUpdate());
    this.#preview.language = uiLocale();
  }

  drawn(): void { this.#preview.draw(this.host.renderRoot.querySelector<HTMLElement>('.preview'), this.results.survey.title, this.results.survey.config); }

  #dates({ startsAt, endsAt }: Survey): string {
    if (startsAt === null) return '';
    return `${formatDate(startsAt)} – ${endsAt === null ? this.host.t('admin.noEnd') : formatDate(endsAt)}`;
  }

  #funnel(): TemplateResult {
    const { host, results: { totals, questions } } = this;
    const data: ChartData = {
      categories: [host.t('admin.started'), ...questions.map((_, at) => host.t('admin.questionNo', { n: at + 1 })), host.t('admin.finished')],
      series: [{ name: host.t('admin.people'), values: [totals.started, ...questions.map(({ answers }) => answers), totals.completed] }],
    };
    return html`<gx-card heading=${host.t('admin.funnel')}><gx-chart class="bars tall" kind="bars" label=${host.t('admin.funnel')} sentence=${host.t('admin.funnelSentence', { started: totals.started, completed: totals.completed, share: formatPercent(totals.completed / totals.started) })} .data=${data}></gx-chart></gx-card>`;
  }

  #days(): TemplateResult {
    const { host, results: { byDay } } = this;
    const best = byDay.reduce((a, b) => (b.n > a.n ? b : a), byDay[0] ?? { date: '', n: 0 });
    const data: ChartData = { categories: byDay.map(({ date }) => date), days: true, series: [{ name: host.t('admin.responses'), values: byDay.map(({ n }) => n) }] };
    return html`<gx-card heading=${host.t('admin.byDay')}><gx-chart kind=${byDay.length > 2 ? 'line' : 'stacked'} label=${host.t('admin.byDay')} sentence=${host.t('admin.byDaySentence', { n: best.n })} .data=${data}></gx-chart></gx-card>`;
  }

  render(): TemplateResult {
    const { host, results: { survey, totals, questions, byDay } } = this;
    return html`<gx-page heading=${nameOf(survey, host.context.locale)} back=${href()} back-label=${host.t('admin.surveys')}>
      <div slot="meta" class="row small muted"><gx-badge tone=${TONES[survey.state]}>${host.t(`admin.state.${survey.state}`)}</gx-badge><span>${this.#dates(survey)}</span></div>
      <wa-button slot="actions" appearance="outlined" @click=${() => { this.#previewing = true; host.requestUpdate(); }}><gx-icon slot="start" name="eye"></gx-icon>${host.t('admin.preview')}</wa-button>
      <wa-button slot="actions" appearance="outlined" ?disabled=${!totals.started} @click=${() => host.context.download?.('/answers.csv', { survey: survey.id })}><gx-icon slot="start" name="download"></gx-icon>${host.t('admin.export')}</wa-button>
      <gx-menu slot="actions" label=${host.t('admin.more')} .items=${actionsOf(host, survey)} @gx-select=${(event: CustomEvent<{ name: string }>) => this.act(survey, event.detail.name)}></gx-menu>
      <div class="tiles">
        <gx-kpi label=${host.t('admin.started')} .value=${totals.started}></gx-kpi><gx-kpi label=${host.t('admin.finished')} .value=${totals.completed}></gx-kpi>
        <gx-kpi label=${host.t('admin.rate')} format="percent" .value=${totals.started ? totals.completed / totals.started : null}></gx-kpi>
        <gx-kpi label=${host.t('admin.given')} format="points" .value=${totals.given} note=${survey.config.rewardPoints ? host.t('admin.each', { points: host.context.format.points(survey.config.rewardPoints) }) : ''}></gx-kpi>
      </div>
      ${totals.started ? html`${questions.map((question, at) => questionResult(host, question, at, this.#texts.get(question.id)?.render(localised(question.title))))}
        <div class="halves">${this.#funnel()}${byDay.length ? this.#days() : nothing}</div>`
      : html`<gx-card><gx-empty icon="clipboard" heading=${host.t('admin.waiting')}><p>${host.t('admin.waitingText')}</p></gx-empty></gx-card>`}
    </gx-page>
    <gx-dialog label=${host.t('admin.preview')} ?open=${this.#previewing} @gx-close=${() => { this.#previewing = false; host.requestUpdate(); }}><div class="preview"></div></gx-dialog>`;
  }
}
