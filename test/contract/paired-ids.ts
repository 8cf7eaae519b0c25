import { idsOf } from './shop-rows.js';
import type { TestHost } from '../kit/test-host.js';
import type { ContractShop } from './contract-shops.js';

/** Tables of the core whose rows a plugin's answers may name. */
const CORE = ['activity', 'person', 'shop_order', 'order_line', 'product', 'variant', 'discount_code', 'value_grant', 'refund'];
const TOKEN = /[\w-]{8,}/g;

/** The oldest and the newest two: what has gone far, and what has just begun. */
const ends = (ids: readonly string[]): readonly string[] => [...new Set([...ids.slice(0, 1), ...ids.slice(-2)])];

/** What one shop calls its things and the other does not, in pairs: the same place in the same table. */
export class PairedIds {
  private constructor(private readonly places: ReadonlyMap<string, string>, private readonly owners: ReadonlyMap<string, ContractShop>, /** Ids of the plugin's own rows, of each shop. */ readonly own: ReadonlyMap<ContractShop, readonly string[]>) {}

  static async of(host: TestHost, /** Tables of the plugin. */ mine: readonly string[], shops: readonly [ContractShop, ContractShop]): Promise<PairedIds> {
    const places = new Map<string, string>(), owners = new Map<string, ContractShop>();
    const own = new Map<ContractShop, string[]>(shops.map((shop) => [shop, []]));
    for (const table of [...mine, ...CORE]) {
      const lists = await Promise.all(shops.map(({ ctx }) => idsOf(host, ctx, table)));
      const shared = new Set(lists[0]!.map(({ id }) => id).filter((id) => lists[1]!.some((each) => each.id === id)));
      shops.forEach((shop, side) => {
        for (const { id, place } of lists[side]!) if (!shared.has(id)) { places.set(id, place); owners.set(id, shop); }
        if (mine.includes(table) || table === 'activity') own.get(shop)!.push(...ends(lists[side]!.map(({ id }) => id)));
      });
    }
    for (const shop of shops) { places.set(shop.mark, 'mark'); owners.set(shop.mark, shop); }
    return new PairedIds(places, owners, own);
  }

  /** What in the text belongs to another shop. */
  foreign(text: string, shop: ContractShop): string | undefined {
    return text.match(TOKEN)?.find((token) => { const owner = this.owners.get(token); return owner !== undefined && owner !== shop; });
  }
  /** The text with ids, hashes, moments and positions in lists taken out, so that two shops alike answer alike. */
  plain(text: string): string {
    return text.replace(TOKEN, (token) => this.places.get(token) ?? token).replace(/\b[0-9a-f]{64}\b/g, 'hash')
      .replace(/"(next|cursor)":"[^"]*"/g, '"$1":"…"').replace(/\b1[4-9]\d{11}\b/g, 'instant').replace(/\b20\d\d-\d\d-\d\dT[\d:.]+Z?/g, 'instant');
  }
}
