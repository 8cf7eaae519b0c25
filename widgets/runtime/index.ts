/** `guanxi/widgets`: what a widget imports besides `lit`. Nothing here may grow a storefront without need. */
export type { ApiClient, PostOptions } from './api.js';
export { ApiProblem } from './api-problem.js';
export type { Query, Surface, Unsaved, WidgetContext, WidgetLocale, WidgetShop, WidgetViewer } from './context.js';
export type { Format } from './format.js';
export type { Bootstrap, WidgetListing } from './listing.js';
export { PluginElement } from './plugin-element.js';
export type { WidgetErrorDetail } from './plugin-element.js';
export { shopperStyles } from './shopper-styles.js';
export type { Params } from './strings.js';
export { WIDGET_RUNTIME } from './version.js';
