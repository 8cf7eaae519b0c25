import type { EChartsCoreOption } from 'echarts/core';
import type { ChartColors } from './chart-colors.js';
import type { ChartData, ChartKind, ChartSeries } from './chart-data.js';
import { categoryText } from './chart-table.js';
import { formatCompact, formatDay, formatMoney, formatPercent, formatValue } from './format.js';

interface Hover { readonly seriesId?: string; readonly seriesIndex?: number; readonly seriesName?: string; readonly name: string; readonly value: unknown; readonly dataIndex: number; readonly marker?: string; readonly axisValue?: string }

const colorOf = (series: ChartSeries, index: number, colors: ChartColors): string =>
  series.tone === 'muted' ? colors.muted : series.tone ? colors[series.tone] : colors.palette[index % colors.palette.length] ?? colors.accent;

const axisNumber = (data: ChartData) => (value: number): string =>
  data.format === 'money' ? formatMoney(value, data.currency, true) : data.format === 'percent' ? formatPercent(value) : formatCompact(value);

/** Two invisible lines, stacked, with the area between them filled. Named like their line, so that the legend hides all three together. */
const bandOf = ({ name, band = [] }: ChartSeries, index: number, color: string): readonly object[] => [0, 1].map((edge) => ({
  id: `band-${index}-${edge}`, name, type: 'line', stack: `band-${index}`, stackStrategy: 'all', data: band.map((each) => (each === null ? null : edge ? each[1] - each[0] : each[0])), symbol: 'none', silent: true, lineStyle: { opacity: 0 }, itemStyle: { color },
  ...(edge ? { areaStyle: { color, opacity: 0.18 } } : {}),
}));

