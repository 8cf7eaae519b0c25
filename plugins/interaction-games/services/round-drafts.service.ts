import { refused, type Activities, type Activity, type Database, type Products, type ShopContext, type Unit, sql } from 'guanxi/plugin';
import { GUESS_TYPE, type GuessDraft, type GuessRules } from '../activities/guess-rules.js';
import { commitmentOf, newNonce } from '../activities/price-seal.js';
import { DROP_ROUND, ROUND, SAVE_ROUND } from './guess.statements.js';

export interface RoundDraft { readonly title: string; readonly config: GuessDraft; readonly startsAt: number | null; readonly endsAt: number | null }

/** Keeps the price out of the rules: they hold its seal, and the price lies in a table that no public door reads before the close. */
export class RoundDrafts {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly products: Products) {}

  create(ctx: ShopContext, draft: RoundDraft): Promise<Activity<GuessRules>> {
    return this.#save(ctx, draft, (inner, rules) => this.activities.create(inner, { type: GUESS_TYPE, title: draft.title, config: rules, startsAt: draft.startsAt, endsAt: draft.endsAt }));
  }

  /** Seals anew, whatever changed. Errors: 409 `GX_ACTIVITY_FROZEN` once it is published. */
  update(ctx: ShopContext, id: string, draft: RoundDraft): Promise<Activity<GuessRules>> {
    return this.#save(ctx, draft, (inner, rules) => this.activities.update(inner, id, { title: draft.title, config: rules, startsAt: draft.startsAt, endsAt: draft.endsAt }));
  }

  /** A draft with the same rules and the same price under a seal of its own. */
  async duplicate(ctx: ShopContext, id: string): Promise<Activity<GuessRules>> {
    const copy = await this.activities.duplicate(ctx, id) as Activity<unknown> as Activity<GuessRules>;
    const round = await this.db.read(ctx, (q) => q.one(ROUND, { activity: id }));
    if (!round) return copy;
    const { commitment: _seal, productTitle: _title, currency: _currency, ...config } = copy.config;
    return this.update(ctx, copy.id, { title: copy.title, startsAt: null, endsAt: null, config: { ...config, price: round.price } });
  }

  remove(ctx: ShopContext, id: string): Promise<void> {
    return this.db.write(ctx, async (unit, inner) => {
      await this.activities.remove(inner, id);
      await unit.run(DROP_ROUND, { activity: id });
    });
  }

  /** Runs in the unit that publishes: refuses a round that has no end, whose coupon would be over before it is given, or whose price is not under its seal. */
  *publish(ctx: ShopContext, { id, config, endsAt }: Activity<GuessRules>): Unit<void> {
    const round = yield* sql.one(ROUND, { activity: id });
    const zh = ctx.locale === 'zh-CN';
    if (!round || round.commitment !== config.commitment) throw refused('GX_GUESS_UNSEALED', zh ? '这份副本还没有价格：请在“互动游戏”中打开，设置价格并保存。' : 'This copy has no price yet. Open it under Games, set the price and save it.');
    if (endsAt === null) throw refused('GX_GUESS_OPEN', zh ? '猜价需要截止时间，之后才能公布价格和获奖者。' : 'Guessing needs an end: price and winners are told after it.', { fields: { endsAt: zh ? '请设置截止时间。' : 'Set an end.' } });
    if (config.coupon && config.coupon.saleEndsAt <= endsAt) throw refused('GX_GUESS_SALE', zh ? '促销须在猜价截止之后结束，否则优惠券无法使用。' : 'The sale must end after guessing closes, or nobody could use the coupon.', { fields: { 'config.coupon.saleEndsAt': zh ? '须晚于猜价截止时间。' : 'Later than the close of guessing.' } });
  }

  async #save(ctx: ShopContext, { config: { price, ...config } }: RoundDraft, store: (ctx: ShopContext, rules: GuessRules) => Promise<Activity<GuessRules>>): Promise<Activity<GuessRules>> {
    const product = await this.products.bySku(ctx, config.sku);
    if (!product) throw refused('GX_INVALID', 'config.sku: there is no such product in this shop.', { fields: { 'config.sku': ctx.locale === 'zh-CN' ? '店铺没有这件商品。' : 'There is no such product in this shop.' } });
    const sealed = { sku: config.sku, price, currency: ctx.shop.currency, nonce: newNonce() }, commitment = commitmentOf(sealed);
    return this.db.write(ctx, async (unit, inner) => {
      const saved = await store(inner, { ...config, productTitle: product.title.slice(0, 300), currency: sealed.currency, commitment });
      await unit.run(SAVE_ROUND, { ...sealed, activity: saved.id, commitment, guesses: config.guesses, coupon: config.coupon && JSON.stringify(config.coupon), listPrice: product.currency === sealed.currency ? product.price : null });
      return saved;
    });
  }
}
