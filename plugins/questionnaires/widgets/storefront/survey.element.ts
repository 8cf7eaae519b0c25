import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ApiProblem, PluginElement, shopperStyles } from 'guanxi/widgets';
import { isEmpty, questionStyles, questionView, type Given, type ViewQuestion, type Words } from '../question-view.js';

interface Reward { readonly points: number; readonly state: 'none' | 'given' | 'waiting' | 'refused' }
interface Survey {
  readonly id: string; readonly title: Words; readonly intro?: Words; readonly rewardPoints: number; readonly thankYou?: Words; readonly questions: readonly ViewQuestion[];
  readonly progress: { readonly state: 'new' | 'partial' | 'completed'; readonly answers: Readonly<Record<string, Given>>; readonly reward: Reward };
}
interface Saved { readonly state: 'partial' | 'completed'; readonly reward: Reward }

/** One question per screen. Every answer is saved when the shopper goes on, so that closing the page loses nothing. */
export default class SurveyWidget extends PluginElement {
  static override properties = { ...PluginElement.properties, surveys: { state: true }, survey: { state: true }, at: { state: true }, answers: { state: true }, done: { state: true }, problem: { state: true }, failed: { state: true }, busy: { state: true } };
  declare surveys: readonly Survey[] | undefined;
  declare survey: Survey | undefined;
  declare at: number;
  declare answers: Readonly<Record<string, Given>>;
  /** The reward of a completed survey. */
  declare done: Reward | undefined;
  declare problem: string;
  declare failed: string;
  declare busy: boolean;
  #saved: Readonly<Record<string, Given>> = {};
  #focus = '';

  static override styles = [shopperStyles, questionStyles, css`
    .top { display: flex; gap: 12px; align-items: center; margin-block-end: 14px; }
    progress { flex: 1; block-size: 6px; min-inline-size: 0; border: 0; border-radius: 3px; background: var(--_border); accent-color: var(--_accent); appearance: none; overflow: hidden; }
    progress::-webkit-progress-bar { background: var(--_border); }
    progress::-webkit-progress-value { background: var(--_accent); }
    progress::-moz-progress-bar { background: var(--_accent); }
    .top span { font-variant-numeric: tabular-nums; }
    .ends + .status, .row { margin-block-start: 12px; }
    .row { display: flex; flex-wrap: wrap; gap: 8px; justify-content: space-between; }
    .row .button:only-child { margin-inline-start: auto; }
    .thanks { display: grid; gap: 8px; justify-items: center; padding-block: 32px; text-align: center; }
    .thanks h2 { margin: 0; }
    .mark { display: grid; place-items: center; inline-size: 56px; block-size: 56px; border-radius: 50%; background: var(--_accent); color: var(--_on-accent); font-size: 1.75rem; }
  `];

  constructor() {
    super();
    this.surveys = undefined; this.survey = undefined; this.at = 0; this.answers = {}; this.done = undefined; this.problem = ''; this.failed = ''; this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    this.failed = '';
    try {
      const { items } = await this.context.api.get<{ items: Survey[] }>('/surveys');
      const wanted = this.context.data['survey'];
      this.surveys = wanted ? items.filter(({ id }) => id === wanted) : items;
      this.#open(this.surveys.find(({ progress }) => progress.state !== 'completed') ?? this.surveys[0]);
    } catch (error) {
      this.failed = this.explain(error);
    }
  }

