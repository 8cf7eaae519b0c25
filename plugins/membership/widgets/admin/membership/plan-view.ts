import { html, nothing, type TemplateResult } from 'lit';
import { confirm, Load, minorDigits, shopCurrency } from 'guanxi/kit';
import { ApiProblem, type PluginElement } from 'guanxi/widgets';
import { homeHref, homePath, type MoveKind, type Mover, type Plan, type Preview, type View } from './member-types.js';
import { draftOf, GROWTH_FIELDS, rulesOf, withTier, type PlanDraft } from './plan-draft.js';
import { PeopleDialog } from './people-dialog.js';
import { moverColumns, previewCard } from './preview-card.js';
import { fieldOf, tierCard } from './tier-card.js';

const PAUSE_MS = 500;
/** What was typed and not saved: the admin builds its pages anew for another language. */
let kept: { readonly locale: string; readonly draft: PlanDraft } | undefined;
export const forgetPlan = (): void => { kept = undefined; };

/** The editor of the tier plan; beside it, who would move and what it would cost. */
export class PlanView implements View {
  #load: Load<Plan>;
  #draft: PlanDraft | undefined;
  #before = '';
  #preview: Preview | undefined;
  #fields: Readonly<Record<string, string>> = {};
  #asking = 0;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #people: PeopleDialog;

  constructor(private readonly panel: PluginElement) {
    this.#people = new PeopleDialog(panel);
    this.#load = new Load(panel, async () => {
      const plan = await panel.context.api.get<Plan>('plan');
      const stored = draftOf(plan.rules, this.#unit);
      this.#before = JSON.stringify(stored);
      this.#draft = kept && kept.locale !== panel.context.locale ? kept.draft : stored;
      void this.#ask();
      return plan;
    });
  }

  get #unit(): number { return 10 ** minorDigits(); }
  get settled(): Promise<unknown> { return this.#load.settled; }
  get dirty(): boolean { return this.#draft !== undefined && JSON.stringify(this.#draft) !== this.#before; }

  #change(draft: PlanDraft): void {
    this.#draft = draft;
    kept = { locale: this.panel.context.locale, draft };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), PAUSE_MS);
    this.panel.requestUpdate();
  }

  /** An answer that a newer question has overtaken is dropped. */
  async #ask(): Promise<void> {
    const { panel } = this;
    const run = ++this.#asking;
    try {
      const preview = await panel.context.api.post<Preview>('plan/preview', { rules: rulesOf(this.#draft!, this.#unit) });
      if (run !== this.#asking) return;
      [this.#preview, this.#fields] = [preview, {}];
    } catch (error) {
      if (run !== this.#asking) return;
      this.#fields = error instanceof ApiProblem ? error.fields : {};
      this.#preview = undefined;
      if (!Object.keys(this.#fields).length) panel.context.toast?.(panel.explain(error), 'danger');
    }
    panel.requestUpdate();
  }

  async #save(plan: Plan): Promise<void> {
    const { panel } = this;
    const { api, toast, navigate } = panel.context;
    clearTimeout(this.#timer);
    await this.#ask();
    if (!this.#preview) return this.#refuse();
    const { up, down, term } = this.#preview;
    const body = `${panel.t('admin.save.text', { up, term })} ${down ? panel.t('admin.preview.downs', { down }) : panel.t('admin.save.kept')}`;
    if (this.#busy || !(await confirm({ title: panel.t('admin.save.ask'), body, action: panel.t('admin.save') }))) return;
    this.#busy = true;
    try {
      await api.put<Plan>('plan', { rules: rulesOf(this.#draft!, this.#unit), after: plan.version });
      this.#before = JSON.stringify(this.#draft);
      forgetPlan();
      toast?.(panel.t('admin.saved'), 'success');
      navigate?.(homePath());
    } catch (error) {
      toast?.(panel.explain(error), 'danger');
    }
    this.#busy = false;
  }

  /** Everybody who would move in one way under the plan as it stands in the form. */
  #show(plan: Plan, when: MoveKind): void {
    const { panel } = this;
    const rules = rulesOf(this.#draft!, this.#unit);
    this.#people.open<Mover>(panel.t(`admin.preview.go.${when}`), moverColumns(panel, rules, plan.rules), (cursor) => panel.context.api.post('plan/preview/people', { rules, when, ...(cursor ? { cursor } : {}) }));
  }

  async #refuse(): Promise<void> {
    await this.panel.updateComplete;
    this.panel.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    this.panel.context.toast?.(this.panel.t('admin.check'), 'danger');
  }

  #rules(draft: PlanDraft): TemplateResult {
    const { panel } = this;
    const t = panel.t.bind(panel);
    const field = (name: string, label: string, value: string, set: (text: string) => PlanDraft, unit = '') => fieldOf({ name, label, unit, value, problem: this.#fields[`rules.${name}`], set: (text) => this.#change(set(text)) });
    return html`<gx-card heading=${t('admin.rules')} subtitle=${t('admin.rulesText')}><div class="fields">
      <div class="field"><label for="window">${t('admin.window')}</label><select id="window" @change=${(event: Event) => this.#change({ ...draft, kind: (event.target as HTMLSelectElement).value as PlanDraft['kind'] })}>${(['rolling', 'calendar', 'lifetime'] as const).map((kind) => html`<option value=${kind} ?selected=${kind === draft.kind}>${t(`admin.window.${kind}`)}</option>`)}</select></div>
      ${draft.kind === 'rolling' ? field('window.days', t('admin.windowDays'), draft.days, (days) => ({ ...draft, days }), t('admin.days')) : nothing}
      ${draft.kind === 'lifetime' ? nothing : field('graceDays', t('admin.graceDays'), draft.graceDays, (graceDays) => ({ ...draft, graceDays }), t('admin.days'))}
      ${GROWTH_FIELDS.map((name) => field(`growth.${name}`, t(`admin.growth.${name}`, { currency: shopCurrency() }), draft.growth[name], (text) => ({ ...draft, growth: { ...draft.growth, [name]: text } })))}
    </div></gx-card>`;
  }

  render(): TemplateResult {
    const { panel } = this;
    const { value: plan, error } = this.#load;
    const draft = this.#draft;
    const body = error && !plan ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : !plan || !draft ? html`<gx-skeleton shape="page"></gx-skeleton>` : html`<div class="columns">
      <form class="stack" novalidate @submit=${(event: Event) => { event.preventDefault(); void this.#save(plan); }}>${this.#rules(draft)}${draft.tiers.map((_, at) => tierCard(panel, draft, at, this.#fields, (next) => this.#change(next)))}
        <div class="row">${draft.tiers.length < 6 ? html`<wa-button appearance="outlined" @click=${() => this.#change(withTier(draft))}><gx-icon slot="start" name="plus"></gx-icon>${panel.t('admin.addTier')}</wa-button>` : nothing}<wa-button type="submit" variant="brand">${panel.t('admin.save')}</wa-button></div></form>
      <div class="beside">${previewCard(panel, { rules: rulesOf(draft, this.#unit), present: plan.rules, preview: this.#preview, busy: Object.keys(this.#fields).length === 0, show: (when) => { this.#show(plan, when); } })}</div></div>${this.#people.render()}`;
    return html`<gx-page heading=${panel.t('admin.editPlan')} back=${homeHref()} back-label=${panel.t('admin.title')}>${body}</gx-page>`;
  }
}
