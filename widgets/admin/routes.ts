import type { TextKey } from './texts.js';

/** Under which path the admin is served. */
export const BASE = '/admin';

export interface Route {
  readonly name: string;
  readonly pattern: RegExp;
  readonly tag: string;
  readonly title: TextKey;
  readonly load: () => Promise<unknown>;
}
export interface Place { readonly route: Route; readonly params: readonly string[]; readonly query: URLSearchParams }

const route = (name: string, pattern: RegExp, tag: string, title: TextKey, load: () => Promise<unknown>): Route => ({ name, pattern, tag, title, load });

/** Every page; each is a chunk of its own that defines its element. */
export const routes: readonly Route[] = [
  route('home', /^\/?$/, 'gx-home-page', 'nav.home', () => import('./pages/home.element.js')),
  route('customers', /^\/customers$/, 'gx-customers-page', 'nav.customers', () => import('./pages/customers.element.js')),
  route('customer', /^\/customers\/([^/]+)$/, 'gx-customer-page', 'nav.customers', () => import('./pages/customer.element.js')),
  route('orders', /^\/orders$/, 'gx-orders-page', 'nav.orders', () => import('./pages/orders.element.js')),
  route('economy', /^\/economy$/, 'gx-economy-page', 'nav.economy', () => import('./economy/economy.element.js').then(({ prepare }) => prepare())),
  route('economy-rows', /^\/economy\/(flows|lots|uses)$/, 'gx-economy-rows-page', 'nav.economy', () => import('./economy/economy-rows.element.js').then(({ prepare }) => prepare())),
  route('points', /^\/points$/, 'gx-points-page', 'nav.points', () => import('./points/points.element.js').then(({ prepare }) => prepare())),
  route('earning', /^\/earning$/, 'gx-earning-page', 'nav.earning', () => import('./earning/earning.element.js').then(({ prepare }) => prepare())),
  route('budgets', /^\/budgets$/, 'gx-budgets-page', 'nav.budgets', () => import('./budgets/budgets.element.js').then(({ prepare }) => prepare())),
  route('risk', /^\/risk$/, 'gx-risk-page', 'nav.risk', () => import('./risk/risk.element.js').then(({ prepare }) => prepare())),
  route('stacking', /^\/stacking$/, 'gx-stacking-page', 'nav.stacking', () => import('./stacking/stacking.element.js').then(({ prepare }) => prepare())),
  route('planner', /^\/planner$/, 'gx-planner-page', 'nav.planner', () => import('./planner/planner.element.js').then(({ prepare }) => prepare())),
  route('activities', /^\/activities$/, 'gx-activities-page', 'nav.activities', () => import('./pages/activities.element.js')),
  route('activity', /^\/activities\/([^/]+)$/, 'gx-activity-page', 'nav.activities', () => import('./activities/activity.element.js').then(({ prepare }) => prepare())),
  route('marketplace', /^\/marketplace$/, 'gx-marketplace-page', 'nav.marketplace', () => import('./pages/marketplace.element.js')),
  route('module', /^\/marketplace\/([^/]+)$/, 'gx-module-page', 'nav.marketplace', () => import('./pages/module.element.js')),
  route('imports', /^\/imports(?:\/([^/]+))?$/, 'gx-import-page', 'nav.imports', () => import('./pages/import.element.js')),
  route('audit', /^\/audit$/, 'gx-audit-page', 'nav.audit', () => import('./pages/audit.element.js')),
  route('privacy', /^\/privacy$/, 'gx-privacy-page', 'nav.privacy', () => import('./pages/privacy.element.js')),
  route('system', /^\/system$/, 'gx-system-page', 'nav.system', () => import('./pages/system.element.js')),
  route('settings', /^\/settings$/, 'gx-settings-page', 'nav.settings', () => import('./pages/settings.element.js')),
  route('panel', /^\/plugins\/([^/]+)\/([^/]+)(?:\/(.*))?$/, 'gx-panel-page', 'nav.modules', () => import('./pages/panel.element.js')),
];
const missing = route('missing', /^/, 'gx-missing-page', 'missing.title', () => import('./pages/missing.element.js'));

/** The page of an address; a page that says so for an unknown one. */
export function placeOf(url: URL): Place {
  const path = url.pathname.replace(/\/+$/, '').slice(BASE.length);
  for (const each of routes) {
    const match = each.pattern.exec(path);
    if (match) return { route: each, params: match.slice(1).map((part) => decodeURIComponent(part ?? '')), query: url.searchParams };
  }
  return { route: missing, params: [], query: url.searchParams };
}
/** Address of a page inside the admin: `href('/customers')`. */
export const href = (path: string): string => (path.startsWith(BASE) ? path : `${BASE}${path === '/' ? '' : path}`);
