import type { DataStore } from '../data/data-store.js';
import type { Consumer, Outbox } from '../events/outbox.js';
import { conflict, DAY, GxError, notFound, settingsDefaults, type Audit, type Manifest, type ShopContext } from '../plugin-api/index.js';
import { asksOf, hashOf } from './asks.js';
import { ConsentsService } from './consents.service.js';
import { HeldInstalls, type Hold, type OnInstall } from './held-installs.js';
import { hookRunner } from './hook-runner.js';
import { InstallMovesService, type How } from './install-moves.service.js';
import type { Consent, Install } from './install.js';
import { isInstalled, next, starts, type Move } from './lifecycle.js';
import type { InstallPorts, PluginCatalog } from './plugin-catalog.js';
import { InstallSettings } from './install-settings.js';
import type { Sealer } from './plugin-settings.js';
import type { LeavePreview, Preview } from './preview.js';
import { PreviewsService } from './previews.service.js';
import { PurgeSteps } from './purge-steps.js';
import { assertNobodyNeeds, assertRequirements, dependants, requirementsOf, type Requirement, type ShopView } from './requirements.js';

export type { Install } from './install.js';
/** Days that an uninstalled plugin's rows are kept, so that a second thought loses nothing. */
export const RETENTION_DAYS = 30;
/** What the host may suspend a plugin for. */
export type SuspendCause = 'breaker' | 'quota' | 'billing';

export interface InstallParts { readonly store: DataStore; readonly audit: Audit; readonly outbox: Outbox; readonly sealer: Sealer; readonly report: (error: unknown, what: string) => void }
const purgeDate = (ctx: ShopContext): number => ctx.now + RETENTION_DAYS * DAY;
const notInstalled = (pluginId: string): Error => conflict('GX_NOT_INSTALLED', `The plugin "${pluginId}" is not installed in this shop.`);
/** How long a call waits for hooks, so that the common case is done when it answers; 2,000 ms. */
const PATIENCE_MS = 2_000;

/** The life of plugins in a shop: install with consent, switch on and off, upgrade, uninstall, and their settings. */
export class InstallsService {
  readonly #held: HeldInstalls;
  readonly #moves: InstallMovesService;
  readonly #previews: PreviewsService;
  readonly #settings: InstallSettings;
  readonly #consents: ConsentsService;
  readonly #purges: PurgeSteps;
  readonly #hashes = new WeakMap<Manifest, string>();
  #catalog: PluginCatalog | undefined;
  #ports: InstallPorts = { storefrontBytes: () => 0, tables: () => Promise.resolve([]), grantedLimit: (_plugin, _name, asked) => asked };

  constructor(parts: InstallParts) {
    this.#held = new HeldInstalls(parts.store, (error) => { parts.report(error, 'the installs could not be read'); });
    this.#moves = new InstallMovesService(parts.store, parts.audit, parts.outbox, (shopId, pluginId) => this.#held.refresh(shopId, pluginId));
    this.#previews = new PreviewsService(parts.store);
    this.#settings = new InstallSettings(parts.sealer, this.#moves);
    this.#consents = new ConsentsService(this.#previews, () => this.#ports, (ctx, pluginId) => this.preview(ctx, pluginId));
    this.#purges = new PurgeSteps(this.#moves, (ctx, pluginId, ms) => this.settled(ctx, pluginId, ms));
  }

