import { html, nothing, type TemplateResult } from 'lit';
import { formatBusinessDate, formatMoney, formatNumber, PagedList, type Column } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { STATE_TONES, STATES, tierTitle, type Member, type MemberState, type PlanRules } from './member-types.js';

/** All members by tier and state, those who buy most first. */
export class MembersCard {
  #tiers: readonly string[] = [];
  #states: readonly MemberState[] = [];
  #list: PagedList<Member>;

  constructor(private readonly panel: PluginElement) {
    this.#list = new PagedList(panel, (cursor) => panel.context.api.get('members', { ...this.#filter, limit: 20, cursor }));
  }

  /** Shows only these, and takes the reader there. */
  show(tiers: readonly string[], states: readonly MemberState[] = []): void {
    [this.#tiers, this.#states] = [tiers, states];
    void this.#list.reload().then(async () => {
      await this.panel.updateComplete;
      const card = this.panel.renderRoot.querySelector<HTMLElement>('#members');
      card?.scrollIntoView({ block: 'start' });
      card?.querySelector<HTMLElement>('select')?.focus({ preventScroll: true });
    });
  }

  get settled(): Promise<unknown> { return this.#list.settled; }
  get #filter(): Record<string, string | undefined> { return { tier: this.#tiers.join(',') || undefined, state: this.#states.join(',') || undefined }; }

  #choose(label: string, all: string, options: readonly (readonly [string, string])[], chosen: readonly string[], set: (value: string) => void): TemplateResult {
    return html`<select slot="filters" class="select" aria-label=${label} @change=${(event: Event) => { set((event.target as HTMLSelectElement).value); void this.#list.reload(); }}><option value="" ?selected=${chosen.length !== 1}>${all}</option>${options.map(([value, text]) => html`<option value=${value} .selected=${chosen.length === 1 && value === chosen[0]}>${text}</option>`)}</select>`;
  }

  async #csv(): Promise<void> {
    try { await this.panel.context.download?.('members.csv', this.#filter); } catch (error) { this.panel.context.toast?.(this.panel.explain(error), 'danger'); }
  }

  #columns(rules: PlanRules): Column<Member>[] {
    const { panel } = this;
    const { locale } = panel.context;
    return [
      { key: 'name', label: panel.t('admin.col.name'), primary: true, cell: (row) => row.name ?? panel.t('admin.noName') },
      { key: 'tier', label: panel.t('admin.col.tier'), cell: (row) => tierTitle(rules, row.tier, locale) },
      { key: 'state', label: panel.t('admin.col.state'), cell: (row) => html`<gx-badge tone=${STATE_TONES[row.state]}>${panel.t(`admin.state.${row.state}`)}</gx-badge>` },
      { key: 'spent', label: panel.t('admin.col.spent'), align: 'end', cell: (row) => formatMoney(row.spent) },
      { key: 'orders', label: panel.t('admin.col.orders'), align: 'end', wideOnly: true, cell: (row) => formatNumber(row.orders) },
      { key: 'growth', label: panel.t('admin.col.growth'), align: 'end', wideOnly: true, cell: (row) => formatNumber(row.growth) },
      { key: 'until', label: panel.t('admin.col.until'), align: 'end', cell: (row) => { const until = row.graceEnd ?? row.termEnd; return until === null ? '–' : formatBusinessDate(until); } },
    ];
  }

  render(rules: PlanRules): TemplateResult {
    const { panel } = this;
    const { items, error, loading, hasNext } = this.#list;
    const filtered = this.#tiers.length + this.#states.length > 0, several = this.#tiers.length > 1 || this.#states.length > 1;
    return html`<gx-card flush heading=${panel.t('admin.members')} id="members">${error && !items ? html`<gx-error .error=${error} @gx-retry=${() => this.#list.reload()}></gx-error>` : html`
      <gx-table label=${panel.t('admin.members')} csv .columns=${this.#columns(rules)} .rows=${items} .rowKey=${(row: Member) => row.personId} .rowHref=${(row: Member) => `/admin/customers/${row.personId}`} ?loading=${loading} ?has-next=${hasNext} @gx-more=${() => this.#list.more()} @gx-csv=${() => this.#csv()}>
        ${this.#choose(panel.t('admin.col.tier'), panel.t('admin.allTiers'), rules.tiers.map((tier) => [tier.key, tier.title[panel.context.locale]]), this.#tiers, (value) => { this.#tiers = value ? [value] : []; })}
        ${this.#choose(panel.t('admin.col.state'), panel.t('admin.allStates'), STATES.map((state) => [state, panel.t(`admin.state.${state}`)]), this.#states, (value) => { this.#states = value ? [value as MemberState] : []; })}
        ${several ? html`<button slot="filters" type="button" class="link-button" @click=${() => { this.show([]); }}>${panel.t('admin.showAll')}</button>` : nothing}
        <gx-empty slot="empty" icon=${filtered ? 'filter' : 'users'} heading=${panel.t(filtered ? 'admin.noneFound' : 'admin.noneYet')}></gx-empty></gx-table>`}</gx-card>`;
  }
}
