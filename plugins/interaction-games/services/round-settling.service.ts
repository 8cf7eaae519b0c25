import { conflict, DAY, MINUTE, sql, type Activities, type Activity, type ActivityFigure, type Audit, type Database, type Grants, type Localised, type Products, type ShopContext, type Unit } from 'guanxi/plugin';
import { GUESS_TYPE, SALE_COUPON, type GuessRules } from '../activities/guess-rules.js';
import { shownMoney } from '../activities/guess-sheet.js';
import { sealText } from '../activities/price-seal.js';
import { rightGuesses } from '../activities/right-guesses.js';
import { ADD_WINNERS, DECIDE, NEIGHBOURS, ROUND, ROUND_TOTALS, SET_REAL_PRICE, SET_WINNER, TRY_WINNER, UNPAID, WINNER_TOTALS, type RoundRow } from './guess.statements.js';

type Round = Activity<GuessRules>;
const say = (en: string, zh: string): Localised => ({ en, 'zh-CN': zh });
/** Winners that are paid in the unit that settles; more are paid one by one before. */
const AT_ONCE = 50;
/** After which time a prize that could not be given is tried again. */
const AGAIN = 20 * MINUTE;
/** How long after the close prizes are tried again and the product's price is watched. */
const WATCHED = 60 * DAY;
const over = ({ state }: Round): boolean => state === 'ended' || state === 'settled' || state === 'archived';

