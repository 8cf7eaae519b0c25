import { createHash } from 'node:crypto';
import { isDraft, minorUnits, refused, statement, type Database, type ShopContext } from '../plugin-api/index.js';
import type { ActivitiesService } from '../activities/activities.service.js';
import { programmeOf } from '../economy/programme/programme.js';
import type { AuditService } from '../privacy/audit.service.js';
import { PlanForecast } from './entities/plan-forecast.entity.js';
import { PlanSetting } from './entities/plan-setting.entity.js';
import { blocking, lint } from './linter/lint.js';
import type { Finding } from './linter/rule.js';
import type { Mix, MixForecast } from './mix/mix.js';
import { readMix, type PageOf } from './mix/read-mix.js';
import type { WhatIf } from './mix/what-if.js';
import type { PlannerSources } from './planner-sources.js';
import { ASSUMPTIONS, type Assumptions } from './simulation/assumptions.js';

/** How many members a shop without customers is planned for. */
const BEGINNERS = 1_000;
const DAYS = 180;
/** From so many orders on, the shop's own mean counts. */
const ENOUGH_ORDERS = 30;
/** Longer than any run: points that do not expire. */
const NEVER_DAYS = 100_000;

/** How orders earn now; a shop without a version of its own gives one point for each unit of its currency. */
const EARNS = statement<{ rate_points: number; rate_amount: number }>(
  'SELECT rate_points, rate_amount FROM earn_rule WHERE shop_id = :shop AND starts_at <= :now AND (ends_at IS NULL OR ends_at > :now) ORDER BY version DESC LIMIT 1');

export interface PlannerParts {
  readonly db: Database; readonly activities: ActivitiesService; readonly audit: AuditService; readonly sources: PlannerSources; readonly pageOf: PageOf;
  /** How many members the shop has. */
  readonly members: (ctx: ShopContext) => Promise<number>;
  /** Orders of the last 90 days and what they came to, in minor units. */
  readonly sales: (ctx: ShopContext) => Promise<{ readonly orders: number; readonly revenue: number }>;
}
export interface PlanSettings { readonly promotionAt: number | null; readonly assumptions: NonNullable<WhatIf['assumptions']> }
/** A draft that was to be published with the others, and why it was not. */
export interface Launched { readonly id: string; readonly title: string; readonly error?: string }
export interface Verdict { readonly mix: Mix; readonly findings: readonly Finding[]; /** Whether a simulation of this very mix was run. */ readonly simulated: boolean }

/** SHA-256 of what decides the outcome: activities' economies, and offers. */
export const mixHash = ({ activities, offers }: Mix): string =>
  createHash('sha256').update(JSON.stringify([activities.map(({ id, economy }) => [id, economy]), offers.map(({ ref, cost, faceValue, basisPoints, minimum }) => [ref, cost, faceValue, basisPoints, minimum])])).digest('hex');

/** Looks at the shop's mix of activities and rewards before and after launch. */
export class PlannerService {
  constructor(readonly parts: PlannerParts) {}

  async settings(ctx: ShopContext): Promise<PlanSettings> {
    const row = await this.parts.db.read(ctx, (q) => q.findOne(PlanSetting, {}));
    return { promotionAt: row?.promotionAt ?? null, assumptions: row?.assumptions ?? {} };
  }

  saveSettings(ctx: ShopContext, settings: PlanSettings): Promise<PlanSettings> {
    return this.parts.db.write(ctx, async (unit, inner) => {
      const row = await unit.findOne(PlanSetting, {});
      if (row) await unit.update(PlanSetting, { id: row.id }, { ...settings }); else await unit.insert(PlanSetting, { id: 'plan', ...settings });
      await unit.steps(this.parts.audit.steps.record(inner, 'planner.settings', 'planner', { promotionAt: settings.promotionAt, changed: Object.keys(settings.assumptions) }));
      return settings;
    });
  }

