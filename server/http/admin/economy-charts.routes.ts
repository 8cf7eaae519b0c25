import { addDays, businessDate, z, type AdminRoutes, type ShopContext } from '../../plugin-api/index.js';
import { FLOWS, FlowRowsService, type FlowFilter } from '../../economy/reports/flow-rows.js';
import { LotRowsService } from '../../economy/reports/lot-rows.js';
import { PointsReportService } from '../../economy/reports/points-report.service.js';
import { UseRowsService } from '../../economy/reports/use-rows.js';
import type { CoreServices } from '../core-services.js';
import { pageOf, pageQuery } from './page-query.js';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const days = { days: z.coerce.number().int().min(1).max(730).default(90) };
const source = z.string().min(1).max(100).optional();
const flowFilter = { flow: z.enum([...FLOWS, 'all']), from: date.optional(), to: date, source };
const lotFilter = { from: date.optional(), to: date.optional(), state: z.enum(['active', 'pending']).optional(), source, issuedFrom: date.optional() };
const useFilter = { source, use: z.string().min(1).max(100).optional(), issuedFrom: date.optional(), issuedTo: date.optional(), from: date.optional(), to: date.optional() };
const amounts = { expected: z.number(), low: z.number(), high: z.number() };
const forecastShape = z.object({ date: z.string(), left: z.number(), leftMoney: z.number(), spentInTheEnd: z.number(), ...amounts, money: z.object(amounts) });
const total = z.object({ entries: z.number(), amount: z.number() });
const flows = Object.fromEntries(FLOWS.map((flow) => [flow, z.number()])) as Record<(typeof FLOWS)[number], z.ZodNumber>;
const DAY_COLUMNS = ['date', 'outstanding', ...FLOWS] as const;

