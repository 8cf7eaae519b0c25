import type { Manifest, ShopContext } from '../plugin-api/index.js';

/** What installs need to know of the plugins on this host. The host implements it. */
export interface PluginCatalog {
  /** The manifest of a plugin that is active in this process. */
  manifest(pluginId: string): Manifest | undefined;
  /** Runs a hook of the plugin, with its time limit and blame; does nothing when the plugin has none. */
  hook(pluginId: string, hook: 'onInstall' | 'onEnable' | 'onDisable' | 'onUninstall', ctx: ShopContext): Promise<void>;
}
