import { css, html, nothing, type TemplateResult } from 'lit';
import type { Tone } from '../../kit/badge.element.js';
import { formatDateTime, formatDuration, formatNumber, formatPercent } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import type { Column } from '../../kit/table-columns.js';
import { meter, NEAR } from '../meter.js';
import { href } from '../routes.js';
import { t, tWord } from '../texts.js';
import { failuresOf, handlersOf, slowestOf, type HandlerRun, type OutboundRun, type PluginRun, type QuotaRun } from './run-types.js';

const TONES: Readonly<Record<string, Tone>> = { active: 'success', degraded: 'warning', failed: 'danger', rejected: 'danger', blocked: 'danger' };
const surfaceWord = (surface: string): string => tWord('runSurface', surface);
/** A browser tells the step in which a widget broke as a word that is the same in all languages. */
const errorText = ({ surface, lastError }: HandlerRun): string => {
  const text = lastError?.text ?? '';
  return surface === 'widget' || surface === 'storefront' ? text.replace(/^\w+/, (phase) => tWord('widgetPhase', phase)) : text;
};
const share = ({ used, granted }: QuotaRun): number => (granted > 0 ? used / granted : 0);

/** What is wrong with a module, in a few words each; empty when nothing is. */
function troubles(run: PluginRun): readonly (readonly [Tone, string])[] {
  const failures = failuresOf(run);
  return [
    ...(run.health && !run.health.ok ? [['warning', run.health.message ? t('runs.unwell', { text: run.health.message }) : t('runs.unwellSilent')] as const] : []),
    ...(run.suspensions.length ? [['danger', t('runs.rests', { n: run.suspensions.length })] as const] : []),
    ...(failures ? [['warning', t('runs.failed', { n: failures })] as const] : []),
    ...(run.stalls.length ? [['warning', t('runs.stalled', { n: run.stalls.length })] as const] : []),
    ...(run.growths.length ? [['warning', t('runs.grew')] as const] : []),
    ...run.quotas.filter((quota) => share(quota) >= NEAR).map((quota) => ['warning', t('runs.quotaHigh', { name: tWord('quota', quota.name), share: formatPercent(share(quota)) })] as const),
  ];
}

const columns = (): Column<HandlerRun>[] => [
  { key: 'name', label: t('runs.handler'), primary: true, cell: (row) => html`<span class="stacked"><span class="code">${row.name}</span><span class="muted small">${surfaceWord(row.surface)}</span>${row.lastError ? html`<span class="negative small code">${t('runs.lastError', { time: formatDateTime(row.lastError.at), text: errorText(row) })}</span>` : nothing}</span>` },
  { key: 'calls', label: t('runs.calls'), align: 'end', cell: (row) => formatNumber(row.calls) },
  { key: 'troubles', label: t('runs.troubles'), align: 'end', cell: (row) => {
    const parts = [row.failures ? formatNumber(row.failures) : '', row.timeouts ? t('runs.timeouts', { n: row.timeouts }) : '', row.detached ? t('runs.detached', { n: row.detached }) : '', row.refused ? t('runs.refused', { n: row.refused }) : ''].filter(Boolean);
    return parts.length ? html`<span class="negative">${parts.join(t('list.comma'))}</span>` : html`<span class="muted">0</span>`;
  } },
  { key: 'p50Ms', label: t('runs.median'), align: 'end', wideOnly: true, cell: (row) => formatDuration(row.p50Ms) },
  { key: 'p95Ms', label: t('runs.p95'), align: 'end', cell: (row) => formatDuration(row.p95Ms) },
  { key: 'slowestMs', label: t('runs.worst'), align: 'end', cell: (row) => formatDuration(row.slowestMs) },
];

const outboundColumns = (): Column<OutboundRun>[] => [
  { key: 'host', label: t('runs.host'), primary: true, cell: (row) => html`<span class="code">${row.host}</span>` },
  { key: 'calls', label: t('runs.calls'), align: 'end', cell: (row) => formatNumber(row.calls) },
  { key: 'failures', label: t('runs.troubles'), align: 'end', cell: (row) => html`<span class=${row.failures ? 'negative' : 'muted'}>${formatNumber(row.failures)}</span>` },
  { key: 'slowestMs', label: t('runs.worst'), align: 'end', cell: (row) => formatDuration(row.slowestMs) },
  { key: 'last', label: t('runs.lastAnswer'), align: 'end', cell: (row) => html`<span class="code">${row.last}</span> <span class="muted small nowrap">${formatDateTime(row.lastAt)}</span>` },
];

function quota(each: QuotaRun): TemplateResult {
  const digits = each.granted < 100 ? 1 : 0;
  const figures = { used: formatNumber(each.used, digits), granted: formatNumber(each.granted, digits) };
  return html`<div>${meter(tWord('quota', each.name), each.used, each.granted, t(each.estimated ? 'runs.about' : 'runs.used', figures))}
    ${each.limit > each.granted || each.resetsAt ? html`<p class="muted small">${each.limit > each.granted ? t('runs.asked', { n: formatNumber(each.limit, digits) }) : ''} ${each.resetsAt ? t('runs.resets', { time: formatDateTime(each.resetsAt) }) : ''}</p>` : nothing}</div>`;
}

