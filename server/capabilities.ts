import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import { GxError, type Log, type Manifest } from './plugin-api/index.js';
import { activitiesOf } from './activities/plugin-activities.js';
import type { CapabilityFactories } from './host/capability-bridge.js';
import type { CoreServices } from './http/core-services.js';
import { pluginHttp } from './outbound/plugin-http.js';
import { quotaDatabase } from './quotas/quota-database.js';

const pluginLog = (log: Logger, plugin: string): Log => {
  const child = log.child({ plugin });
  return {
    info: (ctx, message, fields) => { child.info({ shop: ctx?.shop.key, ...fields }, message); },
    warn: (ctx, message, fields) => { child.warn({ shop: ctx?.shop.key, ...fields }, message); },
    error: (ctx, message, fields) => { child.error({ shop: ctx?.shop.key, ...fields }, message); },
  };
};

function ownEvent(plugin: Manifest, name: string): void {
  if (!plugin.events.emits.includes(name)) throw new GxError('GX_EVENT_UNDECLARED', 500, `Plugin "${plugin.id}": it emits "${name}", which its manifest does not name under events.emits.`, { plugin: plugin.id });
}

/** What this host hands out, by the names that manifests use. Shared services where identity does not matter, facades where it does. */
export const capabilityFactories = (services: CoreServices): CapabilityFactories => ({
  'db': (plugin) => quotaDatabase(plugin.id, services.store, services.quotas.rows),
  'points.read': () => services.ledger,
  'points.spend': () => services.ledger,
  'grants': () => services.grants,
  'customers.read': () => services.customers,
  'products.read': () => services.products,
  'orders.read': () => services.orders,
  'discounts.write': () => services.discounts,
  'activities': (plugin) => activitiesOf(plugin.id, services.activities, services.store),
  'events.emit': (plugin) => ({
    emit: (ctx, name, payload) => { ownEvent(plugin, name); return services.outbox.emit(ctx, name, payload); },
    steps: { emit: (ctx, name, payload) => { ownEvent(plugin, name); return services.outbox.steps.emit(ctx, name, payload); } },
  }),
  'audit.write': (plugin) => ({ record: (ctx, action, target, detail) => services.audit.record(ctx, `${plugin.id}.${action}`, target, detail) }),
  'vault': ({ id }) => ({
    seal: (ctx, place, clear) => services.secrets.encrypt(`plugin|${id}|${ctx.shop.id}|${place}`, clear),
    open: (ctx, place, sealed) => services.secrets.decrypt(`plugin|${id}|${ctx.shop.id}|${place}`, sealed),
    mark: (ctx, clear) => createHmac('sha256', services.secrets.key(`mark|${id}|${ctx.shop.id}`)).update(clear).digest('base64url'),
  }),
  'http': (plugin) => pluginHttp(plugin, services.outbound),
  'log': (plugin) => pluginLog(services.log, plugin.id),
  'clock': () => services.clock,
  'settings': (plugin) => ({ get: <T>(ctx: import('./plugin-api/index.js').ShopContext) => Promise.resolve(services.installs.settings(ctx, plugin) as T) }),
});
