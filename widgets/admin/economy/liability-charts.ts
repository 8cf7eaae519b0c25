import { html, type TemplateResult } from 'lit';
import type { ChartPick } from '../../kit/chart-data.js';
import { formatBusinessDate, formatMoney, formatMonth, formatNumber, formatPercent } from '../../kit/format.js';
import type { AdminSession } from '../admin-session.js';
import type { EconomyAnswer } from '../api-types.js';
import type { BurnAnswer, Open, PathsAnswer } from './economy-types.js';
import { csv, sourceText } from './flow-charts.js';
import { e } from './texts.js';

const DAYS = Array.from({ length: 31 }, (_, day) => String(day + 1));
const firstOf = (month: string): string => `${month}-01`;
const lastOf = (month: string): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);
/** `YYYY-MM`, so many months later. */
const later = (month: string, months: number): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + months, 1)).toISOString().slice(0, 7);

/** How much of the debt to customers will be asked for, in money, with its band: month by month and now. */
export function forecastCard({ liability }: BurnAnswer, currency: string, save: () => void): TemplateResult {
  const now = liability.at(-1);
  if (!now) return html`<gx-card heading=${e('forecast')}><gx-empty compact icon="clock" heading=${e('forecastNone')}><p>${e('forecastNoneText')}</p></gx-empty></gx-card>`;
  const money = (minor: number): string => formatMoney(minor, currency);
  const sentence = e('forecastSentence', { all: formatNumber(now.left), expected: formatNumber(now.expected), money: money(now.money.expected), low: formatNumber(now.low), lowMoney: money(now.money.low), high: formatNumber(now.high), highMoney: money(now.money.high) });
  const data = { days: true, format: 'money' as const, currency, categories: liability.map(({ date }) => date), series: [
    { name: e('all'), values: liability.map(({ leftMoney }) => leftMoney) },
    { name: e('expected'), values: liability.map((each) => each.money.expected), band: liability.map((each) => [each.money.low, each.money.high] as const) }] };
  return html`<gx-card heading=${e('forecast')}>${csv(save, e('forecast'))}<gx-chart kind="line" label=${e('forecast')} sentence=${sentence} .data=${data}></gx-chart><p class="muted small">${e('forecastMethod')}</p></gx-card>`;
}

/** Which share of a month's points was spent 0, 1, 2 … months later; each cell opens to what was spent. */
export function burnCard({ cohorts, liability }: BurnAnswer, open: Open, save: () => void): TemplateResult {
  const over = cohorts.filter(({ spent, issued }) => spent.length > 0 && issued > 0).slice(-12), ages = Math.max(0, ...over.map(({ spent }) => spent.length)), oldest = over[0], now = liability.at(-1);
  if (!oldest) return html`<gx-card heading=${e('burn')}><gx-empty compact icon="calendar" heading=${e('burnNone')}></gx-empty></gx-card>`;
  const share = formatPercent(oldest.spent.reduce((sum, each) => sum + each, 0) / oldest.issued);
  const sentence = now ? e('burnSentence', { month: formatMonth(oldest.month), share, total: formatPercent(now.spentInTheEnd) }) : e('burnFirst');
  const data = { format: 'percent' as const, categories: Array.from({ length: ages }, (_, n) => e('after', { n })), series: over.map(({ month, issued, spent }) => ({ name: formatMonth(month), values: Array.from({ length: ages }, (_, n) => (n < spent.length ? spent[n]! / issued : null)) })) };
  const pick = ({ detail }: CustomEvent<ChartPick>): void => {
    const cohort = over[detail.series];
    if (!cohort) return;
    const taken = later(cohort.month, detail.category);
    open('uses', { use: 'core.spend', issuedFrom: firstOf(cohort.month), issuedTo: lastOf(cohort.month), from: firstOf(taken), to: lastOf(taken) });
  };
  return html`<gx-card heading=${e('burn')}>${csv(save, e('burn'))}<gx-chart class="big" kind="heat" pickable label=${e('burn')} sentence=${sentence} .data=${data} @gx-pick=${pick}></gx-chart></gx-card>`;
}

/** Streams from the sources of points to what became of them; each opens to its rows. */
export function pathsCard(session: AdminSession, { items }: PathsAnswer, from: string, open: Open, save: () => void): TemplateResult {
  const [first] = items;
  if (!first) return html`<gx-card heading=${e('paths')}><gx-empty compact icon="coins" heading=${e('pathsNone')}></gx-empty></gx-card>`;
  const sources = [...new Set(items.map(({ source }) => source))], uses = [...new Set(items.map(({ use }) => use))];
  const name = (word: string): string => (word === 'core.left' ? e('held') : sourceText(session, word));
  const data = { format: 'points' as const, categories: uses.map(name), series: sources.map((source) => ({ name: name(source), values: uses.map((use) => items.find((each) => each.source === source && each.use === use)?.amount ?? null) })) };
  const pick = ({ detail }: CustomEvent<ChartPick>): void => {
    const source = sources[detail.series], use = uses[detail.category];
    if (use === 'core.left') open('lots', { source, issuedFrom: from }); else open('uses', { source, use, issuedFrom: from });
  };
  const spent = items.find(({ use }) => use !== 'core.left') ?? first;
  return html`<gx-card heading=${e('paths')}>${csv(save, e('paths'))}<gx-chart class="big" kind="flow" pickable label=${e('paths')} sentence=${e('pathsSentence', { amount: formatNumber(spent.amount), source: name(spent.source), use: name(spent.use) })} .data=${data} @gx-pick=${pick}></gx-chart></gx-card>`;
}

/** A calendar of what expires: a row for each month, a cell for each day. */
export function expiringCard({ expiring }: EconomyAnswer, open: Open, save: () => void): TemplateResult {
  const [next] = expiring, last = expiring.at(-1);
  if (!next || !last) return html`<gx-card heading=${e('expiring')}><gx-empty compact icon="calendar" heading=${e('expiringNone')}></gx-empty></gx-card>`;
  const byDate = new Map(expiring.map(({ date, amount }) => [date, amount])), months: string[] = [];
  for (let month = next.date.slice(0, 7); month <= last.date.slice(0, 7); month = later(month, 1)) months.push(month);
  const dateOf = (month: string, day: number): string => `${month}-${String(day + 1).padStart(2, '0')}`;
  const data = { format: 'points' as const, categories: DAYS, series: months.map((month) => ({ name: formatMonth(month), values: DAYS.map((_, day) => (dateOf(month, day) <= lastOf(month) ? byDate.get(dateOf(month, day)) ?? 0 : null)) })) };
  const pick = ({ detail }: CustomEvent<ChartPick>): void => { const month = months[detail.series], date = month && dateOf(month, detail.category); if (date && byDate.has(date)) open('lots', { state: 'active', from: date, to: date }); };
  return html`<gx-card heading=${e('expiring')}>${csv(save, e('expiring'))}<gx-chart class="big" kind="heat" pickable @gx-pick=${pick} label=${e('expiring')}
    sentence=${e('expiringSentence', { n: formatNumber(expiring.reduce((sum, { amount }) => sum + amount, 0)), date: formatBusinessDate(next.date), first: formatNumber(next.amount) })} .data=${data}></gx-chart></gx-card>`;
}
