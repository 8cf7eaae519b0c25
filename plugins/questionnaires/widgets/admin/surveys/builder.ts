import { html, nothing, type TemplateResult } from 'lit';
import { ApiProblem, type PluginElement } from 'guanxi/widgets';
import { uiLocale, type MenuItem } from 'guanxi/kit';
import { addQuestion, copyQuestion, MAX_QUESTIONS, moveQuestion, problems, putQuestion, removeQuestion, stored, untranslated } from './draft-changes.js';
import { Preview } from './preview.js';
import { questionEditor } from './question-editor.js';
import { href, KINDS, type Survey, type SurveyConfig } from './survey-types.js';
import { wordsField } from './words-field.js';

/** The editor of a draft: texts and questions at one side, what the shopper sees at the other. */
export class Builder {
  readonly preview: Preview;
  name: string;
  config: SurveyConfig;
  open = 0;
  busy = '';
  problem = '';
  publishing = false;
  days = '14';
  #before: string;
  #shown: ReadonlyMap<string, string> = new Map();

  constructor(private readonly host: PluginElement, readonly survey: Survey, private readonly done: { saved: (survey: Survey) => void; published: (survey: Survey) => void; act: (name: string) => void }) {
    this.name = survey.title;
    this.config = survey.config;
    this.#before = this.#document();
    this.preview = new Preview(() => host.requestUpdate());
    this.preview.language = uiLocale();
  }

  get dirty(): boolean { return this.#document() !== this.#before; }
  #document(): string { return JSON.stringify({ title: this.name, config: stored(this.config) }); }

  /** After every update of the page. */
  drawn(): void { this.preview.draw(this.host.renderRoot.querySelector<HTMLElement>('.preview'), this.name, this.config); }

  #set(config: SurveyConfig): void {
    this.config = config;
    if (this.#shown.size) this.#shown = problems(this.name, config);
    this.problem = '';
    this.host.requestUpdate();
  }

  #open(at: number): void {
    this.open = this.open === at ? -1 : at;
    if (this.open >= 0) this.preview.at = this.open;
    this.host.requestUpdate();
  }

