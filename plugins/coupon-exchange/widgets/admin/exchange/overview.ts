import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, formatPercent, type ChartPick } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import type { CouponFilter } from './coupons-card.js';
import { COUPON_STATES, titleOf, type Reward } from './reward-types.js';

/** Most rewards that one chart shows apart: those that were redeemed most. */
const SHOWN = 12;

const UNUSED = COUPON_STATES.filter((state) => state !== 'used');

/** What became of all coupons, as key numbers and as one bar per reward; each opens its coupons. */
export function overview(panel: PluginElement, rewards: readonly Reward[], open: (filter: CouponFilter) => void): TemplateResult {
  const sum = (of: 'issued' | 'used' | 'expired' | 'cost'): number => rewards.reduce((total, { totals }) => total + (totals?.[of] ?? 0), 0);
  const issued = sum('issued'), used = sum('used'), expired = sum('expired');
  const share = (part: number): string => (issued ? panel.t('admin.kpi.share', { share: formatPercent(part / issued) }) : panel.t('admin.kpi.allTime'));
  const most = [...rewards].filter(({ totals }) => totals?.issued).sort((a, b) => (b.totals?.issued ?? 0) - (a.totals?.issued ?? 0)).slice(0, SHOWN);
  const [first] = most;
  return html`<div class="tiles">
      <gx-kpi pickable @gx-pick=${() => { open({}); }} label=${panel.t('admin.kpi.issued')} .value=${issued} note=${panel.t('admin.kpi.allTime')}></gx-kpi>
      <gx-kpi pickable @gx-pick=${() => { open({ states: ['used'] }); }} label=${panel.t('admin.kpi.used')} .value=${used} note=${share(used)}></gx-kpi>
      <gx-kpi pickable @gx-pick=${() => { open({ states: ['expired'] }); }} label=${panel.t('admin.kpi.expired')} .value=${expired} note=${share(expired)}></gx-kpi>
      <gx-kpi pickable @gx-pick=${() => { open({}); }} label=${panel.t('admin.kpi.cost')} .value=${sum('cost')} format="points" note=${panel.t('admin.kpi.allTime')}></gx-kpi>
    </div>
    ${first ? html`<gx-card heading=${panel.t('admin.chart')}><gx-chart kind="stacked" pickable @gx-pick=${({ detail: { category, series } }: CustomEvent<ChartPick>) => { open({ reward: most[category]?.id, states: series === 0 ? ['used'] : UNUSED }); }} label=${panel.t('admin.chart')} sentence=${panel.t('admin.chart.sentence', { used: formatNumber(used), issued: formatNumber(issued), title: titleOf(panel, first) })}
      .data=${{ categories: most.map((reward) => titleOf(panel, reward)), series: [{ name: panel.t('admin.chart.used'), values: most.map(({ totals }) => totals?.used ?? 0) }, { name: panel.t('admin.chart.open'), values: most.map(({ totals }) => (totals?.issued ?? 0) - (totals?.used ?? 0)), tone: 'muted' }] }}></gx-chart></gx-card>` : nothing}`;
}
