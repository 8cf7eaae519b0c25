import { below, conflict, notFound, oneOf, type Audit, type Customers, type Database, type Page, type PageRequest, type PointsRead, type ShopContext } from 'guanxi/plugin';
import { Redemption } from '../entities/redemption.entity.js';
import { Reward } from '../entities/reward.entity.js';
import { TOTALS, USES_OF } from './exchange.statements.js';

export interface RewardDraft { readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly kind: Reward['kind']; readonly discount: number; readonly minimum: number; readonly cost: number; readonly stock: number | null; readonly perPerson: number; readonly validDays: number }
export interface RewardTotals { readonly issued: number; readonly used: number; readonly expired: number; readonly cost: number }
const NONE: RewardTotals = { issued: 0, used: 0, expired: 0, cost: 0 };

const MOVES: Readonly<Record<string, { readonly from: readonly string[]; readonly to: Reward['state'] }>> = {
  publish: { from: ['draft'], to: 'active' }, pause: { from: ['active'], to: 'paused' }, resume: { from: ['paused'], to: 'active' }, end: { from: ['active', 'paused'], to: 'ended' },
};

/** The merchant's rewards and who redeemed them. */
export class Catalogue {
  constructor(private readonly db: Database, private readonly customers: Customers, private readonly points: PointsRead, private readonly audit: Audit) {}

  list(ctx: ShopContext): Promise<(Reward & { readonly totals: RewardTotals })[]> {
    return this.db.read(ctx, async (q) => {
      const totals = new Map((await q.many(TOTALS)).map(({ reward_id, ...row }) => [reward_id, row]));
      return (await q.find(Reward, {}, { order: { createdAt: 'desc' } })).map((reward) => Object.assign(reward, { totals: totals.get(reward.id) ?? NONE }));
    });
  }

  async get(ctx: ShopContext, id: string): Promise<Reward> {
    const reward = await this.db.read(ctx, (q) => q.findOne(Reward, { id }));
    if (!reward) throw notFound('reward', id);
    return reward;
  }

  create(ctx: ShopContext, draft: RewardDraft): Promise<Reward> {
    return this.db.write(ctx, async (unit, inner) => {
      const reward = await unit.insert(Reward, { ...draft, remaining: draft.stock, state: 'draft' });
      await this.audit.record(inner, 'reward.created', reward.id);
      return reward;
    });
  }

  /** Drafts are free; of a reward that shoppers have seen only the stock can be raised. */
  update(ctx: ShopContext, id: string, draft: RewardDraft): Promise<Reward> {
    return this.db.write(ctx, async (unit, inner) => {
      const changed = await unit.update(Reward, { id, state: 'draft' }, { ...draft, remaining: draft.stock });
      if (!changed) throw await unit.findOne(Reward, { id }) ? conflict('GX_REWARD_FROZEN', 'A published reward cannot be edited: shoppers rely on it. Copy it, or add stock.') : notFound('reward', id);
      await this.audit.record(inner, 'reward.updated', id);
      return (await unit.findOne(Reward, { id }))!;
    });
  }

  addStock(ctx: ShopContext, id: string, amount: number): Promise<Reward> {
    return this.db.write(ctx, async (unit, inner) => {
      const reward = await unit.findOne(Reward, { id });
      if (!reward) throw notFound('reward', id);
      if (reward.stock === null || reward.remaining === null) throw conflict('GX_REWARD_UNLIMITED', 'This reward has no limit of stock.');
      await unit.update(Reward, { id }, { stock: reward.stock + amount, remaining: reward.remaining + amount });
      await this.audit.record(inner, 'reward.stock-added', id, { amount });
      return (await unit.findOne(Reward, { id }))!;
    });
  }

  move(ctx: ShopContext, id: string, action: 'publish' | 'pause' | 'resume' | 'end'): Promise<Reward> {
    const { from, to } = MOVES[action]!;
    return this.db.write(ctx, async (unit, inner) => {
      const changed = await unit.update(Reward, { id, state: oneOf(...from) }, { state: to });
      const reward = await unit.findOne(Reward, { id });
      if (!reward) throw notFound('reward', id);
      if (!changed) throw conflict('GX_REWARD_STATE', `This reward is ${reward.state}, so that is not possible.`, { state: reward.state });
      await this.audit.record(inner, `reward.${action}`, id);
      return reward;
    });
  }

  async duplicate(ctx: ShopContext, id: string): Promise<Reward> {
    const { title, kind, discount, minimum, cost, stock, perPerson, validDays } = await this.get(ctx, id);
    return this.create(ctx, { title: { en: `${title.en} (copy)`.slice(0, 80), 'zh-CN': `${title['zh-CN']}（副本）`.slice(0, 40) }, kind, discount, minimum, cost, stock, perPerson, validDays });
  }

  /** What a shopper can choose from. `missing`: points that are lacking; `left`: how often this person may still redeem. */
  async offers(ctx: ShopContext, personId: string | undefined): Promise<{ readonly available: number | null; readonly items: readonly (Reward & { readonly left: number; readonly missing: number | null })[] }> {
    const balance = personId ? (await this.points.balance(ctx, personId)).available : null;
    return this.db.read(ctx, async (q) => {
      const uses = new Map((personId ? await q.many(USES_OF, { person: personId }) : []).map((row) => [row.reward_id, row.used]));
      const rewards = await q.find(Reward, { state: 'active' }, { order: { cost: 'asc' }, limit: 100 });
      return { available: balance, items: rewards.map((reward) => Object.assign(reward, { left: Math.max(0, reward.perPerson - (uses.get(reward.id) ?? 0)), missing: balance === null ? null : Math.max(0, reward.cost - balance) })) };
    });
  }

  ofPerson(ctx: ShopContext, personId: string, range: { readonly before: number; readonly limit: number }): Promise<Redemption[]> {
    return this.db.read(ctx, (q) => q.find(Redemption, { personId, issuedAt: below(range.before) }, { order: { issuedAt: 'desc' }, limit: range.limit }));
  }

  /** A person's coupons with the names of their rewards, newest first; what has run out is `expired` even before the job says so. */
  async couponsOf(ctx: ShopContext, personId: string): Promise<(Redemption & { readonly title: Reward['title'] })[]> {
    const found = await this.ofPerson(ctx, personId, { before: Number.MAX_SAFE_INTEGER, limit: 50 });
    if (!found.length) return [];
    const rewards = await this.db.read(ctx, (q) => q.find(Reward, { id: oneOf(...new Set(found.map((each) => each.rewardId))) }));
    const titles = new Map(rewards.map((reward) => [reward.id, reward.title]));
    return found.map((each) => Object.assign(each, { title: titles.get(each.rewardId) ?? { en: '', 'zh-CN': '' }, state: each.state === 'issued' && each.expiresAt <= ctx.now ? 'expired' as const : each.state }));
  }

  async redemptions(ctx: ShopContext, filter: { readonly rewardId?: string | undefined; readonly state?: Redemption['state'] | undefined }, page: PageRequest): Promise<Page<Redemption & { readonly person: string | null }>> {
    const found = await this.db.read(ctx, (q) => q.page(Redemption, { ...(filter.rewardId ? { rewardId: filter.rewardId } : {}), ...(filter.state ? { state: filter.state } : {}) }, { by: 'issuedAt', direction: 'desc' }, page));
    const people = await this.customers.byIds(ctx, found.items.map((each) => each.personId));
    return { ...found, items: found.items.map((each) => Object.assign(each, { person: people.get(each.personId)?.name ?? null })) };
  }
}
