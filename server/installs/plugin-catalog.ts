import type { Manifest, ShopContext } from '../plugin-api/index.js';
import type { Hook } from './lifecycle.js';

/** What installs need to know of the plugins on this host. The host implements it. */
export interface PluginCatalog {
  /** The manifest of a plugin that is active in this process. */
  manifest(pluginId: string): Manifest | undefined;
  /** Every manifest that could be read, also of plugins that did not start. */
  manifests(): readonly Manifest[];
  /** Runs a hook of the plugin, with its time limit and blame; does nothing when the plugin has none. `from`: the version before an upgrade. */
  hook(pluginId: string, hook: Hook, ctx: ShopContext, from?: string): Promise<void>;
  /** Settings of an older version as the plugin's code reads them; the same values when it has nothing to say. Throws what the code throws. */
  migrateSettings(pluginId: string, old: Readonly<Record<string, unknown>>, fromVersion: number): Record<string, unknown>;
}

/** What the rest of the server tells installs; without it the sizes are unknown and nothing is purged. */
export interface InstallPorts {
  /** Compressed bytes that the plugin's storefront widgets make a shopper load. */
  storefrontBytes(pluginId: string): number;
  /** Tables of the plugin, as the database itself lists them. */
  tables(pluginId: string): Promise<readonly string[]>;
  /** What the host grants of a limit that was asked for; the same number when it has no opinion. */
  grantedLimit(pluginId: string, name: string, asked: number): number;
}
