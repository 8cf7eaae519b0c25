import { atLeast, HOUR, newId, notFound, oneOf, sql, statement, type Audit, type Contributions, type Database, type Instant, type Opening as PriorityOpening, type Products, type ShopContext } from 'guanxi/plugin';
import { Opening } from '../entities/opening.entity.js';
import type { PlanRules } from '../tiers/plan-rules.js';
import { ownTier } from './benefits.js';
import { LATEST_PLAN, STANDING_OF } from './member.statements.js';

const T = 'plg_membership_opening';
interface Row { readonly sku: string; readonly opens_at: Instant }
const PUT_OPENING = statement(`INSERT INTO ${T} (shop_id, id, sku, opens_at, created_at, updated_at) VALUES (:shop, :id, :sku, :at, :now, :now) ON CONFLICT (shop_id, sku) DO UPDATE SET opens_at = :at, updated_at = :now`);
const DROP_OPENING = statement(`DELETE FROM ${T} WHERE shop_id = :shop AND sku = :sku`);
const COMING = statement<Row>(`SELECT sku, opens_at FROM ${T} WHERE shop_id = :shop AND opens_at > :now ORDER BY opens_at, sku LIMIT 200`);
export const openingStatements = [PUT_OPENING, DROP_OPENING, COMING];

export interface ComingProduct { readonly sku: string; readonly title: string | null; readonly imageUrl: string | null; readonly opensAt: Instant; readonly firstAt: Instant }

/** Products that are not for sale yet, and open to tiers with a priority window before everybody else. */
export class Openings {
  constructor(private readonly db: Database, private readonly products: Products, private readonly audit: Audit) {}

  /** Soonest first; what is open is not listed. */
  async list(ctx: ShopContext): Promise<readonly ComingProduct[]> {
    const { rows, most } = await this.db.read(ctx, async (q) => ({ rows: await q.many(COMING, { now: ctx.now }), most: firstHours(JSON.parse((await q.one(LATEST_PLAN))!.content) as PlanRules)?.priorityHours ?? 0 }));
    const products = await this.products.bySkus(ctx, rows.map(({ sku }) => sku));
    return rows.map(({ sku, opens_at: opensAt }) => ({ sku, title: products.get(sku)?.title ?? null, imageUrl: products.get(sku)?.imageUrl ?? null, opensAt, firstAt: opensAt - most * HOUR }));
  }

  /** Errors: 404 for a product that the shop does not have. */
  async put(ctx: ShopContext, sku: string, at: Instant): Promise<void> {
    if (!(await this.products.bySku(ctx, sku))) throw notFound('product', sku);
    await this.db.hot(ctx, `membership:opening:${sku}`, () => sql.run(PUT_OPENING, { id: newId(), sku, at, now: ctx.now }));
    await this.audit.record(ctx, 'opening.set', sku, { at });
  }

  async remove(ctx: ShopContext, sku: string): Promise<void> {
    if ((await this.db.hot(ctx, `membership:opening:${sku}`, () => sql.run(DROP_OPENING, { sku }))) > 0) await this.audit.record(ctx, 'opening.removed', sku);
  }

  contribution(): NonNullable<Contributions['openings']> { return { priority: (ctx, person, skus) => this.#of(ctx, person, skus) }; }

  #of(ctx: ShopContext, person: string | undefined, skus: readonly string[]): Promise<ReadonlyMap<string, PriorityOpening>> {
    return this.db.read(ctx, async (q) => {
      const rows = skus.length > 0 ? await q.find(Opening, { sku: oneOf(...new Set(skus)), opensAt: atLeast(ctx.now + 1) }, { limit: 1_000 }) : [];
      if (rows.length === 0) return new Map();
      const own = person === undefined ? undefined : ownTier(await q.one(STANDING_OF, { person }));
      const first = firstHours(JSON.parse((await q.one(LATEST_PLAN))!.content) as PlanRules);
      return new Map(rows.map(({ sku, opensAt: forAll }): [string, PriorityOpening] => [sku, {
        at: forAll - (own?.priorityHours ?? 0) * HOUR, forAll, because: own && own.priorityHours > 0 ? own.title : undefined, first: first && { at: forAll - first.priorityHours * HOUR, who: first.title },
      }]));
    });
  }
}

/** The tier that comes in first. */
const firstHours = ({ tiers }: PlanRules): PlanRules['tiers'][number] | undefined => tiers.filter(({ priorityHours }) => priorityHours > 0).sort((a, b) => b.priorityHours - a.priorityHours)[0];
