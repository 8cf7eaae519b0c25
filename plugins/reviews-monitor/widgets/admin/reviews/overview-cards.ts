import { css, html, nothing, type TemplateResult } from 'lit';
import { formatBusinessDate, formatNumber, formatPercent } from 'guanxi/kit';
import type { Overview, Say } from './review-types.js';
import { stepOf, trendSteps } from './trend-steps.js';

export const overviewStyles = css`
  .bars { display: grid; gap: 2px; margin: 0; padding: 0; list-style: none; }
  .bars button { display: grid; grid-template-columns: 2.2em minmax(0, 1fr) 3.2em 3em; gap: 8px; align-items: center; inline-size: 100%; min-block-size: 34px; padding: 4px 8px; border: 0; border-radius: var(--gx-radius); background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; font-variant-numeric: tabular-nums; }
  .bars button:hover { background: var(--gx-hover); } .bars button[aria-pressed='true'] { background: var(--gx-accent-soft, var(--gx-sunken)); font-weight: 600; }
  .bars svg { inline-size: 100%; block-size: 10px; border-radius: 5px; background: var(--gx-sunken); }
  .bars rect { fill: var(--gx-star); } .bars .low rect { fill: var(--gx-danger); }
  .bars .end { text-align: end; } .bars .label { display: inline-flex; gap: 4px; align-items: center; }
  .products { display: grid; margin: 0; padding: 0; list-style: none; }
  .products li + li { border-block-start: 1px solid var(--gx-border); }
  .products button { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; inline-size: 100%; padding: 8px; border: 0; border-radius: var(--gx-radius); background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
  .products button:hover { background: var(--gx-hover); }
  .products gx-badge { justify-self: end; }
  .products .clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .average { --gx-chart-height: 150px; margin-block-start: 16px; }
`;

/** 4 is written 4.0, so that it does not look rounded. */
const oneDecimal = (stars: number): string => stars.toFixed(1);
const share = (part: number, whole: number): number | null => (whole ? part / whole : null);
/** Change in percent; undefined where there is nothing to compare with. */
const change = (now: number | null, before: number | null | undefined): number | undefined => (now === null || !before ? undefined : (now - before) / before * 100);

/** Average, new, bad share, reply rate. What waits is said where it can be answered. */
export function kpis(o: Overview, days: number, say: Say): TemplateResult {
  const steps = o.from && o.to ? trendSteps(o.trend, o.from, o.to) : [];
  const than = days ? say('admin.than', { days }) : say('admin.allTime');
  const average = o.distribution.average, bad = share(o.bad, o.good + o.bad), replied = share(o.replied, o.total);
  const badBefore = o.before && share(o.before.bad, o.before.good + o.before.bad), repliedBefore = o.before && share(o.before.replied, o.before.total);
  const was = (value: string | null): string => (value === null ? days ? '' : than : say('admin.was', { value, days }));
  return html`<div class="tiles">
    <gx-kpi label=${say('admin.kpi.average')} .value=${average} format="stars" text=${average === null ? '' : oneDecimal(average)} note=${was(o.before?.average ? oneDecimal(o.before.average) : null)} .trend=${steps.flatMap((step) => step.average ?? [])}></gx-kpi>
    <gx-kpi label=${say(days ? 'admin.kpi.new' : 'admin.kpi.total')} .value=${o.total} .change=${change(o.total, o.before?.total)} note=${than} .trend=${steps.map((step) => step.good + step.bad + step.plain)}></gx-kpi>
    <gx-kpi label=${say('admin.kpi.bad')} .value=${bad} format="percent" note=${was(badBefore === null ? null : formatPercent(badBefore, 1))}></gx-kpi>
    <gx-kpi label=${say('admin.kpi.replied')} .value=${replied} format="percent" note=${was(repliedBefore === null ? null : formatPercent(repliedBefore, 1))} attention=${o.waiting ? say('admin.kpi.waiting', { n: o.waiting }) : nothing}></gx-kpi>
  </div>`;
}

