import { html, nothing, type TemplateResult } from 'lit';
import type { Tone } from '../../kit/badge.element.js';
import { formatMoney, formatNumber, formatPercent } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import type { Column } from '../../kit/table-columns.js';
import { href } from '../routes.js';
import type { PlanActivity, PlannerAnswer, PlanOffer } from './planner-types.js';
import { p, pWord } from './texts.js';

type Row = { readonly activity: PlanActivity } | { readonly offer: PlanOffer };
const TONES: Readonly<Record<string, Tone>> = { draft: 'neutral', checked: 'neutral', scheduled: 'info', live: 'success', paused: 'warning' };

/** What an activity gives, in words: “5-5-8 by day”, “80 points once”. */
export function earnsText({ earns }: PlanActivity): string {
  if (!earns) return '–';
  if (earns.cycle) return p('cycle', { list: earns.cycle.join('-') });
  const points = p('points', { n: Math.round(earns.expected * 10) / 10 });
  return pWord('often', earns.often, { n: points });
}

const does = ({ continuous, collects, winRate }: PlanActivity): string =>
  [...(continuous ? [p('continuous')] : []), ...collects.map((what) => pWord('collects', what)), ...(winRate === null ? [] : [p('winning', { n: formatPercent(winRate) })])].join(' · ') || '–';

const page = (row: Row): string | undefined => { const path = 'activity' in row ? row.activity.page : row.offer.page; return path ? href(path) : undefined; };

/** Activities and rewards in one table: what each earns, costs and is good for. */
export function mixView({ mix }: PlannerAnswer): TemplateResult {
  const rows: Row[] = [...mix.activities.map((activity) => ({ activity })), ...mix.offers.map((offer) => ({ offer }))];
  const columns: Column<Row>[] = [
    { key: 'title', label: p('activity'), primary: true, cell: (row) => ('activity' in row ? row.activity.title : localised(row.offer.title)) },
    { key: 'state', label: p('state'), cell: (row) => ('activity' in row ? html`<gx-badge tone=${TONES[row.activity.state] ?? 'neutral'}>${pWord('state', row.activity.state)}</gx-badge>` : html`<gx-badge tone="info">${p('reward')}</gx-badge>`) },
    { key: 'earns', label: p('earns'), cell: (row) => ('activity' in row ? (row.activity.known ? earnsText(row.activity) : html`<span class="muted">${p('unknown')}</span>`) : '–') },
    { key: 'spends', label: p('spends'), align: 'end', cell: (row) => { const points = 'activity' in row ? row.activity.spends : row.offer.cost; return points === null ? '–' : html`<span class="num nowrap">${p('points', { n: points })}</span>`; } },
    { key: 'does', label: p('does'), cell: (row) => ('activity' in row ? does(row.activity) : html`${p('worth', { value: formatMoney(row.offer.value) })}${row.offer.remaining === null ? nothing : html` · ${p('left', { n: formatNumber(row.offer.remaining) })}`}`) },
    { key: 'first', label: p('first'), align: 'end', cell: (row) => ('activity' in row && row.activity.firstSession ? html`<span class="num nowrap">${p('points', { n: row.activity.firstSession })}</span>` : '–') },
  ];
  return html`<gx-card flush heading=${p('mix')} subtitle=${p('mixText')}><gx-table paging="none" label=${p('mix')} .columns=${columns} .rows=${rows} .rowHref=${page}>
    <gx-empty slot="empty" compact icon="calendar" heading=${p('noMix')}>${p('noMixText')}</gx-empty></gx-table></gx-card>`;
}
