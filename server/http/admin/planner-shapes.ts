import { z } from '../../plugin-api/index.js';
import type { PlanForecast } from '../../planner/entities/plan-forecast.entity.js';
import type { Finding } from '../../planner/linter/rule.js';
import type { Mix } from '../../planner/mix/mix.js';
import type { PackEntry } from '../../planner/pack.service.js';
import { localisedText } from './page-query.js';

const share = z.number().min(0).max(1);
const wholePercent = z.number().int().min(0).max(1_000);
const byId = <T extends z.ZodType>(value: T): z.ZodRecord<z.ZodString, T> => z.record(z.string().min(1).max(200), value);

/** What a shop may change of the assumptions; money in minor units, shares 0–1. */
export const assumptionChanges = z.strictObject({
  conversion: share, orderValue: z.number().int().min(1).max(100_000_000), pointsPerUnit: z.number().min(0).max(100), pendingDays: z.number().int().min(0).max(120), expiryDays: z.number().int().min(1).max(3_650),
  redeems: share, takesDearest: share, draws: share, plays: share, checksIn: share, usesSmall: share, usesThreshold: share, usesOther: share, contactsPerWeek: z.number().min(0).max(21), shippingCost: z.number().int().min(0).max(10_000_000),
}).partial();
export const allAssumptions = z.object({
  conversion: z.number(), orderValue: z.number(), pointsPerUnit: z.number(), pendingDays: z.number(), expiryDays: z.number(), redeems: z.number(), takesDearest: z.number(), draws: z.number(), plays: z.number(),
  checksIn: z.number(), usesSmall: z.number(), usesThreshold: z.number(), usesOther: z.number(), contactsPerWeek: z.number(), shippingCost: z.number(),
});
export const planSettings = z.strictObject({ promotionAt: z.number().int().min(0).max(8_640_000_000_000).nullable(), assumptions: assumptionChanges });

export const simulation = z.strictObject({
  days: z.number().int().min(30).max(365).default(180), drafts: z.boolean().default(true), members: z.number().int().min(1).max(100_000).optional(), seed: z.number().int().min(0).max(2_147_483_647).optional(),
  population: z.enum(['history', 'synthetic']).default('history'),
  whatIf: z.strictObject({ points: byId(wholePercent), wins: byId(wholePercent), costs: byId(z.number().int().min(1).max(1_000_000)), assumptions: assumptionChanges }).partial().default({}),
});

export const finding = z.object({ code: z.string(), severity: z.enum(['error', 'warning']), text: localisedText, activity: z.string().optional(), among: z.array(z.string()).optional(), page: z.string().optional() });
export const shownFinding = (each: Finding): z.infer<typeof finding> => { const { among, ...rest } = each; return { ...rest, text: { ...each.text }, ...(among ? { among: [...among] } : {}) }; };

const activity = z.object({
  id: z.string(), type: z.string(), title: z.string(), plugin: z.string(), state: z.string(), startsAt: z.number().nullable(), endsAt: z.number().nullable(), page: z.string(),
  earns: z.object({ expected: z.number(), worst: z.number(), often: z.enum(['once', 'daily', 'weekly', 'per-play']), cycle: z.array(z.number()).optional(), timesPerDay: z.number().optional() }).nullable(),
  spends: z.number().nullable(), continuous: z.boolean(), collects: z.array(z.string()), firstSession: z.number(), winRate: z.number().nullable(), known: z.boolean(),
});
const offer = z.object({ ref: z.string(), title: localisedText, kind: z.string(), cost: z.number(), value: z.number(), minimum: z.number(), remaining: z.number().nullable(), page: z.string().nullable() });
export const mixShape = z.object({ activities: z.array(activity), offers: z.array(offer), topHours: z.array(z.number()), members: z.number() });

export function shownMix({ activities, offers, topHours, members }: Mix, valueOf: (offer: Mix['offers'][number]) => number): z.infer<typeof mixShape> {
  return {
    topHours: [...topHours], members,
    activities: activities.map(({ economy, ...each }) => {
      const draw = economy?.draw;
      const tickets = draw ? draw.blanks + draw.prizes.reduce((sum, { quantity }) => sum + quantity, 0) : 0;
      return {
        id: each.id, type: each.type, title: each.title, plugin: each.plugin, state: each.state, startsAt: each.startsAt, endsAt: each.endsAt, page: each.page, known: economy !== undefined,
        earns: economy?.earns ? { expected: economy.earns.expected, worst: economy.earns.worst, often: economy.earns.often, ...(economy.earns.cycle ? { cycle: [...economy.earns.cycle] } : {}), ...(economy.earns.timesPerDay === undefined ? {} : { timesPerDay: economy.earns.timesPerDay }) } : null,
        spends: economy?.spends ?? null, continuous: economy?.continuous ?? false, collects: [...economy?.collects ?? []], firstSession: economy?.firstSession ?? 0, winRate: draw && tickets ? 1 - draw.blanks / tickets : null,
      };
    }),
    offers: offers.map((each) => ({ ref: each.ref, title: { ...each.title }, kind: each.kind, cost: each.cost, value: valueOf(each), minimum: each.minimum, remaining: each.remaining, page: each.page ?? null })),
  };
}

const series = z.object({ issued: z.array(z.number()), burned: z.array(z.number()), expired: z.array(z.number()), outstanding: z.array(z.number()), cost: z.array(z.number()), sales: z.array(z.number()), visits: z.array(z.number()), redemptions: z.array(z.number()) });
const outcome = z.object({
  byDay: series, active: z.number(), firstSession: z.number(), ms: z.number(), worst: z.object({ points: z.number(), cost: z.number() }), issuedBy: z.record(z.string(), z.number()), burnedBy: z.record(z.string(), z.number()), costBy: z.record(z.string(), z.number()),
  totals: z.object({ issued: z.number(), burned: z.number(), expired: z.number(), outstanding: z.number(), cost: z.number(), sales: z.number(), visits: z.number(), redemptions: z.number() }),
});
export const forecastRow = z.object({
  id: z.string(), name: z.string(), state: z.enum(['running', 'done', 'failed', 'cancelled']), kept: z.boolean(), done: z.number(), total: z.number(), fromDate: z.string(), days: z.number(), members: z.number(), replayed: z.boolean(), drafts: z.boolean(),
  error: z.string().nullable(), startedBy: z.string(), createdAt: z.number(),
});
const day = z.object({ date: z.string(), issued: z.number(), burned: z.number(), expired: z.number(), sales: z.number() });
export const forecastWhole = forecastRow.extend({ whatIf: z.record(z.string(), z.unknown()), outcome: z.object({ now: outcome, tried: outcome, pack: outcome }).nullable(), actual: z.array(day) });

export const shownForecast = (row: Omit<PlanForecast, 'outcome'>): z.infer<typeof forecastRow> => ({
  id: row.id, name: row.name, state: row.state, kept: row.kept, done: row.done, total: row.total, fromDate: row.fromDate, days: row.days, members: row.members, replayed: row.replayed, drafts: row.drafts, error: row.error, startedBy: row.startedBy, createdAt: row.createdAt,
});

export const packEntry = z.object({ plugin: z.string(), module: localisedText, part: z.string(), title: localisedText, points: localisedText, state: z.enum(['ready', 'off', 'created', 'present', 'failed']), error: z.string().optional() });
export const shownPart = (entry: PackEntry): z.infer<typeof packEntry> => ({ plugin: entry.plugin, module: { ...entry.module }, part: entry.part, title: { ...entry.title }, points: { ...entry.points }, state: entry.state, ...(entry.error === undefined ? {} : { error: entry.error }) });
