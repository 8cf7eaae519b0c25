import { choice, Field, instant, integer, json, ShopEntity, Table, text } from '../plugin-api/index.js';
import { INSTALL_STATES, type Hook, type InstallState } from './lifecycle.js';

/** What a merchant did with a plugin: one row per shop and plugin; its id is the plugin's id. */
@Table('plugin_install')
export class PluginInstall extends ShopEntity {
  @Field(choice(INSTALL_STATES)) state!: InstallState;
  /** The version whose upgrade this shop has behind it. */
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
  /** Why it is in this state, in the words of whoever moved it. */
  @Field(text({ max: 500, nullable: true })) reason!: string | null;
  /** What moved it when it was not a person: `breaker`, `quota`, `billing`, `platform`. */
  @Field(text({ max: 40, nullable: true })) cause!: string | null;
  /** Names the last move; hooks of an earlier one are stale. */
  @Field(text({ max: 60, nullable: true })) move!: string | null;
  /** Hooks of the last move that have not run to their end yet, in their order. */
  @Field(json()) pending!: Hook[];
  /** Times the first of them failed. */
  @Field(integer()) attempts!: number;
}
