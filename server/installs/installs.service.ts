import { actorName, conflict, GxError, notFound, refused, settingsDefaults, statement, type Audit, type Manifest, type ShopContext } from '../plugin-api/index.js';
import { SystemStatement, type DataStore } from '../data/data-store.js';
import type { PluginCatalog } from './plugin-catalog.js';
import { PluginInstall, type InstallState } from './plugin-install.entity.js';
import { openSettings, sealSettings, showSettings, type Sealer } from './plugin-settings.js';

/** Days that an uninstalled plugin's rows are kept, so that a second thought loses nothing. */
export const RETENTION_DAYS = 30;

export interface Install { readonly state: InstallState; readonly version: string; readonly granted: readonly string[]; readonly settings: Record<string, unknown>; readonly revision: number; readonly installedAt: number; readonly purgeAfter: number | null; readonly lastError: string | null }
interface Row { shop_id: number; id: string; state: InstallState; version: string; granted: string; settings: string; revision: number; installed_at: number; purge_after: number | null; last_error: string | null }

const ALL = new SystemStatement<Row>('SELECT shop_id, id, state, version, granted, settings, revision, installed_at, purge_after, last_error FROM plugin_install');
const MOVE = statement(`UPDATE plugin_install SET state = :state, revision = revision + 1, purge_after = :purgeAfter, last_error = :error, updated_at = :now
  WHERE shop_id = :shop AND id = :plugin AND revision = :revision`);
const KEEP = statement(`UPDATE plugin_install SET settings = :settings, settings_version = :version, revision = revision + 1, updated_at = :now
  WHERE shop_id = :shop AND id = :plugin AND revision = :revision`);
const CONSENT = statement('UPDATE plugin_install SET granted = :granted WHERE shop_id = :shop AND id = :plugin');

/** Installing, enabling and settings per shop. All rows are held in memory, so that every request can ask without a query. */
export class InstallsService {
  #rows = new Map<string, Install>();
  #catalog: PluginCatalog | undefined;

  constructor(private readonly store: DataStore, private readonly audit: Audit, private readonly sealer: Sealer) {
    store.onNotify('install', () => { void this.load(); });
  }

