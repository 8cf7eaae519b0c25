import { GxError, type EntityClass, type Manifest, type ShopContext } from '../plugin-api/index.js';
import type { DataLocation, Migrate } from '../data/data-store.js';
import type { PluginCatalog } from '../installs/plugin-catalog.js';
import { pluginApp, pluginContainer, type CapabilityFactories } from './capability-bridge.js';
import { contain, type Blame } from './containment.js';
import { loadCode, tablePrefix } from './load-code.js';
import { routerFor } from './router-for.js';
import type { PluginReport, PluginSource } from './plugin-source.js';
import { PluginUnit } from './plugin-unit.js';
import { resolveOrder } from './resolve.js';
import { verify } from './verify.js';

/** Longest time for `activate` and for each hook. */
export const ACTIVATE_MS = 10_000;
export const HOOK_MS = 30_000;

/** Capability names a manifest may ask for; the types in `plugin-api/capabilities.ts` are the same list. */
export const CAPABILITIES: ReadonlySet<string> = new Set(['db', 'points.read', 'points.spend', 'grants', 'customers.read', 'products.read', 'orders.read', 'discounts.write', 'activities', 'events.emit', 'audit.write'] satisfies (keyof import('../plugin-api/index.js').Capabilities)[]);

/** What the host asks of a shop's installs. */
export interface ShopFacts {
  settings(ctx: ShopContext, manifest: Manifest): Record<string, unknown>;
  granted(ctx: ShopContext, pluginId: string, capability: string): boolean;
}

/** Told when a plugin comes up or goes, so that events, jobs and registries can follow. */
export interface HostListener {
  /** When its tables are there and before any of its services is made; a throw is the plugin's failure. */
  ready?(unit: PluginUnit): Promise<void>;
  activated(unit: PluginUnit): void;
  stopped(unit: PluginUnit): void;
}

/**
 * Takes plugins from files to running code, each on its own: whatever one does wrong costs only itself.
 * `prepare` runs before the database opens (its entities and tables must be known by then), `activate` after.
 */
export class PluginHost implements PluginCatalog {
  #units: PluginUnit[] = [];
  #byId = new Map<string, PluginUnit>();

  constructor(private readonly sources: readonly PluginSource[]) {}

