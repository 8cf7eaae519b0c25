/**
 * The file that both `lit` and `guanxi/widgets` stand for in a browser, and that the storefront's loader starts: one file is one
 * request and packs smaller than its parts. What other files of the same build take from it stands below.
 */
export * from 'lit';
export * from './index.js';
export { mount } from '../storefront/mount.js';

export { createApi } from './api-client.js';
export { loadStrings, openWidget } from './open-widget.js';
export { fill } from './strings.js';
export { createContext } from './widget-context.js';
export { WidgetFailure } from './widget-failure.js';
