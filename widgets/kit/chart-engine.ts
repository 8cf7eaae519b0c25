import { BarChart, FunnelChart, HeatmapChart, LineChart, SankeyChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartColors } from './chart-colors.js';
import type { ChartData, ChartKind, ChartPick } from './chart-data.js';
import { chartOptions } from './chart-options.js';

use([BarChart, FunnelChart, HeatmapChart, LineChart, SankeyChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

/** Draws into `box` and answers the handle. This module is ECharts' own chunk; only `gx-chart` imports it, when it comes into view. */
export function startChart(box: HTMLElement, onPick: (pick: ChartPick) => void): EChartsType {
  const chart = init(box, null, { renderer: 'svg' });
  chart.on('click', (event) => { const pick = pickOf(event as Clicked); if (pick) onPick(pick); });
  return chart;
}

interface Clicked { readonly seriesType?: string; readonly dataIndex?: number; readonly seriesIndex?: number; readonly value?: unknown; readonly data?: { readonly pick?: ChartPick } }
function pickOf({ seriesType, dataIndex, seriesIndex, value, data }: Clicked): ChartPick | undefined {
  if (seriesType === 'sankey') return data?.pick;
  if (seriesType === 'heatmap' && Array.isArray(value)) return { category: Number(value[0]), series: Number(value[1]) };
  return dataIndex === undefined ? undefined : { category: dataIndex, series: seriesIndex ?? 0 };
}

/** Draws anew: other data, other colours, other width. */
export function drawChart(chart: EChartsType, kind: ChartKind, data: ChartData, colors: ChartColors, still: boolean): void {
  chart.resize();
  chart.setOption(chartOptions(kind, data, colors, { width: chart.getWidth(), still }), { notMerge: true });
}