/** What points cost over time, and the rows behind each number. */
export function economyChartRoutes(routes: AdminRoutes, { store }: CoreServices): void {
  const report = new PointsReportService(store), flowRows = new FlowRowsService(store), lotRows = new LotRowsService(store), useRows = new UseRowsService(store);
  const range = (ctx: ShopContext, count: number): { readonly from: string; readonly to: string } => {
    const to = businessDate(ctx.shop, ctx.now);
    return { from: addDays(to, 1 - count), to };
  };

  routes.route('get', '/economy/days', {
    summary: 'Points by day: what came and went through each account and by source, what was outstanding, and sums of the period before', query: z.strictObject(days),
    reply: z.object({ days: z.array(z.object({ date: z.string(), outstanding: z.number(), ...flows })), before: z.object(flows), parts: z.array(z.object({ flow: z.enum(FLOWS), source: z.string(), values: z.array(z.number()) })) }),
  }, async (ctx, { query }) => {
    const { from, to } = range(ctx, query.days), first = query.days;
    const { days: all, parts } = await report.overview(ctx, addDays(from, -query.days), to);
    const before = Object.fromEntries(FLOWS.map((flow) => [flow, all.slice(0, first).reduce((sum, day) => sum + day[flow], 0)])) as Record<(typeof FLOWS)[number], number>;
    const shown = parts.map((part) => ({ ...part, values: part.values.slice(first) })).filter(({ values }) => values.some((value) => value !== 0));
    return { days: all.slice(first).map((day) => ({ ...day })), before, parts: shown };
  });
  routes.csv('/economy/days.csv', { summary: 'Points by day as CSV', query: z.strictObject(days), name: 'points-days.csv', columns: DAY_COLUMNS }, async function* (ctx, { query }) {
    const { from, to } = range(ctx, query.days);
    for (const day of await report.days(ctx, from, to)) yield DAY_COLUMNS.map((column) => day[column]);
  });

  routes.route('get', '/economy/burn', {
    summary: 'What was spent of each month\'s points in the months after, and how much of what is owed will be asked for: at the ends of months, and now',
    reply: z.object({ cohorts: z.array(z.object({ month: z.string(), issued: z.number(), spent: z.array(z.number()), left: z.number() })), liability: z.array(forecastShape) }),
  }, async (ctx) => {
    const [cohorts, liability] = [await report.cohorts(ctx), await report.liability(ctx)];
    return { cohorts: cohorts.map((cohort) => ({ ...cohort, spent: [...cohort.spent] })), liability: liability.map((month) => ({ ...month, money: { ...month.money } })) };
  });
  routes.csv('/economy/liability.csv', { summary: 'What is owed and what of it is expected as CSV; money in minor units', name: 'points-owed.csv', columns: ['date', 'points', 'expected', 'low', 'high', 'money', 'money_expected', 'money_low', 'money_high'] }, async function* (ctx) {
    for (const { date: day, left, expected, low, high, leftMoney, money } of await report.liability(ctx)) yield [day, left, expected, low, high, leftMoney, money.expected, money.low, money.high];
  });
  routes.csv('/economy/burn.csv', { summary: 'Spending by month of issue as CSV', name: 'points-by-month.csv', columns: ['month', 'issued', 'months_after', 'spent', 'left'] }, async function* (ctx) {
    for (const { month, issued, spent, left } of await report.cohorts(ctx)) for (const [age, amount] of spent.entries()) yield [month, issued, age, amount, left];
  });

  routes.route('get', '/economy/paths', { summary: 'From where points came to what became of them', query: z.strictObject(days), reply: z.object({ items: z.array(z.object({ source: z.string(), use: z.string(), amount: z.number() })) }) }, async (ctx, { query }) =>
    ({ items: (await report.paths(ctx, range(ctx, query.days).from)).map((path) => ({ ...path })) }));
  routes.csv('/economy/paths.csv', { summary: 'Sources and uses of points as CSV', query: z.strictObject(days), name: 'points-paths.csv', columns: ['source', 'use', 'amount'] }, async function* (ctx, { query }) {
    for (const { source, use, amount } of await report.paths(ctx, range(ctx, query.days).from)) yield [source, use, amount];
  });

  routes.route('get', '/economy/flow-rows', {
    summary: 'The entries behind a number, newest first, and what they come to', query: z.strictObject({ ...flowFilter, ...pageQuery }),
    reply: pageOf(z.object({ id: z.string(), personId: z.string(), name: z.string().nullable(), kind: z.string(), source: z.string(), causeRef: z.string().nullable(), note: z.string().nullable(), businessDate: z.string(), at: z.number(), amount: z.number() })).extend({ total }),
  }, async (ctx, { query: { limit, cursor, ...filter } }) => {
    const [page, sum] = await Promise.all([flowRows.page(ctx, filter, { limit, cursor }), flowRows.total(ctx, filter)]);
    return { items: page.items.map((row) => ({ ...row })), ...(page.next ? { next: page.next } : {}), total: sum };
  });
  routes.csv('/economy/flow-rows.csv', { summary: 'The entries behind a number as CSV', query: z.strictObject(flowFilter), name: 'points-entries.csv', columns: ['id', 'business_date', 'at', 'person_id', 'person', 'kind', 'source', 'cause', 'note', 'amount'] }, async function* (ctx, { query }: { query: FlowFilter }) {
    for await (const row of flowRows.all(ctx, query)) yield [row.id, row.businessDate, new Date(row.at).toISOString(), row.personId, row.name, row.kind, row.source, row.causeRef, row.note, row.amount];
  });

  routes.route('get', '/economy/lots', {
    summary: 'The lots behind what is outstanding and what expires, the soonest first', query: z.strictObject({ ...lotFilter, ...pageQuery }),
    reply: pageOf(z.object({ id: z.string(), personId: z.string(), name: z.string().nullable(), source: z.string(), state: z.string(), quantity: z.number(), remaining: z.number(), activatesAt: z.number(), expiresAt: z.number() })).extend({ total }),
  }, async (ctx, { query: { limit, cursor, ...filter } }) => {
    const [page, sum] = await Promise.all([lotRows.page(ctx, filter, { limit, cursor }), lotRows.total(ctx, filter)]);
    return { items: page.items.map((row) => ({ ...row })), ...(page.next ? { next: page.next } : {}), total: sum };
  });
  routes.csv('/economy/lots.csv', { summary: 'The lots behind what is outstanding as CSV', query: z.strictObject(lotFilter), name: 'points-lots.csv', columns: ['id', 'person_id', 'person', 'source', 'state', 'quantity', 'remaining', 'activates_at', 'expires_at'] }, async function* (ctx, { query }) {
    for await (const row of lotRows.all(ctx, query)) yield [row.id, row.personId, row.name, row.source, row.state, row.quantity, row.remaining, new Date(row.activatesAt).toISOString(), row.expiresAt >= 8.64e15 ? '' : new Date(row.expiresAt).toISOString()];
  });

  routes.route('get', '/economy/uses', {
    summary: 'What was taken from points and put back, newest first: the rows behind a stream from source to use, and behind a month\'s spending', query: z.strictObject({ ...useFilter, ...pageQuery }),
    reply: pageOf(z.object({ id: z.string(), personId: z.string(), name: z.string().nullable(), source: z.string(), kind: z.string(), used: z.string(), issuedOn: z.string(), businessDate: z.string(), amount: z.number() })).extend({ total }),
  }, async (ctx, { query: { limit, cursor, ...filter } }) => {
    const [page, sum] = await Promise.all([useRows.page(ctx, filter, { limit, cursor }), useRows.total(ctx, filter)]);
    return { items: page.items.map((row) => ({ ...row })), ...(page.next ? { next: page.next } : {}), total: sum };
  });
  routes.csv('/economy/uses.csv', { summary: 'What was taken from points and put back as CSV', query: z.strictObject(useFilter), name: 'points-uses.csv', columns: ['person_id', 'person', 'source', 'issued_on', 'kind', 'used_by', 'business_date', 'amount'] }, async function* (ctx, { query }) {
    for await (const row of useRows.all(ctx, query)) yield [row.personId, row.name, row.source, row.issuedOn, row.kind, row.used, row.businessDate, row.amount];
  });
}
