import { html, type TemplateResult } from 'lit';
import type { ChartPick } from '../../kit/chart-data.js';
import { formatBusinessDate, formatMoney, formatNumber, formatPercent } from '../../kit/format.js';
import type { AdminSession } from '../admin-session.js';
import { reasonText } from '../ledger-columns.js';
import { FLOWS, type DaysAnswer, type Flow, type Open } from './economy-types.js';
import { e } from './texts.js';

/** Bars of a year's days would be thinner than a hair: from so many on they are weeks. */
const WEEKS_FROM = 120;

export const csv = (save: () => void, label: string): TemplateResult => html`<button class="csv" slot="actions" type="button" @click=${save} aria-label="CSV: ${label}">CSV</button>`;
export const sumOf = ({ days }: DaysAnswer, flow: Flow): number => days.reduce((sum, day) => sum + day[flow], 0);
export const sourceText = (session: AdminSession, source: string): string => reasonText(session, { kind: source.startsWith('core.') ? source.slice(5) : 'grant', source });
export const rangeText = (from: string, to: string): string => (from === to ? formatBusinessDate(from) : e('rowsFrom', { from: formatBusinessDate(from), to: formatBusinessDate(to) }));

const sums = (values: readonly number[], size: number): number[] => Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size).reduce((sum, each) => sum + each, 0));

interface Shown { readonly name: string; readonly flow: Flow; readonly source?: string; readonly values: readonly number[] }
const byKind = (answer: DaysAnswer): Shown[] => FLOWS.filter((flow) => flow === 'issued' || flow === 'redeemed' || answer.days.some((day) => day[flow] !== 0)).map((flow) => ({ name: e(flow), flow, values: answer.days.map((day) => day[flow]) }));
/** Every source has a bar of its own, however small: a bar for “others” could not be opened to its rows. */
const bySource = (session: AdminSession, { parts }: DaysAnswer): Shown[] => parts.map((part) => ({ ...part, name: e('ofSource', { flow: e(part.flow), source: sourceText(session, part.source) }) }));

/** Points in and out by day, by source or by kind; each bar opens to its entries. */
export function flowCard(session: AdminSession, answer: DaysAnswer, view: { readonly bySource: boolean; readonly choose: (bySource: boolean) => void }, open: Open, save: () => void): TemplateResult {
  const size = answer.days.length > WEEKS_FROM ? 7 : 1, shown = view.bySource ? bySource(session, answer) : byKind(answer), sum = (flow: Flow): string => formatNumber(Math.abs(sumOf(answer, flow)));
  const data = { days: true, format: 'points' as const, categories: answer.days.filter((_, day) => day % size === 0).map(({ date }) => date), series: shown.map(({ name, values }) => ({ name, values: sums(values, size) })) };
  const sentence = e('flowSentence', { days: answer.days.length, issued: sum('issued'), spent: sum('redeemed'), lost: formatNumber(Math.abs(sumOf(answer, 'expired') + sumOf(answer, 'reversed') + sumOf(answer, 'forfeited'))) });
  const pick = ({ detail }: CustomEvent<ChartPick>): void => {
    const part = shown[detail.series], first = answer.days[detail.category * size], last = answer.days[Math.min(answer.days.length, (detail.category + 1) * size) - 1];
    if (part && first && last) open('flows', { flow: part.flow, source: part.source, from: first.date, to: last.date });
  };
  const heading = e(size > 1 ? 'flowWeeks' : 'flow');
  return html`<gx-card heading=${heading}><select slot="actions" class="select" aria-label=${e('groupBy')} @change=${(event: Event) => { view.choose((event.target as HTMLSelectElement).value === 'source'); }}>
      <option value="source" ?selected=${view.bySource}>${e('bySource')}</option><option value="kind" ?selected=${!view.bySource}>${e('byKind')}</option></select>${csv(save, heading)}
    <gx-chart class="big" kind="stacked" pickable label=${heading} sentence=${sentence} .data=${data} @gx-pick=${pick}></gx-chart></gx-card>`;
}

/** What people hold less what they owe, day by day; each day opens to all that made it so. */
export function outstandingCard({ days }: DaysAnswer, worth: (points: number) => string, open: Open, save: () => void): TemplateResult {
  const first = days[0]?.outstanding ?? 0, now = days.at(-1)?.outstanding ?? 0, change = now - first;
  const sentence = e(change > 0 ? 'outstandingUp' : change < 0 ? 'outstandingDown' : 'outstandingSame', { now: formatNumber(now), money: worth(now), n: formatNumber(Math.abs(change)), days: days.length });
  const pick = ({ detail }: CustomEvent<ChartPick>): void => { const day = days[detail.category]; if (day) open('flows', { flow: 'all', to: day.date }); };
  return html`<gx-card heading=${e('outstanding')}>${csv(save, e('outstanding'))}<gx-chart kind="line" pickable label=${e('outstanding')} sentence=${sentence} @gx-pick=${pick}
    .data=${{ days: true, format: 'points', categories: days.map(({ date }) => date), series: [{ name: e('outstanding'), values: days.map(({ outstanding }) => outstanding) }] }}></gx-chart></gx-card>`;
}

/** Who gave how much, of all that was issued. */
export function sourcesCard(session: AdminSession, answer: DaysAnswer, open: Open, save: () => void): TemplateResult {
  const issued = answer.parts.filter(({ flow }) => flow === 'issued').map(({ source, values }) => ({ source, amount: values.reduce((sum, each) => sum + each, 0) })).filter(({ amount }) => amount > 0).sort((a, b) => b.amount - a.amount).slice(0, 8);
  const [first] = issued, { days } = answer;
  if (!first) return html`<gx-card heading=${e('sources')}><gx-empty compact icon="coins" heading=${e('sourcesNone')}></gx-empty></gx-card>`;
  const pick = ({ detail }: CustomEvent<ChartPick>): void => { const picked = issued[detail.category]; if (picked) open('flows', { flow: 'issued', source: picked.source, from: days[0]?.date, to: days.at(-1)?.date }); };
  const all = sumOf(answer, 'issued');
  return html`<gx-card heading=${e('sources')}>${csv(save, e('sources'))}<gx-chart class="big" kind="bars" pickable @gx-pick=${pick} label=${e('sources')} sentence=${e('sourcesSentence', { source: sourceText(session, first.source), share: formatPercent(all ? first.amount / all : 0) })}
    .data=${{ format: 'points', categories: issued.map(({ source }) => sourceText(session, source)), series: [{ name: e('issued'), values: issued.map(({ amount }) => amount) }] }}></gx-chart></gx-card>`;
}

/** What outstanding points are worth, in the shop's money. */
export const worthBy = (totals: { readonly outstanding: number; readonly pending: number; readonly held: number; readonly liability: number; readonly currency: string }) => (points: number): string => {
  const all = totals.outstanding + totals.pending + totals.held;
  return formatMoney(all ? Math.round((totals.liability * points) / all) : 0, totals.currency);
};

