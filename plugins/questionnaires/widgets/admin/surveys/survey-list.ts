import { html, type TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';
import { formatDate, formatNumber, formatPercent, type Column, type MenuItem } from 'guanxi/kit';
import { href, nameOf, TONES, type Survey, type SurveyRow } from './survey-types.js';

/** What can be done with a survey in its state. */
export function actionsOf(host: PluginElement, { state }: Pick<Survey, 'state'>): MenuItem[] {
  const item = (name: string, icon: string, danger = false): MenuItem => ({ name, icon, danger, label: host.t(`admin.action.${name}`) });
  return [
    ...(state === 'live' || state === 'scheduled' ? [item('pause', 'pause')] : []), ...(state === 'paused' ? [item('resume', 'play')] : []), item('duplicate', 'copy'),
    ...(state === 'live' || state === 'paused' || state === 'scheduled' ? [item('end', 'stop', true)] : []), ...(state === 'draft' || state === 'checked' ? [item('remove', 'trash', true)] : []),
  ];
}
const rate = ({ totals }: SurveyRow): number => (totals.started ? totals.completed / totals.started : 0);

function columns(host: PluginElement, act: (row: Survey, name: string) => void): Column<SurveyRow>[] {
  const t = (key: string): string => host.t(key);
  return [
    { key: 'title', label: t('admin.survey'), primary: true, cell: (row) => nameOf(row, host.context.locale) },
    { key: 'state', label: t('admin.state'), cell: (row) => html`<gx-badge tone=${TONES[row.state]}>${t(`admin.state.${row.state}`)}</gx-badge>` },
    { key: 'questions', label: t('admin.questions'), align: 'end', wideOnly: true, cell: (row) => formatNumber(row.config.questions.length) },
    { key: 'ends', label: t('admin.ends'), cell: (row) => (row.endsAt === null || row.state === 'draft' || row.state === 'checked' ? html`<span class="muted">–</span>` : formatDate(row.endsAt)) },
    { key: 'completed', label: t('admin.responses'), align: 'end', cell: (row) => formatNumber(row.totals.completed) },
    { key: 'rate', label: t('admin.rate'), align: 'end', cell: (row) => (row.totals.started ? formatPercent(rate(row)) : html`<span class="muted">–</span>`) },
    { key: 'menu', label: '', align: 'end', cell: (row) => html`<gx-menu label=${host.t('admin.actionsOf', { title: nameOf(row, host.context.locale) })} .items=${actionsOf(host, row)} @gx-select=${(event: CustomEvent<{ name: string }>) => act(row, event.detail.name)}></gx-menu>` },
  ];
}

/** All surveys with the numbers that say whether they work. */
export function surveyList(host: PluginElement, rows: readonly SurveyRow[], act: (row: Survey, name: string) => void): TemplateResult {
  const sum = (of: (row: SurveyRow) => number): number => rows.reduce((all, row) => all + of(row), 0);
  const started = sum((row) => row.totals.started), completed = sum((row) => row.totals.completed);
  return html`<gx-page heading=${host.t('admin.surveys')} subtitle=${host.t('admin.subtitle')}>
    <wa-button slot="actions" variant="brand" href=${href('/new')}><gx-icon slot="start" name="plus"></gx-icon>${host.t('admin.new')}</wa-button>
    ${rows.length ? html`<div class="tiles">
        <gx-kpi label=${host.t('admin.liveNow')} .value=${rows.filter((row) => row.state === 'live').length}></gx-kpi>
        <gx-kpi label=${host.t('admin.responses')} .value=${completed} note=${host.t('admin.ofStarted', { n: started })}></gx-kpi>
        <gx-kpi label=${host.t('admin.rate')} format="percent" .value=${started ? completed / started : null}></gx-kpi>
        <gx-kpi label=${host.t('admin.given')} format="points" .value=${sum((row) => row.totals.given)}></gx-kpi>
      </div>
      <gx-card flush><gx-table bare label=${host.t('admin.surveys')} .columns=${columns(host, act)} .rows=${rows} .rowHref=${(row: SurveyRow) => href(`/${row.id}`)} paging="none"></gx-table></gx-card>`
    : html`<gx-card><gx-empty icon="clipboard" heading=${host.t('admin.first')}><p>${host.t('admin.firstText')}</p><wa-button slot="action" variant="brand" href=${href('/new')}>${host.t('admin.new')}</wa-button></gx-empty></gx-card>`}
  </gx-page>`;
}
