import { actorName, conflict, refused, sql, STACK_CLASSES, type Database, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { AuditService } from '../../privacy/audit.service.js';
import type { PriceFloor } from './price-floor.js';
import { DEFAULT_RULES, PAIRS, type StackingRules } from './stacking-rules.js';
import { DROP_FLOOR, DROP_GROUP_FLOOR, FLOORS, FLOORS_OF, GROUP_FLOORS, INSERT_RULES, RULES, SET_FLOOR, SET_GROUP_FLOOR } from './stacking-statements.js';

export interface ProductFloor extends PriceFloor { readonly sku: string; readonly title: string; /** Minor units; 0 when the product is gone. */ readonly price: number }
/** The floor of a category, or of all products where it is empty. */
export interface GroupFloor extends PriceFloor { readonly category: string; /** Products on sale that belong to it. */ readonly products: number }

/** The merchant's rules for what comes together at the checkout, and the floors of prices. */
export class StackingService {
  constructor(private readonly db: Database, private readonly audit: Pick<AuditService, 'steps'>) {}

  async rules(ctx: ShopContext): Promise<StackingRules> {
    const row = await this.db.read(ctx, (q) => q.one(RULES));
    return row ? { ...JSON.parse(row.document) as Omit<StackingRules, 'version'>, version: row.version } : DEFAULT_RULES;
  }

  /** Makes a new version of `basedOn`. Errors: 409 `GX_STACKING_CHANGED` when somebody else saved meanwhile, 422 `GX_STACKING_RULES`. */
  async save(ctx: ShopContext, basedOn: number, draft: Omit<StackingRules, 'version'>): Promise<StackingRules> {
    if (draft.pairs.some((pair) => !PAIRS.includes(pair)) || draft.priority.length !== STACK_CLASSES.length || new Set(draft.priority).size !== STACK_CLASSES.length) {
      throw refused('GX_STACKING_RULES', 'Name known pairs of classes, and each class once in the order.');
    }
    const rules: StackingRules = { pairs: PAIRS.filter((pair) => draft.pairs.includes(pair)), priority: draft.priority, basis: draft.basis, version: basedOn + 1 };
    const { audit } = this;
    await this.db.hot(ctx, 'stacking', function* (inner): Unit<void> {
      const latest = (yield* sql.one(RULES))?.version ?? 0;
      const { version, ...document } = rules;
      const written = latest === basedOn ? yield* sql.run(INSERT_RULES, { version, document: JSON.stringify(document), now: inner.now, actor: actorName(inner.actor).slice(0, 300) }) : 0;
      if (written === 0) throw conflict('GX_STACKING_CHANGED', 'Somebody else changed what goes together at the checkout meanwhile. Reload the page and look at theirs first.', { latest });
      yield* audit.steps.record(inner, 'checkout.stacking', `shop:${inner.shop.key}`, { version, after: document });
    });
    return rules;
  }

  async floors(ctx: ShopContext): Promise<readonly ProductFloor[]> { return this.db.read(ctx, (q) => q.many(FLOORS)); }

  async groupFloors(ctx: ShopContext): Promise<readonly GroupFloor[]> { return this.db.read(ctx, (q) => q.many(GROUP_FLOORS)); }

  /** What holds for each product: its own floor, else its category's, else that of all products. */
  async floorsOf(ctx: ShopContext, skus: readonly string[]): Promise<ReadonlyMap<string, PriceFloor>> {
    return new Map((await this.db.read(ctx, (q) => q.many(FLOORS_OF, { ids: JSON.stringify(skus) }))).map(({ sku, kind, value }) => [sku, { kind, value }]));
  }

  /** Sets the floor of a category, of all products for `''`, or takes it away. */
  async setGroupFloor(ctx: ShopContext, category: string, floor: PriceFloor | undefined): Promise<void> {
    const { audit } = this;
    await this.db.hot(ctx, `group-floor:${category}`, function* (inner): Unit<void> {
      if (floor) yield* sql.run(SET_GROUP_FLOOR, { category, kind: floor.kind, value: floor.value });
      else yield* sql.run(DROP_GROUP_FLOOR, { category });
      yield* audit.steps.record(inner, 'checkout.price-floor', category === '' ? `shop:${inner.shop.key}` : `category:${category}`, { after: floor ?? null });
    });
  }

  /** Sets the floor of a product, or takes it away. */
  async setFloor(ctx: ShopContext, sku: string, floor: PriceFloor | undefined): Promise<void> {
    const { audit } = this;
    await this.db.hot(ctx, `floor:${sku}`, function* (inner): Unit<void> {
      if (floor) yield* sql.run(SET_FLOOR, { sku, kind: floor.kind, value: floor.value });
      else yield* sql.run(DROP_FLOOR, { sku });
      yield* audit.steps.record(inner, 'checkout.price-floor', `product:${sku}`, { after: floor ?? null });
    });
  }
}
