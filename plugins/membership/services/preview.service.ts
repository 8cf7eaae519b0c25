import { addDays, businessDate, minorUnits, statement, type Customers, type Database, type Page, type ShopContext } from 'guanxi/plugin';
import { windowStart } from '../tiers/metrics.js';
import { keeps, qualified, rankOf, type PlanRules } from '../tiers/plan-rules.js';

const P = 'plg_membership';
const SALES_DAYS = 90;
/** Everybody with what counts in the window and what they bought in the last 90 days; one statement, however many there are. */
const EVERYBODY = statement<{ person_id: string; tier: string; spend: number; orders: number; gained: number; whole: number; recent: number }>(`
  SELECT m.person_id, m.tier, CAST(COALESCE(s.spend, 0) AS BIGINT) AS spend, CAST(COALESCE(s.orders, 0) AS BIGINT) AS orders, CAST(COALESCE(s.whole, 0) AS BIGINT) AS whole, CAST(COALESCE(s.recent, 0) AS BIGINT) AS recent, CAST(COALESCE(g.gained, 0) AS BIGINT) AS gained
  FROM ${P}_member m
  LEFT JOIN (SELECT person_id, SUM(CASE WHEN paid_on >= :from THEN net ELSE 0 END) AS spend, SUM(CASE WHEN paid_on >= :from AND net > 0 THEN 1 ELSE 0 END) AS orders,
      SUM(CASE WHEN paid_on >= :from THEN net / CAST(:unit AS BIGINT) ELSE 0 END) AS whole, SUM(CASE WHEN paid_on >= :since THEN net ELSE 0 END) AS recent
    FROM ${P}_purchase WHERE shop_id = :shop GROUP BY person_id) s ON s.person_id = m.person_id
  LEFT JOIN (SELECT person_id, SUM(amount) AS gained FROM ${P}_growth WHERE shop_id = :shop AND day >= :from GROUP BY person_id) g ON g.person_id = m.person_id
  WHERE m.shop_id = :shop ORDER BY m.person_id`);
export const previewStatements = [EVERYBODY];

/** `up`: at once. `down`: at once, because the tier is gone from the plan. `term`: when the term and its grace end, with what has been bought by today. */
export const PREVIEW_MOVES = ['up', 'down', 'term'] as const;
export type PreviewMove = (typeof PREVIEW_MOVES)[number];
export interface Mover { readonly personId: string; readonly from: string; readonly to: string; readonly when: PreviewMove; readonly spent: number; readonly orders: number; readonly growth: number }
export interface TierForecast { readonly key: string; readonly now: number; readonly after: number; readonly up: number; readonly atRisk: number; readonly discountCost: number; readonly gifts: number }
export type Named<T> = T & { readonly name: string | null };
export interface PlanPreview {
  readonly members: number; readonly up: number; readonly stay: number; readonly down: number;
  /** Those who would lose a tier at the end of their term. */
  readonly term: number;
  readonly tiers: readonly TierForecast[];
  /** What the tiers' discounts would have cost on the orders of the last 90 days, and cost under the present plan; minor units. */
  readonly discountCost: number; readonly discountCostNow: number; readonly sales: number;
  /** Points given at once to those who move up. */
  readonly entryGifts: number;
  /** Points for a year of birthdays if everybody told theirs. */
  readonly birthdayGifts: number;
  /** Those who bought most of each kind of move. */
  readonly samples: readonly Named<Mover>[];
}
interface Outlook { readonly before: number; readonly after: number; readonly recent: number; readonly key: string; readonly mover: Mover | undefined }
const SAMPLES = 5;
const PAGE = 50;
const mostFirst = (one: Mover, other: Mover): number => other.spent - one.spent || (one.personId < other.personId ? -1 : 1);

/** "Who moves and what it costs if I save this", before anything is saved. */
export class Preview {
  constructor(private readonly db: Database, private readonly customers: Customers) {}