function inside(run: PluginRun): TemplateResult {
  return html`<div class="inside">
    ${run.error || run.reason ? html`<section><h3>${t('runs.why')}</h3><p>${run.reason ? html`<span class="strong">${run.reason}</span>` : nothing}${run.error ? html`${run.reason ? html`<br>` : nothing}<span class="code">${run.error}</span>` : nothing}</p>${run.code ? html`<p class="muted small code">${run.code}</p>` : nothing}</section>` : nothing}
    ${run.suspensions.length ? html`<section><h3>${t('runs.suspensions')}</h3><ul class="plain">${run.suspensions.map((each) => html`<li>${t(`runs.suspension.${each.state}`, { surface: surfaceWord(each.surface), since: formatDateTime(each.since), reason: each.reason, time: formatDuration(each.retryInMs) })}</li>`)}</ul></section>` : nothing}
    ${run.stalls.length ? html`<section><h3>${t('runs.stallList')}</h3><ul class="plain">${run.stalls.map((each) => html`<li>${t('runs.stall', { time: formatDateTime(each.at), ms: formatDuration(each.ms), surface: surfaceWord(each.surface), name: each.name })}</li>`)}</ul></section>` : nothing}
    ${run.growths.length ? html`<section><h3>${t('runs.growthList')}</h3><ul class="plain">${run.growths.map((each) => html`<li>${t('runs.growth', { time: formatDateTime(each.at), mb: formatNumber(each.mb), surface: surfaceWord(each.surface), name: each.name })}</li>`)}</ul></section>` : nothing}
    ${handlersOf(run).length ? html`<section><h3>${t('runs.handlers')}</h3><gx-table bare paging="none" label="${localised(run.title)}: ${t('runs.handlers')}" .columns=${columns()} .rows=${handlersOf(run)}></gx-table></section>` : run.state === 'active' || run.state === 'degraded' ? html`<p class="muted">${t('runs.quiet')}</p>` : nothing}
    ${run.outbound.length ? html`<section><h3>${t('runs.outbound')}</h3><gx-table bare paging="none" label="${localised(run.title)}: ${t('runs.outbound')}" .columns=${outboundColumns()} .rows=${run.outbound}></gx-table></section>` : nothing}
    ${run.quotas.length ? html`<section><h3>${t('runs.quotas')}</h3><div class="quotas">${run.quotas.map(quota)}</div></section>` : nothing}
    ${run.warnings.length ? html`<section><h3>${t('runs.warnings')}</h3><ul class="plain">${run.warnings.map((each) => html`<li>${each.title}<br><span class="muted small code">${each.message}</span></li>`)}</ul></section>` : nothing}
    <p class="muted small">${t('runs.boot', { time: formatDuration(Object.values(run.bootMs).reduce((sum, each) => sum + each, 0)) })} · ${run.install ? t('runs.install', { state: tWord('state', run.install) }) : t('runs.notInstalled')} · <a href=${href(`/marketplace/${run.id}`)}>${t('runs.page')}<span class="visually-hidden"> ${localised(run.title)}</span></a></p>
  </div>`;
}

/** One module as a line that opens: how it does, and behind it everything that is known. */
export function pluginRun(run: PluginRun, open: boolean): TemplateResult {
  const wrong = troubles(run), slowest = slowestOf(run), took = slowest ? t('runs.slowest', { time: formatDuration(slowest) }) : '';
  return html`<details ?open=${open}><summary><gx-icon class="turn" name="chevron-down"></gx-icon>
      <span class="name"><span class="strong">${localised(run.title)}</span> <span class="muted num small">${run.version ?? ''}</span>${run.reason ? html`<br><span class="negative small">${run.reason}</span>` : nothing}</span>
      <gx-badge tone=${TONES[run.state] ?? 'neutral'}>${tWord('hostState', run.state)}</gx-badge>
      <span class="signs">${wrong.length ? wrong.map(([tone, text]) => html`<gx-badge tone=${tone} icon="alert">${text}</gx-badge>`) : nothing}${wrong.length || run.state !== 'active' ? took && html`<span class="muted small num">${took}</span>` : html`<span class="muted small num">${[t('runs.healthy'), took].filter(Boolean).join(' · ')}</span>`}</span>
    </summary>${inside(run)}</details>`;
}

export const pluginRunStyles = css`
  details + details { border-block-start: 1px solid var(--gx-border); }
  summary { display: grid; grid-template-columns: 20px minmax(0, 1fr) auto; gap: 4px 12px; align-items: center; padding: 12px 16px; cursor: pointer; list-style: none; } summary::-webkit-details-marker { display: none; }
  summary:hover { background: var(--gx-hover); } summary:focus-visible { outline-offset: -2px; }
  .turn { color: var(--gx-muted); } details[open] .turn { transform: rotate(180deg); }
  .signs { grid-column: 2 / -1; display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; } .signs:empty { display: none; }
  .signs gx-badge { white-space: normal; }
  .inside { display: grid; gap: 20px; padding: 4px 16px 20px; } .inside h3 { margin-block-end: 6px; } .inside ul { display: grid; gap: 8px; }
  .code { overflow-wrap: anywhere; } .stacked { display: inline-flex; flex-direction: column; }
  .quotas { display: grid; gap: 14px 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr)); }
  @container card (min-width: 700px) { summary { grid-template-columns: 20px minmax(180px, 1fr) auto minmax(200px, 1.4fr); } .signs { grid-column: auto; justify-content: end; } .inside { padding-inline-start: 48px; } }
`;
