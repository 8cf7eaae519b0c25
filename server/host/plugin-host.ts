import { GxError, type Manifest, type ShopContext } from '../plugin-api/index.js';
import { appliedMigrations, upToDate } from '../data/applied-migrations.js';
import type { DataLocation, Migrations } from '../data/data-store.js';
import { describeEntities, type DescribedEntity } from '../data/described-entities.js';
import type { Hook } from '../installs/lifecycle.js';
import type { PluginCatalog } from '../installs/plugin-catalog.js';
import { prefixOf } from '../privacy/plugin-tables.js';
import { pluginApp, pluginContainer, type CapabilityFactories } from './capability-bridge.js';
import { checkDeclared } from './check-contributions.js';
import { blame, contain } from '../containment/containment.js';
import { ImportEffects } from './import-effects.js';
import { checkEntities, describeAll, loadCode, type Tables } from './load-code.js';
import { routerFor } from './router-for.js';
import type { PluginReport, PluginSource } from './plugin-source.js';
import { PluginUnit } from './plugin-unit.js';
import { checkRequirements, resolveOrder } from './resolve.js';
import { RunRecords } from '../containment/run-records.js';
import { claim, verify } from './verify.js';

/** Longest time for importing a plugin, for making its services, for `activate` and for stopping it. */
export const ACTIVATE_MS = 10_000;
/** Longest time for each hook. */
export const HOOK_MS = 30_000;

/** What the host asks of a shop's installs. */
export interface ShopFacts {
  settings(ctx: ShopContext, manifest: Manifest): Record<string, unknown>;
  granted(ctx: ShopContext, pluginId: string, capability: string): boolean;
  isEnabled(shopId: number, pluginId: string): boolean;
}

/** Told when a plugin comes up or goes, so that events, jobs and registries can follow. A throw before it is up is the plugin's failure. */
export interface HostListener {
  /** When its tables are there and before any of its services is made. */
  ready?(unit: PluginUnit): Promise<void>;
  activated(unit: PluginUnit): void;
  /** Also for one that failed half way up. */
  stopped(unit: PluginUnit): void;
}

/**
 * Takes plugins from files to running code, each on its own: whatever one does wrong costs only itself.
 * `prepare` runs before the database opens (its entities and tables must be known by then), `activate` after.
 */
export class PluginHost implements PluginCatalog {
  #units: PluginUnit[] = [];
  /** Verified plugins by id, running or not. */
  readonly #known = new Map<string, PluginUnit>();
  /** Running plugins in the order in which they were started. */
  readonly #active = new Map<string, PluginUnit>();
  #listener: HostListener | undefined;

  constructor(private readonly sources: readonly PluginSource[], private readonly startMs = ACTIVATE_MS, readonly runs = new RunRecords(), private readonly hookMs = HOOK_MS) {}