/** Good and bad reviews over time, and how the average moved. */
export function trendCard(o: Overview, say: Say): TemplateResult {
  if (!o.from || !o.to || !o.total) return html`<gx-card heading=${say('admin.trend')}><gx-empty compact icon="chart" heading=${say('admin.trend.none')}></gx-empty></gx-card>`;
  const steps = trendSteps(o.trend, o.from, o.to);
  const categories = steps.map(({ date }) => date);
  const unit = { 1: 'admin.trend.day', 7: 'admin.trend.week', 0: 'admin.trend.month' }[stepOf(o.from, o.to)];
  const plain = steps.some((step) => step.plain > 0);
  const stacks = { categories, days: true, series: [
    { name: say('admin.good'), tone: 'success' as const, values: steps.map(({ good }) => good) }, { name: say('admin.bad'), tone: 'danger' as const, values: steps.map(({ bad }) => bad) },
    ...(plain ? [{ name: say('admin.plain'), tone: 'muted' as const, values: steps.map((step) => step.plain) }] : []),
  ] };
  const line = { categories, days: true, format: 'stars' as const, series: [{ name: say('admin.kpi.average'), values: steps.map(({ average }) => average) }] };
  const { average } = o.distribution;
  return html`<gx-card heading=${say('admin.trend')} subtitle=${say(unit)}>
    <gx-chart kind="stacked" label=${say('admin.trend')} sentence=${say('admin.trend.sentence', { n: o.total, good: o.good, bad: o.bad, from: formatBusinessDate(o.from), to: formatBusinessDate(o.to) })} .data=${stacks}></gx-chart>
    ${average === null ? nothing : html`<gx-chart class="average" kind="line" label=${say('admin.kpi.average')} sentence=${say('admin.trend.average', { average: oneDecimal(average) })} .data=${line}></gx-chart>`}
  </gx-card>`;
}

/** Five bars that filter the list. */
export function distributionCard(o: Overview, chosen: string, say: Say, choose: (stars: string) => void): TemplateResult {
  const { count, stars, average } = o.distribution;
  if (!count) return html`<gx-card heading=${say('admin.stars')}><gx-empty compact icon="star" heading=${say('admin.stars.none')}></gx-empty></gx-card>`;
  const bar = (n: number): TemplateResult => {
    const of = stars[n - 1] ?? 0, on = chosen === String(n);
    return html`<li><button type="button" class=${n < 4 ? 'low' : ''} aria-pressed=${on ? 'true' : 'false'} @click=${() => choose(on ? '' : String(n))}>
      <span class="label"><span class="visually-hidden">${say('admin.stars.n', { n })}</span><span aria-hidden="true">${n}</span><gx-icon name="star"></gx-icon></span>
      <svg viewBox="0 0 ${count} 1" preserveAspectRatio="none" aria-hidden="true"><rect width=${of} height="1"></rect></svg><span class="end">${formatNumber(of)}</span><span class="end muted">${formatPercent(of / count)}</span></button></li>`;
  };
  return html`<gx-card heading=${say('admin.stars')} subtitle=${say('admin.stars.text')}><div class="stack tight"><div class="row"><gx-stars value=${average ?? 0}></gx-stars><span class="strong num">${oneDecimal(average ?? 0)}</span><span class="muted small">${say('admin.stars.count', { n: count })}</span></div>
    <ul class="bars">${[5, 4, 3, 2, 1].map(bar)}</ul></div></gx-card>`;
}

/** Where most unhappy reviews come from. */
export function productsCard(o: Overview, say: Say, choose: (sku: string) => void): TemplateResult | typeof nothing {
  if (!o.products.length) return nothing;
  return html`<gx-card heading=${say('admin.products')} subtitle=${say('admin.products.text')}><ul class="products">${o.products.map((each) => html`<li><button type="button" @click=${() => choose(each.sku)}>
    <span class="clip" dir="auto">${each.title ?? each.sku}</span><gx-badge tone="danger">${say('admin.products.bad', { n: each.bad })}</gx-badge>
    <span class="muted small">${each.sku}</span><span class="muted small end">${each.average === null ? say('admin.products.of', { n: each.reviews }) : say('admin.products.average', { average: oneDecimal(each.average), n: each.reviews })}</span></button></li>`)}</ul></gx-card>`;
}
