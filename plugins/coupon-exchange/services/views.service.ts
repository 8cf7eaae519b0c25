import { businessDate, sql, statement, type BusinessDate, type Database, type Page, type ShopContext, type Unit } from 'guanxi/plugin';
import type { Reward } from '../entities/reward.entity.js';

const P = 'plg_coupon_exchange';
/** A row only for who has not been counted on this day. */
const LOOK = statement<{ day: string }>(`INSERT INTO ${P}_looker AS known (shop_id, person_id, day) VALUES (:shop, :person, :day)
  ON CONFLICT (shop_id, person_id) DO UPDATE SET day = excluded.day WHERE known.day < excluded.day RETURNING day`);
/** So many rewards are counted in one go. */
const SLICE = 20;
const SLOTS = Array.from({ length: SLICE }, (_, n) => `reward${n}`);
const COUNT = statement(`INSERT INTO ${P}_view AS counted (shop_id, reward_id, day, people)
  SELECT w.shop_id, w.id, CAST(:day AS TEXT), 1 FROM ${P}_reward w WHERE w.shop_id = :shop AND w.id IN (${SLOTS.map((slot) => `:${slot}`).join(', ')}) ORDER BY w.id
  ON CONFLICT (shop_id, reward_id, day) DO UPDATE SET people = counted.people + 1`);
const SUM = statement<{ people: number }>(`SELECT CAST(COALESCE(SUM(people), 0) AS BIGINT) AS people FROM ${P}_view WHERE shop_id = :shop AND day >= :since`);
const LIST = statement<{ day: string; reward_id: string; title: string; people: number }>(`SELECT v.day, v.reward_id, w.title, v.people FROM ${P}_view v JOIN ${P}_reward w ON w.shop_id = v.shop_id AND w.id = v.reward_id
  WHERE v.shop_id = :shop AND v.day >= :since AND (v.day < :day OR v.day = :day AND v.reward_id > :after) ORDER BY v.day DESC, v.reward_id LIMIT :limit`);
const FORGET_LOOKERS = statement(`DELETE FROM ${P}_looker WHERE shop_id = :shop AND day < :day`);
const DROP_LOOKER = statement(`DELETE FROM ${P}_looker WHERE shop_id = :shop AND person_id = :person`);
export const viewStatements = [LOOK, COUNT, SUM, LIST, FORGET_LOOKERS, DROP_LOOKER];

export interface SeenOnDay { readonly day: BusinessDate; readonly rewardId: string; readonly title: Reward['title']; readonly people: number }
/** Of how many people of a shop a server remembers that they were counted today; whoever is beyond is asked of the database. */
const REMEMBERED = 20_000;

/** How many people come upon each reward: whoever is known, as a member or by a guest's wallet, counts once a day. */
export class Views {
  readonly #today = new Map<number, { readonly day: BusinessDate; readonly people: Set<string> }>();

  constructor(private readonly db: Database) {}

  /** @param rewards - what was shown to them */
  async seen(ctx: ShopContext, person: string, rewards: readonly string[]): Promise<void> {
    const day = businessDate(ctx.shop, ctx.now);
    let today = this.#today.get(ctx.shop.id);
    if (today?.day !== day || today.people.size >= REMEMBERED) this.#today.set(ctx.shop.id, today = { day, people: new Set() });
    if (rewards.length === 0 || today.people.has(person)) return;
    const ids = rewards.toSorted();
    await this.db.hot(ctx, 'views', function* (): Unit<void> {
      if (!(yield* sql.one(LOOK, { person, day }))) return;
      for (let at = 0; at < ids.length; at += SLICE) yield* sql.run(COUNT, { day, ...Object.fromEntries(SLOTS.map((slot, n) => [slot, ids[at + n] ?? ''])) });
    });
    today.people.add(person);
  }

  /** How often rewards were seen on a day and since. */
  async sum(ctx: ShopContext, since: BusinessDate): Promise<number> { return (await this.db.read(ctx, (q) => q.one(SUM, { since })))?.people ?? 0; }

  /** By day and reward, newest first. */
  async list(ctx: ShopContext, since: BusinessDate, { limit = 50, cursor }: { readonly limit?: number | undefined; readonly cursor?: string | undefined }): Promise<Page<SeenOnDay>> {
    const [day = '', after = ''] = cursor?.split(' ') ?? ['9999-12-31', ''];
    const rows = await this.db.read(ctx, (q) => q.many(LIST, { since, day, after, limit: limit + 1 }));
    const items = rows.slice(0, limit).map((row): SeenOnDay => ({ day: row.day, rewardId: row.reward_id, title: JSON.parse(row.title) as Reward['title'], people: row.people }));
    return { items, ...(rows.length > limit ? { next: `${items.at(-1)!.day} ${items.at(-1)!.rewardId}` } : {}) };
  }

  /** Whom yesterday was counted need not be known. */
  forget(ctx: ShopContext): Promise<number> { return this.db.hot(ctx, 'views', function* (inner): Unit<number> { return yield* sql.run(FORGET_LOOKERS, { day: businessDate(inner.shop, inner.now) }); }); }
  merge(ctx: ShopContext, person: string): Promise<void> { return this.db.hot(ctx, 'views', function* (): Unit<void> { yield* sql.run(DROP_LOOKER, { person }); }); }
}
