import { html, nothing } from 'lit';
import { formatNumber, formatPercent, type Column } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { menuOf, type Action } from './reward-actions.js';
import { doesOf, reachOf, stockOf, titleOf, TONES, type Reward } from './reward-types.js';

export const rewardColumns = (panel: PluginElement, act: (reward: Reward, action: Action) => void): Column<Reward>[] => [
  { key: 'title', label: panel.t('admin.col.title'), primary: true, cell: (reward) => html`<span class="stacked">${titleOf(panel, reward)}<span class="muted small">${[doesOf(panel, reward), reachOf(panel, reward)].filter(Boolean).join(' · ')}</span></span>` },
  { key: 'state', label: panel.t('admin.col.state'), cell: (reward) => html`<gx-badge tone=${TONES[reward.state]}>${panel.t(`admin.state.${reward.state}`)}</gx-badge>` },
  { key: 'cost', label: panel.t('admin.col.cost'), align: 'end', cell: (reward) => (reward.prizeOnly ? '–' : formatNumber(reward.cost)) },
  { key: 'stock', label: panel.t('admin.col.stock'), align: 'end', cell: (reward) => html`<span class=${reward.remaining === 0 ? 'negative strong' : ''}>${stockOf(panel, reward)}</span>` },
  { key: 'perPerson', label: panel.t('admin.col.perPerson'), align: 'end', wideOnly: true, cell: (reward) => (reward.prizeOnly ? '–' : formatNumber(reward.perPerson)) },
  { key: 'issued', label: panel.t('admin.col.issued'), align: 'end', cell: (reward) => formatNumber(reward.totals?.issued ?? 0) },
  { key: 'used', label: panel.t('admin.col.used'), align: 'end', cell: ({ totals }) => (totals ? html`${formatNumber(totals.used)}${totals.issued ? html` <span class="muted small">${formatPercent(totals.used / totals.issued)}</span>` : nothing}` : '–') },
  { key: 'menu', label: '', align: 'end', cell: (reward) => html`<gx-menu label=${panel.t('admin.actionsOf', { title: titleOf(panel, reward) })} .items=${menuOf(panel, reward)} @gx-select=${(event: CustomEvent<{ name: Action }>) => act(reward, event.detail.name)}></gx-menu>` },
];
