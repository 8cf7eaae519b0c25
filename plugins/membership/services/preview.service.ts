import { addDays, businessDate, statement, type Customers, type Database, type ShopContext } from 'guanxi/plugin';
import { windowStart } from '../tiers/metrics.js';
import { keeps, qualified, rankOf, unitOf, type PlanRules } from '../tiers/plan-rules.js';

const P = 'plg_membership';
const SALES_DAYS = 90;
/** Everybody with what counts in the window and what they bought in the last 90 days; one statement, however many there are. */
const EVERYBODY = statement<{ person_id: string; tier: string; rank: number; spend: number; orders: number; gained: number; whole: number; recent: number }>(`
  SELECT m.person_id, m.tier, m.rank, CAST(COALESCE(s.spend, 0) AS BIGINT) AS spend, CAST(COALESCE(s.orders, 0) AS BIGINT) AS orders, CAST(COALESCE(s.whole, 0) AS BIGINT) AS whole, CAST(COALESCE(s.recent, 0) AS BIGINT) AS recent, CAST(COALESCE(g.gained, 0) AS BIGINT) AS gained
  FROM ${P}_member m
  LEFT JOIN (SELECT person_id, SUM(CASE WHEN paid_on >= :from THEN net ELSE 0 END) AS spend, SUM(CASE WHEN paid_on >= :from AND net > 0 THEN 1 ELSE 0 END) AS orders,
      SUM(CASE WHEN paid_on >= :from THEN net / CAST(:unit AS BIGINT) ELSE 0 END) AS whole, SUM(CASE WHEN paid_on >= :since THEN net ELSE 0 END) AS recent
    FROM ${P}_purchase WHERE shop_id = :shop GROUP BY person_id) s ON s.person_id = m.person_id
  LEFT JOIN (SELECT person_id, SUM(amount) AS gained FROM ${P}_growth WHERE shop_id = :shop AND day >= :from GROUP BY person_id) g ON g.person_id = m.person_id
  WHERE m.shop_id = :shop ORDER BY m.person_id`);
export const previewStatements = [EVERYBODY];

export interface TierForecast { readonly key: string; readonly now: number; readonly after: number; readonly up: number; readonly atRisk: number; readonly discountCost: number; readonly gifts: number }
export interface Sample { readonly personId: string; readonly name: string | null; readonly from: string; readonly to: string; readonly when: 'now' | 'term' }
export interface PlanPreview {
  readonly members: number; readonly up: number; readonly stay: number;
  /** Those who, with what they have bought by today, would lose a tier when their term and its grace end. */
  readonly down: number;
  readonly tiers: readonly TierForecast[];
  /** What the tiers' discounts would have cost on the orders of the last 90 days, and cost under the present plan; minor units. */
  readonly discountCost: number; readonly discountCostNow: number; readonly sales: number;
  /** Points given at once to those who move up. */
  readonly entryGifts: number;
  /** Points for a year of birthdays if everybody told theirs. */
  readonly birthdayGifts: number;
  readonly samples: readonly Sample[];
}
const SAMPLES = 8;

/** "Who moves and what it costs if I save this", before anything is saved. */
export class Preview {
  constructor(private readonly db: Database, private readonly customers: Customers) {}

  async of(ctx: ShopContext, rules: PlanRules, current: PlanRules): Promise<PlanPreview> {
    const today = businessDate(ctx.shop, ctx.now);
    const unit = unitOf(ctx.shop.currency);
    const rows = await this.db.read(ctx, (q) => q.scan(EVERYBODY, { from: windowStart(rules, today), since: addDays(today, 1 - SALES_DAYS), unit }));
    const tiers = rules.tiers.map(({ key }) => ({ key, now: 0, after: 0, up: 0, atRisk: 0, discountCost: 0, gifts: 0 }));
    const samples: { personId: string; from: string; to: string; when: 'now' | 'term' }[] = [];
    let up = 0, down = 0, stay = 0, sales = 0, discountCostNow = 0, birthdayGifts = 0;
    for (const row of rows) {
      const has = { spend: row.spend, orders: row.orders, growth: row.gained + row.whole * rules.growth.perUnit + row.orders * rules.growth.perOrder };
      const before = rankOf(rules, row.tier, row.rank);
      const after = Math.max(before, qualified(rules, has));
      const [from, to] = [tiers[before]!, tiers[after]!];
      from.now += 1;
      to.after += 1;
      sales += row.recent;
      to.discountCost += Math.round(row.recent * rules.tiers[after]!.discount / 10_000);
      discountCostNow += Math.round(row.recent * (current.tiers[rankOf(current, row.tier, row.rank)]?.discount ?? 0) / 10_000);
      birthdayGifts += rules.tiers[after]!.birthdayGift;
      if (after > before) {
        up += 1;
        to.up += 1;
        for (let rank = before + 1; rank <= after; rank++) tiers[rank]!.gifts += rules.tiers[rank]!.entryGift;
        if (samples.filter(({ when }) => when === 'now').length < SAMPLES) samples.push({ personId: row.person_id, from: row.tier, to: to.key, when: 'now' });
      } else if (!keeps(rules, after, has)) {
        down += 1;
        to.atRisk += 1;
        if (samples.filter(({ when }) => when === 'term').length < SAMPLES) samples.push({ personId: row.person_id, from: row.tier, to: tiers[after - 1]!.key, when: 'term' });
      } else stay += 1;
    }
    const names = await this.customers.byIds(ctx, samples.map(({ personId }) => personId));
    const sum = (of: 'discountCost' | 'gifts'): number => tiers.reduce((total, each) => total + each[of], 0);
    return {
      members: rows.length, up, stay, down, tiers, discountCost: sum('discountCost'), discountCostNow, sales, entryGifts: sum('gifts'), birthdayGifts,
      samples: samples.map((each) => ({ ...each, name: names.get(each.personId)?.name ?? null })),
    };
  }
}
