import { css, html, nothing, type TemplateResult } from 'lit';
import { PluginElement, shopperStyles } from 'guanxi/widgets';
import { isEmpty, questionStyles, questionView, type Given, type ViewQuestion, type Words } from '../question-view.js';
import type { Survey, SurveyHost } from './survey/survey-host.js';

const late = (): Promise<typeof import('./survey/late.js')> => import('./survey/late.js');

/**
 * One question per screen. Every answer is saved when the shopper goes on, so that closing the page loses nothing. What the first question
 * does not need (saving, the thanks) is fetched with the first answer. `data-survey` on the mount picks a survey, else the newest open one is shown.
 */
export default class SurveyWidget extends PluginElement implements SurveyHost {
  static override properties = { surveys: { state: true }, survey: { state: true }, at: { state: true }, answers: { state: true }, end: { state: true }, problem: { state: true } };
  declare surveys: readonly Survey[] | undefined;
  declare survey: Survey | undefined;
  // These three are set by `open`, before a survey is on screen.
  declare at: number;
  declare answers: Readonly<Record<string, Given>>;
  declare saved: Readonly<Record<string, Given>>;
  declare end: TemplateResult | undefined;
  declare problem: string | undefined;
  declare busy: boolean | undefined;
  declare focusOn: string | undefined;

  static override styles = [shopperStyles, questionStyles, css`
    .top, .row { display: flex; gap: 12px; align-items: center; margin-block: 12px; }
    progress { flex: 1; block-size: 8px; accent-color: var(--_accent); }
    .row .button:last-child { margin-inline-start: auto; } p a { color: inherit; }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    this.problem = undefined;
    try {
      const { items } = await this.context.api.get<{ items: Survey[] }>('surveys');
      const { survey: wanted } = this.context.data;
      const surveys = items.filter(({ id }) => !wanted || id === wanted);
      await this.open(surveys.find(({ progress }) => progress.state !== 'completed') ?? surveys[0]);
      this.surveys = surveys;
    } catch (error) {
      this.problem = this.explain(error);
    }
  }

  async open(survey: Survey | undefined): Promise<void> {
    this.end = undefined;
    if (survey) {
      const { questions, progress: { answers, reward, state } } = survey;
      this.saved = this.answers = answers;
      if (state === 'completed') this.end = (await late()).thanks(this, survey, reward);
      const next = questions.findIndex(({ id }) => isEmpty(answers[id]));
      this.at = next < 0 ? questions.length - 1 : next;
    }
    this.survey = survey;
  }

  protected override updated(): void {
    if (this.focusOn) this.renderRoot.querySelector<HTMLElement>(this.focusOn)?.focus();
    this.focusOn = undefined;
  }

  say = (words: Words): string => words[this.context.locale];

  go(at: number): void {
    this.at = at;
    this.problem = '';
    this.focusOn = 'legend';
  }

  #next(event: Event): void {
    event.preventDefault();
    late().then((part) => part.goOn(this)).catch((error: unknown) => { this.problem = this.explain(error); });
  }

  #question(survey: Survey, question: ViewQuestion): TemplateResult {
    const { at, problem } = this;
    const total = survey.questions.length, n = at + 1;
    const given = this.answers[question.id];
    const set = (value: Given): void => {
      void late();
      this.answers = { ...this.answers, [question.id]: value };
      this.problem = '';
    };
    return html`<h2 class="muted">${this.say(survey.title)}</h2>
      ${at ? nothing : html`<p class="muted">${survey.intro && this.say(survey.intro)} ${survey.rewardPoints ? this.t('survey.earn', { points: this.context.format.points(survey.rewardPoints) }) : ''} ${this.context.rules ? html`<a href=${this.context.rules(survey.id)} target="_blank" rel="noopener">${this.t('rules')}</a>` : nothing}</p>`}
      <div class="top muted"><progress max=${total} value=${n} aria-label=${this.t('survey.progress', { n, total })}></progress><span aria-hidden="true">${n} / ${total}</span></div>
      <form @submit=${this.#next}>
        ${questionView({ question, given, say: this.say, t: this.t.bind(this), set })}
        <p class="status danger" id="problem" role="status">${problem}</p>
        <div class="row">
          ${at ? html`<button class="button quiet" type="button" @click=${() => this.go(at - 1)}>${this.t('survey.back')}</button>` : nothing}
          <button class="button">${this.t(n === total ? 'survey.finish' : !question.required && isEmpty(given) ? 'survey.skip' : 'survey.next')}</button>
        </div>
      </form>`;
  }

  protected override render(): TemplateResult {
    const { survey, problem, end } = this;
    const question = survey?.questions[this.at];
    return html`<section class="card">${end ?? (survey && question ? this.#question(survey, question)
      : problem ? html`<p class="danger" role="alert">${problem}</p><button class="button quiet" @click=${this.#load}>${this.t('survey.retry')}</button>`
      : html`<p class="muted" role="status">${this.t(this.surveys ? 'survey.none' : 'survey.loading')}</p>`)}</section>`;
  }
}
