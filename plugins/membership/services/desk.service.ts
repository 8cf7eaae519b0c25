import { addDays, businessDate, notFound, oneOf, startOfBusinessDate, type Customers, type Database, type Page, type PageRequest, type Reader, type ShopContext, type TimelineEntry } from 'guanxi/plugin';
import { Member, type MemberState } from '../entities/member.entity.js';
import { rankOf, type PlanRules } from '../tiers/plan-rules.js';
import { BIRTHDAYS_TOLD, FLOWS, FLOWS_BY_DAY, MOVES_BEFORE, MOVES_LIST, PROFILED, PYRAMID, SIZE, type MoveLine } from './desk.statements.js';
import { LATEST_PLAN, MEMBER_OF } from './member.statements.js';

export interface TierCount { readonly key: string; readonly members: number; readonly spent: number; readonly atRisk: number; readonly grace: number }
export interface Overview {
  readonly members: number; readonly tiers: readonly TierCount[]; readonly days: number;
  readonly flows: readonly { readonly from: string; readonly to: string; readonly members: number }[];
  readonly byDay: readonly { readonly date: string; readonly up: number; readonly down: number }[];
  readonly told: { readonly followed: number; readonly birthdays: number; readonly profiles: number; readonly gifts: number };
}
export interface MemberFilter { readonly tier?: readonly string[] | undefined; readonly state?: readonly MemberState[] | undefined }
export type MemberLine = Member & { readonly name: string | null };

export interface NamedMove { readonly personId: string; readonly name: string | null; readonly day: string; readonly from: string; readonly to: string; readonly cause: MoveLine['cause'] }
/** People on a page. */
const ROWS = 50;

const planOf = async (q: Reader): Promise<PlanRules> => JSON.parse((await q.one(LATEST_PLAN))!.content) as PlanRules;

/** What the merchant sees of the members. */
export class MemberDesk {
  constructor(private readonly db: Database, private readonly customers: Customers) {}

  overview(ctx: ShopContext, days: number): Promise<Overview> {
    const since = addDays(businessDate(ctx.shop, ctx.now), 1 - days);
    return this.db.read(ctx, async (q) => {
      const rules = await planOf(q);
      const tiers = rules.tiers.map(({ key }) => ({ key, members: 0, spent: 0, atRisk: 0, grace: 0 }));
      for (const { tier, state, members, spent } of await q.many(PYRAMID)) {
        const count = tiers[rankOf(rules, tier)]!;
        count.members += members;
        count.spent += spent;
        if (state === 'at-risk') count.atRisk += members;
        if (state === 'grace') count.grace += members;
      }
      const found = new Map((await q.many(FLOWS_BY_DAY, { since })).map((row) => [row.day, row]));
      const byDay = Array.from({ length: days }, (_, at) => { const date = addDays(since, at); return { date, up: found.get(date)?.up ?? 0, down: found.get(date)?.down ?? 0 }; });
      return {
        members: tiers.reduce((sum, each) => sum + each.members, 0), tiers, days, byDay, told: (await q.one(PROFILED, { since }))!,
        flows: (await q.many(FLOWS, { since })).map((row) => ({ from: row.from_tier, to: row.to_tier, members: row.members })),
      };
    });
  }

  /** Those who bought most in the plan's window first. */
  async members(ctx: ShopContext, { tier, state }: MemberFilter, page: PageRequest): Promise<Page<MemberLine>> {
    const found = await this.db.read(ctx, (q) => q.page(Member, { ...(tier ? { tier: oneOf(...tier) } : {}), ...(state ? { state: oneOf(...state) } : {}) }, { by: 'spent', direction: 'desc' }, page));
    const people = await this.customers.byIds(ctx, found.items.map(({ personId }) => personId));
    return { ...found, items: found.items.map((each) => Object.assign(each, { name: people.get(each.personId)?.name ?? null })) };
  }