  /** The host comes later than its installs; without it nothing can be installed. Again after its plugins have started. */
  attach(catalog: PluginCatalog): void { this.#catalog = catalog; this.#held.attach(catalog); }
  /** What other parts of the server know, given as they come up. */
  tellWith(ports: Partial<InstallPorts>): void { this.#ports = { ...this.#ports, ...ports }; }
  /** To be registered before anything is installed. */
  hookConsumer(): Consumer { return hookRunner(this.#moves, () => this.#catalog); }
  load(): Promise<void> { return this.#held.load(); }
  start(): void { this.#held.start(); }
  stop(): void { this.#held.stop(); }

  /** Calls with what was and what is known of each install that this process reads anew, changed or not. */
  onChange(listener: OnInstall): () => void { return this.#held.onChange(listener); }

  of(shopId: number, pluginId: string): Install | undefined { return this.#held.of(shopId, pluginId); }
  inShop(shopId: number): readonly Install[] { return this.#held.inShop(shopId); }
  all(): readonly Install[] { return this.#held.all(); }
  /** Whether the plugin answers in the shop: switched on, and nothing holds it. */
  isEnabled(shopId: number, pluginId: string): boolean { return this.#held.isOn(shopId, pluginId); }
  hold(shopId: number, pluginId: string): Hold | undefined { return this.#held.hold(shopId, pluginId); }
  /** Whether the shop consented to a capability of the plugin. */
  granted(ctx: ShopContext, pluginId: string, capability: string): boolean { return this.of(ctx.shop.id, pluginId)?.granted.includes(capability) ?? false; }
  lastConsent(ctx: ShopContext, pluginId: string): Promise<Consent | undefined> { return this.#previews.lastConsent(ctx, pluginId); }
  requirements(ctx: ShopContext, manifest: Manifest): readonly Requirement[] { return requirementsOf(manifest, this.#manifests(), this.#view(ctx)); }
  dependants(ctx: ShopContext, pluginId: string): readonly Manifest[] { return dependants(pluginId, this.#manifests(), this.#view(ctx)); }

  /** Whether the plugin's code asks for more than this shop agreed to. */
  async needsConsent(ctx: ShopContext, pluginId: string): Promise<boolean> {
    const install = this.of(ctx.shop.id, pluginId);
    const manifest = this.#catalog?.manifest(pluginId);
    return manifest !== undefined && this.#consents.needed(ctx, manifest, install);
  }

  preview(ctx: ShopContext, pluginId: string): Promise<Preview> {
    const manifest = this.#manifest(pluginId);
    return this.#previews.preview(ctx, manifest, this.of(ctx.shop.id, pluginId), {
      catalog: this.#catalog!, ports: this.#ports, shop: this.#view(ctx), migrate: (install) => this.#settings.taken(ctx, manifest, install, (old) => this.#catalog!.migrateSettings(pluginId, old, install.settingsVersion)),
    });
  }

  /** What an uninstall leaves behind and for how long; also for a plugin whose code is gone. @throws GX_NOT_INSTALLED 409 where it left nothing */
  async leaving(ctx: ShopContext, pluginId: string): Promise<LeavePreview> {
    const install = this.of(ctx.shop.id, pluginId);
    if (!install || install.state === 'available' || install.state === 'purged') throw notInstalled(pluginId);
    return { keptDays: RETENTION_DAYS, keptUntil: install.purgeAfter ?? purgeDate(ctx), tables: await this.#previews.rows(ctx, await this.#ports.tables(pluginId)) };
  }

  /**
   * Stores the consent and installs; the hooks run after it. Installing again before the purge brings data and settings back.
   * `hash` is that of the preview that was shown; only the host itself may leave it out.
   * @throws GX_CONSENT_STALE 409 with the new preview, GX_CONSENT_MISSING, GX_CONSENT_UNKNOWN, GX_REQUIREMENT_OFF, GX_INSTALL_STATE
   */
  async install(ctx: ShopContext, pluginId: string, granted: readonly string[], hash?: string, patienceMs = PATIENCE_MS): Promise<Install> {
    const manifest = this.#manifest(pluginId);
    const consent = await this.#consents.given(ctx, manifest, granted, hash);
    assertRequirements(manifest, this.#manifests(), this.#view(ctx));
    const fresh: Partial<Install> = { version: manifest.version, settings: settingsDefaults(manifest.settings ?? {}), settingsVersion: manifest.settingsVersion ?? 1 };
    let restored = false;
    return this.#starting(ctx, manifest, 'install', { consent, detail: () => ({ version: manifest.version, granted: [...granted], restored }) }, (before) => {
      restored = before?.state === 'uninstalled';
      return { granted, installedAt: ctx.now, ...(restored ? {} : fresh) };
    }, patienceMs);
  }

  /** Agrees to what a new version asks for, or changes which optional capabilities are granted. @throws as `install` does */
  async consent(ctx: ShopContext, pluginId: string, granted: readonly string[], hash: string): Promise<Install> {
    const manifest = this.#manifest(pluginId);
    const consent = await this.#consents.given(ctx, manifest, granted, hash);
    if (this.of(ctx.shop.id, pluginId)?.state === 'needs-consent') assertRequirements(manifest, this.#manifests(), this.#view(ctx));
    return this.#starting(ctx, manifest, 'consent', { consent, detail: { version: manifest.version, granted: [...granted] } }, () => ({ granted }));
  }

  /** @throws GX_CONSENT_NEEDED 409 with the preview when the plugin's new version asks for more */
  async enable(ctx: ShopContext, pluginId: string, reason?: string): Promise<Install> {
    const manifest = this.#manifest(pluginId);
    await this.#consents.assert(ctx, manifest, this.of(ctx.shop.id, pluginId));
    assertRequirements(manifest, this.#manifests(), this.#view(ctx));
    return this.#starting(ctx, manifest, 'enable', { reason });
  }

  /** Tries again what failed: the hooks that are left, or the settings that could not be taken over. */
  async retry(ctx: ShopContext, pluginId: string): Promise<Install> {
    const manifest = this.#manifest(pluginId);
    await this.#consents.assert(ctx, manifest, this.of(ctx.shop.id, pluginId));
    const install = this.of(ctx.shop.id, pluginId);
    // A breaker is there to be closed again by a person; a limit or an unpaid bill is not.
    if (install?.state === 'suspended' && install.cause === 'breaker') return this.resume(ctx, pluginId);
    assertRequirements(manifest, this.#manifests(), this.#view(ctx));
    return this.#starting(ctx, manifest, 'retry');
  }

  async disable(ctx: ShopContext, pluginId: string, reason?: string): Promise<Install> {
    assertNobodyNeeds(pluginId, this.#manifests(), this.#view(ctx));
    await this.#moves.move(ctx, pluginId, 'disable', { reason });
    return this.settled(ctx, pluginId);
  }

  /** Takes the plugin out of the shop; its rows stay for `RETENTION_DAYS`. */
  async uninstall(ctx: ShopContext, pluginId: string, reason?: string): Promise<Install> {
    assertNobodyNeeds(pluginId, this.#manifests(), this.#view(ctx));
    await this.#uninstall(ctx, pluginId, { reason });
    return this.settled(ctx, pluginId);
  }

  /** Everything at once: the shop itself has gone, or with `cause: 'platform'` has taken the whole app off. What is gone already stays as it is. */
  async uninstallAll(ctx: ShopContext, cause: string): Promise<void> {
    for (const install of this.inShop(ctx.shop.id)) if (isInstalled(install.state)) await this.#uninstall(ctx, install.plugin, { cause });
  }

  /** Stops the plugin in the shop until `resume`; `detail` is shown to the merchant. Does nothing when it does not run. */
  async suspend(ctx: ShopContext, pluginId: string, cause: SuspendCause, detail?: string): Promise<void> {
    if (this.of(ctx.shop.id, pluginId)?.state === 'enabled') await this.#moves.move(ctx, pluginId, 'suspend', { cause, reason: detail });
  }

  /** Ends a suspension; a version that asks for more meanwhile waits for consent instead. */
  async resume(ctx: ShopContext, pluginId: string): Promise<Install> {
    const manifest = this.#manifest(pluginId);
    if (await this.needsConsent(ctx, pluginId)) return this.#moves.move(ctx, pluginId, 'ask');
    return this.#starting(ctx, manifest, 'resume');
  }

  /**
   * Brings a running plugin to the version of the code: by itself when nothing more is asked for, otherwise it waits for the merchant.
   * Settings that cannot be taken over stay as they were, and the plugin fails with the reason. A version that asks for more under its old
   * number waits as well; `agreed`, the hash of what the shop agreed to last, saves reading the whole of it where nothing has changed.
   */
  async bringUp(ctx: ShopContext, install: Install, agreed?: string): Promise<void> {
    const manifest = this.#catalog?.manifest(install.plugin);
    if (!manifest || install.state !== 'enabled' && install.state !== 'needs-consent') return;
    const extra = install.state === 'enabled' && agreed !== undefined && agreed === this.#asked(manifest) ? [] : await this.#previews.beyond(ctx, manifest, install);
    if (install.state === 'needs-consent') { if (!extra.length) await this.#starting(ctx, manifest, 'resume'); return; }
    if (this.hold(ctx.shop.id, install.plugin)?.cause === 'older-code' || install.pending.includes('onUpgrade')) return;
    if (extra.length) await this.#moves.move(ctx, install.plugin, 'ask', { detail: { version: manifest.version, asks: [...extra] } });
    else if (install.version !== manifest.version) await this.#starting(ctx, manifest, 'upgrade', { detail: { fromVersion: install.version, version: manifest.version } }, undefined, 0).catch((error: unknown) => { if (!(error instanceof GxError && error.code === 'GX_SETTINGS_MIGRATION')) throw error; });
  }

  /** What each shop agreed to last, as hashes by `shop/plugin`. */
  lastAgreed(): Promise<ReadonlyMap<string, string>> { return this.#previews.lastAgreed(); }

  /** After the rows of a shop are gone: no node goes on with what it remembers of them. */
  async forget(shopId: number): Promise<void> { await this.#held.forget(shopId); }

  /** Takes one plugin of this shop towards `purged`; see `PurgeSteps`. */
  purge(ctx: ShopContext, install: Install, purge: (ctx: ShopContext, pluginId: string) => Promise<void>): Promise<void> { return this.#purges.step(ctx, install, purge); }

  /** Waits until the hooks of the last change have run, at most `ms`; answers how far it is then. */
  async settled(ctx: ShopContext, pluginId: string, ms = PATIENCE_MS): Promise<Install> {
    const done = (): boolean => { const install = this.of(ctx.shop.id, pluginId); return !install || install.pending.length === 0 || install.state === 'failed' || install.attempts > 0; };
    if (ms > 0 && !done()) {
      await new Promise<void>((resolve) => {
        const stop = this.#held.onChange(() => { if (done()) end(); });
        const timer = setTimeout(() => { end(); }, ms);
        const end = (): void => { clearTimeout(timer); stop(); resolve(); };
      });
    }
    return this.of(ctx.shop.id, pluginId)!;
  }

  settings(ctx: ShopContext, manifest: Manifest): Record<string, unknown> { return this.#settings.open(ctx, manifest, this.of(ctx.shop.id, manifest.id)); }
  show(ctx: ShopContext, pluginId: string): Record<string, unknown> { return this.#settings.show(this.#manifest(pluginId), this.#installed(ctx, pluginId)); }
  async saveSettings(ctx: ShopContext, pluginId: string, entered: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.#settings.save(ctx, this.#manifest(pluginId), this.#installed(ctx, pluginId), entered);
  }

  /** Seals the install's secrets with the host's current secret. @throws GX_INSTALL_CHANGED 409 */
  renewSecrets(ctx: ShopContext, install: Install): Promise<void> { return this.#settings.renew(ctx, install); }

  /** A move that leads to a running plugin: takes its settings over on the way. */
  async #starting(ctx: ShopContext, manifest: Manifest, verb: Move, how: How = {}, change: NonNullable<How['change']> = () => ({}), patienceMs = PATIENCE_MS): Promise<Install> {
    let dropped: readonly string[] = [];
    try {
      await this.#moves.move(ctx, manifest.id, verb, {
        version: manifest.version, ...how, detail: () => ({ ...(typeof how.detail === 'function' ? how.detail() : how.detail), ...(dropped.length ? { settingsDropped: [...dropped] } : {}) }),
        change: (before) => {
          const own = change(before);
          if (!before || own.settings || !starts(verb, before.state)) return own;
          const taken = this.#settings.taken(ctx, manifest, before, (old) => this.#catalog!.migrateSettings(manifest.id, old, before.settingsVersion));
          ({ dropped } = taken);
          return { settings: taken.settings, settingsVersion: taken.settingsVersion, ...own };
        },
      });
    } catch (error) {
      const state = this.of(ctx.shop.id, manifest.id)?.state ?? 'available';
      if (error instanceof GxError && error.code === 'GX_SETTINGS_MIGRATION' && next('fail', state)) await this.#moves.move(ctx, manifest.id, 'fail', { error: error.message });
      throw error;
    }
    return this.settled(ctx, manifest.id, patienceMs);
  }

  async #uninstall(ctx: ShopContext, pluginId: string, how: Pick<How, 'reason' | 'cause'>): Promise<void> {
    const purgeAfter = purgeDate(ctx);
    await this.#moves.move(ctx, pluginId, 'uninstall', { ...how, change: () => ({ purgeAfter }), detail: { purgeAfter } });
  }

  #asked(manifest: Manifest): string {
    let hash = this.#hashes.get(manifest);
    if (hash === undefined) this.#hashes.set(manifest, hash = hashOf(asksOf(manifest)));
    return hash;
  }

  #manifests(): readonly Manifest[] { return this.#catalog?.manifests() ?? []; }
  #view(ctx: ShopContext): ShopView { return { state: (id) => this.of(ctx.shop.id, id)?.state ?? 'available', isOn: (id) => this.isEnabled(ctx.shop.id, id) }; }

  #manifest(pluginId: string): Manifest {
    const manifest = this.#catalog?.manifest(pluginId);
    if (!manifest) throw notFound('plugin', pluginId);
    return manifest;
  }

  #installed(ctx: ShopContext, pluginId: string): Install {
    const install = this.of(ctx.shop.id, pluginId);
    if (!install || !isInstalled(install.state)) throw notInstalled(pluginId);
    return install;
  }
}