  #open(survey: Survey | undefined): void {
    this.survey = survey;
    if (!survey) return;
    const { answers, reward, state } = survey.progress;
    this.#saved = this.answers = answers;
    this.done = state === 'completed' ? reward : undefined;
    const next = survey.questions.findIndex(({ id, required }) => required && isEmpty(answers[id]));
    this.at = state === 'partial' ? (next < 0 ? survey.questions.length - 1 : next) : 0;
  }

  protected override updated(_changed: PropertyValues): void {
    if (!this.#focus) return;
    this.renderRoot.querySelector<HTMLElement>(this.#focus)?.focus();
    this.#focus = '';
  }

  #say = (words: Words): string => words[this.context.locale];

  #go(at: number): void {
    this.at = at;
    this.problem = '';
    this.#focus = 'legend';
  }

  async #next(event: Event): Promise<void> {
    event.preventDefault();
    const { survey, at, answers } = this;
    const question = survey?.questions[at];
    if (!survey || !question || this.busy) return;
    const given = answers[question.id];
    if (question.required && isEmpty(given)) {
      this.problem = this.t('survey.needed');
      this.#focus = 'fieldset input, textarea';
      return;
    }
    const last = at === survey.questions.length - 1;
    const changed = JSON.stringify(given ?? '') !== JSON.stringify(this.#saved[question.id] ?? '');
    if (!changed && !last) { this.#go(at + 1); return; }
    this.busy = true;
    this.problem = '';
    try {
      const saved = await this.context.api.post<Saved>(`/surveys/${survey.id}/answers`, { ...(changed && { questionId: question.id, value: isEmpty(given) ? null : given }), complete: last });
      this.#saved = { ...this.#saved, [question.id]: given };
      if (saved.state === 'completed' && last) {
        this.done = saved.reward;
        this.#focus = 'h2';
        this.surveys = this.surveys?.filter(({ id }) => id !== survey.id);
        this.context.emit('completed', saved.reward);
      } else this.#go(at + 1);
    } catch (error) {
      const open = survey.questions.findIndex(({ id, required }) => required && isEmpty(this.#saved[id]));
      if (error instanceof ApiProblem && error.code === 'GX_SURVEY_INCOMPLETE' && open >= 0) this.#go(open);
      this.problem = this.explain(error);
    }
    this.busy = false;
  }

  #thanks(survey: Survey, reward: Reward): TemplateResult {
    const other = this.surveys?.find(({ id, progress }) => id !== survey.id && progress.state !== 'completed');
    return html`<div class="thanks"><div class="mark" aria-hidden="true">✓</div>
      <h2 tabindex="-1">${survey.thankYou ? this.#say(survey.thankYou) : this.t('survey.thanks')}</h2>
      ${reward.points && reward.state !== 'none' ? html`<p role="status">${this.t(`survey.${reward.state}`, { points: this.context.format.points(reward.points) })}</p>` : nothing}
      ${reward.state === 'waiting' && this.context.signIn ? html`<button class="button" @click=${() => this.context.signIn?.()}>${this.t('survey.signIn')}</button>` : nothing}
      ${other ? html`<button class="button quiet" @click=${() => { this.#open(other); this.#focus = 'legend'; }}>${this.t('survey.other', { title: this.#say(other.title) })}</button>` : nothing}
    </div>`;
  }

  #question(survey: Survey, question: ViewQuestion): TemplateResult {
    const { at, problem, busy } = this;
    const total = survey.questions.length;
    const given = this.answers[question.id];
    return html`<h2 class="name">${this.#say(survey.title)}</h2>
      ${at === 0 ? html`<p class="muted">${survey.intro ? `${this.#say(survey.intro)} ` : ''}${survey.rewardPoints ? this.t('survey.earn', { points: this.context.format.points(survey.rewardPoints) }) : ''}</p>` : nothing}
      <div class="top"><progress max=${total} .value=${at + 1} aria-label=${this.t('survey.progress', { n: at + 1, total })}></progress><span class="muted" aria-hidden="true">${at + 1} / ${total}</span></div>
      <form novalidate @submit=${(event: Event) => this.#next(event)}>
        ${questionView({ question, given, problem, say: this.#say, t: (key, params) => this.t(key, params), set: (value) => { this.answers = { ...this.answers, [question.id]: value }; this.problem = ''; } })}
        <p class="status danger" id="problem" role="status">${problem}</p>
        <div class="row">
          ${at ? html`<button class="button quiet" type="button" @click=${() => this.#go(at - 1)}>${this.t('survey.back')}</button>` : nothing}
          <button class="button" aria-busy=${busy ? 'true' : 'false'}>${this.t(at === total - 1 ? 'survey.finish' : !question.required && isEmpty(given) ? 'survey.skip' : 'survey.next')}</button>
        </div>
      </form>`;
  }

  protected override render(): TemplateResult {
    const { survey, surveys, failed, done } = this;
    const question = survey?.questions[this.at];
    return html`<section class="card" aria-label=${this.t('survey.name')} aria-busy=${!surveys && !failed}>${failed
      ? html`<p class="danger" role="alert">${failed}</p><button class="button quiet" @click=${() => this.#load()}>${this.t('survey.retry')}</button>`
      : !surveys ? html`<p class="muted" role="status">${this.t('survey.loading')}</p>`
      : !survey || !question ? html`<p class="muted">${this.t('survey.none')}</p>`
      : done ? this.#thanks(survey, done) : this.#question(survey, question)}</section>`;
  }
}
