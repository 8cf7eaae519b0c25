import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { minorDigits, shopCurrency } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import type { Assumptions, PlanSettings, Population } from './planner-types.js';
import { p, pWord } from './texts.js';

const DAYS = [30, 60, 90, 180, 365] as const;
const SHARES = ['conversion', 'redeems', 'takesDearest', 'usesSmall', 'usesThreshold', 'plays', 'draws'] as const;
const FIELDS = ['orderValue', 'pointsPerUnit', ...SHARES, 'contactsPerWeek'] as const;
type Field = (typeof FIELDS)[number];
const isShare = (field: Field): boolean => (SHARES as readonly string[]).includes(field);

/**
 * Who takes part and for how long, when the promotion is, and what is assumed.
 * @element gx-planner-population
 * @fires gx-population - `{ population }`
 * @fires gx-settings - `{ settings }` to keep for the shop
 */
class PlannerPopulation extends KitElement {
  static override properties = { population: { attribute: false }, assumptions: { attribute: false }, settings: { attribute: false }, zoneDay: { attribute: false } };
  declare population: Population;
  declare assumptions: Assumptions;
  declare settings: PlanSettings;

  static override styles = [kitStyles, css`
    .fields { display: grid; gap: 12px 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); align-items: end; }
    label { display: grid; gap: 4px; align-content: start; }
    .fields small { color: var(--gx-muted); font-size: var(--gx-font-tiny); line-height: 1.45; }
    input, select { inline-size: 100%; min-block-size: 36px; padding: 4px 8px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); color: var(--gx-text); font: inherit; }
    details { border-block-start: 1px solid var(--gx-border); padding-block-start: 12px; } summary { cursor: pointer; font-weight: 500; min-block-size: 28px; }
    details .stack { margin-block-start: 12px; }
    @media (pointer: coarse) { input, select { min-block-size: 44px; } summary { min-block-size: 44px; } }
  `];

  constructor() { super(); this.population = { population: 'history', members: 1_000, days: 180 }; this.assumptions = {}; this.settings = { promotionAt: null, assumptions: {} }; }

  #set(change: Partial<Population>): void { this.population = { ...this.population, ...change }; this.fire('gx-population', { population: this.population }); }

  #shown(field: Field): number {
    const value = this.assumptions[field] ?? 0;
    return isShare(field) ? Math.round(value * 1_000) / 10 : field === 'orderValue' ? value / 10 ** minorDigits() : value;
  }

  #read(): Assumptions {
    const changed: Record<string, number> = { ...this.settings.assumptions };
    for (const field of FIELDS) {
      const value = Number(this.renderRoot.querySelector<HTMLInputElement>(`[name="${field}"]`)?.value);
      if (!Number.isFinite(value) || value === this.#shown(field)) continue;
      changed[field] = isShare(field) ? Math.round(value * 10) / 1_000 : field === 'orderValue' ? Math.round(value * 10 ** minorDigits()) : value;
    }
    return changed;
  }

  #keep(): void {
    const day = this.renderRoot.querySelector<HTMLInputElement>('[name="promotion"]')?.value;
    this.fire('gx-settings', { settings: { promotionAt: day ? Date.parse(`${day}T00:00:00Z`) : null, assumptions: this.#read() } satisfies PlanSettings });
  }

  protected override render(): unknown {
    const { population, members, days } = this.population;
    const promotion = this.settings.promotionAt === null ? '' : new Date(this.settings.promotionAt).toISOString().slice(0, 10);
    return html`<div class="stack"><div class="fields">
        <label>${p('population')}<select @change=${(event: Event) => this.#set({ population: (event.target as HTMLSelectElement).value as Population['population'] })}>
          <option value="history" ?selected=${population === 'history'}>${p('history')}</option><option value="synthetic" ?selected=${population === 'synthetic'}>${p('synthetic')}</option></select></label>
        ${population === 'synthetic' ? html`<label>${p('members')}<input type="number" min="1" max="100000" step="1" .value=${String(members)} @change=${(event: Event) => this.#set({ members: Math.min(100_000, Math.max(1, Math.round(Number((event.target as HTMLInputElement).value)) || 1)) })}></label>` : nothing}
        <label>${p('days')}<select @change=${(event: Event) => this.#set({ days: Number((event.target as HTMLSelectElement).value) })}>${DAYS.map((each) => html`<option value=${each} ?selected=${each === days}>${p('dayCount', { n: each })}</option>`)}</select></label>
      </div>
      ${population === 'history' ? html`<p class="muted small">${p('historyText')}</p>` : nothing}
      <details><summary>${p('assumptions')}</summary><div class="stack"><p class="muted small">${p('assumptionsText')}</p><div class="fields">
        <label>${p('promotion')}<input type="date" name="promotion" .value=${promotion}><small>${p('promotionText')}</small></label>
        ${FIELDS.map((field) => html`<label>${pWord('assume', field)}${field === 'orderValue' ? ` (${shopCurrency()})` : ''}<input name=${field} type="number" min="0" max=${isShare(field) ? 100 : 1_000_000} step=${isShare(field) || field === 'pointsPerUnit' || field === 'contactsPerWeek' ? '0.1' : field === 'orderValue' ? '0.01' : '1'} .value=${String(this.#shown(field))}></label>`)}
      </div><div><wa-button size="s" appearance="outlined" @click=${() => this.#keep()}>${p('saveAssumptions')}</wa-button></div></div></details></div>`;
  }
}
define('gx-planner-population', PlannerPopulation);
