import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { formatPercent } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import type { PlanActivity, PlannerAnswer, WhatIf } from './planner-types.js';
import { p } from './texts.js';

type Part = 'points' | 'wins' | 'costs';
interface Slider { readonly part: Part; readonly ref: string; readonly label: string; readonly min: number; readonly max: number; readonly step: number; readonly start: number; readonly write: (value: number) => string }

const scaled = (value: number, percent: number): number => Math.round((value * percent) / 10) / 10;
const earned = ({ earns }: PlanActivity, percent: number): string =>
  earns?.cycle ? earns.cycle.map((day) => Math.round((day * percent) / 100)).join('-') : p('points', { n: scaled(earns?.expected ?? 0, percent) });

function slidersOf({ mix }: PlannerAnswer): readonly Slider[] {
  return [
    ...mix.activities.filter(({ earns }) => earns).map((each): Slider => ({ part: 'points', ref: each.id, label: p('pointsOf', { title: each.title }), min: 0, max: 500, step: 10, start: 100, write: (value) => earned(each, value) })),
    ...mix.activities.filter(({ winRate }) => winRate !== null).map((each): Slider => ({
      part: 'wins', ref: each.id, label: p('winsOf', { title: each.title }), min: 0, max: Math.max(100, Math.floor(100 / Math.max(each.winRate ?? 1, 0.01) / 10) * 10), step: 10, start: 100, write: (value) => formatPercent(Math.min(1, ((each.winRate ?? 0) * value) / 100)),
    })),
    ...mix.offers.map((each): Slider => ({ part: 'costs', ref: each.ref, label: p('costOf', { title: localised(each.title) }), min: Math.max(1, Math.round(each.cost / 4)), max: each.cost * 3, step: Math.max(1, Math.round(each.cost / 20)), start: each.cost, write: (value) => p('points', { n: value }) })),
  ];
}

/**
 * Sliders for what could be otherwise: points, win rates, prices. It changes nothing in the shop.
 * @element gx-planner-what-if
 * @fires gx-tried - `{ whatIf }` whenever a slider was moved
 */
class PlannerWhatIf extends KitElement {
  static override properties = { planner: { attribute: false }, whatIf: { attribute: false } };
  declare planner: PlannerAnswer | undefined;
  declare whatIf: WhatIf;

  static override styles = [kitStyles, css`
    .sliders { display: grid; gap: 4px 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); }
    label { display: grid; gap: 2px; grid-template-columns: minmax(0, 1fr) auto; align-items: baseline; }
    .name { min-inline-size: 0; overflow-wrap: anywhere; }
    .is { font-weight: 600; font-variant-numeric: tabular-nums; text-align: end; }
    .moved .is { color: var(--gx-link); }
    input { grid-column: 1 / -1; inline-size: 100%; margin: 0; min-block-size: 28px; accent-color: var(--gx-accent); cursor: pointer; }
    small { grid-column: 1 / -1; color: var(--gx-muted); font-size: var(--gx-font-tiny); min-block-size: 1.5em; }
    @media (pointer: coarse) { input { min-block-size: 44px; } }
  `];

  constructor() { super(); this.planner = undefined; this.whatIf = {}; }

  #value({ part, ref, start }: Slider): number { return this.whatIf[part]?.[ref] ?? start; }

  #move({ part, ref, start }: Slider, value: number): void {
    const { [ref]: _, ...others } = this.whatIf[part] ?? {};
    this.whatIf = { ...this.whatIf, [part]: value === start ? others : { ...others, [ref]: value } };
    this.fire('gx-tried', { whatIf: this.whatIf });
  }

  protected override render(): unknown {
    const sliders = this.planner ? slidersOf(this.planner) : [];
    const moved = sliders.filter((slider) => this.#value(slider) !== slider.start).length;
    if (!sliders.length) return html`<p class="muted">${p('noSliders')}</p>`;
    return html`<div class="stack"><div class="sliders">${sliders.map((slider) => {
      const value = this.#value(slider), other = value !== slider.start;
      return html`<label class=${other ? 'moved' : ''}><span class="name">${slider.label}</span><span class="is">${slider.write(value)}</span>
        <input type="range" min=${slider.min} max=${slider.max} step=${slider.step} .value=${String(value)} aria-valuetext=${slider.write(value)} @input=${(event: Event) => this.#move(slider, Number((event.target as HTMLInputElement).value))}>
        <small>${other ? p('nowIs', { value: slider.write(slider.start) }) : nothing}</small></label>`;
    })}</div>
      ${moved ? html`<div class="row"><gx-badge tone="info">${p('changed', { n: moved })}</gx-badge><wa-button size="s" appearance="outlined" @click=${() => { this.whatIf = {}; this.fire('gx-tried', { whatIf: {} }); }}>${p('reset')}</wa-button></div>` : nothing}</div>`;
  }
}
define('gx-planner-what-if', PlannerWhatIf);
