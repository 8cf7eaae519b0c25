import { sql, type Database, type Localised, type Products, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { bestCampaign, earnCampaignOf } from './earn-campaign.js';
import { earnRuleOf, firstRule, type EarnRule } from './earn-rule.js';
import type { EarningMultipliers } from './earning-multipliers.js';
import { EARN_CAMPAIGNS_AT, EARN_RULE_AT } from './earning-statements.js';
import { combined, orderPoints, type EarningGoods } from './order-points.js';

/** A wish to know: `paid` for the whole line after discounts, in minor units; at the product's price if not given. */
export interface PreviewLine { readonly sku: string; readonly quantity: number; readonly paid?: number | undefined }
export interface EarningPreview { readonly points: number; readonly lines: readonly { readonly sku: string; readonly points: number }[]; readonly multipliers: readonly { readonly basisPoints: number; readonly label: Localised }[] }

/** What an order would earn if it were paid now. */
export class EarningPreviewService {
  constructor(private readonly db: Database, private readonly products: Products, private readonly multipliers: EarningMultipliers) {}

  /** For a person, or for somebody unknown. Products that the shop does not have earn nothing. */
  async of(ctx: ShopContext, personId: string | undefined, lines: readonly PreviewLine[]): Promise<EarningPreview> {
    const { multipliers } = this;
    const known = await this.products.bySkus(ctx, lines.map(({ sku }) => sku));
    const goods = lines.map(({ sku, quantity, paid }): EarningGoods => {
      const product = known.get(sku), unitPrice = product?.price ?? 0;
      return { sku, type: product?.category ?? null, giftCard: false, quantity, unitPrice, paid: product ? paid ?? unitPrice * quantity : 0 };
    });
    return this.db.hot(ctx, `earning-preview:${personId ?? ''}`, function* (inner): Unit<EarningPreview> {
      const row = yield* sql.one(EARN_RULE_AT, { at: inner.now });
      const rule: EarnRule = row ? earnRuleOf(row) : firstRule(inner.shop.currency);
      const person = personId === undefined ? [] : yield* multipliers.of(inner, personId);
      const campaigns = (yield* sql.many(EARN_CAMPAIGNS_AT, { at: inner.now })).map(earnCampaignOf);
      const best = goods.map(({ sku, type }) => bestCampaign(campaigns, inner.now, sku, type));
      const { points } = orderPoints(rule, inner.shop.currency, { currency: inner.shop.currency, shipping: 0, tax: 0 }, goods, best.map((campaign) => combined(rule, [...person, ...(campaign ? [campaign] : [])])));
      const shown = [...new Set(best)].flatMap((campaign) => (campaign ? [{ basisPoints: campaign.basisPoints, label: campaign.title }] : []));
      return { points: points.reduce((sum, each) => sum + each, 0), lines: goods.map(({ sku }, n) => ({ sku, points: points[n]! })), multipliers: [...person.filter(({ basisPoints }) => basisPoints > 10_000), ...shown] };
    });
  }
}
