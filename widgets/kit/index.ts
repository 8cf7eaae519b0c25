/**
 * `guanxi/kit`: the components and styles of the admin, for the core's pages and for plugins' admin panels.
 * Importing it registers the `gx-…` elements below and Web Awesome's `wa-button`, `wa-callout`, `wa-checkbox`, `wa-input`, `wa-option`, `wa-select`,
 * `wa-switch` and `wa-textarea`, themed by our tokens. Dialogs, menus, drawers, tabs, radios and tooltips come with `loadOverlays()`.
 *
 * Page: gx-page, gx-card, gx-empty, gx-error, gx-skeleton · Data: gx-table, gx-kpi, gx-chart, gx-trend, gx-spark, gx-stars, gx-badge, gx-timeline
 * Forms: gx-schema-form, gx-field, gx-list-field, gx-product-field · Work: gx-progress, gx-dialog, gx-menu, `confirm`, `toast` · gx-icon
 */
import './web-awesome.js';
import './elements.js';

export type { Tone } from './badge.element.js';
export type { ChartData, ChartKind, ChartPick, ChartSeries } from './chart-data.js';
export { confirm, type ConfirmOptions } from './confirm.js';
export * from './format.js';
export { KitElement } from './kit-element.js';
export { kitStyles } from './kit-styles.js';
export { Load } from './load.controller.js';
export { localised, onAppearanceChange, uiLocale, type UiLocale } from './locale.js';
export type { MenuItem } from './menu.element.js';
export { fill, type MessageParams } from './message.js';
export { loadOverlays } from './overlays.js';
export { PagedList, type ListPage } from './paged-list.controller.js';
export type { LocalisedText, ProductChoice, ProductSource, SettingFieldJson, SettingFieldsJson, SettingValues } from './setting-fields.js';
export type { Column } from './table-columns.js';
export type { TimelineItem } from './timeline.element.js';
export { toast, type ToastTone } from './toast.js';
export { fromLocal, toLocal } from './zoned-time.js';
