import { html } from 'lit';
import type { ChartPick } from '../../kit/chart-data.js';
import { formatBusinessDate, formatMoney, formatNumber, formatPercent } from '../../kit/format.js';
import type { AdminSession } from '../admin-session.js';
import { reasonText } from '../ledger-columns.js';
import { FLOWS, type BurnAnswer, type DaysAnswer, type Flow, type PathsAnswer } from './economy-types.js';
import { e } from './texts.js';

const csv = (save: () => void, label: string): unknown => html`<button class="csv" slot="actions" type="button" @click=${save} aria-label="CSV: ${label}">CSV</button>`;
export const sumOf = ({ days }: DaysAnswer, flow: Flow): number => days.reduce((sum, day) => sum + day[flow], 0);

/** Points in and out by day; each bar opens to its entries. */
export function flowCard(answer: DaysAnswer, open: (flow: Flow, from: string, to: string) => void, save: () => void): unknown {
  const shown = FLOWS.filter((flow) => flow === 'issued' || flow === 'redeemed' || answer.days.some((day) => day[flow] !== 0)), sum = (flow: Flow): string => formatNumber(Math.abs(sumOf(answer, flow)));
  const data = { days: true, format: 'points' as const, categories: answer.days.map(({ date }) => date), series: shown.map((flow) => ({ name: e(flow), values: answer.days.map((day) => day[flow]) })) };
  const sentence = e('flowSentence', { days: answer.days.length, issued: sum('issued'), spent: sum('redeemed'), lost: formatNumber(Math.abs(sumOf(answer, 'expired') + sumOf(answer, 'reversed') + sumOf(answer, 'forfeited'))) });
  const pick = ({ detail }: CustomEvent<ChartPick>): void => { const day = answer.days[detail.category], flow = shown[detail.series]; if (day && flow) open(flow, day.date, day.date); };
  return html`<gx-card heading=${e('flow')}>${csv(save, e('flow'))}<gx-chart class="big" kind="stacked" pickable label=${e('flow')} sentence=${sentence} .data=${data} @gx-pick=${pick}></gx-chart></gx-card>`;
}

/** What people hold less what they owe, day by day. */
export function outstandingCard({ days }: DaysAnswer, worth: (points: number) => string, save: () => void): unknown {
  const first = days[0]?.outstanding ?? 0, now = days.at(-1)?.outstanding ?? 0, change = now - first;
  const sentence = e(change > 0 ? 'outstandingUp' : change < 0 ? 'outstandingDown' : 'outstandingSame', { now: formatNumber(now), money: worth(now), n: formatNumber(Math.abs(change)), days: days.length });
  return html`<gx-card heading=${e('outstanding')}>${csv(save, e('outstanding'))}<gx-chart kind="line" label=${e('outstanding')} sentence=${sentence} .data=${{ days: true, format: 'points', categories: days.map(({ date }) => date), series: [{ name: e('outstanding'), values: days.map(({ outstanding }) => outstanding) }] }}></gx-chart></gx-card>`;
}

/** How much of the debt to customers will be asked for, with its band. */
export function forecastCard({ cohorts, forecast }: BurnAnswer, currency: string): unknown {
  if (!forecast) return html`<gx-card heading=${e('forecast')}><gx-empty compact icon="clock" heading=${e('forecastNone')}><p>${e('forecastNoneText')}</p></gx-empty></gx-card>`;
  const all = cohorts.reduce((sum, { left }) => sum + left, 0), money = (minor: number): string => formatMoney(minor, currency);
  const sentence = e('forecastSentence', { all: formatNumber(all), expected: formatNumber(forecast.expected), money: money(forecast.money.expected), low: formatNumber(forecast.low), lowMoney: money(forecast.money.low), high: formatNumber(forecast.high), highMoney: money(forecast.money.high) });
  return html`<gx-card heading=${e('forecast')}><gx-chart kind="bars" label=${e('forecast')} sentence=${sentence} .data=${{ format: 'points', categories: [e('all'), e('high'), e('expected'), e('low')], series: [{ name: e('points'), values: [all, forecast.high, forecast.expected, forecast.low] }] }}></gx-chart><p class="muted small">${e('forecastMethod')}</p></gx-card>`;
}

/** Which share of a month's points was spent 0, 1, 2 … months later. */
export function burnCard({ cohorts, forecast }: BurnAnswer, save: () => void): unknown {
  const over = cohorts.filter(({ spent, issued }) => spent.length > 0 && issued > 0).slice(-12), ages = Math.max(0, ...over.map(({ spent }) => spent.length)), oldest = over[0];
  if (!oldest) return html`<gx-card heading=${e('burn')}><gx-empty compact icon="calendar" heading=${e('burnNone')}></gx-empty></gx-card>`;
  const share = formatPercent(oldest.spent.reduce((sum, each) => sum + each, 0) / oldest.issued);
  const sentence = forecast ? e('burnSentence', { month: oldest.month, share, total: formatPercent(forecast.spentInTheEnd) }) : e('burnFirst');
  const data = { format: 'percent' as const, categories: Array.from({ length: ages }, (_, n) => e('after', { n })), series: over.map(({ month, issued, spent }) => ({ name: month, values: Array.from({ length: ages }, (_, n) => (n < spent.length ? spent[n]! / issued : null)) })) };
  return html`<gx-card heading=${e('burn')}>${csv(save, e('burn'))}<gx-chart class="big" kind="heat" label=${e('burn')} sentence=${sentence} .data=${data}></gx-chart></gx-card>`;
}

/** Streams from the sources of points to what became of them; the smallest are left to the table's last column. */
export function pathsCard(session: AdminSession, { items }: PathsAnswer, open: (source: string, use: string) => void, save: () => void): unknown {
  const first = items[0];
  if (!first) return html`<gx-card heading=${e('paths')}><gx-empty compact icon="coins" heading=${e('pathsNone')}></gx-empty></gx-card>`;
  const name = (source: string): string => reasonText(session, { kind: source.startsWith('core.') ? source.slice(5) : 'grant', source });
  const sources = [...new Set(items.map(({ source }) => source))].slice(0, 8), uses = [...new Set(items.map(({ use }) => use))].slice(0, 8);
  const data = { format: 'points' as const, categories: uses.map(name), series: sources.map((source) => ({ name: name(source), values: uses.map((use) => items.find((each) => each.source === source && each.use === use)?.amount ?? null) })) };
  const pick = ({ detail }: CustomEvent<ChartPick>): void => { const source = sources[detail.series], use = uses[detail.category]; if (source && use) open(source, use); };
  return html`<gx-card heading=${e('paths')}>${csv(save, e('paths'))}<gx-chart class="big" kind="flow" pickable label=${e('paths')} sentence=${e('pathsSentence', { amount: formatNumber(first.amount), source: name(first.source), use: name(first.use) })} .data=${data} @gx-pick=${pick}></gx-chart></gx-card>`;
}

export const rangeText = (from: string, to: string): string => (from === to ? formatBusinessDate(from) : e('rowsFrom', { from: formatBusinessDate(from), to: formatBusinessDate(to) }));
