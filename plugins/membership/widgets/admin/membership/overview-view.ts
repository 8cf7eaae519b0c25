import { html, nothing, type TemplateResult } from 'lit';
import { formatBusinessDate, formatNumber, Load, type ChartPick } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { homeHref, tierTitle, type Moved, type Overview, type Plan, type Told, type View } from './member-types.js';
import { MembersCard } from './members-card.js';
import { OpeningsCard } from './openings-card.js';
import { PeopleDialog } from './people-dialog.js';
import { pyramid } from './pyramid.js';
import { TasksCard } from './tasks-card.js';

/** Where members stand, who moved, what they told, and the tasks. */
export class OverviewView implements View {
  #load: Load<{ readonly plan: Plan; readonly overview: Overview }>;
  #tasks: TasksCard;
  #members: MembersCard;
  #openings: OpeningsCard;
  #people: PeopleDialog;

  constructor(private readonly panel: PluginElement) {
    this.#load = new Load(panel, async () => {
      const [plan, overview] = await Promise.all([panel.context.api.get<Plan>('plan'), panel.context.api.get<Overview>('overview', { days: 90 })]);
      return { plan, overview };
    });
    this.#tasks = new TasksCard(panel);
    this.#members = new MembersCard(panel);
    this.#openings = new OpeningsCard(panel);
    this.#people = new PeopleDialog(panel);
  }

  get settled(): Promise<unknown> { return Promise.all([this.#load.settled, this.#tasks.settled, this.#members.settled, this.#openings.settled]); }

  /** Who went from one tier into another, or up or down on one day; all moves for neither. */
  #show({ rules }: Plan, days: number, { from = '', to = '', on, direction }: { readonly from?: string; readonly to?: string; readonly on?: string; readonly direction?: 'up' | 'down' } = {}): void {
    const { panel } = this;
    const name = (key: string): string => tierTitle(rules, key, panel.context.locale);
    this.#people.open<Moved>(from ? `${name(from)} → ${name(to)}` : on ? `${panel.t('admin.moves')}: ${formatBusinessDate(on)}` : panel.t('admin.moves'), [
      ...(from ? [] : [{ key: 'move', label: panel.t('admin.col.move'), cell: (row: Moved) => `${name(row.from)} → ${name(row.to)}` }]),
      { key: 'cause', label: panel.t('admin.col.cause'), cell: (row) => panel.t(`admin.cause.${row.cause}`) }, { key: 'day', label: panel.t('admin.col.day'), align: 'end', cell: (row) => formatBusinessDate(row.day) },
    ], (cursor) => panel.context.api.get('moves', { days, from: from || undefined, to: to || undefined, on, direction, cursor }));
  }

  /** Who told their birthday; the day itself is theirs. */
  #birthdays(days: number): void {
    const { panel } = this;
    this.#people.open<Told>(panel.t('admin.kpi.birthdays'), [
      { key: 'told', label: panel.t('admin.col.told'), align: 'end', cell: (row) => formatBusinessDate(row.told) }, { key: 'gifts', label: panel.t('admin.col.gifts', { days }), align: 'end', cell: (row) => formatNumber(row.gifts) },
    ], (cursor) => panel.context.api.get('birthdays', { days, cursor }));
  }

  #moves(plan: Plan, { byDay, days }: Overview): TemplateResult {
    const { panel } = this;
    const [up, down] = [byDay.reduce((sum, day) => sum + day.up, 0), byDay.reduce((sum, day) => sum + day.down, 0)];
    return html`<gx-card heading=${panel.t('admin.moves')}>${up + down === 0 ? html`<gx-empty compact icon="chart" heading=${panel.t('admin.noMoves', { days })}></gx-empty>` : html`<gx-chart kind="stacked" pickable @gx-pick=${({ detail: { category, series } }: CustomEvent<ChartPick>) => { this.#show(plan, days, { on: byDay[category]!.date, direction: series === 0 ? 'up' : 'down' }); }} label=${panel.t('admin.moves')} sentence=${panel.t('admin.movesSentence', { up, down, days })}
      .data=${{ days: true, categories: byDay.map(({ date }) => date), series: [{ name: panel.t('admin.up'), values: byDay.map((day) => day.up), tone: 'success' }, { name: panel.t('admin.down'), values: byDay.map((day) => -day.down), tone: 'danger' }] }}></gx-chart><p><button type="button" class="link-button small" @click=${() => { this.#show(plan, days); }}>${panel.t('admin.movesAll')}</button></p>`}</gx-card>`;
  }

  #body(plan: Plan, overview: Overview): TemplateResult {
    const { panel } = this;
    const { members, tiers, told, days } = overview;
    const above = tiers.slice(1).reduce((sum, tier) => sum + tier.members, 0), losing = tiers.reduce((sum, tier) => sum + tier.atRisk + tier.grace, 0);
    return html`<div class="tiles">
        <gx-kpi pickable @gx-pick=${() => { this.#members.show([]); }} label=${panel.t('admin.kpi.members')} .value=${members}></gx-kpi><gx-kpi pickable @gx-pick=${() => { this.#members.show(tiers.slice(1).map(({ key }) => key)); }} label=${panel.t('admin.kpi.above')} .value=${above}></gx-kpi>
        <gx-kpi pickable @gx-pick=${() => { this.#members.show([], ['at-risk', 'grace']); }} label=${panel.t('admin.kpi.losing')} .value=${losing} note=${panel.t('admin.kpi.losingText')}></gx-kpi>
        <gx-kpi pickable @gx-pick=${() => { this.#birthdays(days); }} label=${panel.t('admin.kpi.birthdays')} .value=${told.birthdays} note=${panel.t('admin.kpi.gifts', { n: formatNumber(told.gifts), days })}></gx-kpi>
      </div>
      <div class="halves"><gx-card heading=${panel.t('admin.pyramid')}>${pyramid(panel, plan.rules, overview, { members: (tier, state) => { this.#members.show([tier], state && [state]); }, moves: (from, to) => { this.#show(plan, days, { from, to }); } })}</gx-card><div class="stack">${this.#tasks.render()}${this.#openings.render(plan.rules)}</div></div>
      ${this.#moves(plan, overview)}${this.#members.render(plan.rules)}${this.#people.render()}`;
  }

  render(): TemplateResult {
    const { panel } = this;
    const { value, error } = this.#load;
    return html`<gx-page heading=${panel.t('admin.title')} subtitle=${panel.t('admin.subtitle')}>
      ${value ? html`<wa-button slot="actions" variant="brand" href=${homeHref('plan')}><gx-icon slot="start" name="pencil"></gx-icon>${panel.t('admin.editPlan')}</wa-button>` : nothing}
      ${error && !value ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : value ? this.#body(value.plan, value.overview) : html`<gx-skeleton shape="page"></gx-skeleton>`}</gx-page>`;
  }
}