  /** discovered → verified → resolved → migrated. */
  async prepare(location: DataLocation, migrate: Migrate): Promise<readonly EntityClass[]> {
    const known = new Set<string>();
    const tables = new Map<string, string>();
    const units = this.sources.map((source) => new PluginUnit(source));
    for (const unit of units) {
      await unit.step('verify', 'verified', 'rejected', () => verify(unit, known, CAPABILITIES));
      if (!unit.failed) known.add(unit.id);
    }
    this.#units = await resolveOrder(units);
    for (const unit of this.#units) {
      // A requirement that fails from here on blocks those that were resolved against it.
      await unit.step('requirements', 'resolved', 'blocked', () => { this.#requirementsAlive(unit); });
      await unit.step('load', 'resolved', 'failed', () => contain(this.#boot(unit, 'import'), ACTIVATE_MS, () => loadCode(unit, tables)));
      await unit.step('migrate', 'migrated', 'failed', async () => {
        const migrations = unit.definition?.migrations?.() ?? [];
        if (migrations.length) await migrate(location, `${tablePrefix(unit.id)}migrations`, migrations);
      });
    }
    return this.#units.flatMap((unit) => (unit.failed ? [] : [...unit.entities]));
  }

  /** migrated → active. */
  async activate(factories: CapabilityFactories, shops: ShopFacts, listener: HostListener): Promise<void> {
    for (const unit of this.#units) {
      await unit.step('activate', 'active', 'failed', () => contain(this.#boot(unit, 'activate'), ACTIVATE_MS, async () => {
        const { manifest, definition } = unit;
        if (!manifest || !definition) throw new GxError('GX_PLUGIN_FAILED', 500, `Plugin "${unit.id}" has no code.`);
        this.#requirementsAlive(unit);
        await listener.ready?.(unit);
        unit.container = pluginContainer(manifest, factories);
        unit.app = pluginApp(unit, unit.container, {
          settings: (ctx) => Promise.resolve(shops.settings(ctx, manifest)),
          granted: (ctx, capability) => shops.granted(ctx, unit.id, capability),
          active: (id) => this.#byId.get(id),
        });
        definition.services?.(unit.app);
        definition.routes?.(routerFor(unit.id, unit), unit.app);
        unit.contributions = definition.contributes?.(unit.app) ?? {};
        unit.handlers = definition.on?.(unit.app) ?? {};
        unit.jobs = definition.jobs?.(unit.app) ?? {};
        for (const name of Object.keys(unit.handlers)) if (!manifest.events.handles.includes(name)) throw new GxError('GX_EVENT_UNDECLARED', 500, `Plugin "${unit.id}": it handles "${name}", which its manifest does not name under events.handles.`);
        for (const name of Object.keys(unit.jobs)) if (!manifest.jobs.some((job) => job.name === name)) throw new GxError('GX_JOB_UNDECLARED', 500, `Plugin "${unit.id}": the job "${name}" is not in its manifest.`);
        await definition.activate?.(unit.app);
      }));
      if (unit.state === 'active') { this.#byId.set(unit.id, unit); listener.activated(unit); }
      else await this.#dispose(unit);
    }
    const essential = this.#units.find((unit) => unit.failed && unit.source.onBootFailure === 'abort');
    if (essential) throw new GxError('GX_BOOT', 500, `The plugin "${essential.id}" is essential and did not start: ${essential.error ?? essential.state}`, { plugin: essential.id });
  }

  async stop(listener: HostListener): Promise<void> {
    for (const unit of [...this.#byId.values()].reverse()) {
      listener.stopped(unit);
      try { if (unit.app && unit.definition?.deactivate) { const { app, definition } = unit; await contain(this.#boot(unit, 'deactivate'), ACTIVATE_MS, async () => { await definition.deactivate?.(app); }); } }
      catch (error) { unit.error = String(error); }
      await this.#dispose(unit);
      unit.state = 'stopped';
    }
    this.#byId.clear();
  }

  /** An active plugin. */
  unit(pluginId: string): PluginUnit | undefined { return this.#byId.get(pluginId); }
  active(): readonly PluginUnit[] { return [...this.#byId.values()]; }
  report(): readonly PluginReport[] { return this.#units.map((unit) => unit.report()); }
  manifests(): readonly Manifest[] { return this.#units.flatMap((unit) => (unit.manifest ? [unit.manifest] : [])); }
  manifest(pluginId: string): Manifest | undefined { return this.#byId.get(pluginId)?.manifest; }

  async hook(pluginId: string, hook: 'onInstall' | 'onEnable' | 'onDisable' | 'onUninstall' | 'demo', ctx: ShopContext): Promise<void> {
    const unit = this.#byId.get(pluginId);
    const run = unit?.definition?.[hook];
    const app = unit?.app;
    if (!run || !app) return;
    await contain({ plugin: pluginId, shop: ctx.shop.key, surface: 'hook', name: hook }, hook === 'demo' ? 10 * HOOK_MS : HOOK_MS, () => run(ctx, app));
  }

  #boot(unit: PluginUnit, name: string): Blame { return { plugin: unit.id, shop: '-', surface: 'boot', name }; }

  #requirementsAlive(unit: PluginUnit): void {
    for (const id of Object.keys(unit.manifest?.requires?.plugins ?? {})) {
      const needed = this.#units.find((each) => each.id === id);
      if (needed?.failed) throw new GxError('GX_PLUGIN_BLOCKED', 500, `${unit.id} → ${id}: "${id}" did not start (${needed.error ?? needed.state}).`, { plugin: unit.id });
    }
  }

  /** Last in, first out; one that throws does not keep the others. */
  async #dispose(unit: PluginUnit): Promise<void> {
    for (const each of unit.owned.splice(0).reverse()) {
      try { await contain(this.#boot(unit, 'dispose'), ACTIVATE_MS, async () => { await each.dispose(); }); }
      catch (error) { unit.error = String(error); }
    }
  }
}
