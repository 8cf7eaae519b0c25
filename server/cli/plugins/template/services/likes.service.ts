import { newId, sql, statement, type Database, type Products, type ShopContext, type Unit } from 'guanxi/plugin';

const COUNT = statement<{ likes: number; own: number }>(`SELECT CAST(count(*) AS BIGINT) AS likes, CAST(coalesce(sum(CASE WHEN person_id = :person THEN 1 ELSE 0 END), 0) AS BIGINT) AS own
  FROM plg_my_plugin_like WHERE shop_id = :shop AND sku = :sku`);
const ADD = statement(`INSERT INTO plg_my_plugin_like (shop_id, id, person_id, sku, created_at, updated_at) VALUES (:shop, :id, :person, :sku, :now, :now)
  ON CONFLICT (shop_id, person_id, sku) DO NOTHING`);
const REMOVE = statement('DELETE FROM plg_my_plugin_like WHERE shop_id = :shop AND person_id = :person AND sku = :sku');
const TOP = statement<{ sku: string; likes: number }>(`SELECT sku, CAST(count(*) AS BIGINT) AS likes FROM plg_my_plugin_like WHERE shop_id = :shop GROUP BY sku ORDER BY likes DESC, sku LIMIT 50`);
const MOVE = statement(`UPDATE plg_my_plugin_like SET person_id = :into, updated_at = :now WHERE shop_id = :shop AND person_id = :person
  AND sku NOT IN (SELECT sku FROM plg_my_plugin_like WHERE shop_id = :shop AND person_id = :into)`);
const DROP = statement('DELETE FROM plg_my_plugin_like WHERE shop_id = :shop AND person_id = :person');
export const likeStatements = [COUNT, ADD, REMOVE, TOP, MOVE, DROP];

export interface Standing { readonly likes: number; readonly liked: boolean }

/** Who likes what. */
export class Likes {
  constructor(private readonly db: Database, private readonly products: Products) {}

  standing(ctx: ShopContext, sku: string, person: string | undefined): Promise<Standing> {
    return this.db.hot(ctx, `likes:${sku}`, () => this.#standing(sku, person));
  }

  /** Doing it twice changes nothing. */
  set(ctx: ShopContext, sku: string, person: string, liked: boolean): Promise<Standing> {
    return this.db.hot(ctx, `likes:${sku}`, function* (this: Likes) {
      yield* sql.run(liked ? ADD : REMOVE, liked ? { id: newId(), person, sku, now: ctx.now } : { person, sku });
      return yield* this.#standing(sku, person);
    }.bind(this));
  }

  async top(ctx: ShopContext): Promise<{ sku: string; title: string; likes: number }[]> {
    const rows = await this.db.read(ctx, (q) => q.many(TOP));
    const products = await this.products.bySkus(ctx, rows.map((row) => row.sku));
    return rows.map(({ sku, likes }) => ({ sku, likes, title: products.get(sku)?.title ?? sku }));
  }

  /** A guest turned out to be a member who has likes already. */
  async merge(ctx: ShopContext, person: string, into: string): Promise<void> {
    await this.db.hot(ctx, `likes:${into}`, function* () {
      yield* sql.run(MOVE, { person, into, now: ctx.now });
      yield* sql.run(DROP, { person });
    });
  }

  *#standing(sku: string, person: string | undefined): Unit<Standing> {
    const row = yield* sql.one(COUNT, { sku, person: person ?? '' });
    return { likes: row?.likes ?? 0, liked: (row?.own ?? 0) > 0 };
  }
}