/** ECharts options for a kind. Tooltips are drawn in the SVG (`richText`): HTML ones would need inline styles, which the CSP forbids. */
export function chartOptions(kind: ChartKind, data: ChartData, colors: ChartColors, view: { readonly width: number; readonly still: boolean }): EChartsCoreOption {
  const write = (value: unknown): string => formatValue(Number(value), data.format, data.currency ? { currency: data.currency } : {});
  const days = data.days ? { formatter: formatDay } : {};
  const label = { color: colors.muted, fontSize: 12, hideOverlap: true };
  const hover = (entries: readonly Hover[]): string => {
    const first = entries[0];
    if (!first) return '';
    const rows = entries.filter((entry) => entry.value !== null && entry.value !== undefined && !entry.seriesId?.startsWith('band-')).map((entry) => {
      const band = data.series[entry.seriesIndex ?? -1]?.band?.[entry.dataIndex];
      return `${entry.seriesName ?? ''}  ${write(entry.value)}${band ? ` (${write(band[0])} – ${write(band[1])})` : ''}`;
    });
    return [categoryText(data, data.categories[first.dataIndex] ?? first.name), ...rows].join('\n');
  };
  const tooltip = { renderMode: 'richText', confine: true, backgroundColor: colors.surface, borderColor: colors.border, borderWidth: 1, padding: [8, 10], textStyle: { color: colors.text, fontSize: 12, lineHeight: 18 } };
  const several = data.series.length > 1;
  const base: EChartsCoreOption = {
    animation: !view.still, animationDuration: 300, textStyle: { fontFamily: colors.font, color: colors.text },
    color: data.series.map((series, index) => colorOf(series, index, colors)),
    aria: { enabled: true, label: { enabled: false }, decal: { show: several && kind === 'stacked', decals: { color: 'rgba(255,255,255,.35)' } } },
    legend: several && kind !== 'heat' ? { top: 0, left: 0, itemWidth: 14, itemHeight: 10, itemGap: 16, textStyle: { color: colors.text, fontSize: 12 }, inactiveColor: colors.border, type: 'scroll', pageTextStyle: { color: colors.muted }, pageIconColor: colors.text } : { show: false },
    grid: { left: 4, right: 12, top: several ? 36 : 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
  };
  const category = { type: 'category', data: [...data.categories], axisLabel: { ...label, ...days }, axisLine: { lineStyle: { color: colors.border } }, axisTick: { show: false } };
  const value = { type: 'value', minInterval: data.format === 'percent' ? 0 : 1, splitNumber: 4, axisLabel: { ...label, formatter: axisNumber(data) }, splitLine: { lineStyle: { color: colors.border, type: [3, 4] } } };

  switch (kind) {
    case 'line': return { ...base, tooltip: { ...tooltip, trigger: 'axis', formatter: hover }, xAxis: { ...category, boundaryGap: false }, yAxis: value,
      series: data.series.map((series, index) => ({ name: series.name, type: 'line', data: [...series.values], symbol: ['circle', 'rect', 'triangle', 'diamond'][index % 4], symbolSize: 6, showSymbol: data.categories.length < 16, lineStyle: { width: 2, type: ['solid', [6, 4], [2, 3], [8, 3, 2, 3]][index % 4] }, connectNulls: false, ...(data.series.length === 1 ? { areaStyle: { opacity: 0.1 } } : {}) } as object)).concat(data.series.flatMap((series, index) => (series.band ? bandOf(series, index, colorOf(series, index, colors)) : []))) };
    case 'stacked': return { ...base, tooltip: { ...tooltip, trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: colors.sunken, opacity: 0.5 } }, formatter: hover }, xAxis: category, yAxis: value,
      series: data.series.map((series) => ({ name: series.name, type: 'bar', stack: 'all', data: [...series.values], barMaxWidth: 28, barCategoryGap: '30%' })) };
    case 'bars': {
      const names = Math.min(200, view.width * 0.42);
      return { ...base, tooltip: { ...tooltip, trigger: 'axis', axisPointer: { type: 'none' }, formatter: hover }, grid: { left: names + 12, right: 64, top: 4, bottom: 4, outerBoundsMode: 'none' }, xAxis: { ...value, show: false }, yAxis: { ...category, inverse: true, axisLine: { show: false }, axisLabel: { ...label, color: colors.text, width: names, overflow: 'break' } },
      series: data.series.slice(0, 1).map((series) => ({ name: series.name, type: 'bar', data: [...series.values], barMaxWidth: 18, itemStyle: { borderRadius: 3 }, label: { show: true, position: 'right', color: colors.text, fontSize: 12, formatter: (entry: Hover) => write(entry.value) } })) };
    }
    case 'funnel': {
      const values = data.series[0]?.values ?? [], first = values[0] || 1;
      const text = (entry: Hover): string => `${entry.name}  ${write(entry.value)}${entry.dataIndex ? `  (${formatPercent(Number(entry.value) / first)})` : ''}`;
      return { ...base, tooltip: { show: false },
        series: [{ type: 'funnel', sort: 'none', left: 4, right: '52%', top: 4, bottom: 4, gap: 3, minSize: '6%', label: { position: 'right', fontSize: 12, color: colors.text, formatter: text }, labelLine: { length: 12, lineStyle: { color: colors.border } }, itemStyle: { borderWidth: 0, color: colors.accent },
          data: data.categories.map((name, index) => ({ name, value: values[index] ?? 0, itemStyle: { color: colors.accent.replace('rgb(', 'rgba(').replace(')', `, ${Math.max(0.5, 1 - index * 0.14)})`) } })) }] };
    }
    case 'flow': {
      const links = data.series.flatMap((series, from) => series.values.flatMap((each, to) => (each ? [{ source: `from${from}`, target: `to${to}`, value: each, pick: { category: to, series: from } }] : [])));
      const nodes = [...data.series.map((series, n) => ({ name: `from${n}`, text: series.name, itemStyle: { color: colorOf(series, n, colors) } })), ...data.categories.map((name, n) => ({ name: `to${n}`, text: name, itemStyle: { color: colors.muted } }))].filter(({ name }) => links.some(({ source, target }) => source === name || target === name));
      const text = (name: string): string => nodes.find((node) => node.name === name)?.text ?? '';
      return { ...base, legend: { show: false }, tooltip: { ...tooltip, formatter: ({ data: each, value: sum }: { data: { source?: string; target?: string; name?: string }; value: number }) => `${each.source ? `${text(each.source)} → ${text(each.target ?? '')}` : text(each.name ?? '')}\n${write(sum)}` },
        series: [{ type: 'sankey', left: 4, right: Math.min(180, view.width * 0.34), top: 8, bottom: 8, nodeWidth: 12, nodeGap: 14, draggable: false, emphasis: { focus: 'adjacency' }, data: nodes, links, lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
          label: { color: colors.text, fontSize: 12, width: Math.min(170, view.width * 0.32), overflow: 'truncate', formatter: ({ name }: { name: string }) => text(name) } }] };
    }
    case 'heat': {
      const cells = data.series.flatMap((series, row) => series.values.flatMap((each, column) => (each === null ? [] : [[column, row, each]])));
      return { ...base, tooltip: { ...tooltip, formatter: (entry: { value: readonly number[] }) => `${data.series[entry.value[1] ?? 0]?.name ?? ''} · ${categoryText(data, data.categories[entry.value[0] ?? 0] ?? '')}\n${write(entry.value[2])}` }, grid: { ...(base['grid'] as object), top: 4 },
        xAxis: { ...category, splitArea: { show: false } }, yAxis: { type: 'category', inverse: true, data: data.series.map((series) => series.name), axisLabel: label, axisLine: { show: false }, axisTick: { show: false } },
        visualMap: { show: false, min: 0, max: Math.max(0, ...cells.map((cell) => cell[2] ?? 0)) || 1, inRange: { color: [colors.sunken, colors.accent] } },
        series: [{ type: 'heatmap', data: cells, itemStyle: { borderColor: colors.surface, borderWidth: 2, borderRadius: 3 } }] };
    }
  }
}