  /** The host comes later than its installs; without it nothing can be installed. */
  attach(catalog: PluginCatalog): void { this.#catalog = catalog; }

  async load(): Promise<void> {
    const rows = new Map<string, Install>();
    for (const row of await this.store.system.many(ALL)) {
      rows.set(`${row.shop_id}/${row.id}`, {
        state: row.state, version: row.version, granted: JSON.parse(row.granted) as string[], settings: JSON.parse(row.settings) as Record<string, unknown>,
        revision: row.revision, installedAt: row.installed_at, purgeAfter: row.purge_after, lastError: row.last_error,
      });
    }
    this.#rows = rows;
  }

  of(shopId: number, pluginId: string): Install | undefined { return this.#rows.get(`${shopId}/${pluginId}`); }
  isEnabled(shopId: number, pluginId: string): boolean { return this.#rows.get(`${shopId}/${pluginId}`)?.state === 'enabled'; }

  /** Whether the shop consented to a capability of the plugin. */
  granted(ctx: ShopContext, pluginId: string, capability: string): boolean { return this.of(ctx.shop.id, pluginId)?.granted.includes(capability) ?? false; }

  /** Stores the consent and enables the plugin. Installing again after an uninstall brings its data back. */
  async install(ctx: ShopContext, pluginId: string, granted: readonly string[]): Promise<Install> {
    const manifest = this.#manifest(pluginId);
    const needed = manifest.capabilities.filter((capability) => !capability.optional).map((capability) => capability.name as string);
    const missing = needed.filter((name) => !granted.includes(name));
    if (missing.length) throw refused('GX_CONSENT_MISSING', `${manifest.listing.title.en} needs ${missing.join(', ')} and cannot be installed without.`, { missing });
    const asked = manifest.capabilities.map((capability) => capability.name as string);
    const extra = granted.filter((name) => !asked.includes(name));
    if (extra.length) throw refused('GX_CONSENT_UNKNOWN', `${manifest.listing.title.en} does not ask for ${extra.join(', ')}.`, { extra });
    const before = this.of(ctx.shop.id, pluginId);
    if (before && before.state !== 'uninstalled' && before.state !== 'failed' && before.state !== 'installing') return before;
    if (!before) {
      await this.store.write(ctx, async (unit) => {
        await unit.insert(PluginInstall, {
          id: pluginId, state: 'installing', version: manifest.version, granted: [...granted], settings: settingsDefaults(manifest.settings ?? {}), settingsVersion: manifest.settingsVersion ?? 1,
          installedAt: ctx.now, purgeAfter: null, lastError: null, revision: 1,
        });
      });
    } else {
      await this.store.write(ctx, async (unit, inner) => {
        await unit.run(CONSENT, { plugin: pluginId, granted: JSON.stringify(granted) });
        await this.#move(inner, pluginId, before.revision, 'installing');
      });
    }
    await this.#changed(ctx, pluginId);
    try {
      await this.#catalog!.hook(pluginId, 'onInstall', ctx);
      await this.#catalog!.hook(pluginId, 'onEnable', ctx);
    } catch (cause) {
      await this.#transition(ctx, pluginId, ['installing'], 'failed', { error: cause instanceof Error ? cause.message : String(cause) });
      throw new GxError('GX_INSTALL_FAILED', 502, `${manifest.listing.title.en} could not be installed: its own set-up failed. Nothing else is affected; try again, or ask its author.`, { plugin: pluginId, shop: ctx.shop.key, cause });
    }
    return this.#transition(ctx, pluginId, ['installing'], 'enabled', { action: before ? 'plugin.restored' : 'plugin.installed', detail: { granted: [...granted] } });
  }

  async enable(ctx: ShopContext, pluginId: string): Promise<Install> {
    this.#manifest(pluginId);
    if (this.isEnabled(ctx.shop.id, pluginId)) return this.of(ctx.shop.id, pluginId)!;
    const install = await this.#transition(ctx, pluginId, ['disabled', 'suspended', 'failed'], 'enabled', { action: 'plugin.enabled' });
    await this.#catalog!.hook(pluginId, 'onEnable', ctx);
    return install;
  }

  async disable(ctx: ShopContext, pluginId: string): Promise<Install> {
    if (this.of(ctx.shop.id, pluginId)?.state === 'disabled') return this.of(ctx.shop.id, pluginId)!;
    const install = await this.#transition(ctx, pluginId, ['enabled', 'suspended', 'failed'], 'disabled', { action: 'plugin.disabled' });
    await this.#catalog?.hook(pluginId, 'onDisable', ctx);
    return install;
  }

  /** Takes the plugin out of the shop; its rows stay for `RETENTION_DAYS`. */
  async uninstall(ctx: ShopContext, pluginId: string): Promise<Install> {
    const install = await this.#transition(ctx, pluginId, ['enabled', 'disabled', 'suspended', 'failed', 'installing'], 'uninstalled',
      { action: 'plugin.uninstalled', purgeAfter: ctx.now + RETENTION_DAYS * 86_400_000 });
    await this.#catalog?.hook(pluginId, 'onUninstall', ctx);
    return install;
  }

  /** The settings as the plugin reads them. */
  settings(ctx: ShopContext, manifest: Manifest): Record<string, unknown> {
    return openSettings(ctx, manifest.id, manifest.settings ?? {}, this.of(ctx.shop.id, manifest.id)?.settings ?? {}, this.sealer);
  }

  /** The settings as a form shows them. */
  show(ctx: ShopContext, pluginId: string): Record<string, unknown> {
    return showSettings(this.#manifest(pluginId).settings ?? {}, this.#installed(ctx, pluginId).settings);
  }

  async saveSettings(ctx: ShopContext, pluginId: string, entered: Record<string, unknown>): Promise<Record<string, unknown>> {
    const manifest = this.#manifest(pluginId);
    const install = this.#installed(ctx, pluginId);
    const settings = sealSettings(ctx, pluginId, manifest.settings ?? {}, entered, install.settings, this.sealer);
    await this.store.write(ctx, async (unit, inner) => {
      const changed = await unit.run(KEEP, { plugin: pluginId, settings: JSON.stringify(settings), version: manifest.settingsVersion ?? 1, now: ctx.now, revision: install.revision });
      if (!changed) throw conflict('GX_INSTALL_CHANGED', 'Somebody else changed this plugin meanwhile. Reload and try again.');
      await this.audit.record(inner, 'plugin.settings', pluginId, { fields: Object.keys(entered) });
    });
    await this.#changed(ctx, pluginId);
    return showSettings(manifest.settings ?? {}, settings);
  }

  #manifest(pluginId: string): Manifest {
    const manifest = this.#catalog?.manifest(pluginId);
    if (!manifest) throw notFound('plugin', pluginId);
    return manifest;
  }

  #installed(ctx: ShopContext, pluginId: string): Install {
    const install = this.of(ctx.shop.id, pluginId);
    if (!install || install.state === 'uninstalled') throw conflict('GX_NOT_INSTALLED', `The plugin "${pluginId}" is not installed in this shop.`);
    return install;
  }

  async #transition(ctx: ShopContext, pluginId: string, from: readonly InstallState[], to: InstallState,
    how: { readonly action?: string; readonly detail?: Record<string, unknown>; readonly error?: string; readonly purgeAfter?: number }): Promise<Install> {
    const install = this.of(ctx.shop.id, pluginId);
    if (!install || !from.includes(install.state)) {
      throw conflict('GX_INSTALL_STATE', `The plugin "${pluginId}" is ${install ? install.state : 'not installed'} in this shop, so it cannot become ${to}.`, { state: install?.state ?? 'available' });
    }
    await this.store.write(ctx, async (_unit, inner) => {
      await this.#move(inner, pluginId, install.revision, to, how);
      await this.audit.record(inner, how.action ?? `plugin.${to}`, pluginId, { by: actorName(ctx.actor), ...how.detail, ...(how.error ? { error: how.error } : {}) });
    });
    await this.#changed(ctx, pluginId);
    return this.of(ctx.shop.id, pluginId)!;
  }

  async #move(ctx: ShopContext, pluginId: string, revision: number, to: InstallState, how: { readonly error?: string; readonly purgeAfter?: number } = {}): Promise<void> {
    await this.store.write(ctx, async (unit) => {
      const moved = await unit.run(MOVE, { plugin: pluginId, state: to, revision, purgeAfter: how.purgeAfter ?? null, error: how.error ?? null, now: ctx.now });
      if (!moved) throw conflict('GX_INSTALL_CHANGED', 'Somebody else changed this plugin meanwhile. Reload and try again.');
    });
  }

  /** This process acts at once, the others when they hear of it. */
  async #changed(ctx: ShopContext, pluginId: string): Promise<void> {
    await this.load();
    await this.store.notify('install', `${ctx.shop.id}/${pluginId}`);
  }
}