  async of(ctx: ShopContext, rules: PlanRules, current: PlanRules): Promise<PlanPreview> {
    const tiers = rules.tiers.map(({ key }) => ({ key, now: 0, after: 0, up: 0, atRisk: 0, discountCost: 0, gifts: 0 }));
    const moved: Record<PreviewMove, Mover[]> = { up: [], down: [], term: [] };
    let members = 0, sales = 0, discountCostNow = 0, birthdayGifts = 0;
    for (const { before, after, recent, key, mover } of await this.#outlook(ctx, rules, current)) {
      const to = tiers[after]!;
      members += 1;
      tiers[before]!.now += 1;
      to.after += 1;
      sales += recent;
      to.discountCost += Math.round(recent * rules.tiers[after]!.discount / 10_000);
      discountCostNow += Math.round(recent * (current.tiers[rankOf(current, key)]?.discount ?? 0) / 10_000);
      birthdayGifts += rules.tiers[after]!.birthdayGift;
      if (mover) moved[mover.when].push(mover);
      if (mover?.when === 'term') to.atRisk += 1;
      if (mover?.when === 'up') {
        to.up += 1;
        for (let rank = before + 1; rank <= after; rank++) tiers[rank]!.gifts += rules.tiers[rank]!.entryGift;
      }
    }
    const sum = (of: 'discountCost' | 'gifts'): number => tiers.reduce((total, each) => total + each[of], 0);
    const [up, down, term] = [moved.up.length, moved.down.length, moved.term.length];
    return {
      members, up, down, term, stay: members - up - down - term, tiers, discountCost: sum('discountCost'), discountCostNow, sales, entryGifts: sum('gifts'), birthdayGifts,
      samples: await this.#named(ctx, PREVIEW_MOVES.flatMap((when) => moved[when].sort(mostFirst).slice(0, SAMPLES))),
    };
  }

  /** Everybody who would move in one way, those who bought most first. `cursor`: how many came before. */
  async people(ctx: ShopContext, rules: PlanRules, current: PlanRules, when: PreviewMove, cursor = 0): Promise<Page<Named<Mover>>> {
    const found = (await this.#outlook(ctx, rules, current)).flatMap(({ mover }) => (mover?.when === when ? [mover] : [])).sort(mostFirst);
    const next = cursor + PAGE;
    return { items: [...await this.#named(ctx, found.slice(cursor, next))], ...(next < found.length ? { next: String(next) } : {}) };
  }

  async #outlook(ctx: ShopContext, rules: PlanRules, current: PlanRules): Promise<readonly Outlook[]> {
    const today = businessDate(ctx.shop, ctx.now);
    const rows = await this.db.read(ctx, (q) => q.scan(EVERYBODY, { from: windowStart(rules, today), since: addDays(today, 1 - SALES_DAYS), unit: minorUnits(ctx.shop.currency) }));
    return rows.map(({ person_id: personId, tier: key, recent, spend, orders, gained, whole }): Outlook => {
      const has = { spend, orders, growth: gained + whole * rules.growth.perUnit + orders * rules.growth.perOrder };
      const before = rankOf(rules, key, current);
      const after = Math.max(before, qualified(rules, has));
      const kept = rules.tiers[before]!.key === key;
      const when = after > before ? 'up' : kept ? keeps(rules, after, has) ? undefined : 'term' : 'down';
      const to = when === 'term' ? after - 1 : after;
      return { before, after, recent, key, mover: when && { personId, from: key, to: rules.tiers[to]!.key, when, spent: spend, orders, growth: has.growth } };
    });
  }

  async #named(ctx: ShopContext, movers: readonly Mover[]): Promise<readonly Named<Mover>[]> {
    const names = await this.customers.byIds(ctx, movers.map(({ personId }) => personId));
    return movers.map((each) => ({ ...each, name: names.get(each.personId)?.name ?? null }));
  }
}