/** After the close: who was right, under the sealed price and under the real one; their prizes; what is told of it. */
export class RoundSettling {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly grants: Grants, private readonly products: Products, private readonly audit: Audit) {}

  /** Decides, pays and settles every round that is over. The module's job. */
  async settleDue(ctx: ShopContext, signal: AbortSignal): Promise<void> {
    const rounds = (await this.activities.list<GuessRules>(ctx, { type: GUESS_TYPE })).filter((round) => over(round) && (round.endsAt ?? 0) > ctx.now - WATCHED);
    const failed: unknown[] = [];
    // One round that cannot be settled must not keep the winners of others waiting.
    for (const round of rounds) await this.#settleOne(ctx, round, signal).catch((error: unknown) => { signal.throwIfAborted(); failed.push(error); });
    if (failed.length > 0) throw failed[0];
  }

  async #settleOne(ctx: ShopContext, round: Round, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#look(ctx, round);
    await this.db.hot(ctx, `round:${round.id}`, (inner) => this.#decide(inner, round));
    await this.#payAll(ctx, round, signal);
    if (round.state === 'ended') await this.activities.transition(ctx, round.id, 'settle');
  }

  /** The price the product really has in the sale. After the close everybody who was right about it wins too. Errors: 409 while it is a draft. */
  async setRealPrice(ctx: ShopContext, id: string, price: number): Promise<void> {
    const round = await this.activities.get<GuessRules>(ctx, id);
    if (round?.type !== GUESS_TYPE || round.state === 'draft' || round.state === 'checked') throw conflict('GX_GUESS_DRAFT', 'This round is not published. Change its price in the draft.');
    await this.db.write(ctx, async (unit, inner) => {
      await unit.steps(sql.run(SET_REAL_PRICE, { activity: id, price }));
      if (over(round)) await unit.steps(this.#decide(inner, round));
      await this.audit.record(inner, 'guess.real-price', `activity:${id}`, { price });
    });
    if (over(round)) await this.#payAll(ctx, round, AbortSignal.timeout(10_000));
  }

  /** Runs in the unit that settles. Errors: 409 `GX_GUESS_PAYING` while more prizes are open than one unit should give. */
  *settle(ctx: ShopContext, round: Round): Unit<readonly ActivityFigure[]> {
    const row = yield* this.#decide(ctx, { ...round, state: 'ended' });
    const open = yield* sql.many(UNPAID, { activity: round.id, before: 0, limit: AT_ONCE + 1 });
    if (open.length > AT_ONCE) throw conflict('GX_GUESS_PAYING', 'More than 50 prizes are still being given. It settles by itself within half an hour.');
    for (const { person_id } of open) yield* this.#pay(ctx, { ...round, state: 'ended' }, person_id);
    const [totals, winners] = [yield* sql.one(ROUND_TOTALS, { activity: round.id }), yield* sql.one(WINNER_TOTALS, { activity: round.id })];
    const shown = (name: string, label: Localised, value: number, text?: Localised): ActivityFigure => ({ name, label, value, public: true, ...(text ? { text } : {}) });
    const { currency } = round.config;
    return [
      { name: 'plays', label: say('Guesses', '猜价次数'), value: totals?.guesses ?? 0 }, { name: 'players', label: say('Shoppers', '参与人数'), value: totals?.players ?? 0 },
      shown('winners', say('Right guessers', '猜中人数'), winners?.winners ?? 0),
      ...(row ? [
        shown('price', say('Sealed price', '封存价格'), row.price, shownMoney(row.price, currency)),
        ...(row.real_price !== null && row.real_price !== row.price ? [shown('real-price', say('Price in the sale', '实际促销价'), row.real_price, shownMoney(row.real_price, currency))] : []),
        shown('sealed-text', say('Text that was sealed (SHA-256 as in the rules)', '封存原文（SHA-256 见规则）'), row.price, say(sealText(row), sealText(row))),
      ] : []),
    ];
  }

  /** Marks everybody who was right. Doing it again only adds who is right under a price that became known since. */
  *#decide(ctx: ShopContext, round: Round): Unit<RoundRow | undefined> {
    const row = yield* sql.one(DECIDE, { activity: round.id, now: ctx.now });
    if (!row) return undefined;
    for (const [under, price] of [['sealed', row.price], ['real', row.real_price]] as const) {
      if (price === null) continue;
      const { below = null, above = null } = (yield* sql.one(NEIGHBOURS, { activity: round.id, price })) ?? {};
      for (const range of rightGuesses(round.config, price, { below, above })) yield* sql.run(ADD_WINNERS, { activity: round.id, ...range, under, now: ctx.now });
    }
    return row;
  }

  /** The shop's own price of the product, once it is no longer what it was when the other one was sealed. */
  async #look(ctx: ShopContext, { id, config }: Round): Promise<void> {
    const row = await this.db.read(ctx, (q) => q.one(ROUND, { activity: id }));
    if (!row || row.real_price !== null) return;
    const product = await this.products.bySku(ctx, row.sku);
    if (!product || product.currency !== config.currency || product.price === row.list_price || product.price === row.price || product.price <= 0) return;
    if (config.coupon && config.coupon.saleEndsAt <= ctx.now) return;
    await this.db.hot(ctx, `round:${id}`, function* () { yield* sql.run(SET_REAL_PRICE, { activity: id, price: product.price }); });
  }

  async #payAll(ctx: ShopContext, round: Round, signal: AbortSignal): Promise<void> {
    for (;;) {
      const open = await this.db.read(ctx, (q) => q.many(UNPAID, { activity: round.id, before: ctx.now - AGAIN, limit: 200 }));
      for (const { person_id } of open) {
        signal.throwIfAborted();
        await this.db.hot(ctx, `round:${round.id}`, (inner) => this.#pay(inner, round, person_id));
      }
      if (open.length < 200) return;
    }
  }

  /** One winner's prize, or why it has to wait. Once the round is settled its own budget is closed; the shop's still holds. */
  *#pay(ctx: ShopContext, round: Round, person: string): Unit<void> {
    const key = { activity: round.id, person };
    if (!(yield* sql.one(TRY_WINNER, { ...key, now: ctx.now }))) return;
    const { prize, fallbackPoints } = round.config;
    const ref = prize.kind === SALE_COUPON ? round.id : prize.ref;
    const grant = yield* this.grants.steps.grant(ctx, {
      personId: person, source: GUESS_TYPE, causeRef: round.id, key: `${round.id}:${person}:prize`, reward: { kind: prize.kind, amount: prize.amount, ...(ref === undefined ? {} : { ref }) },
      ...(round.state === 'ended' ? { budgetRef: round.id } : {}), ...(fallbackPoints > 0 ? { fallback: { kind: 'points', amount: fallbackPoints } } : {}),
    });
    if (!grant.ok) { yield* sql.run(SET_WINNER, { ...key, state: 'waiting', note: grant.reason, outcome: null, grant: null }); return; }
    yield* sql.run(SET_WINNER, { ...key, state: grant.held ? 'held' : grant.fallback ? 'fallback' : 'given', note: grant.held && grant.until ? new Date(grant.until).toISOString() : null, outcome: JSON.stringify(grant.outcome), grant: grant.grantId });
  }
}
