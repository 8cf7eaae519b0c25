import type { DependencyContainer } from 'tsyringe';
import type { Basics, Capabilities, CapabilityName } from './capabilities.js';
import type { ContractToken } from './contract-token.js';
import type { CoreEvents } from './commerce.js';
import type { ShopContext } from './context.js';
import type { Contributions } from './contributions.js';
import type { EntityClass } from './entity.js';
import type { Manifest } from './manifest.js';
import type { MigrationClass } from './migration.js';
import type { PluginRouter } from './routes.js';
import type { Http } from './http.js';
import type { SettingsOf } from './settings.js';
import type { Statement } from './sql.js';

type Services = Capabilities & { readonly http: Http };
type Named<M extends Manifest> = M['capabilities'][number];
/** Any number of `net:<host>` names is one service: the HTTP client. */
type Service<Name> = Name extends `net:${string}` ? 'http' : Name;
type Required<M extends Manifest> = Service<Exclude<Named<M>, { optional: true }>['name']>;
type Optional<M extends Manifest> = Service<Extract<Named<M>, { optional: true }>['name']>;

/** What a plugin can reach: exactly what its manifest names. Using anything else does not compile and does not resolve. */
export interface PluginApp<M extends Manifest = Manifest> {
  readonly id: string;
  use<K extends (Required<M> & keyof Services) | keyof Basics>(name: K): (Services & Basics)[K];
  /** A capability that a merchant may decline or this host may lack. Calls for a shop that declined it throw `GX_CAPABILITY_DECLINED`. */
  useOptional<K extends Optional<M> & keyof Services>(name: K): Services[K] | undefined;
  /** Whether this shop granted an optional capability. */
  granted(ctx: ShopContext, name: Named<M>['name']): boolean;
  /**
   * A service of a plugin named in `requires.plugins`. Throws `GX_CONTRACT_UNDECLARED` for any other, `GX_PLUGIN_BLOCKED` (503) when that plugin
   * has stopped. Calls for a shop in which it is switched off throw `GX_PLUGIN_DISABLED` (409).
   */
  contract<T extends object>(token: ContractToken<T>): T;
  /**
   * A service of a plugin named in `requires.optional`; undefined when that plugin is not running, when it or the contract does not fit the range
   * or, with `ctx`, when it is switched off in the shop. Ask at each use: plugins come and go.
   */
  optionalContract<T extends object>(token: ContractToken<T>, ctx?: ShopContext): T | undefined;
  /** Fills a contract named in the manifest's `provides`; only in `services`. */
  provide<T extends object>(token: ContractToken<T>, service: T): void;
  /** The plugin's own container: classes registered in `services` resolve from here, capabilities by `@inject('points.spend')`. */
  readonly container: DependencyContainer;
  settings(ctx: ShopContext): Promise<M extends { settings: infer S extends NonNullable<Manifest['settings']> } ? SettingsOf<S> : Record<string, never>>;
  /** Ties something with a lifetime to the plugin; disposed in reverse order when the plugin stops. */
  own(disposable: { dispose(): void | Promise<void> }): void;
}

export interface EventMeta { readonly id: string; readonly name: string; readonly at: number; readonly signal: AbortSignal }
export type EventHandlers = { readonly [N in keyof CoreEvents]?: (ctx: ShopContext, event: CoreEvents[N], meta: EventMeta) => Promise<void> }
  & { readonly [name: `${string}.${string}`]: (ctx: ShopContext, event: never, meta: EventMeta) => Promise<void> };

export interface Health { readonly ok: boolean; readonly message?: string }

/** The code of a plugin; imported only after its manifest passed every check. */
export interface PluginDefinition<M extends Manifest = Manifest> {
  readonly manifest: M;
  readonly entities?: () => readonly EntityClass[];
  /** Every statement the plugin will run; the host checks that they name own tables and `:shop`. */
  readonly statements?: () => readonly Statement<never>[] | readonly Statement<unknown>[];
  readonly migrations?: () => readonly MigrationClass[];
  /** Registers the plugin's own singletons in its own container. */
  readonly services?: (app: PluginApp<M>) => void;
  readonly routes?: (router: PluginRouter, app: PluginApp<M>) => void;
  /** After commit, at least once, in no particular order. Handlers are idempotent by `meta.id`. */
  readonly on?: (app: PluginApp<M>) => EventHandlers;
  readonly jobs?: (app: PluginApp<M>) => Readonly<Record<string, (ctx: ShopContext, signal: AbortSignal) => Promise<void>>>;
  readonly contributes?: (app: PluginApp<M>) => Contributions;
  readonly activate?: (app: PluginApp<M>) => void | Promise<void>;
  readonly deactivate?: (app: PluginApp<M>) => void | Promise<void>;
  /** Once per shop each, after commit and again after a crash or a failure: idempotent. `signal` aborts when the time is over. */
  readonly onInstall?: (ctx: ShopContext, app: PluginApp<M>, signal: AbortSignal) => Promise<void>;
  readonly onEnable?: (ctx: ShopContext, app: PluginApp<M>, signal: AbortSignal) => Promise<void>;
  readonly onDisable?: (ctx: ShopContext, app: PluginApp<M>, signal: AbortSignal) => Promise<void>;
  readonly onUninstall?: (ctx: ShopContext, app: PluginApp<M>, signal: AbortSignal) => Promise<void>;
  /** After the settings were migrated, while the new code already serves; `from` is the version the shop had. Until it succeeds the shop counts as being on that version. */
  readonly onUpgrade?: (ctx: ShopContext, app: PluginApp<M>, from: string, signal: AbortSignal) => Promise<void>;
  /** Before the host deletes the shop's rows; only for what lies outside this host. The host itself deletes every row. */
  readonly onPurge?: (ctx: ShopContext, app: PluginApp<M>, signal: AbortSignal) => Promise<void>;
  /** From an older `settingsVersion` to the manifest's. Pure: called for a preview as well. */
  readonly migrateSettings?: (old: Readonly<Record<string, unknown>>, fromVersion: number) => Record<string, unknown>;
  readonly health?: (app: PluginApp<M>, signal: AbortSignal) => Promise<Health>;
  /** Fills a new demo shop with things to look at. Runs once, through the plugin's own doors. */
  readonly demo?: (ctx: ShopContext, app: PluginApp<M>, signal: AbortSignal) => Promise<void>;
}

/** Declares a plugin; the default export of `plugin.ts`. */
export const definePlugin = <const M extends Manifest>(definition: PluginDefinition<M>): PluginDefinition<M> => definition;

export type { CapabilityName };
