import type { Offer, PackPart, ShopContext } from '../plugin-api/index.js';

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
      try { return (await read(ctx)).filter(({ cost }) => Number.isSafeInteger(cost) && cost > 0); }
      catch (error) { this.report('the offers of a plugin could not be read', { err: error, plugin, shop: ctx.shop.key }); return []; }
    }));
    return each.flat();
  }

  /** A part, if its plugin is switched on and has it. */
  part(ctx: ShopContext, plugin: string, name: string): PackPart | undefined { return this.enabled(ctx, plugin) ? this.#parts.get(plugin)?.[name] : undefined; }
}
