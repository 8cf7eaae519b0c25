import { z, type AdminRoutes } from 'guanxi/plugin';
import { REDEMPTION_STATES } from '../entities/redemption.entity.js';
import { REWARD_KINDS } from '../entities/reward.entity.js';
import type { Reports } from '../services/reports.service.js';
import { LOSS_REASONS } from '../entities/loss.entity.js';
import type { Losses } from '../services/losses.service.js';
import type { LiftMeasure } from '../services/lift.service.js';
import type { Views } from '../services/views.service.js';
import { localised } from './reward-shape.js';

const query = z.strictObject({ days: z.enum(['30', '90', '365']).default('90') });

const group = z.object({ people: z.number(), buyers: z.number(), marginEach: z.number() });
const margin = z.strictObject({ /** Basis points of the price that are left to the shop. */ margin: z.string().regex(/^[1-9]\d{0,3}$/).transform(Number).default(4_000) });
const maybe = z.number().nullable();
export interface ReportParts { readonly reports: Reports; readonly lift: LiftMeasure; readonly losses: Losses; readonly views: Views }

/** What became of rewards, in numbers. The rows behind them are the list of redemptions. */
export function reportRoutes(routes: AdminRoutes, { reports, lift, losses, views }: ReportParts): void {
  routes.route('get', '/report', {
    summary: 'Funnel, what is outstanding, time to use, and how long stock lasts', query,
    reply: z.object({
      days: z.number(), from: z.number(), at: z.number(), paceFrom: z.number(), funnel: z.object({ seen: z.number(), seenFrom: z.string(), issued: z.number(), points: z.number(), states: z.array(z.object({ state: z.enum(REDEMPTION_STATES), number: z.number() })) }),
      outstanding: z.array(z.object({ rewardId: z.string(), title: localised, number: z.number(), worth: z.number().nullable(), expected: z.number().nullable(), soonest: z.number() })),
      timeToUse: z.array(z.object({ days: z.number(), number: z.number() })),
      runway: z.array(z.object({ rewardId: z.string(), title: localised, kind: z.enum(REWARD_KINDS), remaining: z.number(), taken: z.number(), pace: z.number(), daysLeft: z.number().nullable() })),
      losses: z.array(z.object({ rewardId: z.string(), title: localised, reason: z.enum(LOSS_REASONS), number: z.number(), difference: z.number() })),
    }),
  }, async (ctx, input) => {
    const report = await reports.report(ctx, Number(input.query.days), input.signal);
    return { ...report, funnel: { ...report.funnel, states: report.funnel.states.map((each) => ({ ...each })) }, outstanding: report.outstanding.map((each) => ({ ...each, title: { ...each.title } })), timeToUse: report.timeToUse.map((each) => ({ ...each })), runway: report.runway.map((each) => ({ ...each, title: { ...each.title } })), losses: report.losses.map((each) => ({ ...each, title: { ...each.title } })) };
  });
  routes.csv('/outstanding.csv', { summary: 'What is outstanding and what it will cost, as CSV', name: 'outstanding.csv', columns: ['reward_id', 'title_en', 'title_zh', 'number', 'worth_minor', 'expected_minor', 'soonest_end'] }, async function* (ctx, input) {
    for (const each of (await reports.report(ctx, 365, input.signal)).outstanding) yield [each.rewardId, each.title.en, each.title['zh-CN'], each.number, each.worth, each.expected, new Date(each.soonest).toISOString()];
  });
  routes.csv('/runway.csv', { summary: 'How long stock lasts, as CSV', name: 'runway.csv', columns: ['reward_id', 'title_en', 'title_zh', 'kind', 'remaining', 'given_30_days', 'days_left', 'taken'] }, async function* (ctx, input) {
    for (const each of (await reports.report(ctx, 30, input.signal)).runway) yield [each.rewardId, each.title.en, each.title['zh-CN'], each.kind, each.remaining, each.pace, each.daysLeft, each.taken];
  });
  routes.csv('/time-to-use.csv', { summary: 'Whole days from giving to using, as CSV', query, name: 'time-to-use.csv', columns: ['days', 'number'] }, async function* (ctx, input) {
    for (const each of (await reports.report(ctx, Number(input.query.days), input.signal)).timeToUse) yield [each.days, each.number];
  });
  const since = { since: z.string().regex(/^\d{1,15}$/).transform(Number).default(0), rewardId: z.string().max(200).optional(), reason: z.enum(LOSS_REASONS).optional() };
  const loss = z.object({ id: z.string(), rewardId: z.string(), personId: z.string().nullable(), person: z.string().nullable(), orderId: z.string(), order: z.string().nullable(), reason: z.enum(LOSS_REASONS), difference: z.number(), beside: z.string(), at: z.number() });
  routes.route('get', '/losses', {
    summary: 'Coupons that shoppers had at a checkout and that lost there, newest first', query: z.strictObject({ ...since, limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(500).optional() }), reply: z.object({ items: z.array(loss), next: z.string().optional() }),
  }, async (ctx, input) => {
    const page = await losses.list(ctx, input.query, input.query);
    return {
      items: page.items.map(({ id, rewardId, personId, person, orderId, order, reason, difference, beside, at }) => ({ id, rewardId, personId, person, orderId, order, reason, difference, beside, at })), ...(page.next ? { next: page.next } : {}),
    };
  });
  routes.csv('/losses.csv', { summary: 'The same as CSV', query: z.strictObject(since), name: 'losses.csv', columns: ['reward_id', 'person_id', 'person', 'order', 'reason', 'difference_minor', 'beside', 'at'] }, async function* (ctx, input) {
    let cursor: string | undefined;
    do {
      const page = await losses.list(ctx, input.query, { limit: 200, cursor });
      for (const each of page.items) yield [each.rewardId, each.personId, each.person, each.order, each.reason, each.difference, each.beside, new Date(each.at).toISOString()];
      cursor = page.next;
    } while (cursor);
  });
  routes.route('get', '/lift', {
    summary: 'What measured rewards add to the margin, from members who are not shown them', query: margin,
    reply: z.object({ items: z.array(z.object({ rewardId: z.string(), title: localised, holdout: z.number(), shown: group, heldOut: group, each: maybe, low: maybe, high: maybe, total: maybe })) }),
  }, async (ctx, input) => ({ items: (await lift.report(ctx, input.query.margin, input.signal)).map((each) => ({ ...each, title: { ...each.title }, shown: { ...each.shown }, heldOut: { ...each.heldOut } })) }));
  routes.csv('/lift.csv', { summary: 'The same as CSV', query: margin, name: 'lift.csv', columns: ['reward_id', 'title_en', 'title_zh', 'holdout_basis_points', 'shown', 'shown_buyers', 'shown_margin_each_minor', 'held_out', 'held_out_buyers', 'held_out_margin_each_minor', 'lift_each_minor', 'low_minor', 'high_minor', 'total_minor'] }, async function* (ctx, input) {
    for (const { rewardId, title, holdout, shown, heldOut, each, low, high, total } of await lift.report(ctx, input.query.margin, input.signal)) yield [rewardId, title.en, title['zh-CN'], holdout, shown.people, shown.buyers, shown.marginEach, heldOut.people, heldOut.buyers, heldOut.marginEach, each, low, high, total];
  });
  routes.route('get', '/lift/people', {
    summary: 'Who is in a group of a measured reward, those who brought most first',
    query: margin.extend({ rewardId: z.string().min(1).max(200), group: z.enum(['shown', 'held-out']), /** Only who bought. */ buyers: z.enum(['yes', 'no']).default('no'), cursor: z.string().regex(/^\d{1,6}$/).transform(Number).default(0) }),
    reply: z.object({ items: z.array(z.object({ personId: z.string(), person: z.string().nullable(), at: z.number(), orders: z.number(), margin: z.number() })), next: z.string().optional() }),
  }, async (ctx, { query: asked, signal }) => {
    const page = await lift.people(ctx, { rewardId: asked.rewardId, heldOut: asked.group === 'held-out', buyers: asked.buyers === 'yes', margin: asked.margin, cursor: asked.cursor }, signal);
    return { items: page.items.map(({ personId, person, at, orders, margin: brought }) => ({ personId, person, at, orders, margin: brought })), ...(page.next ? { next: page.next } : {}) };
  });
  const from = z.strictObject({ since: z.iso.date() });
  routes.route('get', '/views', {
    summary: 'How many people came upon each reward, by day, newest first', query: from.extend({ limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(220).optional() }),
    reply: z.object({ items: z.array(z.object({ day: z.string(), rewardId: z.string(), title: localised, people: z.number() })), next: z.string().optional() }),
  }, async (ctx, { query: asked }) => {
    const page = await views.list(ctx, asked.since, asked);
    return { items: page.items.map((each) => ({ ...each, title: { ...each.title } })), ...(page.next ? { next: page.next } : {}) };
  });
  routes.csv('/views.csv', { summary: 'The same as CSV', query: from, name: 'views.csv', columns: ['date', 'reward_id', 'title_en', 'title_zh', 'people'] }, async function* (ctx, { query: asked }) {
    let cursor: string | undefined;
    do {
      const page = await views.list(ctx, asked.since, { limit: 200, cursor });
      for (const { day, rewardId, title, people } of page.items) yield [day, rewardId, title.en, title['zh-CN'], people];
      cursor = page.next;
    } while (cursor);
  });
}
