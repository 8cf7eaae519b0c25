import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney, formatNumber, formatPercent } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import { href } from '../routes.js';
import { owedMoney, shareOf, type Forecast, type PlanFinding, type PlannerAnswer } from './planner-types.js';
import { p } from './texts.js';

const here = (page: string | undefined): boolean => page === undefined || page === '/planner';

const list = (heading: string, findings: readonly PlanFinding[], tone: 'danger' | 'warning'): unknown => (findings.length === 0 ? nothing : html`<section class="findings"><h3>${heading}</h3><ul class="plain">
  ${findings.map((each) => html`<li data-code=${each.code}><gx-icon class=${tone} name=${tone === 'danger' ? 'alert' : 'info'}></gx-icon><span>${localised(each.text)}</span>${here(each.page) ? nothing : html`<a href=${href(each.page ?? '')} aria-label=${p('mendOf', { what: localised(each.text) })}>${p('mend')}</a>`}</li>`)}</ul></section>`);

/** The question first: may this be launched? Then why not, and what the last simulation of it says. */
export function verdictView(planner: PlannerAnswer, forecast: Forecast | undefined, run: unknown, launch: (drafts: readonly string[]) => void): TemplateResult {
  const errors = planner.findings.filter(({ severity }) => severity === 'error'), warnings = planner.findings.filter(({ severity }) => severity === 'warning');
  const drafts = planner.mix.activities.filter(({ state }) => state === 'draft' || state === 'checked').map(({ title }) => title);
  const empty = planner.mix.activities.length + planner.mix.offers.length === 0;
  const [tone, icon, text] = empty ? ['info', 'info', p('emptyMix')] : errors.length ? ['danger', 'alert', p('blocked', { n: errors.length })] : warnings.length ? ['warning', 'info', p('remarks', { n: warnings.length })] : ['success', 'check', p('ready')];
  return html`<gx-card heading=${p('verdict')}><div class="stack"><p class="verdict ${tone}" role="status"><gx-icon name=${icon}></gx-icon><strong>${text}</strong></p>
    ${run === nothing && !empty ? html`<p class="muted">${p('unsimulated')}</p>` : run}
    ${list(p('errors'), errors, 'danger')}${list(p('warnings'), warnings, 'warning')}
    ${drafts.length ? html`<div class="row"><wa-button size="s" variant="brand" ?disabled=${errors.length > 0} @click=${() => { launch(drafts); }}>${p('launch', { n: drafts.length })}</wa-button>${errors.length ? html`<span class="muted small">${p('launchBlocked')}</span>` : nothing}</div>` : nothing}</div></gx-card>${forecast?.outcome ? keyFigures(forecast, planner.worth) : nothing}`;
}

function keyFigures({ outcome, days }: Forecast, worth: number): TemplateResult {
  const { now } = outcome!, { totals } = now;
  const cost = shareOf(totals.cost, totals.sales), burned = shareOf(totals.burned, totals.issued);
  return html`<div class="tiles">
    <gx-kpi label=${p('costShare')} text=${formatPercent(cost, 1)} note=${p('costNote', { cost: formatMoney(totals.cost), sales: formatMoney(totals.sales), days })}></gx-kpi>
    <gx-kpi label=${p('burned')} text=${formatPercent(burned)} note=${p('burnedNote', { burned: formatNumber(totals.burned), issued: formatNumber(totals.issued) })}></gx-kpi>
    <gx-kpi label=${p('firstSession')} text=${formatPercent(now.firstSession)} note=${p('firstSessionNote')}></gx-kpi>
    <gx-kpi label=${p('owed')} text=${formatMoney(owedMoney(totals.outstanding, worth))} note=${p('owedNote', { n: formatNumber(totals.outstanding), worst: formatMoney(now.worst.cost, undefined, true) })}></gx-kpi>
  </div>`;
}
