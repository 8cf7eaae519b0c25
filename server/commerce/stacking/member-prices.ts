import type { Localised, ShopContext } from '../../plugin-api/index.js';

/** What a person pays less than the list price, in basis points. `id` is `<plugin>.<name>`. */
export interface MemberPrice { readonly id: string; readonly basisPoints: number; readonly label: Localised }
export type MemberPriceReader = (ctx: ShopContext, personId: string) => Promise<Omit<MemberPrice, 'id'> | undefined>;

/** Member prices that plugins contribute. Those of a plugin count only in shops in which it is switched on. */
export class MemberPrices {
  readonly #readers = new Map<string, { readonly plugin: string; readonly read: MemberPriceReader }>();

  constructor(private readonly enabled: (shopId: number, pluginId: string) => boolean, private readonly report: (message: string, fields: Readonly<Record<string, unknown>>) => void) {}

  register(plugin: string, name: string, read: MemberPriceReader): void { this.#readers.set(`${plugin}.${name}`, { plugin, read }); }
  unregister(plugin: string): void { for (const [id, reader] of this.#readers) if (reader.plugin === plugin) this.#readers.delete(id); }

  /** The best for this person; one that cannot be read costs only itself. */
  async best(ctx: ShopContext, personId: string): Promise<MemberPrice | undefined> {
    const each = await Promise.all([...this.#readers].filter(([, { plugin }]) => this.enabled(ctx.shop.id, plugin)).map(async ([id, { plugin, read }]): Promise<MemberPrice | undefined> => {
      try {
        const price = await read(ctx, personId);
        if (price === undefined) return undefined;
        if (!Number.isSafeInteger(price.basisPoints) || price.basisPoints < 0 || price.basisPoints > 10_000) throw new RangeError(`"${id}" answered ${price.basisPoints} basis points; whole ones from 0 to 10,000 are due.`);
        return { id, basisPoints: price.basisPoints, label: price.label };
      } catch (error) { this.report('a member price could not be read', { err: error, plugin, shop: ctx.shop.key }); return undefined; }
    }));
    return each.filter((price) => price !== undefined && price.basisPoints > 0).toSorted((a, b) => b!.basisPoints - a!.basisPoints || (a!.id < b!.id ? -1 : 1))[0];
  }
}
