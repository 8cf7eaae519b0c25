import { GxError, type Localised, type RewardKind, type ShopContext } from '../plugin-api/index.js';

interface Registered { readonly plugin: string; readonly kind: RewardKind; readonly title: Localised }

/** Whether a plugin is enabled in a shop; asked in the middle of a unit, so it must answer from memory. */
export type PluginEnabled = (shopId: number, pluginId: string) => boolean;

/** Reward kinds that plugins contribute, by their full name `<plugin>.<name>`. */
export class RewardKinds {
  readonly #kinds = new Map<string, Registered>();

  constructor(private readonly enabled: PluginEnabled) {}

  /** Errors: 500 `GX_REWARD_KIND_TAKEN`. */
  register(pluginId: string, name: string, kind: RewardKind, title: Localised): void {
    const full = `${pluginId}.${name}`;
    if (this.#kinds.has(full)) throw new GxError('GX_REWARD_KIND_TAKEN', 500, `The reward kind ${full} is registered twice. Give each kind of a plugin its own name.`, { plugin: pluginId });
    this.#kinds.set(full, { plugin: pluginId, kind, title });
  }

  unregister(pluginId: string): void {
    for (const [name, { plugin }] of this.#kinds) if (plugin === pluginId) this.#kinds.delete(name);
  }

  /** Also kinds of plugins that are disabled in the shop: what was given must stay revocable. */
  find(name: string): RewardKind | undefined { return this.#kinds.get(name)?.kind; }

  usable(ctx: ShopContext, name: string): RewardKind | undefined {
    const found = this.#kinds.get(name);
    return found && this.enabled(ctx.shop.id, found.plugin) ? found.kind : undefined;
  }

  usableKinds(ctx: ShopContext): (readonly [string, Registered])[] {
    return [...this.#kinds].filter(([, { plugin }]) => this.enabled(ctx.shop.id, plugin));
  }
}
