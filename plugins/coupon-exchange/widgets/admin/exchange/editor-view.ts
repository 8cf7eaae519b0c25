import { html, nothing, type TemplateResult } from 'lit';
import { Load, minorDigits, shopCurrency } from 'guanxi/kit';
import { ApiProblem, type PluginElement } from 'guanxi/widgets';
import { rewardCard } from '../../reward-card.js';
import { field } from './field.js';
import { reachCard } from './reach-card.js';
import { moveReward } from './reward-actions.js';
import { bodyOf, canBePrize, draftOf, FIRST, hasEnd, hasMinimum, hasOwnCost, KINDS, numberKind, wrongOf, type RewardDraft } from './reward-draft.js';
import { ShopGoods } from './shop-goods.js';
import { homeHref, homePath, titleOf, type Reward, type View } from './reward-types.js';

/** What was typed and not saved. The admin builds its pages anew for another language; that must not cost a merchant their work. */
let unsaved: { readonly id: string | undefined; readonly locale: string; readonly draft: RewardDraft } | undefined;
/** The merchant left the form. */
export const forgetUnsaved = (): void => { unsaved = undefined; };

/** The form of a new reward or of a draft, with the card as shoppers will see it. */
export class EditorView implements View {
  #draft: RewardDraft;
  #before: RewardDraft = FIRST;
  #stored: Load<Reward> | undefined;
  /** Checked from the first attempt to save on. */
  #tried = false;
  #server: Readonly<Record<string, string>> = {};
  #busy: 'save' | 'publish' | '' = '';

  #goods: ShopGoods;

  constructor(private readonly panel: PluginElement, private readonly id: string | undefined) {
    this.#goods = new ShopGoods(panel);
    const kept = unsaved?.id === id && unsaved?.locale !== panel.context.locale ? unsaved?.draft : undefined;
    this.#draft = kept ?? FIRST;
    if (id) this.#stored = new Load(panel, async () => {
      const reward = await panel.context.api.get<Reward>(`rewards/${encodeURIComponent(id)}`);
      this.#before = draftOf(reward, minorDigits());
      this.#draft = kept ?? this.#before;
      for (const sku of [this.#draft.sku, ...this.#draft.skus]) this.#goods.look(sku);
      return reward;
    });
  }

