import { html, type TemplateResult } from 'lit';
import { PluginElement, type Unsaved } from 'guanxi/widgets';
import { confirm, kitStyles, Load } from 'guanxi/kit';
import { Builder } from './surveys/builder.js';
import { panelStyles } from './surveys/panel.styles.js';
import { ResultsPage } from './surveys/results-page.js';
import { surveyList } from './surveys/survey-list.js';
import { HOME, href, nameOf, type Results, type Survey, type SurveyConfig, type SurveyRow, type Template } from './surveys/survey-types.js';
import { templateChoice } from './surveys/template-choice.js';

/** The admin builds its pages anew for another language; that must not cost a merchant their work. */
let kept: { readonly id: string; readonly locale: string; readonly name: string; readonly config: SurveyConfig } | undefined;

type View = { readonly kind: 'list'; readonly rows: readonly SurveyRow[] } | { readonly kind: 'new'; readonly templates: readonly Template[] } | { readonly kind: 'builder'; readonly builder: Builder } | { readonly kind: 'results'; readonly page: ResultsPage };

/** Surveys: the list, the builder of a draft, the results of what was opened. The address says which. */
export default class Surveys extends PluginElement implements Unsaved {
  static override properties = { ...PluginElement.properties, busy: { state: true } };
  declare busy: boolean;
  #path = '';
  #view = new Load<View>(this, () => this.#read());

  static override styles = [kitStyles, panelStyles];

  constructor() { super(); this.busy = false; }

  /** Whether leaving the page would lose something. */
  get dirty(): boolean { return this.#view.value?.kind === 'builder' && this.#view.value.builder.dirty; }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#path = this.context.data['path'] ?? '';
  }

  async #read(): Promise<View> {
    const { api } = this.context;
    const path = this.context.data['path'] ?? '';
    if (path === '') {
      kept = undefined;
      return { kind: 'list', rows: (await api.get<{ items: SurveyRow[] }>('/surveys')).items };
    }
    if (path === 'new') return { kind: 'new', templates: (await api.get<{ items: Template[] }>('/templates')).items };
    const survey = await api.get<Survey>(`/surveys/${encodeURIComponent(path)}`);
    if (survey.state !== 'draft' && survey.state !== 'checked') return { kind: 'results', page: new ResultsPage(this, await api.get<Results>(`/surveys/${encodeURIComponent(path)}/results`), (each, name) => { void this.#act(each, name); }) };
    const builder = new Builder(this, survey, {
      saved: () => this.context.toast?.(this.t('admin.saved'), 'success'),
      published: () => { this.context.toast?.(this.t('admin.published'), 'success'); void this.#view.reload(); },
      act: (name) => { void this.#act(survey, name); },
    });
    if (kept?.id === survey.id && kept.locale !== this.context.locale) Object.assign(builder, { name: kept.name, config: kept.config });
    return { kind: 'builder', builder };
  }

  protected override willUpdate(): void {
    const path = this.context.data['path'] ?? '';
    if (path === this.#path) return;
    this.#path = path;
    this.#view.value = undefined;
    void this.#view.reload();
  }

  protected override updated(): void {
    const view = this.#view.value;
    if (view?.kind === 'builder') {
      const { builder } = view;
      builder.drawn();
      kept = builder.dirty ? { id: builder.survey.id, locale: this.context.locale, name: builder.name, config: builder.config } : undefined;
    }
    if (view?.kind === 'results') view.page.drawn();
  }

  async #act(survey: Survey, name: string): Promise<void> {
    const { api, toast, navigate } = this.context;
    const title = nameOf(survey, this.context.locale);
    if (name === 'end' && !(await confirm({ title: this.t('admin.endTitle', { title }), body: this.t('admin.endText'), action: this.t('admin.action.end'), danger: true }))) return;
    if (name === 'remove' && !(await confirm({ title: this.t('admin.removeTitle', { title }), body: this.t('admin.removeText'), action: this.t('admin.action.remove'), danger: true }))) return;
    try {
      if (name === 'remove') await api.delete(`/surveys/${survey.id}`);
      else {
        const made = await api.post<Survey>(`/surveys/${survey.id}/${name}`, {});
        if (name === 'duplicate') { navigate?.(`${HOME}/${made.id}`); toast?.(this.t('admin.done.duplicate'), 'success'); return; }
      }
      toast?.(this.t(`admin.done.${name}`), 'success');
      if (name === 'remove' && this.#path) navigate?.(HOME); else await this.#view.reload();
    } catch (error) { toast?.(this.explain(error), 'danger'); }
  }

  async #begin(title: string, config: SurveyConfig): Promise<void> {
    this.busy = true;
    try {
      const made = await this.context.api.post<Survey>('/surveys', { title, config });
      this.context.navigate?.(`${HOME}/${made.id}`);
    } catch (error) { this.context.toast?.(this.explain(error), 'danger'); }
    this.busy = false;
  }

  #shown(view: View): TemplateResult {
    switch (view.kind) {
      case 'list': return surveyList(this, view.rows, (survey, name) => { void this.#act(survey, name); });
      case 'new': return templateChoice(this, view.templates, this.busy, (title, config) => { void this.#begin(title, config); });
      case 'builder': return view.builder.render();
      case 'results': return view.page.render();
    }
  }

  protected override render(): TemplateResult {
    const { value, error } = this.#view;
    if (value && !error) return this.#shown(value);
    return html`<gx-page heading=${this.t('admin.surveys')} subtitle=${this.#path ? '' : this.t('admin.subtitle')} back=${this.#path ? href() : ''} back-label=${this.t('admin.surveys')}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#view.reload()}></gx-error>` : html`<gx-skeleton shape="page"></gx-skeleton>`}</gx-page>`;
  }
}
