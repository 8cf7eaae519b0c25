import { GxBadge } from './badge.element.js';
import { GxCard } from './card.element.js';
import { GxChart } from './chart.element.js';
import { define } from './define.js';
import { GxDialog } from './dialog.element.js';
import { GxEmpty } from './empty.element.js';
import { GxError } from './error.element.js';
import { GxField } from './field.element.js';
import { GxIcon } from './icon.element.js';
import { GxKpi } from './kpi.element.js';
import { GxListField } from './list-field.element.js';
import { GxMenu } from './menu.element.js';
import { GxPage } from './page.element.js';
import { GxProductField } from './product-field.element.js';
import { GxProgress } from './progress.element.js';
import { GxSchemaForm } from './schema-form.element.js';
import { GxSkeleton } from './skeleton.element.js';
import { GxSpark } from './spark.element.js';
import { GxStars } from './stars.element.js';
import { GxTable } from './table.element.js';
import { GxTimeline } from './timeline.element.js';
import { GxToasts } from './toasts.element.js';
import { GxTrend } from './trend.element.js';

const elements = {
  'gx-badge': GxBadge, 'gx-card': GxCard, 'gx-chart': GxChart, 'gx-dialog': GxDialog, 'gx-empty': GxEmpty, 'gx-error': GxError, 'gx-field': GxField, 'gx-icon': GxIcon, 'gx-kpi': GxKpi, 'gx-list-field': GxListField, 'gx-menu': GxMenu,
  'gx-page': GxPage, 'gx-product-field': GxProductField, 'gx-progress': GxProgress, 'gx-schema-form': GxSchemaForm, 'gx-skeleton': GxSkeleton, 'gx-spark': GxSpark, 'gx-stars': GxStars, 'gx-table': GxTable, 'gx-timeline': GxTimeline,
  'gx-toasts': GxToasts, 'gx-trend': GxTrend,
} as const;

for (const [tag, element] of Object.entries(elements)) define(tag, element);

type Elements = typeof elements;
declare global {
  interface HTMLElementTagNameMap extends Record<never, never>, KitTags {}
}
type KitTags = { [Tag in keyof Elements]: InstanceType<Elements[Tag]> };
