import { atLeast, below, between, conflict, DAY, notFound, oneOf, refused, type Audit, type Customers, type Database, type Page, type PageRequest, type DiscountCodes, type PointsRead, type Product, type Products, type ShopContext } from 'guanxi/plugin';
import { Redemption } from '../entities/redemption.entity.js';
import { OWN_COST_KINDS, Reward } from '../entities/reward.entity.js';
import { ADD_STOCK, ENDING, STEPS_OF, TOTALS, USES_OF } from './exchange.statements.js';
import { isHeldOut } from './holdout.js';
import { inSeason, lastMoment, momentsOf, seasonOf } from './season.js';
import { weekOf } from './week.js';
import type { Worth } from './worth.service.js';

export interface RewardDraft {
  readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly kind: Reward['kind']; readonly discount: number; readonly minimum: number; readonly cost: number; readonly stock: number | null; readonly perPerson: number; readonly validDays: number;
  readonly sku?: string | null | undefined; readonly activityId?: string | null | undefined; readonly note?: Reward['note'] | undefined; readonly partialReturn?: Reward['partialReturn'] | undefined;
  readonly skus?: readonly string[] | null | undefined; readonly startsOn?: string | null | undefined; readonly endsOn?: string | null | undefined; readonly lastUseOn?: string | null | undefined;
  readonly prizeOnly?: boolean | undefined; readonly welcome?: boolean | undefined; readonly holdout?: number | undefined; /** Minor units; null or absent: as the shop's own figures tell. */ readonly ownCost?: number | null | undefined;
}
export interface RewardTotals { readonly issued: number; readonly used: number; readonly expired: number; readonly cost: number }
const NONE: RewardTotals = { issued: 0, used: 0, expired: 0, cost: 0 };

/** What the shop can give besides coupons right now. */
export interface Surroundings { readonly credit: boolean; readonly wheels: readonly { readonly ref: string; readonly title: string }[]; /** Whether budgets leave room for so many tries at a wheel now. */ readonly roomFor: (wheel: string, tries: number) => Promise<boolean> }
/** What is stored, and what is only so at the moment: an open checkout holds the code. */
export type CouponState = Redemption['state'] | 'reserved';
export type Shown<T> = Omit<T, 'state'> & { readonly state: CouponState };
export interface RedemptionFilter {
  readonly rewardId?: string | undefined; readonly state?: readonly Redemption['state'][] | undefined; readonly since?: number | undefined;
  /** Usable after this moment. */ readonly expiresAfter?: number | undefined;
  /** Used after so many whole days, both ends included. */ readonly usedAfter?: { readonly from: number; readonly to: number } | undefined;
}
export type Offered = Reward & { readonly left: number; readonly missing: number | null; /** The week's share is used up; it is possible again on Monday. */ readonly nextWeek: boolean; readonly unavailable: boolean; readonly product: Product | null; /** Titles of the products that it is for; null for all. */ readonly only: readonly string[] | null; /** A moment of its last day; null without one. */ readonly until: number | null };
export interface Offers { readonly available: number | null; /** What of theirs ends within three days, and when the first does. */ readonly ending: { readonly number: number; readonly at: number } | null; readonly items: readonly Offered[] }
/** Days before its end at which somebody is reminded of what they have. */
export const REMIND_DAYS = 3;

const MOVES: Readonly<Record<string, { readonly from: readonly string[]; readonly to: Reward['state'] }>> = {
  publish: { from: ['draft'], to: 'active' }, pause: { from: ['active'], to: 'paused' }, resume: { from: ['paused'], to: 'active' }, end: { from: ['active', 'paused'], to: 'ended' },
};

/** The merchant's rewards and who redeemed them. */
export class Catalogue {
  constructor(
    private readonly db: Database, private readonly customers: Customers, private readonly points: PointsRead, private readonly audit: Audit, private readonly products: Products, private readonly codes: Pick<DiscountCodes, 'held'>, private readonly worth: Worth,
    readonly surroundings: (ctx: ShopContext) => Promise<Surroundings>,
  ) {}

  list(ctx: ShopContext): Promise<(Reward & { readonly totals: RewardTotals })[]> {
    return this.db.read(ctx, async (q) => {
      const totals = new Map((await q.scan(TOTALS)).map(({ reward_id, ...row }) => [reward_id, row]));
      return (await q.find(Reward, {}, { order: { createdAt: 'desc' }, limit: 1_000 })).map((reward) => Object.assign(reward, { totals: totals.get(reward.id) ?? NONE }));
    });
  }

