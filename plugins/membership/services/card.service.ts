import { businessDate, minorUnits, type Database, type PointsRead, type ShopContext } from 'guanxi/plugin';
import type { MemberState } from '../entities/member.entity.js';
import type { TaskDesk } from '../tasks/task-desk.service.js';
import { TASKS, type TaskName } from '../tasks/task-types.js';
import { changeableFrom } from '../tiers/birthday.js';
import { metricsAt, type Facts } from '../tiers/metrics.js';
import { rankOf, type Metrics, type PlanRules, type Tier } from '../tiers/plan-rules.js';
import { GROWTH_OF, LATEST_PLAN, MEMBER_OF, PLAN_OF, PURCHASES_OF } from './member.statements.js';
import { PROFILE_OF } from './people.statements.js';
import { purchaseOf, type Standings } from './standings.service.js';

export interface NextTier { readonly key: string; readonly missing: { readonly [K in keyof Metrics]: number | null } }
export interface MemberCard {
  readonly who: 'visitor' | 'guest' | 'member';
  readonly rank: number;
  readonly tiers: readonly Tier[];
  readonly window: PlanRules['window'];
  readonly state: MemberState;
  readonly termEnd: string | null;
  readonly graceEnd: string | null;
  readonly has: Metrics;
  /** What is left to the next tier, by each way into it. */
  readonly next: NextTier | null;
  /** What would keep the tier, by the end of the term; only while the tier is about to be lost. */
  readonly keep: NextTier['missing'] | null;
  readonly points: number | null;
  /** What the tier's price took off all they bought and kept, in minor units. */
  readonly saved: number;
  readonly tasks: readonly { readonly task: TaskName; readonly points: number; readonly done: boolean }[];
  readonly birthday: { readonly day: string; readonly changeableFrom: string } | null;
}
const NO_FACTS: Facts = { purchases: [], growth: [] };

/** How much of each is still missing; null for what is not asked. */
const missing = (entry: Tier['entry'], has: Metrics, share = 100): NextTier['missing'] => {
  const left = (asked: number | null, got: number): number | null => (asked === null ? null : Math.max(0, Math.ceil(asked * share / 100) - got));
  return { spend: left(entry.spend, has.spend), orders: left(entry.orders, has.orders), growth: left(entry.growth, has.growth) };
};

/** The card that every visitor has: a guest sees what signing in would bring. */
export class Cards {
  constructor(private readonly db: Database, private readonly desk: TaskDesk, private readonly points: PointsRead, private readonly standings: Standings) {}

  async of(ctx: ShopContext, person: string | undefined): Promise<MemberCard> {
    const who = person === undefined ? 'visitor' : ctx.actor.kind === 'shopper' && ctx.actor.guest ? 'guest' : 'member';
    // Who has only just signed in is taken in here.
    if (person !== undefined && who === 'member' && !(await this.db.read(ctx, (q) => q.one(MEMBER_OF, { person })))) await this.standings.evaluate(ctx, person);
    const live = (await this.desk.list(ctx)).filter(({ state }) => state === 'live');
    const balance = person === undefined ? null : (await this.points.balance(ctx, person)).available;
    return this.db.read(ctx, async (q): Promise<MemberCard> => {
      const plan = (await q.one(LATEST_PLAN))!;
      const rules = JSON.parse(plan.content) as PlanRules;
      const today = businessDate(ctx.shop, ctx.now);
      const unit = minorUnits(ctx.shop.currency);
      const row = person === undefined ? undefined : await q.one(MEMBER_OF, { person });
      const profile = person === undefined ? undefined : await q.one(PROFILE_OF, { person });
      const bought = person === undefined ? [] : await q.many(PURCHASES_OF, { person });
      const facts: Facts = person === undefined ? NO_FACTS : { purchases: bought.map(purchaseOf), growth: await q.many(GROWTH_OF, { person }) };
      const has = metricsAt(rules, facts, today, today, unit);
      const was = row && row.plan_version !== plan.version ? await q.one(PLAN_OF, { version: row.plan_version }) : undefined;
      const rank = row ? rankOf(rules, row.tier, was ? JSON.parse(was.content) as PlanRules : rules) : 0;
      const [own, above] = [rules.tiers[rank]!, rules.tiers[rank + 1]];
      const state = (row?.state ?? 'normal') as MemberState;
      const losing = rank > 0 && (state === 'at-risk' || state === 'grace');
      const done: Readonly<Record<TaskName, boolean>> = { follow: profile != null && profile.followed_at !== null, birthday: profile != null && profile.birthday !== null, profile: profile != null && profile.nickname !== null };
      return {
        who, rank, tiers: rules.tiers, window: rules.window, state, termEnd: row?.term_end ?? null, graceEnd: row?.grace_end ?? null, has,
        next: above ? { key: above.key, missing: missing(above.entry, has) } : null,
        keep: losing ? missing(own.entry, state === 'grace' ? has : metricsAt(rules, facts, row?.term_end ?? today, today, unit), own.keepPercent) : null,
        points: balance, saved: bought.reduce((sum, { saved }) => sum + saved, 0),
        tasks: TASKS.flatMap((task) => { const on = live.find((each) => each.task === task); return on ? [{ task, points: on.points, done: done[task] }] : []; }),
        birthday: profile?.birthday && profile.birthday_set_on ? { day: profile.birthday, changeableFrom: changeableFrom(profile.birthday_set_on) } : null,
      };
    });
  }
}