  /** The assumptions that hold in the shop: ours, in its currency and by its rules and orders, with what it changed. */
  async assumptions(ctx: ShopContext): Promise<Assumptions> {
    const unit = minorUnits(ctx.shop.currency), by = unit / ASSUMPTIONS.minorPerUnit;
    const { liveDays, undeliveredDays } = programmeOf(ctx.shop);
    const [rule, settings, sales] = await Promise.all([this.parts.db.read(ctx, (q) => q.one(EARNS, { now: ctx.now })), this.settings(ctx), this.parts.sales(ctx)]);
    return {
      ...ASSUMPTIONS, minorPerUnit: unit, orderValue: sales.orders >= ENOUGH_ORDERS ? Math.round(sales.revenue / sales.orders) : ASSUMPTIONS.orderValue * by, shippingCost: ASSUMPTIONS.shippingCost * by,
      expiryDays: liveDays ?? NEVER_DAYS, pendingDays: undeliveredDays, pointsPerUnit: rule ? (rule.rate_points * unit) / rule.rate_amount : ASSUMPTIONS.pointsPerUnit, ...settings.assumptions,
    };
  }

  async mix(ctx: ShopContext, options: { readonly drafts: boolean; readonly alone?: boolean; readonly members?: number | undefined; readonly days?: number | undefined }): Promise<Mix> {
    const [members, { promotionAt, assumptions }] = await Promise.all([options.members ?? this.parts.members(ctx), this.settings(ctx)]);
    return readMix(ctx, this.parts, { drafts: options.drafts, alone: options.alone ?? false, promotionAt, contactsAllowed: assumptions.contactsPerWeek ?? ASSUMPTIONS.contactsPerWeek, members: members || BEGINNERS, days: options.days ?? DAYS });
  }

  /** What the rules find in the shop's mix, with the newest forecast of it. */
  async lint(ctx: ShopContext, drafts: boolean): Promise<Verdict> {
    const mix = await this.mix(ctx, { drafts });
    const forecast = await this.#forecastOf(ctx, mix);
    return { mix, findings: lint(forecast ? { ...mix, forecast } : mix), simulated: forecast !== undefined };
  }

  /** Errors that keep an activity from being published; the shop's live mix counts, and the activity itself. */
  async blockers(ctx: ShopContext, activityId: string): Promise<readonly Finding[]> {
    const mix = await this.mix(ctx, { drafts: true, alone: true });
    return blocking({ ...mix, activities: mix.activities.filter(({ id, state }) => id === activityId || !isDraft(state)) }, activityId);
  }

  /**
   * Publishes every draft of a mix without errors; one that is refused does not stop the others. Errors: 422 `GX_PLAN_BLOCKED` when the mix, drafts
   * included, breaks a rule.
   */
  async launch(ctx: ShopContext): Promise<readonly Launched[]> {
    const { mix, findings } = await this.lint(ctx, true);
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length) throw refused('GX_PLAN_BLOCKED', `${ctx.locale === 'zh-CN' ? '暂时不能上线。' : 'This mix cannot be launched yet. '}${errors.map(({ text }) => text[ctx.locale]).join(' ')}`, { findings: errors.map(({ code, text }) => ({ code, text: { ...text } })) });
    const launched: Launched[] = [];
    for (const { id, title } of mix.activities.filter(({ state }) => isDraft(state))) {
      try { await this.parts.activities.transition(ctx, id, 'publish'); launched.push({ id, title }); }
      catch (error) { launched.push({ id, title, error: error instanceof Error ? error.message : String(error) }); }
    }
    await this.parts.audit.record(ctx, 'planner.launch', 'planner', { published: launched.filter(({ error }) => error === undefined).map(({ id }) => id), refused: launched.filter(({ error }) => error !== undefined).map(({ id }) => id) });
    return launched;
  }

  async #forecastOf(ctx: ShopContext, mix: Mix): Promise<MixForecast | undefined> {
    const row = (await this.parts.db.read(ctx, (q) => q.find(PlanForecast, { mixHash: mixHash(mix), state: 'done' }, { order: { createdAt: 'desc' }, limit: 1 })))[0];
    if (!row?.outcome) return undefined;
    const { totals, worst, costBy } = row.outcome.now;
    const [ref, cost] = Object.entries(costBy).sort(([, a], [, b]) => b - a)[0] ?? [];
    const offer = mix.offers.find((each) => each.ref === ref);
    return {
      costShare: totals.sales ? totals.cost / totals.sales : 0, burnRate: totals.issued ? totals.burned / totals.issued : 0, worstPoints: worst.points, worstCost: worst.cost,
      ...(offer && cost && totals.cost ? { most: { title: offer.title, share: cost / totals.cost } } : {}),
    };
  }
}
