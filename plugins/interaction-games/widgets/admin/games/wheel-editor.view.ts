import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, Load, localised } from 'guanxi/kit';
import { EditorView } from './editor.view.js';
import type { Problems } from './form.js';
import type { Game, Panel, RewardKind } from './game.js';
import { wheelPreview } from './preview.js';
import { chance, prizeRows } from './prizes.js';
import { pointsOf, ticketsOf, wheelProblems, type WheelDraft } from './wheel-draft.js';

const TRIES = [1, 2, 3] as const;

/** Prizes, odds and rules of a wheel, with the wheel beside them as it will look. */
export class WheelEditorView extends EditorView<WheelDraft> {
  #kinds: Load<readonly RewardKind[]>;

  constructor(panel: Panel, draft: WheelDraft, game: Game | undefined) {
    super(panel, 'wheel', draft, game);
    this.#kinds = new Load(panel, async () => (await panel.context.api.get<{ items: RewardKind[] }>('reward-kinds')).items);
  }

  override get settled(): Promise<unknown> { return this.#kinds.settled; }
  renew(): void { void this.#kinds.reload(); }
  protected override problems(): Problems { return wheelProblems(this.panel, this.draft, this.#kinds.value ?? []); }

  #number(path: 'blanks' | 'freePerDay' | 'costPerTry' | 'paidPerDay' | 'fallbackPoints', max: number, unit?: string): TemplateResult {
    const { panel, draft: { config } } = this;
    return this.form.number({ path: `config.${path}`, label: panel.t(`admin.rule.${path}`), hint: panel.t(`admin.ruleHint.${path}`), min: 0, max, value: config[path], set: (value) => { config[path] = value; }, ...(unit && { unit }) });
  }

  #guarantee(): TemplateResult {
    const { panel, form, draft: { config } } = this;
    const { guarantee } = config;
    const toggle = (event: Event): void => { config.guarantee = (event.target as HTMLInputElement).checked ? { byTry: 2, prize: 0, quantity: 100 } : null; panel.requestUpdate(); };
    return html`<div class="stack"><div><label class="check"><input type="checkbox" .checked=${guarantee !== null} @change=${toggle}>${panel.t('admin.guarantee')}</label><p class="hint">${panel.t('admin.guaranteeHint')}</p></div>
      ${guarantee ? html`<div class="fields">
        ${form.choice({ path: 'config.guarantee.byTry', label: panel.t('admin.byTry'), value: String(guarantee.byTry), options: TRIES.map((n) => [String(n), panel.t(`admin.try.${n}`)]), set: (value) => { guarantee.byTry = Number(value); } })}
        ${form.choice({ path: 'config.guarantee.prize', label: panel.t('admin.guaranteePrize'), value: String(guarantee.prize), options: config.prizes.map(({ title }, at) => [String(at), localised(title) || panel.t('admin.prize', { n: at + 1 })]), set: (value) => { guarantee.prize = Number(value); } })}
        ${form.number({ path: 'config.guarantee.quantity', label: panel.t('admin.aside'), value: guarantee.quantity, min: 1, max: 100_000, set: (value) => { guarantee.quantity = value; } })}</div>` : nothing}</div>`;
  }

  protected override left(): unknown {
    const { panel } = this;
    const points = panel.t('admin.unitPoints');
    return html`${this.basics()}
      <gx-card heading=${panel.t('admin.prizes')} subtitle=${panel.t('admin.prizesText')}>${prizeRows(panel, this.form, this.draft, this.#kinds.value ?? [{ kind: 'points', title: panel.t('admin.points'), options: [] }])}</gx-card>
      <gx-card heading=${panel.t('admin.tries')}><div class="fields">${this.#number('freePerDay', 20)}${this.#number('costPerTry', 10_000, points)}${this.#number('paidPerDay', 50)}</div></gx-card>
      <gx-card heading=${panel.t('admin.chances')}><div class="stack"><div class="fields">${this.#number('blanks', 100_000)}${this.#number('fallbackPoints', 1_000, points)}</div>${this.#guarantee()}</div></gx-card>`;
  }

  protected override right(): unknown {
    const { panel, draft } = this;
    const { prizes, blanks } = draft.config;
    const tickets = ticketsOf(draft), points = pointsOf(draft);
    const line = (name: string, quantity: number, none = false): TemplateResult => html`<li><span class="clip">${name}</span><b class="num">${chance(quantity, tickets)}</b><progress class="bar ${none ? 'none' : ''}" aria-hidden="true" max="1" .value=${tickets > 0 && quantity > 0 ? quantity / tickets : 0}></progress></li>`;
    return html`${wheelPreview(panel, prizes.map(({ title }) => localised(title)), blanks)}
      <ul class="plain odds" aria-label=${panel.t('admin.odds')}>${prizes.map((prize, at) => line(localised(prize.title) || panel.t('admin.prize', { n: at + 1 }), prize.quantity))}${blanks > 0 ? line(panel.t('wheel.nothing'), blanks, true) : nothing}</ul>
      <dl class="definition small"><dt>${panel.t('admin.tickets')}</dt><dd>${formatNumber(tickets)}</dd><dt>${panel.t('admin.pointsInDeck')}</dt><dd>${formatNumber(points)}</dd><dt>${panel.t('admin.pointsPerTry')}</dt><dd>${formatNumber(tickets ? points / tickets : 0, 1)}</dd></dl>`;
  }
}
