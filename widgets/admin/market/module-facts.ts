import { css, html, nothing, type TemplateResult } from 'lit';
import { formatBusinessDate, formatDate, formatNumber } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import { meter } from '../meter.js';
import { href } from '../routes.js';
import { t, tWord } from '../texts.js';
import type { MarketDetail, MarketItem, MarketPreview, TableRows } from './market-types.js';
import { capabilityWord, dataWords, kb, tableWord, usesLines, WIDGET_BUDGET } from './module-words.js';

/** What it may do and why; of an installed module also what was not allowed. */
export function needsCard(item: MarketDetail, installed: boolean, change: (() => void) | undefined): TemplateResult {
  const inside = item.capabilities.filter(({ name }) => !name.startsWith('net:')), outside = item.capabilities.filter(({ name }) => name.startsWith('net:'));
  const row = (each: MarketDetail['capabilities'][number]): TemplateResult => html`<li><span class="strong">${capabilityWord(each.name)}</span>${each.optional ? html` <gx-badge>${t('module.optional')}</gx-badge>` : nothing}${installed && !item.granted.includes(each.name) ? html` <gx-badge tone=${each.optional ? 'neutral' : 'warning'}>${t(each.optional ? 'module.declined' : 'module.notYet')}</gx-badge>` : nothing}<br><span class="muted">${localised(each.reason)}</span></li>`;
  return html`<gx-card heading=${t('module.needs')}>${inside.length ? html`<ul class="plain gaps">${inside.map(row)}</ul>` : html`<p class="muted">${t('module.needsNothing')}</p>`}
    <h3 class="apart">${t('module.hosts')}</h3>${outside.length ? html`<ul class="plain gaps">${outside.map(row)}</ul>` : html`<p class="muted">${t('module.noHosts')}</p>`}
    ${change && installed && item.capabilities.some(({ optional }) => optional) ? html`<wa-button slot="footer" size="s" appearance="outlined" @click=${change}>${t('module.change')}</wa-button>` : nothing}</gx-card>`;
}

/** What it keeps; without `personalData` nobody knows what of it is about customers, because its code is gone. */
export function dataCard(plugin: string, tables: readonly TableRows[], personalData: MarketItem['personalData'] | undefined, installed: boolean): TemplateResult {
  if (!tables.length && !personalData?.length) return html`<gx-card heading=${t('module.data')}><p class="muted">${t('module.noData')}</p></gx-card>`;
  return html`<gx-card heading=${t('module.data')}>
    ${personalData ? html`<h3>${t('module.personal')}</h3>${personalData.length ? html`<ul class="plain gaps">${personalData.map((data) => html`<li>${dataWords(data.fields, data.titles)}<br><span class="muted small">${tWord('module.onErase', data.onErase)}</span></li>`)}</ul>` : html`<p class="muted">${t('module.noPersonal')}</p>`}` : nothing}
    ${tables.length ? html`<h3 class=${personalData ? 'apart' : ''}>${t('module.tables')}</h3><dl class="tables small">${tables.map(({ name, rows }) => html`<dt>${tableWord(plugin, name)}</dt><dd class="num muted">${installed || rows ? t('module.rows', { n: rows }) : ''}</dd>`)}</dl>` : nothing}</gx-card>`;
}

/** Size on the storefront against its budget, background work, limits and the price. */
export function costCard(item: MarketDetail, { storefrontBytes, widgets, jobsPerDay, limits }: MarketPreview): TemplateResult {
  const front = widgets.filter(({ surface }) => surface === 'storefront').length, budget = front * WIDGET_BUDGET;
  return html`<gx-card heading=${t('module.cost')}>
    ${front ? meter(t('module.weight'), storefrontBytes, budget, t('module.weightOf', { kb: kb(storefrontBytes), limit: kb(budget), n: front })) : html`<p class="muted">${t('module.noWeight')}</p>`}
    <dl class="definition apart"><dt>${t('module.jobs')}</dt><dd>${jobsPerDay ? t('module.jobsPerDay', { n: jobsPerDay }) : t('module.noJobs')}</dd>
      ${limits.length ? html`<dt>${t('install.limits')}</dt><dd>${limits.map(({ name, granted }) => html`<div>${tWord('limit', name).replace('{n}', formatNumber(granted))}</div>`)}</dd>` : nothing}
      <dt>${t('module.price')}</dt><dd>${item.pricing ? localised(item.pricing) : t('module.free')}</dd>
      ${item.support ? html`<dt>${t('module.support')}</dt><dd>${/^https?:/.test(item.support) ? html`<a href=${item.support} target="_blank" rel="noopener">${item.support.replace(/^https?:\/\//, '')}</a>` : item.support.includes('@') ? html`<a href="mailto:${item.support}">${item.support}</a>` : item.support}</dd>` : nothing}
      ${item.installedAt ? html`<dt>${t('module.since')}</dt><dd>${formatDate(item.installedAt)}</dd>` : nothing}</dl></gx-card>`;
}

export const addsCard = (item: MarketDetail): TemplateResult => html`<gx-card heading=${t('module.adds')}>${item.widgets.length
  ? html`<ul class="plain gaps">${item.widgets.map((widget) => html`<li>${localised(widget.title)}<br><span class="muted small">${tWord('surface', widget.surface)}</span></li>`)}</ul>` : html`<p class="muted">${t('module.addsNothing')}</p>`}</gx-card>`;

/** Other modules that it works with, in both directions; nothing when there are none. */
export function neighboursCard(item: MarketDetail): TemplateResult | typeof nothing {
  if (!item.requires.length && !item.requiredBy.length) return nothing;
  return html`<gx-card heading=${t('module.requires')}>
    ${item.requires.length ? html`<ul class="plain gaps">${item.requires.map((each) => html`<li><a href=${href(`/marketplace/${each.id}`)}>${localised(each.title)}</a> <span class="muted num small">${each.range}</span><br><gx-badge tone=${each.ok ? 'success' : each.optional ? 'neutral' : 'warning'}>${t(each.ok ? 'module.runs' : 'module.runsNot')}</gx-badge> <span class="muted small">${t(each.optional ? 'module.optional' : 'module.requiresThis')}</span>${usesLines(each).map((line) => html`<br><span class="muted small">${line}</span>`)}</li>`)}</ul>` : nothing}
    ${item.requiredBy.length ? html`<h3 class=${item.requires.length ? 'apart' : ''}>${t('module.requiredBy')}</h3><ul class="plain">${item.requiredBy.map((each) => html`<li><a href=${href(`/marketplace/${each.id}`)}>${localised(each.title)}</a></li>`)}</ul>` : nothing}</gx-card>`;
}

export const historyCard = (item: MarketDetail, installed: boolean): TemplateResult | typeof nothing => (item.changes.length ? html`<gx-card heading=${t('module.history')}>
  <ol class="plain gaps">${item.changes.map(({ version, date, notes }) => html`<li><span class="strong num">${version}</span>${installed && version === item.version ? html` <gx-badge tone="success">${t('module.current')}</gx-badge>` : nothing} <span class="muted small">${formatBusinessDate(date)}</span><br>${localised(notes)}</li>`)}</ol></gx-card>` : nothing);

export const factsStyles = css`
  .gaps { display: grid; gap: 10px; } .apart { margin-block-start: 16px; } h3 { margin-block-end: 4px; } .tables dt { overflow-wrap: anywhere; }
  .tables { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 16px; } .tables dd { text-align: end; }
`;
