import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney, formatNumber, formatPercent } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { MOVES, tierTitle, type MoveKind, type Mover, type PlanRules, type Preview } from './member-types.js';

export interface PreviewLook { readonly rules: PlanRules; readonly present: PlanRules; readonly preview: Preview | undefined; readonly busy: boolean; readonly show: (when: MoveKind) => void }

/** Who moves and what it costs if the plan is saved as it stands in the form. */
export function previewCard(panel: PluginElement, { rules, present, preview, busy, show }: PreviewLook): TemplateResult {
  const t = panel.t.bind(panel);
  if (!preview) return html`<gx-card heading=${t('admin.preview')}><p class="muted" role="status">${t(busy ? 'admin.preview.busy' : 'admin.preview.none')}</p></gx-card>`;
  const name = (key: string): string => nameOf(panel, rules, present, key);
  const people = (when: MoveKind): unknown => {
    const found = preview.samples.filter((sample) => sample.when === when);
    const all = preview[when];
    return found.length ? html`<h3>${t(`admin.preview.go.${when}`)}</h3><ul class="plain small">${found.map((sample) => html`<li><a href="/admin/customers/${sample.personId}">${sample.name ?? t('admin.noName')}</a> ${name(sample.from)} → ${name(sample.to)}</li>`)}</ul>
      <p><button type="button" class="link-button small" @click=${() => { show(when); }}>${t('admin.preview.all', { n: formatNumber(all) })}</button></p>` : nothing;
  };
  return html`<gx-card heading=${t('admin.preview')} aria-busy=${busy}><div class="stack">
    <p role="status">${t('admin.preview.sentence', { up: formatNumber(preview.up), term: formatNumber(preview.term), stay: formatNumber(preview.stay), members: formatNumber(preview.members) })}${preview.down ? html` ${t('admin.preview.downs', { down: formatNumber(preview.down) })}` : nothing}</p>
    <table class="counts"><caption class="visually-hidden">${t('admin.preview.tiers')}</caption><thead><tr><th scope="col">${t('admin.col.tier')}</th><th scope="col" class="end">${t('admin.preview.now')}</th><th scope="col" class="end">${t('admin.preview.then')}</th><th scope="col" class="end">${t('admin.preview.risk')}</th></tr></thead>
      <tbody>${[...preview.tiers].reverse().map((tier) => html`<tr><th scope="row">${name(tier.key)}</th><td class="end num">${formatNumber(tier.now)}</td><td class="end num">${formatNumber(tier.after)}</td><td class="end num">${formatNumber(tier.atRisk)}</td></tr>`)}</tbody></table>
    <dl class="costs"><dt>${t('admin.preview.discount')}</dt><dd>${formatMoney(preview.discountCost)} <span class="muted small">${t('admin.preview.share', { share: formatPercent(preview.sales ? preview.discountCost / preview.sales : 0, 1), before: formatMoney(preview.discountCostNow) })}</span></dd>
      <dt>${t('admin.preview.gifts')}</dt><dd>${panel.context.format.points(preview.entryGifts)}</dd><dt>${t('admin.preview.birthdays')}</dt><dd>${panel.context.format.points(preview.birthdayGifts)}</dd></dl>
    ${MOVES.map(people)}</div></gx-card>`;
}

/** A tier's name in the plan that is edited; of one that it no longer has, in the present plan. */
const nameOf = (panel: PluginElement, rules: PlanRules, present: PlanRules, key: string): string => tierTitle(rules.tiers.some((tier) => tier.key === key) ? rules : present, key, panel.context.locale);

/** What is said of each mover in the list of all of them. */
export const moverColumns = (panel: PluginElement, rules: PlanRules, present: PlanRules) => [
  { key: 'move', label: panel.t('admin.col.move'), cell: (row: Mover) => `${nameOf(panel, rules, present, row.from)} → ${nameOf(panel, rules, present, row.to)}` },
  { key: 'spent', label: panel.t('admin.col.spent'), align: 'end' as const, cell: (row: Mover) => formatMoney(row.spent) },
  { key: 'orders', label: panel.t('admin.col.orders'), align: 'end' as const, cell: (row: Mover) => formatNumber(row.orders) },
];
