import { css, html, type TemplateResult } from 'lit';
import { formatMoney, formatNumber, formatPercent } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { tierTitle, type Overview, type PlanRules } from './member-types.js';

/** Tiers from the highest down, each as wide as its share of members, with who came into it and who left it. */
export function pyramid(panel: PluginElement, rules: PlanRules, { tiers, members, flows, days }: Overview): TemplateResult {
  const { locale } = panel.context;
  const most = Math.max(1, ...tiers.map((tier) => tier.members));
  const share = (n: number): number => (n ? Math.max(1, n / most * 100) : 0);
  const sum = (of: (flow: Overview['flows'][number]) => boolean): number => flows.filter(of).reduce((total, flow) => total + flow.members, 0);
  return html`<ol class="pyramid">${[...tiers].reverse().map((tier) => {
    const [came, left] = [sum(({ to }) => to === tier.key), sum(({ from }) => from === tier.key)];
    const title = tierTitle(rules, tier.key, locale);
    return html`<li><span class="strong">${title}</span><svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect x=${50 - share(tier.members) / 2} width=${share(tier.members)} height="1"></rect></svg>
      <span class="num">${formatNumber(tier.members)} <span class="muted small">${formatPercent(members ? tier.members / members : 0, 1)} · ${panel.t('admin.spentInWindow', { money: formatMoney(tier.spent) })}</span></span>
      <span class="small muted">${panel.t('admin.flow', { came, left, days })}${tier.atRisk + tier.grace ? html` · <span class="negative">${panel.t('admin.losing', { n: tier.atRisk + tier.grace })}</span>` : ''}</span></li>`;
  })}</ol>`;
}

export const pyramidStyles = css`
  .pyramid { display: grid; gap: 14px; padding: 0; list-style: none; }
  .pyramid li { display: grid; gap: 2px; }
  .bar { display: block; inline-size: 100%; block-size: 22px; border-radius: 6px; background: var(--gx-sunken); }
  .bar rect { fill: var(--gx-accent); }
`;