  /** discovered → verified → resolved → migrated. */
  async prepare(location: DataLocation, pending: Migrations): Promise<readonly DescribedEntity[]> {
    const units = this.sources.map((source) => new PluginUnit(source));
    for (const unit of units) await unit.step('verify', 'verified', 'rejected', () => verify(unit));
    const tags = new Map<string, string>();
    for (const unit of units) await unit.step('claim', 'verified', 'rejected', () => { claim(unit, { ids: this.#known, tags }); });
    // Those that were refused block whoever requires them, with their reason.
    for (const unit of units) if (!this.#known.has(unit.id)) this.#known.set(unit.id, unit);
    this.#units = await resolveOrder(units, this.#known);
    const tables: Tables = { owners: new Map(), plugins: [...this.#known.keys()] };
    const effects = new ImportEffects();
    for (const unit of this.#units) {
      // A requirement that fails from here on blocks those that were resolved against it.
      await unit.step('requirements', 'resolved', 'blocked', () => { checkRequirements(unit, this.#known); });
      await unit.step('load', 'resolved', 'failed', () => this.#load(unit, tables, effects));
    }
    const all = await describeAll(location.engine, this.#units);
    for (const unit of this.#units) await unit.step('entities', 'resolved', 'failed', () => checkEntities(unit, tables, async (entities) => all ?? await describeEntities(location.engine, entities)));
    const histories = new Map(this.#units.flatMap((unit) => (!unit.failed && unit.definition?.migrations ? [[unit, `${prefixOf(unit.id)}migrations`]] : [])));
    const applied = await appliedMigrations(location, [...histories.values()]);
    for (const unit of this.#units) {
      await unit.step('requirements', 'resolved', 'blocked', () => { checkRequirements(unit, this.#known); });
      await unit.step('migrate', 'migrated', 'failed', async () => {
        const history = histories.get(unit), migrations = unit.definition?.migrations?.() ?? [];
        if (history && !upToDate(applied.get(history), migrations)) await pending.run(history, migrations);
      });
    }
    return this.#units.flatMap((unit) => (unit.failed ? [] : [...unit.described]));
  }

  /** migrated → active. */
  async activate(factories: CapabilityFactories, shops: ShopFacts, listener: HostListener): Promise<void> {
    this.#listener = listener;
    for (const unit of this.#units) {
      await unit.step('requirements', 'migrated', 'blocked', () => { checkRequirements(unit, this.#known); });
      await unit.step('ready', 'migrated', 'failed', () => listener.ready?.(unit));
      await unit.step('services', 'migrated', 'failed', () => this.#contained(unit, 'services', () => { this.#wire(unit, factories, shops); }));
      await unit.step('activate', 'migrated', 'failed', () => this.#contained(unit, 'activate', async () => { await unit.definition?.activate?.(unit.app!); }));
      await unit.step('register', 'active', 'failed', () => { listener.activated(unit); this.#active.set(unit.id, unit); });
      if (unit.failed) await this.#clear(unit);
    }
    const essential = this.#units.find((unit) => unit.failed && unit.source.onBootFailure === 'abort');
    if (essential) throw new GxError('GX_BOOT', 500, `The plugin "${essential.id}" is essential and did not start: ${essential.error ?? essential.state}`, { plugin: essential.id });
  }

  async stop(): Promise<void> {
    for (const unit of [...this.#active.values()].reverse()) { await this.#shut(unit); unit.state = 'stopped'; }
  }

  /** Stops one plugin for all shops with its reason, and before it those that require it. */
  async halt(pluginId: string, error: unknown): Promise<void> {
    const unit = this.#active.get(pluginId);
    if (!unit) return;
    const gone = new Set([pluginId]);
    for (const each of this.#active.values()) if (Object.keys(each.manifest?.requires?.plugins ?? {}).some((id) => gone.has(id))) gone.add(each.id);
    const units = [...this.#active.values()].filter((each) => gone.has(each.id));
    for (const each of [...units].reverse()) await this.#shut(each);
    unit.fail('failed', error);
    for (const each of units) if (each !== unit) await each.step('requirements', 'stopped', 'blocked', () => { checkRequirements(each, this.#known); });
  }

  /** Shows a running plugin as degraded with its reason, or as active again. */
  degrade(pluginId: string, reason: string | undefined): void {
    const unit = this.#active.get(pluginId);
    if (!unit) return;
    unit.state = reason === undefined ? 'active' : 'degraded';
    unit.error = reason;
  }

  /** An active plugin. */
  unit(pluginId: string): PluginUnit | undefined { return this.#active.get(pluginId); }
  active(): readonly PluginUnit[] { return [...this.#active.values()]; }
  report(): readonly PluginReport[] { return this.#units.map((unit) => unit.report()); }
  manifests(): readonly Manifest[] { return this.#units.flatMap((unit) => (unit.manifest ? [unit.manifest] : [])); }
  manifest(pluginId: string): Manifest | undefined { return this.#active.get(pluginId)?.manifest; }

  async hook(pluginId: string, hook: Hook | 'demo', ctx: ShopContext, from = ''): Promise<void> {
    const { definition, app } = this.#active.get(pluginId) ?? {};
    if (!definition?.[hook] || !app) return;
    await contain(this.runs.line(pluginId, ctx.shop, 'hook', hook), hook === 'demo' ? 10 * HOOK_MS : this.hookMs, async ({ signal }) => { await (hook === 'onUpgrade' ? definition.onUpgrade!(ctx, app, from, signal) : definition[hook]!(ctx, app, signal)); });
  }

  migrateSettings(pluginId: string, old: Readonly<Record<string, unknown>>, fromVersion: number): Record<string, unknown> {
    return this.#active.get(pluginId)?.definition?.migrateSettings?.(old, fromVersion) ?? { ...old };
  }

  #contained(unit: PluginUnit, name: string, run: () => void | Promise<void>): Promise<void> {
    return contain(this.runs.boot(unit.id, name), this.startMs, async () => { await run(); });
  }

  async #load(unit: PluginUnit, tables: Tables, effects: ImportEffects): Promise<void> {
    let found: readonly string[] = [];
    try { await this.#contained(unit, 'import', () => loadCode(unit, tables)); }
    finally { found = effects.undo(); }
    if (found.length) throw new GxError('GX_IMPORT_EFFECTS', 500, `Plugin "${unit.id}": importing it changes what others share: ${found.join('; ')}. Move that into services or activate, and give it to app.own.`, { plugin: unit.id });
  }

  #wire(unit: PluginUnit, factories: CapabilityFactories, shops: ShopFacts): void {
    const { manifest, definition } = unit;
    if (!manifest || !definition) throw new GxError('GX_PLUGIN_FAILED', 500, `Plugin "${unit.id}": it has no code.`);
    const granted = (ctx: ShopContext, capability: string): boolean => shops.granted(ctx, unit.id, capability);
    unit.container = pluginContainer(manifest, factories, granted);
    const app = unit.app = pluginApp(unit, unit.container, {
      granted, settings: (ctx) => Promise.resolve(shops.settings(ctx, manifest)),
      enabled: (ctx, id) => shops.isEnabled(ctx.shop.id, id), active: (id) => this.#active.get(id),
      blame: (ctx, id, name, run) => blame(this.runs.line(id, ctx.shop, 'contribution', name), run),
    });
    definition.services?.(app);
    unit.sealed = true;
    definition.routes?.(routerFor(unit.id, unit), app);
    unit.contributions = definition.contributes?.(app) ?? {};
    unit.handlers = definition.on?.(app) ?? {};
    unit.jobs = definition.jobs?.(app) ?? {};
    checkDeclared(unit);
  }

  async #shut(unit: PluginUnit): Promise<void> {
    this.#active.delete(unit.id);
    try { await this.#contained(unit, 'deactivate', async () => { await unit.definition?.deactivate?.(unit.app!); }); }
    catch (error) { unit.error = String(error); }
    await this.#clear(unit);
  }

  /** Takes everything back that the plugin registered or owns, last in, first out; one that throws does not keep the others. */
  async #clear(unit: PluginUnit): Promise<void> {
    this.#listener?.stopped(unit);
    unit.provided.clear();
    for (const each of unit.owned.splice(0).reverse()) {
      try { await this.#contained(unit, 'dispose', async () => { await each.dispose(); }); }
      catch (error) { unit.error ??= String(error); }
    }
    await unit.container?.dispose();
  }
}
