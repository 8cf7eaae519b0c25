import { html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { formatMoney } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { AdminPage } from '../admin-page.js';
import './floors-card.element.js';
import './rules-form.element.js';
import type { RulesDraft } from './rules-form.element.js';
import type { Example, StackingAnswer } from './stacking-types.js';
import { loadStackingTexts, s } from './texts.js';

/** What comes together at the checkout, with an example that follows every change, and the floors of prices. */
class StackingPage extends AdminPage {
  static override properties = { draft: { state: true }, example: { state: true }, busy: { state: true } };
  declare draft: RulesDraft | undefined;
  declare example: Example | undefined;
  declare busy: boolean;
  static override styles = kitStyles;
  #turn = 0;
  #answer = new Load<StackingAnswer>(this, async () => {
    const answer = await this.session.api.get<StackingAnswer>('/stacking');
    await this.#try(this.draft ?? answer.rules);
    return answer;
  });

  constructor() { super(); this.draft = undefined; this.example = undefined; this.busy = false; }

  override get ready(): Promise<unknown> { return this.#answer.settled; }
  override get tabTitle(): string { return s('title'); }
  override get dirty(): boolean { return this.draft !== undefined; }
  get #maySave(): boolean { return ['owner', 'operator', 'marketer'].includes(this.session.bootstrap?.staff.role ?? ''); }

  async #try({ pairs, priority, basis }: RulesDraft): Promise<void> {
    const turn = ++this.#turn;
    const example = await this.session.api.post<Example>('/stacking/example', { pairs, priority, basis });
    if (turn === this.#turn) this.example = example;
  }

  #changed(draft: RulesDraft): void {
    this.draft = draft;
    void this.attempt(() => this.#try(draft));
  }

  async #save({ rules: { version } }: StackingAnswer): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    this.busy = true;
    const { pairs, priority, basis } = draft;
    if (await this.attempt(() => this.session.api.put('/stacking', { basedOn: version, pairs, priority, basis }), s('saved'))) {
      this.draft = undefined;
      await this.#answer.reload();
    }
    this.busy = false;
  }

  #offer(offer: Example['offers'][number], currency: string): unknown {
    const value = (each: Example['offers'][number]): string => (each.kind === 'percent' ? `${each.value / 100} %` : formatMoney(each.value, currency));
    const name = s(`offer.${offer.id}`, { value: value(offer) });
    if (offer.used) return html`<div class="spread"><span>${name}</span><strong class="num">−${formatMoney(offer.takes, currency)}</strong></div>`;
    const all = this.example?.offers ?? [];
    const beside = offer.with.map((id) => all.find((each) => each.id === id)).filter((each) => each !== undefined).map((each) => s(`offer.${each.id}`, { value: value(each) })).join(', ');
    return html`<div class="muted">${name}: ${s(`reason.${offer.reason ?? 'no-effect'}`, { with: beside })}${offer.difference > 0 ? html` (${s('difference', { amount: formatMoney(offer.difference, currency) })})` : nothing}</div>`;
  }

  #example(currency: string): unknown {
    const { example } = this;
    if (!example) return nothing;
    return html`<gx-card heading=${s('example')}><div class="stack tight" aria-live="polite"><p>${s('exampleText', { list: formatMoney(example.list, currency), shipping: formatMoney(example.shipping, currency) })}</p>
      ${[...example.offers].sort((a, b) => Number(b.used) - Number(a.used)).map((offer) => this.#offer(offer, currency))}
      <div class="spread strong"><span>${s('pays')}</span><span class="num" id="pays">${formatMoney(example.pay, currency)}</span></div></div></gx-card>`;
  }

  #body(answer: StackingAnswer): unknown {
    const { rules, currency } = answer;
    return html`<div class="stack"><div class="columns">
      <gx-card heading=${s('matrix')} subtitle=${s('matrixText')}><gx-stacking-rules .value=${this.draft ?? rules} .allPairs=${answer.allPairs} @gx-change=${(event: CustomEvent<{ value: RulesDraft }>) => { this.#changed(event.detail.value); }}></gx-stacking-rules></gx-card>
      ${this.#example(currency)}</div>
      <gx-floors-card .session=${this.session} .floors=${answer.floors} .groups=${answer.groupFloors} .categories=${answer.categories} currency=${currency} @gx-change=${() => this.#answer.reload()}></gx-floors-card></div>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#answer;
    return html`<gx-page heading=${s('title')} subtitle=${s('subtitle')}>
      ${this.#maySave && value ? html`<wa-button slot="actions" variant="brand" ?disabled=${!this.draft} ?loading=${this.busy} @click=${() => this.#save(value)}>${s('save')}</wa-button>` : nothing}
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#answer.reload()}></gx-error>` : value ? this.#body(value) : html`<gx-skeleton shape="card"></gx-skeleton>`}
    </gx-page>`;
  }
}
define('gx-stacking-page', StackingPage);
/** What has to be there before the page is built. */
export const prepare = loadStackingTexts;
