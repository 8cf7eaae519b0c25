import { choice, Field, instant, integer, json, ShopEntity, Table, text } from '../plugin-api/index.js';

export const INSTALL_STATES = ['installing', 'enabled', 'disabled', 'suspended', 'failed', 'uninstalled'] as const;
export type InstallState = (typeof INSTALL_STATES)[number];

/** What a merchant did with a plugin: one row per shop and plugin; its id is the plugin's id. */
@Table('plugin_install')
export class PluginInstall extends ShopEntity {
  @Field(choice(INSTALL_STATES)) state!: InstallState;
  @Field(text({ max: 40 })) version!: string;
  /** Names of the capabilities the merchant consented to. */
  @Field(json()) granted!: string[];
  /** Validated values; secrets are sealed texts. */
  @Field(json()) settings!: Record<string, unknown>;
  @Field(integer()) settingsVersion!: number;
  @Field(instant()) installedAt!: number;
  /** When the rows of an uninstalled plugin may be deleted. */
  @Field(instant({ nullable: true })) purgeAfter!: number | null;
  @Field(text({ nullable: true })) lastError!: string | null;
  /** Raised by every change; a change made against an older one is refused. */
  @Field(integer()) revision!: number;
}