  /** Several changes in one unit: all or none. */
  together<T>(ctx: ShopContext, act: (inner: ShopContext) => Promise<T>): Promise<T> { return this.db.write(ctx, (_unit, inner) => act(inner)); }

  async get(ctx: ShopContext, id: string): Promise<Reward> {
    const reward = await this.db.read(ctx, (q) => q.findOne(Reward, { id }));
    if (!reward) throw notFound('reward', id);
    return reward;
  }

  /** What is stored of a draft. A pool of codes has as much stock as codes were loaded. @throws 422 GX_REWARD_PRODUCT, GX_REWARD_GAME, GX_REWARD_UNAVAILABLE */
  async #stored(ctx: ShopContext, draft: RewardDraft): Promise<Omit<Reward, 'id' | 'shopId' | 'createdAt' | 'updatedAt' | 'state' | 'costEach'>> {
    const { kind, sku = null, activityId = null, note = null, partialReturn = 'prorate', startsOn = null, endsOn = null, lastUseOn = null, prizeOnly = false, welcome = false, holdout = 0, ownCost = null } = draft;
    const skus = draft.skus ? [...new Set(draft.skus)] : null;
    const wrong = (code: `GX_${string}`, field: string, en: string, zh: string): Error => refused(code, `${field}: ${en}.`, { fields: { [field]: ctx.locale === 'zh-CN' ? zh : en } });
    if (sku !== null) {
      const product = await this.products.bySku(ctx, sku);
      if (!product) throw wrong('GX_REWARD_PRODUCT', 'sku', 'the shop has no such product', '店铺没有这个商品');
      if (kind === 'product' && draft.discount >= product.price) throw wrong('GX_REWARD_PRODUCT', 'discount', 'must be less than the price of the product', '应低于商品价格');
    }
    if (skus && (await this.products.bySkus(ctx, skus)).size < skus.length) throw wrong('GX_REWARD_PRODUCT', 'skus', 'the shop has not all of these products', '店铺没有其中的某些商品');
    const around = kind === 'credit' || kind === 'draw' ? await this.surroundings(ctx) : undefined;
    if (kind === 'credit' && !around?.credit) throw wrong('GX_REWARD_UNAVAILABLE', 'kind', 'no module that keeps store credit is running in this shop', '店铺没有启用储值模块');
    if (kind === 'draw' && !around?.wheels.some(({ ref }) => ref === activityId)) throw wrong('GX_REWARD_GAME', 'activityId', 'is not a wheel that is running', '不是正在进行的转盘');
    const stock = kind === 'code' ? 0 : draft.stock;
    const { title, discount, minimum, cost, perPerson, validDays } = draft;
    return { title, kind, discount, minimum, cost, perPerson, validDays, sku, activityId, note, partialReturn, skus, ...momentsOf(ctx, { startsOn, endsOn, lastUseOn }), prizeOnly, welcome, holdout, ownCost, stock, remaining: stock };
  }

  async create(ctx: ShopContext, draft: RewardDraft): Promise<Reward> {
    const values = await this.#stored(ctx, draft);
    return this.db.write(ctx, async (unit, inner) => {
      const reward = await unit.insert(Reward, { ...values, state: 'draft' });
      await this.audit.record(inner, 'reward.created', reward.id);
      return reward;
    });
  }

  /** Drafts are free; of a reward that shoppers have seen only the stock can be raised. */
  async update(ctx: ShopContext, id: string, draft: RewardDraft): Promise<Reward> {
    const { stock, remaining, ...values } = await this.#stored(ctx, draft);
    return this.db.write(ctx, async (unit, inner) => {
      // Codes that were loaded into a draft stay its stock.
      const changed = await unit.update(Reward, { id, state: 'draft' }, { ...values, ...(values.kind === 'code' && (await unit.findOne(Reward, { id }))?.kind === 'code' ? {} : { stock, remaining }) });
      if (!changed) throw await unit.findOne(Reward, { id }) ? conflict('GX_REWARD_FROZEN', 'A published reward cannot be edited: shoppers rely on it. Copy it, or add stock.') : notFound('reward', id);
      await this.audit.record(inner, 'reward.updated', id);
      return (await unit.findOne(Reward, { id }))!;
    });
  }

  addStock(ctx: ShopContext, id: string, amount: number): Promise<Reward> {
    return this.db.write(ctx, async (unit, inner) => {
      // In one statement: what shoppers take meanwhile stays taken.
      const added = await unit.run(ADD_STOCK, { reward: id, amount, now: inner.now });
      const reward = await unit.findOne(Reward, { id });
      if (!reward) throw notFound('reward', id);
      if (!added) throw reward.kind === 'code' ? conflict('GX_REWARD_CODES', 'The stock of this reward are its codes. Load more of them.') : conflict('GX_REWARD_UNLIMITED', 'This reward has no limit of stock.');
      await this.audit.record(inner, 'reward.stock-added', id, { amount });
      return reward;
    });
  }

  /** What one costs the shop, minor units; null for what its own figures tell. Shoppers do not see it, so it may change at any time. @throws 422 GX_REWARD_COST */
  async setCost(ctx: ShopContext, id: string, ownCost: number | null): Promise<Reward> {
    const { kind, discount, minimum, sku, state, ownCost: before } = await this.get(ctx, id);
    if (!(OWN_COST_KINDS as readonly string[]).includes(kind)) throw refused('GX_REWARD_COST', 'What a reward of this kind costs follows from what it gives.', { kind });
    const costEach = state === 'draft' ? null : (await this.worth.of(ctx, [{ kind, discount, minimum, sku, ownCost }]))[0] ?? null;
    return this.db.write(ctx, async (unit, inner) => {
      await unit.update(Reward, { id }, { ownCost, costEach });
      await this.audit.record(inner, 'reward.cost-set', id, { before, after: ownCost });
      return (await unit.findOne(Reward, { id }))!;
    });
  }

  async move(ctx: ShopContext, id: string, action: 'publish' | 'pause' | 'resume' | 'end'): Promise<Reward> {
    const { from, to } = MOVES[action]!;
    const worth = to === 'active' ? { costEach: (await this.worth.of(ctx, [await this.get(ctx, id)]))[0] ?? null } : {};
    return this.db.write(ctx, async (unit, inner) => {
      const changed = await unit.update(Reward, { id, state: oneOf(...from) }, { state: to, ...worth });
      const reward = await unit.findOne(Reward, { id });
      if (!reward) throw notFound('reward', id);
      if (!changed) throw conflict('GX_REWARD_STATE', `This reward is ${reward.state}, so that is not possible.`, { state: reward.state });
      await this.audit.record(inner, `reward.${action}`, id);
      return reward;
    });
  }

  async duplicate(ctx: ShopContext, id: string): Promise<Reward> {
    const { title, kind, discount, minimum, cost, stock, perPerson, validDays, sku, activityId, note, partialReturn, skus, prizeOnly, welcome, holdout, ownCost, startsAt, endsAt, usableUntil } = await this.get(ctx, id);
    return this.create(ctx, { title: { en: `${title.en} (copy)`.slice(0, 80), 'zh-CN': `${title['zh-CN']}（副本）`.slice(0, 40) }, kind, discount, minimum, cost, stock, perPerson, validDays, sku, activityId, note, partialReturn, skus, ...seasonOf(ctx, { startsAt, endsAt, usableUntil }), prizeOnly, welcome, holdout, ownCost });
  }

  /** What a shopper can choose from. `missing`: points that are lacking; `left`: how often this person may still redeem. */
  async offers(ctx: ShopContext, personId: string | undefined, perWeek: number): Promise<Offers> {
    const balance = personId ? (await this.points.balance(ctx, personId)).available : null;
    const week = weekOf(ctx);
    const { rewards, uses, soon } = await this.db.read(ctx, async (q) => ({
      uses: new Map((personId ? await q.many(USES_OF, { person: personId }) : []).map((row) => [row.reward_id, row])),
      soon: personId ? await q.one(ENDING, { person: personId, now: ctx.now, until: ctx.now + REMIND_DAYS * DAY }) : undefined,
      rewards: (await q.find(Reward, { state: 'active', prizeOnly: false }, { order: { cost: 'asc' }, limit: 100 })).filter((reward) => inSeason(reward, ctx.now) && !(personId && isHeldOut(personId, reward.id, reward.holdout))),
    }));
    const skus = rewards.flatMap(({ sku, skus: only }) => [...(sku === null ? [] : [sku]), ...(only ?? [])]);
    const products = skus.length ? await this.products.bySkus(ctx, [...new Set(skus)]) : new Map<string, Product>();
    const around = rewards.some(({ kind }) => kind === 'credit' || kind === 'draw') ? await this.surroundings(ctx) : undefined;
    const noTries = new Set<string>();
    for (const { id, kind, activityId, discount } of rewards) {
      if (kind === 'draw' && !(around?.wheels.some(({ ref }) => ref === activityId) && await around.roomFor(activityId ?? '', discount))) noTries.add(id);
    }
    return { available: balance, ending: soon?.number && soon.at !== null ? { number: soon.number, at: soon.at } : null, items: rewards.map((reward) => {
      const used = uses.get(reward.id);
      return Object.assign(reward, {
        left: Math.max(0, reward.perPerson - (used?.used ?? 0)), missing: balance === null ? null : Math.max(0, reward.cost - balance), nextWeek: used?.week === week && used.week_used >= perWeek,
        unavailable: (reward.kind === 'credit' && !around?.credit) || noTries.has(reward.id), product: reward.sku === null ? null : products.get(reward.sku) ?? null,
        only: reward.skus?.flatMap((sku) => products.get(sku)?.title ?? []) ?? null, until: lastMoment(reward),
      });
    }) };
  }

  ofPerson(ctx: ShopContext, personId: string, range: { readonly before: number; readonly limit: number }): Promise<Redemption[]> {
    return this.db.read(ctx, (q) => q.find(Redemption, { personId, issuedAt: below(range.before) }, { order: { issuedAt: 'desc' }, limit: range.limit }));
  }

  /** A person's coupons with the names of their rewards, newest first; what has run out is `expired` even before the job says so. */
  async couponsOf(ctx: ShopContext, personId: string): Promise<Shown<Redemption & { readonly title: Reward['title']; readonly note: Reward['note'] }>[]> {
    const found = await this.ofPerson(ctx, personId, { before: Number.MAX_SAFE_INTEGER, limit: 50 });
    if (!found.length) return [];
    const rewards = await this.db.read(ctx, (q) => q.find(Reward, { id: oneOf(...new Set(found.map((each) => each.rewardId))) }));
    const known = new Map(rewards.map((reward) => [reward.id, reward]));
    const held = await this.#held(ctx, found);
    return found.map((each) => Object.assign(each, { title: known.get(each.rewardId)?.title ?? { en: '', 'zh-CN': '' }, note: known.get(each.rewardId)?.note ?? null, state: held.has(each.code) ? 'reserved' as const : each.state === 'issued' && each.expiresAt <= ctx.now && !each.orderId ? 'expired' as const : each.state }));
  }

  #held(ctx: ShopContext, found: readonly Redemption[]): Promise<ReadonlyMap<string, number>> { return this.codes.held(ctx, found.filter(({ state }) => state === 'issued').map(({ code }) => code)); }

  async redemptions(ctx: ShopContext, { rewardId, state, since, expiresAfter, usedAfter }: RedemptionFilter, page: PageRequest): Promise<Page<Shown<Redemption & { readonly person: string | null }>>> {
    const where = { ...(rewardId ? { rewardId } : {}), ...(state ? { state: oneOf(...state) } : {}), ...(expiresAfter === undefined ? {} : { expiresAt: atLeast(expiresAfter + 1) }), ...(since === undefined ? {} : { issuedAt: atLeast(since) }), ...(usedAfter ? { useDays: between(usedAfter.from, usedAfter.to) } : {}) };
    const found = await this.db.read(ctx, (q) => q.page(Redemption, where, { by: 'issuedAt', direction: 'desc' }, page));
    const [people, held] = await Promise.all([this.customers.byIds(ctx, found.items.map((each) => each.personId)), this.#held(ctx, found.items)]);
    return { ...found, items: found.items.map((each) => Object.assign(each, { person: people.get(each.personId)?.name ?? null, state: held.has(each.code) ? 'reserved' as const : each.state })) };
  }

  /** What became of one redemption, oldest first; `owner` hides those of others. */
  async lifeOf(ctx: ShopContext, id: string, owner?: string): Promise<{ readonly redemption: Redemption; readonly heldUntil: number | null; readonly steps: readonly { readonly step: string; readonly at: number; readonly ref: string | null }[] }> {
    const found = await this.db.read(ctx, async (q) => ({ redemption: await q.findOne(Redemption, { id, ...(owner === undefined ? {} : { personId: owner }) }), steps: await q.many(STEPS_OF, { id }) }));
    if (!found.redemption) throw notFound('redemption', id);
    const { issuedAt, state, usedAt } = found.redemption;
    const begun = [{ step: 'created', at: issuedAt, ref: null }, { step: state === 'requested' ? 'requested' : 'assigned', at: issuedAt, ref: null }];
    // What is given at once has no step of its own.
    const done = usedAt !== null && !found.steps.length ? [{ step: 'used', at: usedAt, ref: null }] : [];
    const heldUntil = (await this.#held(ctx, [found.redemption])).get(found.redemption.code) ?? null;
    return { redemption: found.redemption, heldUntil, steps: [...begun, ...done, ...found.steps, ...(heldUntil === null ? [] : [{ step: 'reserved', at: ctx.now, ref: null }])] };
  }
}
