import type { Activities } from './activities.js';
import type { Customers, DiscountCodes, Orders, Products } from './commerce.js';
import type { ShopContext } from './context.js';
import type { Database } from './database.js';
import type { Grants, PointsRead, PointsSpend } from './economy.js';
import type { Unit } from './sql.js';
import type { Clock } from './time.js';

/** Sends events after commit. The name is prefixed by the plugin's id and must be in the manifest's `events.emits`. */
export interface Events {
  emit(ctx: ShopContext, name: string, payload: Readonly<Record<string, unknown>>): Promise<void>;
  readonly steps: { emit(ctx: ShopContext, name: string, payload: Readonly<Record<string, unknown>>): Unit<void> };
}
/** Structured log with the plugin's name on every line; never pass personal fields. */
export interface Log {
  info(ctx: ShopContext | undefined, message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(ctx: ShopContext | undefined, message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(ctx: ShopContext | undefined, message: string, fields?: Readonly<Record<string, unknown>>): void;
}
/** The plugin's own settings in the context's shop. */
export interface Settings { get<T>(ctx: ShopContext): Promise<T> }
/** Writes one line into the shop's audit. */
export interface Audit { record(ctx: ShopContext, action: string, target: string, detail?: Readonly<Record<string, unknown>>): Promise<void> }

/**
 * Keeps texts that are worth money or secret, e.g. gift card codes, unreadable in the database: a dump of it alone opens none of them. `place`
 * (table, column, row) is part of the seal: a text moved to another row, shop or plugin does not open.
 */
export interface Vault {
  seal(ctx: ShopContext, place: string, clear: string): string;
  /** Errors: 500 `GX_SECRET_UNREADABLE` when the text was changed or moved, or the host's secret was lost. */
  open(ctx: ShopContext, place: string, sealed: string): string;
  /** Always the same for the same text in this plugin and shop, and nothing else: finds duplicates without opening anything. */
  mark(ctx: ShopContext, clear: string): string;
}

/**
 * Everything the host can hand to a plugin. What a manifest names is what the merchant consents to, what the plugin's container resolves
 * and what its types allow; the three cannot differ. `log`, `clock` and `settings` need no consent and are always there.
 */
export interface Capabilities {
  'db': Database;
  'points.read': PointsRead;
  'points.spend': PointsSpend;
  'grants': Grants;
  'customers.read': Customers;
  'products.read': Products;
  'orders.read': Orders;
  'discounts.write': DiscountCodes;
  'activities': Activities;
  'events.emit': Events;
  'audit.write': Audit;
  'vault': Vault;
}
export interface Basics { 'log': Log; 'clock': Clock; 'settings': Settings }
export type CapabilityName = keyof Capabilities;