  /** Stores the draft; answers whether it is stored. */
  async save(): Promise<boolean> {
    this.#shown = problems(this.name, this.config);
    if (this.#shown.size) {
      const at = [...this.#shown.keys()].map((field) => /^questions\.(\d+)/.exec(field)?.[1]).find((each) => each !== undefined);
      if (at !== undefined) this.open = Number(at);
      this.problem = this.host.t('admin.problem.some', { n: this.#shown.size });
      this.host.requestUpdate();
      await this.host.updateComplete;
      this.host.renderRoot.querySelector<HTMLElement>('[data-invalid]')?.focus();
      return false;
    }
    this.busy = 'save';
    this.host.requestUpdate();
    try {
      const sent = this.#document();
      const saved = await this.host.context.api.put<Survey>(`/surveys/${this.survey.id}`, JSON.parse(sent));
      this.#before = sent;
      this.done.saved(saved);
      return true;
    } catch (error) {
      // What the browser does not check by itself is named by the server, field by field.
      this.problem = [this.host.explain(error), ...(error instanceof ApiProblem ? Object.keys(error.fields) : [])].join(' ');
      return false;
    } finally { this.busy = ''; this.host.requestUpdate(); }
  }

  async #publish(): Promise<void> {
    this.busy = 'publish';
    this.host.requestUpdate();
    try {
      const survey = await this.host.context.api.post<Survey>(`/surveys/${this.survey.id}/publish`, this.days === '0' ? {} : { days: Number(this.days) });
      this.publishing = false;
      this.done.published(survey);
    } catch (error) { this.host.context.toast?.(this.host.explain(error), 'danger'); }
    this.busy = '';
    this.host.requestUpdate();
  }

  async #askToPublish(): Promise<void> {
    if ((this.dirty || problems(this.name, this.config).size) && !(await this.save())) return;
    this.publishing = true;
    this.host.requestUpdate();
  }

  #about(): TemplateResult {
    const { host, config } = this;
    const t = (key: string): string => host.t(key);
    const languages = { en: t('admin.english'), 'zh-CN': t('admin.chinese') };
    const wrong = (field: string): string | undefined => (this.#shown.has(field) ? t(this.#shown.get(field) ?? '') : undefined);
    return html`<gx-card heading=${t('admin.about')}><div class="stack">
      <div><wa-input size="s" label=${t('admin.name')} hint=${t('admin.nameHint')} maxlength="200" .value=${this.name} data-invalid=${wrong('title') ? '' : nothing} @input=${(event: Event) => { this.name = (event.target as HTMLInputElement).value; this.#set(this.config); }}></wa-input>
        <div aria-live="polite">${wrong('title') ? html`<p class="negative small strong">${wrong('title')}</p>` : nothing}</div></div>
      ${wordsField({ label: t('admin.title'), words: config.title, max: 120, languages, set: (title) => this.#set({ ...config, title }) })}
      ${wordsField({ label: t('admin.intro'), words: config.intro, max: 300, languages, long: true, set: (intro) => this.#set({ ...config, intro }) })}
      ${wordsField({ label: t('admin.thankYou'), words: config.thankYou, max: 300, languages, long: true, set: (thankYou) => this.#set({ ...config, thankYou }) })}
      <div><wa-input size="s" class="short" type="number" inputmode="numeric" min="0" max="10000" step="1" label=${t('admin.reward')} .value=${String(config.rewardPoints)} data-invalid=${wrong('rewardPoints') ? '' : nothing}
        @input=${(event: Event) => { const typed = (event.target as HTMLInputElement).value; this.#set({ ...config, rewardPoints: typed.trim() === '' ? Number.NaN : Number(typed) }); }}></wa-input>
        <p class="muted small">${t('admin.rewardHint')}</p><div aria-live="polite">${wrong('rewardPoints') ? html`<p class="negative small strong">${wrong('rewardPoints')}</p>` : nothing}</div></div>
    </div></gx-card>`;
  }

  #questions(): TemplateResult {
    const { host, config } = this;
    const count = config.questions.length;
    return html`<gx-card heading=${host.t('admin.questions')} subtitle=${host.t('admin.questionCount', { n: count })}>
      <ol class="questions">${config.questions.map((question, at) => questionEditor({
        host, question, at, count, open: this.open === at, toggle: () => this.#open(at), set: (next) => this.#set(putQuestion(this.config, at, next)), act: (action) => this.#act(at, action),
        problem: (field) => {
          const key = field ? this.#shown.get(`questions.${at}.${field}`) : [...this.#shown].find(([name]) => name.startsWith(`questions.${at}.`))?.[1];
          return key ? host.t(key) : undefined;
        },
      }))}</ol>
      ${this.#shown.has('questions') ? html`<p class="negative small strong" role="status">${host.t('admin.problem.questions')}</p>` : nothing}
      <div class="add" role="group" aria-label=${host.t('admin.addQuestion')}><span class="muted small">${host.t('admin.addQuestion')}</span>${KINDS.map((kind) => html`<wa-button size="s" appearance="outlined" ?disabled=${count >= MAX_QUESTIONS} @click=${() => { this.open = count; this.preview.at = count; this.#set(addQuestion(this.config, kind)); }}><gx-icon slot="start" name="plus"></gx-icon>${host.t(`admin.kind.${kind}`)}</wa-button>`)}</div>
    </gx-card>`;
  }

  #act(at: number, action: 'up' | 'down' | 'copy' | 'remove'): void {
    const next = action === 'remove' ? Math.min(at, this.config.questions.length - 2) : action === 'up' ? at - 1 : at + 1;
    this.open = next;
    this.preview.at = Math.max(0, next);
    this.#set(action === 'remove' ? removeQuestion(this.config, at) : action === 'copy' ? copyQuestion(this.config, at) : moveQuestion(this.config, at, action === 'up' ? -1 : 1));
  }

  #preview(): TemplateResult {
    const { host, preview } = this;
    const language = (code: 'en' | 'zh-CN', name: string): TemplateResult => html`<button type="button" aria-pressed=${preview.language === code ? 'true' : 'false'} @click=${() => { preview.language = code; host.requestUpdate(); }}>${name}</button>`;
    return html`<gx-card class="beside" heading=${host.t('admin.preview')}><div slot="actions" class="switch" role="group" aria-label=${host.t('admin.previewLanguage')}>${language('en', 'English')}${language('zh-CN', '中文')}</div>
      <div class="preview"></div><p class="muted small">${host.t('admin.previewHint')}</p></gx-card>`;
  }

  #dialog(): TemplateResult {
    const { host } = this;
    const missing = untranslated(this.config);
    return html`<gx-dialog label=${host.t('admin.publishTitle')} ?open=${this.publishing} @gx-close=${() => { this.publishing = false; host.requestUpdate(); }}><div class="stack">
      <p>${host.t('admin.publishText')}</p>
      ${missing ? html`<p class="row"><gx-badge tone="warning" icon="alert">${host.t('admin.untranslated', { n: missing })}</gx-badge></p>` : nothing}
      <wa-select label=${host.t('admin.runsFor')} .value=${this.days} @change=${(event: Event) => { this.days = String((event.target as HTMLSelectElement).value); }}>${['7', '14', '30', '90', '0'].map((days) => html`<wa-option value=${days}>${days === '0' ? host.t('admin.noEnd') : host.t('admin.days', { n: Number(days) })}</wa-option>`)}</wa-select></div>
      <wa-button slot="footer" appearance="outlined" @click=${() => { this.publishing = false; host.requestUpdate(); }}>${host.t('admin.cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy === 'publish'} @click=${() => this.#publish()}>${host.t('admin.action.publish')}</wa-button></gx-dialog>`;
  }

  render(): TemplateResult {
    const { host } = this;
    const menu: MenuItem[] = [{ name: 'duplicate', icon: 'copy', label: host.t('admin.action.duplicate') }, { name: 'remove', icon: 'trash', danger: true, label: host.t('admin.action.remove') }];
    return html`<gx-page heading=${this.name || host.t('admin.untitled')} back=${href()} back-label=${host.t('admin.surveys')}>
      <div slot="meta" class="row small muted"><gx-badge>${host.t('admin.state.draft')}</gx-badge><span role="status" class=${this.problem ? 'negative strong' : ''}>${this.problem || (this.dirty ? host.t('admin.unsaved') : '')}</span></div>
      <wa-button slot="actions" appearance="outlined" ?disabled=${!this.dirty} ?loading=${this.busy === 'save'} @click=${() => this.save()}>${host.t('admin.save')}</wa-button>
      <wa-button slot="actions" variant="brand" @click=${() => this.#askToPublish()}>${host.t('admin.action.publish')}</wa-button>
      <gx-menu slot="actions" label=${host.t('admin.more')} .items=${menu} @gx-select=${(event: CustomEvent<{ name: string }>) => this.done.act(event.detail.name)}></gx-menu>
      <div class="columns">${html`<div class="stack">${this.#about()}${this.#questions()}</div>`}${this.#preview()}</div>
    </gx-page>${this.#dialog()}`;
  }
}