  get dirty(): boolean { return JSON.stringify(this.#draft) !== JSON.stringify(this.#before); }
  get settled(): Promise<unknown> { return Promise.all([this.#stored?.settled, this.#goods.settled]); }

  #problem(name: string): string | undefined {
    const { panel } = this;
    const wrong = this.#tried ? wrongOf(this.#draft, minorDigits())[name] : undefined;
    if (wrong) return panel.t(`admin.form.${wrong.key}`, { min: wrong.min, max: wrong.max });
    const said = this.#server[name];
    return said ? panel.t('admin.form.refused', { text: said }) : undefined;
  }

  #set(name: string, change: Partial<RewardDraft>): void {
    this.#draft = { ...this.#draft, ...change };
    unsaved = { id: this.id, locale: this.panel.context.locale, draft: this.#draft };
    this.#server = Object.fromEntries(Object.entries(this.#server).filter(([each]) => each !== name));
    this.panel.requestUpdate();
  }

  async #save(then: 'save' | 'publish'): Promise<void> {
    const { panel, id } = this;
    const { api, toast, navigate } = panel.context;
    if (this.#busy) return;
    this.#tried = true;
    this.#server = {};
    if (Object.keys(wrongOf(this.#draft, minorDigits())).length) return this.#refuse();
    this.#busy = then;
    panel.requestUpdate();
    try {
      const body = bodyOf(this.#draft, minorDigits());
      const saved = id ? await api.put<Reward>(`rewards/${encodeURIComponent(id)}`, body) : await api.post<Reward>('rewards', body);
      forgetUnsaved();
      this.#before = this.#draft;
      if (then === 'save') toast?.(panel.t('admin.done.saved'), 'success');
      const published = then === 'publish' && await moveReward(panel, saved, 'publish');
      if (then === 'save' || published) navigate?.(homePath());
      else if (!id) navigate?.(homePath(saved.id));
    } catch (error) {
      this.#server = error instanceof ApiProblem ? error.fields : {};
      await this.#refuse(error);
    } finally {
      this.#busy = '';
      panel.requestUpdate();
    }
  }

  async #refuse(error?: unknown): Promise<void> {
    const { panel } = this;
    panel.requestUpdate();
    await panel.updateComplete;
    const wrong = panel.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.focus();
    if (!wrong || !error) panel.context.toast?.(error === undefined ? panel.t('admin.form.check') : panel.explain(error), 'danger');
  }

  #text(name: 'title.en' | 'title.zh-CN' | 'note.en' | 'note.zh-CN', key: 'en' | 'zh' | 'noteEn' | 'noteZh', label: string, max: number, hint?: string): TemplateResult {
    return field({ name, label, problem: this.#problem(name), ...(hint && { hint }) }, (id, described, wrong) =>
      html`<input id=${id} maxlength=${max} lang=${name.endsWith('en') ? 'en' : 'zh'} autocomplete="off" .value=${this.#draft[key]} aria-describedby=${described} aria-invalid=${wrong} @input=${(event: Event) => this.#set(name, { [key]: (event.target as HTMLInputElement).value })}>`);
  }

  #number(name: 'discount' | 'minimum' | 'cost' | 'stock' | 'perPerson' | 'validDays' | 'ownCost', label: string, unit: string, hint?: string): TemplateResult {
    return field({ name, label, unit, problem: this.#problem(name), ...(hint && { hint }) }, (id, described, wrong) =>
      html`<input id=${id} class="num" inputmode="decimal" autocomplete="off" ?disabled=${name === 'stock' && this.#draft.unlimited} .value=${this.#draft[name]} aria-describedby=${described} aria-invalid=${wrong} @input=${(event: Event) => this.#set(name, { [name]: (event.target as HTMLInputElement).value })}>`);
  }

  #select<K extends 'kind' | 'activityId' | 'partialReturn'>(name: K, label: string, options: readonly (readonly [RewardDraft[K], string, (string | undefined)?])[], hint?: string): TemplateResult {
    const value = this.#draft[name];
    return field({ name, label, problem: this.#problem(name), ...(hint && { hint }) }, (id, described, wrong) => html`<select id=${id} aria-describedby=${described} aria-invalid=${wrong} @change=${(event: Event) => this.#set(name, { [name]: (event.target as HTMLSelectElement).value })}>
      ${options.map(([each, text, missing]) => html`<option value=${each} ?selected=${each === value} ?disabled=${missing !== undefined && each !== value}>${missing === undefined ? text : `${text} (${missing})`}</option>`)}</select>`);
  }

  /** The fields that only this kind has. */
  #worth(): TemplateResult | typeof nothing {
    const { kind, sku, activityId } = this.#draft;
    const t = this.panel.t.bind(this.panel);
    const number = numberKind(kind);
    const product = kind === 'product' || kind === 'next-order' ? html`<div class="field"><gx-product-field id="sku" label=${t(kind === 'product' ? 'admin.form.product' : 'admin.form.productMaybe')} .value=${sku} .source=${this.#goods} aria-invalid=${this.#problem('sku') !== undefined}
      @gx-change=${(event: CustomEvent<{ value: string | null }>) => { this.#set('sku', { sku: event.detail.value }); this.#goods.look(event.detail.value); }}></gx-product-field>${this.#problem('sku') ? html`<p class="wrong" role="alert">${this.#problem('sku')}</p>` : nothing}</div>` : nothing;
    const wheel = kind === 'draw' ? this.#select('activityId', t('admin.form.wheel'), [...(this.#goods.wheels.some(({ ref }) => ref === activityId) ? [] : [['', '–'] as const]), ...this.#goods.wheels.map(({ ref, title }) => [ref, title] as const)]) : nothing;
    return html`${product}${wheel}${number === 'none' ? nothing : this.#number('discount', t(`admin.form.worth.${kind}`), number === 'money' ? shopCurrency() : number === 'percent' ? '%' : t('admin.form.times'), kind === 'percent' || kind === 'product' ? t(`admin.form.worthHint.${kind}`) : undefined)}`;
  }

  #form(): TemplateResult {
    const { panel } = this;
    const { kind, unlimited } = this.#draft;
    const forPoints = !(this.#draft.prizeOnly && canBePrize(kind));
    const t = panel.t.bind(panel);
    return html`<form class="stack" novalidate @submit=${(event: Event) => { event.preventDefault(); void this.#save('save'); }}>
      <gx-card heading=${t('admin.form.what')}><div class="stack">
        <div class="fields wide">${this.#text('title.en', 'en', t('admin.form.titleEn'), 80, t('admin.form.titleHint'))}${this.#text('title.zh-CN', 'zh', t('admin.form.titleZh'), 40)}</div>
        <div class="fields">
          ${this.#select('kind', t('admin.form.kind'), KINDS.map((each) => [each, t(`admin.form.kind.${each}`), this.#goods.missing(each)]))}
          ${this.#worth()}
          ${hasMinimum(kind) ? this.#number('minimum', t('admin.form.minimum'), shopCurrency(), t('admin.form.minimumHint')) : nothing}
        </div>
        <div class="fields wide">${kind === 'amount' || kind === 'percent' ? this.#select('partialReturn', t('admin.form.partial'), (['prorate', 'keep', 'deduct'] as const).map((each) => [each, t(`admin.form.partial.${each}`)]), t('admin.form.partialHint')) : nothing}</div>
        <p class="muted small">${t(`admin.form.about.${kind}`)}</p>
        <div class="fields wide">${this.#text('note.en', 'noteEn', t('admin.form.noteEn'), 200, t('admin.form.noteHint'))}${this.#text('note.zh-CN', 'noteZh', t('admin.form.noteZh'), 100)}</div></div></gx-card>
      <gx-card heading=${t('admin.form.price')}><div class="fields wide">
        ${forPoints ? this.#number('cost', t('admin.form.cost'), t('admin.form.points')) : nothing}
        ${kind === 'code' ? html`<p class="muted small">${t('admin.form.codesHint')}</p>` : html`<div>${this.#number('stock', t('admin.form.stock'), t('admin.form.pieces'), unlimited ? undefined : t('admin.form.stockHint'))}<label class="tick"><input type="checkbox" .checked=${unlimited} @change=${(event: Event) => this.#set('stock', { unlimited: (event.target as HTMLInputElement).checked })}>${t('admin.form.unlimited')}</label></div>`}
        ${forPoints ? this.#number('perPerson', t('admin.form.perPerson'), t('admin.form.times')) : nothing}
        ${hasOwnCost(kind) ? this.#number('ownCost', t('admin.form.ownCost'), shopCurrency(), t(`admin.form.ownCostHint.${kind}`)) : nothing}
        ${hasEnd(kind) ? this.#number('validDays', t('admin.form.validDays'), t('admin.form.dayUnit')) : nothing}
      </div></gx-card>
      ${reachCard({ panel, draft: this.#draft, goods: this.#goods, problem: (name) => this.#problem(name), set: (name, change) => this.#set(name, change) })}
      <div class="row"><wa-button variant="brand" ?loading=${this.#busy === 'publish'} @click=${() => this.#save('publish')}>${t('admin.form.publish')}</wa-button><wa-button appearance="outlined" ?loading=${this.#busy === 'save'} @click=${() => this.#save('save')}>${t('admin.form.save')}</wa-button></div>
    </form>`;
  }

  #preview(): TemplateResult {
    const { panel } = this;
    const { stock, title, ...body } = bodyOf(this.#draft, minorDigits());
    const sound = (value: number): number => (Number.isFinite(value) ? value : 0);
    const none = panel.t('admin.form.titlePlaceholder');
    const last = [body.endsOn, body.lastUseOn].filter((each) => each !== null).toSorted()[0];
    const shown = { ...body, until: last ? Date.parse(`${last}T12:00:00Z`) : null, only: body.skus?.map((sku) => this.#goods.product(sku)?.title ?? sku) ?? null, product: this.#goods.product(body.sku), title: { en: title.en || none, 'zh-CN': title['zh-CN'] || none }, discount: sound(body.discount), minimum: sound(body.minimum), cost: sound(body.cost), perPerson: sound(body.perPerson), validDays: sound(body.validDays), remaining: stock === null ? null : sound(stock) };
    const action = shown.remaining === 0 ? html`<span class="soldout">${panel.t('soldOut')}</span>` : html`<span class="show" aria-hidden="true">${panel.t('redeem')}</span>`;
    return html`<gx-card class="beside" heading=${panel.t('admin.form.preview')} subtitle=${panel.t('admin.form.previewText')}><ul class="plain preview">${rewardCard(panel, shown, action)}</ul></gx-card>`;
  }

  #frozen(reward: Reward): TemplateResult {
    const { panel } = this;
    const copy = async (): Promise<void> => { const made = await moveReward(panel, reward, 'duplicate'); if (made) panel.context.navigate?.(homePath(made.id)); };
    return html`<gx-card><gx-empty icon="lock" heading=${panel.t('admin.frozen')}><p>${panel.t('admin.frozenText')}</p><wa-button slot="action" variant="brand" @click=${copy}>${panel.t('admin.action.duplicate')}</wa-button></gx-empty></gx-card>`;
  }

  render(): TemplateResult {
    const { panel } = this;
    const { value, error } = this.#stored ?? { value: undefined, error: undefined };
    const body = error ? html`<gx-error .error=${error} @gx-retry=${() => this.#stored?.reload()}></gx-error>` : this.#stored && !value ? html`<gx-skeleton shape="page"></gx-skeleton>`
      : html`<div class="columns">${value && value.state !== 'draft' ? this.#frozen(value) : this.#form()}${this.#preview()}</div>`;
    return html`<gx-page heading=${value ? titleOf(panel, value) : this.id ? panel.t('admin.title') : panel.t('admin.form.new')} back=${homeHref()} back-label=${panel.t('admin.title')}>${body}</gx-page>`;
  }
}
