import { BarChart, FunnelChart, HeatmapChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartColors } from './chart-colors.js';
import type { ChartData, ChartKind } from './chart-data.js';
import { chartOptions } from './chart-options.js';

use([BarChart, FunnelChart, HeatmapChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

/** Draws into `box` and answers the handle. This module is ECharts' own chunk; only `gx-chart` imports it, when it comes into view. */
export function startChart(box: HTMLElement): EChartsType { return init(box, null, { renderer: 'svg' }); }

/** Draws anew: other data, other colours, other width. */
export function drawChart(chart: EChartsType, kind: ChartKind, data: ChartData, colors: ChartColors, still: boolean): void {
  chart.resize();
  chart.setOption(chartOptions(kind, data, colors, { width: chart.getWidth(), still }), { notMerge: true });
}
