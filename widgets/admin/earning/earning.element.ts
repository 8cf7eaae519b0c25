import { css, html, nothing } from 'lit';
import { confirm } from '../../kit/confirm.js';
import { define } from '../../kit/define.js';
import { formatDateTime, formatMoney, formatNumber, formatPercent, minorDigits } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { localised } from '../../kit/locale.js';
import type { SettingFieldsJson, SettingValues } from '../../kit/setting-fields.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import { AdminPage } from '../admin-page.js';
import { actorText } from '../ledger-columns.js';
import './campaigns.element.js';
import { dayAfter, type EarningAnswer, type Example, type RuleDraft, type RuleVersion, type Simulation } from './earning-types.js';
import { draftOf, ruleFields, ruleValues } from './rule-fields.js';
import { differences, ruleSentence, sentenceGap, timesText } from './rule-sentence.js';
import { loadEarningTexts, e } from './texts.js';
import { changeText } from './trial.element.js';

/** Whole units of the two lines of the example. */
const EXAMPLE = [199, 60] as const;

/** How orders earn points: the rule in a sentence, its editor with an example, a trial on past orders, campaigns and versions. */
class EarningPage extends AdminPage {
  static override properties = { draft: { state: true }, example: { state: true }, twice: { state: true } };
  declare draft: RuleDraft | undefined;
  declare example: Example | undefined;
  declare twice: Example | undefined;
  #turn = 0;
  #fields: SettingFieldsJson = {};
  #values: SettingValues = {};
  #load = new Load<EarningAnswer>(this, async () => {
    const answer = await this.session.api.get<EarningAnswer>('/earning');
    this.#fields = ruleFields(answer.types.map(({ name }) => name));
    this.#values = ruleValues(answer.versions[0]!);
    this.draft = draftOf(this.#values);
    await this.#show();
    return answer;
  });

  static override styles = [kitStyles, css`.example { padding: 12px 14px; border-radius: var(--gx-radius-card); background: var(--gx-sunken); } .rule { font-size: var(--gx-font-h2); }`];

  constructor() { super(); this.draft = undefined; this.example = undefined; this.twice = undefined; }

  override get ready(): Promise<unknown> { return this.#load.settled; }
  override get tabTitle(): string { return e('title'); }

  #amounts(): number[] { return EXAMPLE.map((units) => units * 10 ** minorDigits()); }

  /** Asks for the example of what stands in the form; what cannot be a rule yet keeps the last one. */
  async #show(): Promise<void> {
    const turn = ++this.#turn, rule = this.draft;
    const ask = (basisPoints: number): Promise<Example> => this.session.api.post('/earning/example', { rule: { ...rule, startsAt: null, endsAt: null }, order: { lines: this.#amounts().map((paid) => ({ paid, basisPoints })) } });
    try {
      const [example, twice] = await Promise.all([ask(10_000), ask(20_000)]);
      if (turn === this.#turn) { this.example = example; this.twice = twice; }
    } catch { /* A number is being typed. */ }
  }

  async #save(values: SettingValues): Promise<void> {
    const { versions, today } = this.#load.value!, basedOn = versions[0]!.rule.version, rule = draftOf(values);
    const tried = await this.session.api.post<Simulation>('/earning/simulations', { rule, from: dayAfter(today, -29), to: today });
    const body = tried.orders === 0 ? e('saveNoOrders') : e('saveBody', {
      after: formatNumber(tried.after.points), before: formatNumber(tried.before.points), change: changeText(tried), cost: formatMoney(tried.after.cost), share: formatPercent(tried.sales > 0 ? tried.after.cost / tried.sales : 0, 2),
    });
    if (!(await confirm({ title: e('saveTitle', { n: basedOn + 1 }), body, action: e('saveAction') }))) throw new Error(e('kept'));
    const { version } = await this.session.api.put<{ version: number }>('/earning/rule', { basedOn, rule });
    toast(e('saved', { n: version }), 'success');
    await this.#load.reload();
  }

  #current({ versions, current, campaigns, now }: EarningAnswer): unknown {
    const holds = versions.find(({ rule }) => rule.version === current) ?? versions[0]!;
    const running = campaigns.filter(({ startsAt, endsAt }) => startsAt <= now && endsAt > now);
    return html`<gx-card heading=${e('now')} subtitle=${holds.rule.startsAt ? e('versionFrom', { n: current, date: formatDateTime(holds.rule.startsAt) }) : e('version', { n: current })}>
      <p class="rule">${ruleSentence(holds)}</p>${running.length ? html`<p>${e('campaignsNow', { list: running.map((each) => `${localised(each.title)} ${timesText(each.basisPoints)}`).join(', ') })}</p>` : nothing}</gx-card>`;
  }

  #exampleView({ worth }: EarningAnswer): unknown {
    const { example, twice } = this, [a = 0, b = 0] = this.#amounts();
    if (!example || !twice) return nothing;
    const value = (example.points * worth) / 100;
    return html`<div class="example" role="status"><h3>${e('example')}</h3>
      <p>${[e('exampleLine', { total: formatMoney(a + b), a: formatMoney(a), b: formatMoney(b), points: example.points, first: formatNumber(example.lines[0]?.points ?? 0), second: formatNumber(example.lines[1]?.points ?? 0) }),
        e('exampleWorth', { worth: formatMoney(Math.round(value)), share: formatPercent(value / (a + b), 2) }), e('exampleTimes', { points: formatNumber(twice.points) })].join(sentenceGap())}</p></div>`;
  }

  #versionColumns({ versions, current, now }: EarningAnswer): Column<RuleVersion & { readonly id: string }>[] {
    const before = (row: RuleVersion): RuleVersion | undefined => versions.find(({ rule }) => rule.version === row.rule.version - 1);
    const changes = (row: RuleVersion): string => { const old = before(row); return old ? differences(row.rule, old.rule).join(' · ') || '–' : e('first'); };
    return [
      { key: 'version', label: e('differs'), primary: true, cell: (row) => html`<span class="stacked"><span>${e('version', { n: row.rule.version })} ${row.rule.version === current ? html`<gx-badge tone="success">${e('inUse')}</gx-badge>` : row.rule.startsAt > now ? html`<gx-badge tone="info">${e('notYet', { date: formatDateTime(row.rule.startsAt) })}</gx-badge>` : nothing}</span><span class="muted small">${changes(row)}</span></span>` },
      { key: 'who', label: e('who'), cell: (row) => html`<span class="stacked"><span>${row.actor === 'system:guanxi' ? e('system') : actorText(this.session, row.actor)}</span>${row.at ? html`<span class="muted small nowrap">${formatDateTime(row.at)}</span>` : nothing}</span>` },
      { key: 'orders', label: e('orders'), align: 'end', cell: (row) => formatNumber(row.orders) },
    ];
  }

  #body(answer: EarningAnswer): unknown {
    return html`<div class="stack">
      ${this.#current(answer)}
      ${this.manages ? html`<gx-card heading=${e('edit')} subtitle=${e('editText', { n: answer.versions[0]!.rule.version + 1 })}><div class="stack">
        ${this.#exampleView(answer)}
        <gx-schema-form .fields=${this.#fields} .values=${this.#values} .save=${(values: SettingValues) => this.#save(values)} @gx-draft=${(event: CustomEvent<{ values: SettingValues }>) => { this.draft = draftOf(event.detail.values); void this.#show(); }}></gx-schema-form></div></gx-card>` : nothing}
      <gx-earning-trial .session=${this.session} .rule=${this.draft} today=${answer.today}></gx-earning-trial>
      <gx-earning-campaigns .session=${this.session} .earning=${answer} ?manages=${['owner', 'operator', 'marketer'].includes(this.session.bootstrap?.staff.role ?? '')} @gx-changed=${() => this.#load.reload()}></gx-earning-campaigns>
      <gx-card flush heading=${e('versions')}><gx-table label=${e('versions')} .columns=${this.#versionColumns(answer)} .rows=${answer.versions.map((each) => ({ ...each, id: String(each.rule.version) }))}></gx-table></gx-card>
    </div>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#load;
    return html`<gx-page heading=${e('title')} subtitle=${e('subtitle')}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : value ? this.#body(value) : html`<gx-skeleton shape="page"></gx-skeleton>`}
    </gx-page>`;
  }
}
define('gx-earning-page', EarningPage);

/** What has to be there before the page is built. */
export const prepare = loadEarningTexts;
