import { z, type AdminRoutes } from 'guanxi/plugin';
import { REDEMPTION_STATES } from '../entities/redemption.entity.js';
import { REWARD_KINDS } from '../entities/reward.entity.js';
import type { Reports } from '../services/reports.service.js';
import { localised } from './reward-shape.js';

const query = z.strictObject({ days: z.enum(['30', '90', '365']).default('90') });

/** What became of rewards, in numbers. The rows behind them are the list of redemptions. */
export function reportRoutes(routes: AdminRoutes, reports: Reports): void {
  routes.route('get', '/report', {
    summary: 'Funnel, what is outstanding, time to use, and how long stock lasts', query,
    reply: z.object({
      days: z.number(), from: z.number(), funnel: z.object({ issued: z.number(), points: z.number(), states: z.array(z.object({ state: z.enum(REDEMPTION_STATES), number: z.number() })) }),
      outstanding: z.array(z.object({ rewardId: z.string(), title: localised, number: z.number(), worth: z.number().nullable(), expected: z.number().nullable(), soonest: z.number() })),
      timeToUse: z.array(z.object({ days: z.number(), number: z.number() })),
      runway: z.array(z.object({ rewardId: z.string(), title: localised, kind: z.enum(REWARD_KINDS), remaining: z.number(), pace: z.number(), daysLeft: z.number().nullable() })),
    }),
  }, async (ctx, input) => {
    const report = await reports.report(ctx, Number(input.query.days));
    return { ...report, funnel: { ...report.funnel, states: report.funnel.states.map((each) => ({ ...each })) }, outstanding: report.outstanding.map((each) => ({ ...each, title: { ...each.title } })), timeToUse: report.timeToUse.map((each) => ({ ...each })), runway: report.runway.map((each) => ({ ...each, title: { ...each.title } })) };
  });
  routes.csv('/outstanding.csv', { summary: 'What is outstanding and what it will cost, as CSV', name: 'outstanding.csv', columns: ['reward_id', 'title_en', 'title_zh', 'number', 'worth_minor', 'expected_minor', 'soonest_end'] }, async function* (ctx) {
    for (const each of (await reports.report(ctx, 365)).outstanding) yield [each.rewardId, each.title.en, each.title['zh-CN'], each.number, each.worth, each.expected, new Date(each.soonest).toISOString()];
  });
}
