import { html, nothing, type TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';
import { formatNumber, formatPercent, formatSigned, localised, type ChartData } from 'guanxi/kit';
import type { QuestionResult } from './survey-types.js';

/** A true minus sign, as a score that may be negative is read. */
const signed = (value: number): string => formatSigned(Math.round(value)).replace('-', '−');

function choices(host: PluginElement, { options, answers, title }: QuestionResult): TemplateResult {
  const sorted = [...options].sort((a, b) => b.n - a.n);
  const top = sorted[0];
  const data: ChartData = { categories: sorted.map((option) => `${localised(option.title)} · ${formatPercent(answers ? option.n / answers : 0)}`), series: [{ name: host.t('admin.answers'), values: sorted.map(({ n }) => n) }] };
  const sentence = top && answers ? host.t('admin.topChoice', { title: localised(top.title), share: formatPercent(top.n / answers), n: answers }) : '';
  return html`<gx-chart class=${options.length > 6 ? 'bars tall' : options.length > 3 ? 'bars' : 'bars low'} kind="bars" label=${localised(title)} sentence=${sentence} .data=${data}></gx-chart>`;
}

function rating(host: PluginElement, { scores, answers, average, title }: QuestionResult): TemplateResult {
  const high = [...scores].reverse();
  const data: ChartData = { categories: high.map(({ score, n }) => `${score} ★ · ${formatPercent(answers ? n / answers : 0)}`), series: [{ name: host.t('admin.answers'), values: high.map(({ n }) => n) }] };
  const good = scores.reduce((sum, { score, n }) => sum + (score >= 4 ? n : 0), 0);
  return html`<gx-chart class="bars" kind="bars" label=${localised(title)} sentence=${average === null ? '' : host.t('admin.average', { average: formatNumber(average, 2), good: formatPercent(good / answers), n: answers })} .data=${data}></gx-chart>`;
}

function score(host: PluginElement, { scores, nps, title }: QuestionResult): TemplateResult | typeof nothing {
  if (!nps) return nothing;
  const group = (from: number, to: number): (number | null)[] => scores.map(({ score: each, n }) => (each >= from && each <= to ? n : null));
  const share = (n: number): string => formatPercent(nps.n ? n / nps.n : 0);
  const data: ChartData = {
    categories: scores.map((each) => String(each.score)),
    series: [{ name: host.t('admin.detractors'), values: group(0, 6), tone: 'danger' }, { name: host.t('admin.passives'), values: group(7, 8), tone: 'muted' }, { name: host.t('admin.promoters'), values: group(9, 10), tone: 'success' }],
  };
  const sentence = nps.score === null || nps.low === null || nps.high === null ? host.t('admin.npsTooFew', { n: nps.n })
    : host.t('admin.npsSentence', { low: signed(nps.low), high: signed(nps.high), n: nps.n });
  return html`<div class="nps">
      <p class="score">${nps.score === null ? html`<span class="big muted">–</span>` : html`<span class="big num">${signed(nps.score)}</span><span class="margin num" aria-label=${host.t('admin.marginLabel', { n: Math.round(nps.margin ?? 0) })}>± ${formatNumber(Math.round(nps.margin ?? 0))}</span>`}<span class="muted small">NPS</span></p>
      <dl class="split"><div><dt><i class="good"></i>${host.t('admin.promoters')}</dt><dd class="num">${share(nps.promoters)}</dd></div><div><dt><i></i>${host.t('admin.passives')}</dt><dd class="num">${share(nps.passives)}</dd></div><div><dt><i class="bad"></i>${host.t('admin.detractors')}</dt><dd class="num">${share(nps.detractors)}</dd></div></dl>
    </div>
    <gx-chart kind="stacked" label=${localised(title)} sentence=${sentence} .data=${data}></gx-chart>`;
}

/** One question's block: its picture, a sentence, and a warning when there are too few answers to rely on. */
export function questionResult(host: PluginElement, result: QuestionResult, at: number, texts: TemplateResult | undefined): TemplateResult {
  const few = result.tooFew && result.kind !== 'text' && result.answers > 0;
  return html`<gx-card heading="${at + 1}. ${localised(result.title)}" subtitle="${host.t(`admin.kind.${result.kind}`)} · ${host.t('admin.answerCount', { n: result.answers })}">
    ${few ? html`<gx-badge slot="actions" tone="warning" icon="alert">${host.t('admin.tooFew', { n: result.answers })}</gx-badge>` : nothing}
    ${!result.answers ? html`<p class="muted">${host.t('admin.noAnswers')}</p>`
    : result.kind === 'text' ? texts : result.kind === 'nps' ? score(host, result) : result.kind === 'rating' ? rating(host, result) : choices(host, result)}
  </gx-card>`;
}
