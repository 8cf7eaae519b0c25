import { GxError, z, type AdminRoutes, type PluginRouter, type StorefrontRoutes } from '../plugin-api/index.js';
import type { RouteRecord, RouteTable } from './route-table.js';

export const STOREFRONT_BODY = 16 * 1024;
export const ADMIN_BODY = 1024 * 1024;

/** Staff who may change things when a route names no roles: everybody but those who only look. */
export const WRITERS = ['owner', 'operator', 'marketer', 'agent'] as const;

function checkPath(owner: string, path: string): void {
  if (!/^(\/(:?[a-zA-Z][\w.-]*))+$/.test(path)) throw new GxError('GX_ROUTE_PATH', 500, `Plugin "${owner}": the route "${path}" must begin with a slash and consist of words and :parameters.`, { plugin: owner });
}

/** A router whose routes land in the owner's tables: a plugin's own ones, or the core's. */
export function routerFor(owner: string, tables: { readonly admin: RouteTable; readonly storefront: RouteTable }): PluginRouter {
  const admin: AdminRoutes = {
    route(method, path, shape, handler) {
      checkPath(owner, path);
      tables.admin.add({ surface: 'admin', owner, method, path, summary: shape.summary, params: shape.params, query: shape.query, body: shape.body, reply: shape.reply,
        status: shape.status ?? 200, bodyLimit: ADMIN_BODY, handler, ...(shape.keyed ? { keyed: 'taken' } : {}), ...(shape.roles ? { roles: shape.roles } : method === 'get' ? {} : { roles: WRITERS }) });
    },
    csv(path, shape, rows) {
      checkPath(owner, path);
      tables.admin.add({ surface: 'admin', owner, method: 'get', path, summary: shape.summary, query: shape.query, reply: z.string(), status: 200, bodyLimit: 0,
        handler: () => Promise.resolve(undefined), csv: { name: shape.name, columns: shape.columns, rows: rows as NonNullable<RouteRecord['csv']>['rows'] } });
    },
  };
  const storefront: StorefrontRoutes = {
    route(method, path, shape, handler) {
      checkPath(owner, path);
      tables.storefront.add({ surface: 'storefront', owner, method, path, summary: shape.summary, params: shape.params, query: shape.query, body: shape.body, reply: shape.reply,
        status: shape.status ?? 200, bodyLimit: STOREFRONT_BODY, handler, audience: shape.audience, ...(method === 'get' ? {} : { keyed: 'demanded' }), perMinute: shape.perMinute ?? 60 });
    },
  };
  return { admin, storefront };
}
