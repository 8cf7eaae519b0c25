import { css, html, type TemplateResult } from 'lit';
import { formatMoney, formatNumber, formatPercent } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { tierTitle, type Overview, type PlanRules } from './member-types.js';

/** Tiers from the highest down, each as wide as its share of members, with who came into it and who left it. */
export function pyramid(panel: PluginElement, rules: PlanRules, { tiers, members, flows, days }: Overview): TemplateResult {
  const { locale } = panel.context;
  const most = Math.max(1, ...tiers.map((tier) => tier.members));
  const sum = (of: (flow: Overview['flows'][number]) => boolean): number => flows.filter(of).reduce((total, flow) => total + flow.members, 0);
  return html`<ol class="pyramid">${[...tiers].reverse().map((tier) => {
    const [came, left] = [sum(({ to }) => to === tier.key), sum(({ from }) => from === tier.key)];
    const title = tierTitle(rules, tier.key, locale);
    return html`<li><span class="strong">${title}</span><span class="bar" aria-hidden="true"><i data-share=${Math.max(1, Math.round(tier.members / most * 20))}></i></span>
      <span class="num">${formatNumber(tier.members)} <span class="muted small">${formatPercent(members ? tier.members / members : 0, 1)} · ${panel.t('admin.spentInWindow', { money: formatMoney(tier.spent) })}</span></span>
      <span class="small muted">${panel.t('admin.flow', { came, left, days })}${tier.atRisk + tier.grace ? html` · <span class="negative">${panel.t('admin.losing', { n: tier.atRisk + tier.grace })}</span>` : ''}</span></li>`;
  })}</ol>`;
}

export const pyramidStyles = css`
  .pyramid { display: grid; gap: 14px; padding: 0; list-style: none; }
  .pyramid li { display: grid; gap: 2px; }
  .bar { display: flex; justify-content: center; block-size: 22px; border-radius: 6px; background: var(--gx-sunken); overflow: hidden; }
  .bar i { display: block; block-size: 100%; border-radius: 6px; background: var(--gx-accent); }
  ${Array.from({ length: 20 }, (_, at) => css`.bar i[data-share='${at + 1}'] { inline-size: ${(at + 1) * 5}%; }`)}
`;
