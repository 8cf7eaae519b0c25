import { css, html, nothing, type TemplateResult } from 'lit';
import { formatMoney, formatPercent } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { tierTitle, type Overview, type PlanRules } from './member-types.js';

export interface PyramidDoors {
  /** Shows the members of a tier below; only those about to lose it if told. */
  readonly members: (tier: string, losing?: 'at-risk' | 'grace') => void;
  readonly moves: (from: string, to: string) => void;
}

/** Tiers from the highest down, each as wide as its share of members, with who came into it and who left it; each number opens to its people. */
export function pyramid(panel: PluginElement, rules: PlanRules, { tiers, members, flows, days }: Overview, doors: PyramidDoors): TemplateResult {
  const { locale } = panel.context;
  const most = Math.max(1, ...tiers.map((tier) => tier.members));
  const share = (n: number): number => (n ? Math.max(1, n / most * 100) : 0);
  const titleOf = (key: string): string => tierTitle(rules, key, locale);
  const opens = (text: string, open: () => void): TemplateResult => html`<button type="button" class="link-button" @click=${open}>${text}</button>`;
  return html`<ol class="pyramid">${[...tiers].reverse().map((tier) => {
    const came = flows.filter(({ to }) => to === tier.key);
    return html`<li><span class="strong">${titleOf(tier.key)}</span><svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect x=${50 - share(tier.members) / 2} width=${share(tier.members)} height="1"></rect></svg>
      <span class="num">${opens(panel.t('admin.membersOf', { n: tier.members }), () => { doors.members(tier.key); })} <span class="muted small">${formatPercent(members ? tier.members / members : 0, 1)} · ${tier.spent ? opens(panel.t('admin.spentInWindow', { money: formatMoney(tier.spent) }), () => { doors.members(tier.key); }) : panel.t('admin.spentInWindow', { money: formatMoney(0) })}</span></span>
      ${came.length || tier.atRisk + tier.grace ? html`<ul class="plain small flows">${came.map(({ from, members: n }) => html`<li>${opens(panel.t('admin.flow', { n, from: titleOf(from), days }), () => { doors.moves(from, tier.key); })}</li>`)}${(['at-risk', 'grace'] as const).map((state) => {
    const n = state === 'grace' ? tier.grace : tier.atRisk;
    return n ? html`<li class="negative">${opens(panel.t(`admin.losing.${state}`, { n }), () => { doors.members(tier.key, state); })}</li>` : nothing;
  })}</ul>` : nothing}</li>`;
  })}</ol>`;
}

export const pyramidStyles = css`
  .pyramid { display: grid; gap: 14px; padding: 0; list-style: none; }
  .pyramid > li { display: grid; gap: 2px; }
  .flows { display: flex; flex-wrap: wrap; gap: 4px 16px; }
  .flows .link-button, .pyramid .num .link-button { min-block-size: 24px; }
  .negative .link-button { color: inherit; }
  .bar { display: block; inline-size: 100%; block-size: 22px; border-radius: 6px; background: var(--gx-sunken); }
  .bar rect { fill: var(--gx-accent); }
`;
