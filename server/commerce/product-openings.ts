import type { Opening, ShopContext } from '../plugin-api/index.js';

export type OpeningsReader = (ctx: ShopContext, personId: string | undefined, skus: readonly string[]) => Promise<ReadonlyMap<string, Opening>>;

/** Products that open at a time, as plugins tell it. Those of a plugin count only in shops in which it is switched on. */
export class ProductOpenings {
  readonly #readers = new Map<string, { readonly plugin: string; readonly read: OpeningsReader }>();

  constructor(private readonly enabled: (shopId: number, pluginId: string) => boolean, private readonly report: (message: string, fields: Readonly<Record<string, unknown>>) => void) {}

  register(plugin: string, name: string, read: OpeningsReader): void { this.#readers.set(`${plugin}.${name}`, { plugin, read }); }
  unregister(plugin: string): void { for (const [id, reader] of this.#readers) if (reader.plugin === plugin) this.#readers.delete(id); }

  /** Those of the products that are not open to everybody; of two that tell of one the later holds. What cannot be read is open. */
  async of(ctx: ShopContext, personId: string | undefined, skus: readonly string[]): Promise<ReadonlyMap<string, Opening>> {
    const all = new Map<string, Opening>();
    for (const { plugin, read } of this.#readers.values()) {
      if (!this.enabled(ctx.shop.id, plugin)) continue;
      try {
        for (const [sku, opening] of await read(ctx, personId, skus)) if (opening.forAll > ctx.now && opening.at >= (all.get(sku)?.at ?? 0)) all.set(sku, opening);
      } catch (error) { this.report('when products open could not be read', { err: error, plugin, shop: ctx.shop.key }); }
    }
    return all;
  }
}