  /** Moves of the last days between two tiers, into or out of one, on one day, up or down; newest first. */
  async moves(ctx: ShopContext, { days, from = '', to = '', on = '', direction, cursor }: { readonly days: number; readonly on?: string | undefined; readonly direction?: 'up' | 'down' | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly cursor?: string | undefined }): Promise<Page<NamedMove>> {
    const since = addDays(businessDate(ctx.shop, ctx.now), 1 - days);
    const [day = '', id = ''] = cursor?.split(' ') ?? ['9999-12-31', ''];
    const rows = await this.db.read(ctx, (q) => q.many(MOVES_LIST, { since, from, to, on, sign: direction === undefined ? 0 : direction === 'up' ? 1 : -1, day, id, limit: ROWS + 1 }));
    const people = await this.customers.byIds(ctx, rows.map((row) => row.person_id));
    const items = rows.slice(0, ROWS).map((row): NamedMove => ({ personId: row.person_id, name: people.get(row.person_id)?.name ?? null, day: row.day, from: row.from_tier, to: row.to_tier, cause: row.cause }));
    return { items, ...(rows.length > ROWS ? { next: `${rows[ROWS - 1]!.day} ${rows[ROWS - 1]!.id}` } : {}) };
  }

  /** Who told their birthday, with the gifts of the last days. */
  async birthdays(ctx: ShopContext, days: number, after = ''): Promise<Page<{ readonly personId: string; readonly name: string | null; readonly told: string; readonly gifts: number }>> {
    const since = addDays(businessDate(ctx.shop, ctx.now), 1 - days);
    const rows = await this.db.read(ctx, (q) => q.many(BIRTHDAYS_TOLD, { since, after, limit: ROWS + 1 }));
    const people = await this.customers.byIds(ctx, rows.map((row) => row.person_id));
    const items = rows.slice(0, ROWS).map((row) => ({ personId: row.person_id, name: people.get(row.person_id)?.name ?? null, told: row.told, gifts: row.gifts }));
    return { items, ...(rows.length > ROWS ? { next: items.at(-1)!.personId } : {}) };
  }

  /** Errors: 404 for who is no member. */
  async member(ctx: ShopContext, person: string): Promise<Member> {
    const found = await this.db.read(ctx, (q) => q.findOne(Member, { personId: person }));
    if (!found) throw notFound('member', person);
    return found;
  }

  isMember(ctx: ShopContext, person: string): Promise<boolean> { return this.db.read(ctx, async (q) => (await q.one(MEMBER_OF, { person })) !== undefined); }

  size(ctx: ShopContext): Promise<{ readonly members: number; readonly special: number; readonly risk: number }> { return this.db.read(ctx, async (q) => (await q.one(SIZE))!); }

  /** Moves between tiers, newest first. */
  async timeline(ctx: ShopContext, person: string, { before, limit }: { readonly before: number; readonly limit: number }): Promise<readonly TimelineEntry[]> {
    return this.db.read(ctx, async (q) => {
      const { tiers } = await planOf(q);
      const titleOf = (key: string): { readonly en: string; readonly 'zh-CN': string } => tiers.find((each) => each.key === key)?.title ?? { en: key, 'zh-CN': key };
      const rows = await q.many(MOVES_BEFORE, { person, day: businessDate(ctx.shop, before), limit: limit + 1 });
      return rows.map((row) => ({
        id: row.id, at: startOfBusinessDate(ctx.shop, row.day), icon: 'heart',
        title: row.steps > 0 ? { en: `Became ${titleOf(row.to_tier).en}`, 'zh-CN': `升级为${titleOf(row.to_tier)['zh-CN']}` } : { en: `Went back to ${titleOf(row.to_tier).en}`, 'zh-CN': `降级为${titleOf(row.to_tier)['zh-CN']}` },
      })).filter(({ at }) => at < before).slice(0, limit);
    });
  }
}
