import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney, formatNumber, formatPercent } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { tierTitle, type PlanRules, type Preview } from './member-types.js';

/** Who moves and what it costs if the plan is saved as it stands in the form. */
export function previewCard(panel: PluginElement, rules: PlanRules, present: PlanRules, preview: Preview | undefined, busy: boolean): TemplateResult {
  const { locale } = panel.context;
  const t = panel.t.bind(panel);
  if (!preview) return html`<gx-card heading=${t('admin.preview')}><p class="muted" role="status">${t(busy ? 'admin.preview.busy' : 'admin.preview.none')}</p></gx-card>`;
  const name = (key: string): string => tierTitle(rules.tiers.some((tier) => tier.key === key) ? rules : present, key, locale);
  const samples = (when: 'now' | 'term', heading: string): unknown => {
    const found = preview.samples.filter((sample) => sample.when === when);
    return found.length ? html`<h3>${heading}</h3><ul class="plain small">${found.map((sample) => html`<li><a href="/admin/customers/${sample.personId}">${sample.name ?? t('admin.noName')}</a> ${name(sample.from)} → ${name(sample.to)}</li>`)}</ul>` : nothing;
  };
  return html`<gx-card heading=${t('admin.preview')} aria-busy=${busy}><div class="stack">
    <p role="status">${t('admin.preview.sentence', { up: formatNumber(preview.up), down: formatNumber(preview.down), stay: formatNumber(preview.stay), members: formatNumber(preview.members) })}</p>
    <table class="counts"><caption class="visually-hidden">${t('admin.preview.tiers')}</caption><thead><tr><th scope="col">${t('admin.col.tier')}</th><th scope="col" class="end">${t('admin.preview.now')}</th><th scope="col" class="end">${t('admin.preview.then')}</th><th scope="col" class="end">${t('admin.preview.risk')}</th></tr></thead>
      <tbody>${[...preview.tiers].reverse().map((tier) => html`<tr><th scope="row">${name(tier.key)}</th><td class="end num">${formatNumber(tier.now)}</td><td class="end num">${formatNumber(tier.after)}</td><td class="end num">${formatNumber(tier.atRisk)}</td></tr>`)}</tbody></table>
    <dl class="costs"><dt>${t('admin.preview.discount')}</dt><dd>${formatMoney(preview.discountCost)} <span class="muted small">${t('admin.preview.share', { share: formatPercent(preview.sales ? preview.discountCost / preview.sales : 0, 1), before: formatMoney(preview.discountCostNow) })}</span></dd>
      <dt>${t('admin.preview.gifts')}</dt><dd>${panel.context.format.points(preview.entryGifts)}</dd><dt>${t('admin.preview.birthdays')}</dt><dd>${panel.context.format.points(preview.birthdayGifts)}</dd></dl>
    ${samples('now', t('admin.preview.goUp'))}${samples('term', t('admin.preview.goDown'))}</div></gx-card>`;
}
