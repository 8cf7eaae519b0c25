import type { ActivityEconomy, ActivityType, Offer, PackPart, ShopContext } from '../plugin-api/index.js';
import { soundEconomy, soundOffer } from './told.js';

type Read = (ctx: ShopContext) => Promise<readonly Offer[]>;

/** What plugins tell the planner: their offers, and the parts of the default mix that they can set up. */
export class PlannerSources {
  readonly #offers = new Map<string, Read>();
  readonly #parts = new Map<string, Readonly<Record<string, PackPart>>>();

  constructor(private readonly isEnabled: (shopId: number, pluginId: string) => boolean, private readonly report: (message: string, fields: Readonly<Record<string, unknown>>) => void) {}

  /** Whether a plugin is switched on in the shop; what others left behind does not count. */
  enabled(ctx: ShopContext, plugin: string): boolean { return this.isEnabled(ctx.shop.id, plugin); }

  register(plugin: string, offers: Read | undefined, parts: Readonly<Record<string, PackPart>> | undefined): void {
    if (offers) this.#offers.set(plugin, offers);
    if (parts) this.#parts.set(plugin, parts);
  }
  unregister(plugin: string): void { this.#offers.delete(plugin); this.#parts.delete(plugin); }

  /** Offers of every plugin that is switched on; one that cannot tell costs only its own. */
  async offers(ctx: ShopContext): Promise<readonly Offer[]> {
    const each = await Promise.all([...this.#offers].filter(([plugin]) => this.enabled(ctx, plugin)).map(async ([plugin, read]) => {
      try { return (await read(ctx)).filter((offer) => soundOffer(offer) || this.#strange(ctx, plugin, 'an offer')); }
      catch (error) { this.report('the offers of a plugin could not be read', { err: error, plugin, shop: ctx.shop.key }); return []; }
    }));
    return each.flat();
  }

  /** What a type says of a configuration; undefined when it says nothing that can be counted with. */
  economy(ctx: ShopContext, plugin: string, type: ActivityType<unknown> | undefined, config: unknown): ActivityEconomy | undefined {
    if (!type?.economy) return undefined;
    try {
      const told = soundEconomy(type.economy(config));
      if (!told) this.#strange(ctx, plugin, 'the economy of an activity');
      return told;
    } catch (error) { this.report('the economy of an activity could not be read', { err: error, plugin, shop: ctx.shop.key }); return undefined; }
  }

  #strange(ctx: ShopContext, plugin: string, what: string): false {
    this.report(`${what} is not as the plugin API describes it, so the planner leaves it out`, { plugin, shop: ctx.shop.key });
    return false;
  }

  /** A part, if its plugin is switched on and has it. */
  part(ctx: ShopContext, plugin: string, name: string): PackPart | undefined { return this.enabled(ctx, plugin) ? this.#parts.get(plugin)?.[name] : undefined; }
}
