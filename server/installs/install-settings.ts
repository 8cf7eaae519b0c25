import { GxError, type Manifest, type ShopContext } from '../plugin-api/index.js';
import type { InstallMovesService } from './install-moves.service.js';
import type { Install } from './install.js';
import { migrateSettings, openSettings, renewSettings, sealSettings, showSettings, type Sealer } from './plugin-settings.js';

/** The settings of installs: as the plugin reads them, as a form shows them, and from one version to the next. */
export class InstallSettings {
  constructor(private readonly sealer: Sealer, private readonly moves: InstallMovesService) {}

  /** Secrets in clear, what was never saved at its default. */
  open(ctx: ShopContext, manifest: Manifest, install: Install | undefined): Record<string, unknown> {
    return openSettings(ctx, manifest.id, manifest.settings ?? {}, install?.settings ?? {}, this.sealer);
  }

  /** Of a secret only whether it is set. */
  show(manifest: Manifest, install: Install): Record<string, unknown> { return showSettings(manifest.settings ?? {}, install.settings); }

  /** @throws GX_SETTINGS 422, GX_INSTALL_CHANGED 409 */
  async save(ctx: ShopContext, manifest: Manifest, install: Install, entered: Record<string, unknown>): Promise<Record<string, unknown>> {
    const settings = sealSettings(ctx, manifest.id, manifest.settings ?? {}, entered, install.settings, this.sealer);
    await this.moves.keep(ctx, install, settings, manifest.settingsVersion ?? 1, Object.keys(entered));
    return showSettings(manifest.settings ?? {}, settings);
  }

  /** Seals anew what was sealed with the host's previous secret, whether or not the plugin's code is here. @throws GX_INSTALL_CHANGED 409 */
  async renew(ctx: ShopContext, install: Install): Promise<void> {
    const settings = renewSettings(ctx, install.plugin, install.settings, this.sealer);
    const renewed = Object.keys(settings).filter((name) => settings[name] !== install.settings[name]);
    if (renewed.length) await this.moves.keep(ctx, install, settings, install.settingsVersion, renewed);
  }

  /**
   * Stored settings as the code's version wants them; the same ones when nothing is newer.
   * @throws GX_SETTINGS_MIGRATION 502 with the plugin's own reason; nothing has changed then
   */
  taken(ctx: ShopContext, manifest: Manifest, install: Install, migrate: (old: Readonly<Record<string, unknown>>) => Record<string, unknown>): { readonly settings: Record<string, unknown>; readonly settingsVersion: number; readonly dropped: readonly string[] } {
    const version = manifest.settingsVersion ?? 1;
    if (install.version === manifest.version && install.settingsVersion === version) return { settings: install.settings, settingsVersion: version, dropped: [] };
    try {
      return { settingsVersion: version, ...migrateSettings(ctx, manifest.id, manifest.settings ?? {}, install.settings, install.settingsVersion < version ? migrate : (old) => ({ ...old }), this.sealer) };
    } catch (cause) {
      const why = cause instanceof GxError && cause.code === 'GX_SETTINGS' ? JSON.stringify(cause.details?.['fields'] ?? {}) : cause instanceof Error ? cause.message : String(cause);
      throw new GxError('GX_SETTINGS_MIGRATION', 502, `The settings of "${manifest.listing.title.en}" could not be taken over to version ${manifest.version}: ${why.slice(0, 400)}. The old ones are kept; ask its author for a version that reads them.`, { plugin: manifest.id, shop: ctx.shop.key, cause });
    }
  }
}
